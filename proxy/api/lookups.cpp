// POST lookups: which certificates are registered under an identity, and which of them are on the list
// already. Also the cache of such answers.
#include "proxy/api/lookups.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "proxy/api/answers.h"
#include "proxy/api/routes.h"
#include "proxy/base/unicode.h"
#include "shared/validation.h"

namespace smartca::api {
namespace {

// The form's own rules for this one field, and what the caller may not change.
Findings findingsOf(const LookupRequest& lookup, const Prefill& prefill) {
    Draft draft;
    draft.userId = lookup.userId;
    draft.identity = lookup.identity;
    Findings findings;
    for (auto& finding : validate(draft, {})) {
        if (finding.field == Field::Identity) findings.push_back(std::move(finding));
    }
    for (auto& finding : lockFindings(draft, prefill)) {
        const bool isAsked =
            finding.field == Field::User ? lookup.userId != 0 : finding.field == Field::Identity;
        if (isAsked) findings.push_back(std::move(finding));
    }
    return findings;
}

RegisteredCertificate describe(const upstream::SmartCaCertificate& certificate, Instant now) {
    return {
        .serial = certificate.serial,
        .commonName = certificate.commonName,
        .subject = certificate.subject,
        .serviceName = certificate.serviceName,
        .statusText = certificate.statusText,
        .status = statusWith(certificate.status, now, certificate.validFrom, certificate.validTo),
        .validFrom = certificate.validFrom,
        .validTo = certificate.validTo,
        .notes = certificate.notes,
    };
}

// What the registry knows of them: whether they are on the user's list, and on whose else. What other users
// have is told to those who may list it, of everyone.
base::Outcome<Done> addOwners(registry::Registry& registry, const http::Caller& caller, UserId userId,
                              LookupAnswer& answer) {
    const bool ofOthers = caller.may.has(Right::List) && caller.users.empty();
    if (userId == 0 && !ofOthers) return Done{};
    std::vector<std::string> serials;
    serials.reserve(answer.certificates.size());
    for (const auto& certificate : answer.certificates)
        serials.push_back(certificate.serial);
    const auto onList = registry.serialsOnList(userId, serials);
    if (!onList) return onList.error();
    auto holders = ofOthers ? registry.holdersOf(serials, userId)
                            : std::vector<std::vector<std::string>>(serials.size());
    if (!holders) return holders.error();
    for (std::size_t i = 0; i < serials.size(); ++i) {
        const auto& listed = onList.value();
        answer.certificates[i].onList = std::find(listed.begin(), listed.end(), serials[i]) != listed.end();
        answer.certificates[i].heldBy = std::move(holders.value()[i]);
    }
    return Done{};
}

}  // namespace

base::Outcome<Found> findRegistered(upstream::SmartCaClient& smartCa, const Identity& identity) {
    auto first = smartCa.certificatesOf(identity.canonical, "");
    const auto alternative = alternativeSpelling(identity);
    if (!first && (!first.error().isOfNumber || alternative.empty())) return first.error();
    if (first && (!first.value().saysNone() || alternative.empty()))
        return Found{std::move(first).value(), identity.canonical};
    auto second = smartCa.certificatesOf(alternative, "");
    if (!second) return !first && second.error().isOfNumber ? first.error() : second.error();
    if (!second.value().saysNone()) return Found{std::move(second).value(), alternative};
    const bool isUnknown = (!first || first.value().personUnknown) && second.value().personUnknown;
    return Found{{.personUnknown = isUnknown}, identity.canonical};
}

LookupAnswer lookupAnswerOf(const Found& found, Instant now) {
    LookupAnswer answer{.identity = found.identity,
                        .unreadable = {found.unreadable.begin(), found.unreadable.end()},
                        .personUnknown = found.personUnknown};
    for (const auto& certificate : found.certificates)
        answer.certificates.push_back(describe(certificate, now));
    return answer;
}

http::Response postLookup(const Context& context, http::Request& request) {
    http::Response response;
    const auto json = jsonBody(request, response);
    if (!json) return response;
    auto parsed = parseLookupRequest(*json);
    if (!parsed) return malformed(request, parsed.error());
    auto lookup = std::move(parsed).value();
    if (auto normal = base::composed(lookup.identity)) lookup.identity = std::move(*normal);
    const auto findings = findingsOf(lookup, request.caller.prefill);
    if (hasError(findings)) return findingsAnswer(findings, request);

    if (lookup.userId != 0 && !request.caller.mayActFor(lookup.userId))
        return answerOf({ProblemCode::NotFound}, request);

    const UpstreamTimer timer;
    const auto found = findRegistered(context.smartCa, parseIdentity(lookup.identity));
    const auto waited = timer.elapsed();
    if (!found) {
        response = answerOf(found.error(), request);
        response.upstream = waited;
        return response;
    }
    LookupAnswer answer = lookupAnswerOf(found.value(), context.now());
    if (auto added = addOwners(context.registry, request.caller, lookup.userId, answer); !added)
        return answerOf(added.error(), request);
    response = http::jsonResponse(200, toJson(answer), found.value().saysNone() ? "none" : "found");
    response.upstream = waited;
    return response;
}

LookupCache::Answer LookupCache::find(const Identity& identity, Asking asking) {
    std::unique_lock lock(mutex_);
    removeExpired(now_());
    const auto known = entries_.find(identity.canonical);
    if (known != entries_.end() && (asking == Asking::Recently || !known->second->answer)) {
        const auto entry = known->second;
        ++waiting_;
        answered_.wait(lock, [&entry] { return entry->answer.has_value(); });
        --waiting_;
        return *entry->answer;
    }
    const auto entry = std::make_shared<Entry>();
    entries_[identity.canonical] = entry;
    lock.unlock();
    SharedCall call{*this, identity.canonical, entry};
    auto found = findRegistered(smartCa_, identity);
    call.answer = found ? Answer(std::make_shared<const Found>(std::move(found).value())) : found.error();
    call.cameAt = now_();
    return call.answer;
}

std::size_t LookupCache::waiting() {
    const std::lock_guard lock(mutex_);
    return waiting_;
}

// Allocates nothing: memory may be what has run out.
LookupCache::SharedCall::~SharedCall() {
    const std::lock_guard lock(cache.mutex_);
    entry->cameAt = cameAt;
    entry->answer = std::move(answer);
    if (cache.isWorthKeeping(*entry->answer)) {
        cache.removeExpired(cameAt);
    } else {
        cache.entries_.erase(identity);
    }
    cache.answered_.notify_all();
}

bool LookupCache::isWorthKeeping(const Answer& answer) const {
    if (!answer) return false;
    std::size_t bytes = 0;
    for (const auto& certificate : answer.value()->certificates)
        bytes += certificate.der.size() + certificate.subject.size() + certificate.issuer.size();
    return bytes <= options_.maximumBytes;
}

// Calls under way stay: they are as many as there are workers.
void LookupCache::removeExpired(Clock::time_point now) {
    std::erase_if(entries_, [&](const auto& item) {
        return item.second->answer.has_value() && now - item.second->cameAt >= options_.lifetime;
    });
    while (entries_.size() > options_.maximumEntries) {
        const auto age = [](const auto& item) {
            return item.second->answer ? item.second->cameAt : Clock::time_point::max();
        };
        const auto oldest = std::min_element(entries_.begin(), entries_.end(),
                                             [&](const auto& a, const auto& b) { return age(a) < age(b); });
        if (!oldest->second->answer) return;
        entries_.erase(oldest);
    }
}

}  // namespace smartca::api
