// POST lookups: which certificates are registered under an identity, and which of them are on the list
// already.
#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "proxy/api/answers.h"
#include "proxy/api/registered.h"
#include "proxy/api/routes.h"
#include "proxy/base/unicode.h"
#include "shared/validation.h"

namespace smartca::api {
namespace {

// The form's own rules for this one field.
Findings identityFindings(const LookupRequest& lookup) {
    Draft draft;
    draft.identity = lookup.identity;
    Findings findings;
    for (auto& finding : validate(draft, {})) {
        if (finding.field == Field::Identity) findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace

http::Response postLookup(const Context& context, http::Request& request) {
    http::Response response;
    const auto json = jsonBody(request, response);
    if (!json) return response;
    auto parsed = parseLookupRequest(*json);
    if (!parsed) return malformed(request, parsed.error());
    auto lookup = std::move(parsed).value();
    if (auto normal = base::composed(lookup.identity)) lookup.identity = std::move(*normal);
    const auto findings = identityFindings(lookup);
    if (hasError(findings)) return findingsAnswer(findings, request);

    const UpstreamTimer timer;
    const auto found = findRegistered(context.smartCa, parseIdentity(lookup.identity));
    const auto waited = timer.elapsed();
    if (!found) {
        response = answerOf(found.error(), request);
        response.upstream = waited;
        return response;
    }
    const auto& certificates = found.value().certificates;
    const auto onList = context.registry.serialsOnList(lookup.userId, serialsOf(certificates));
    if (!onList) return answerOf(onList.error(), request);

    LookupAnswer answer;
    answer.identity = found.value().identity;
    for (const auto& certificate : certificates) {
        auto described = describe(certificate, context.now());
        const auto& listed = onList.value();
        described.onList = std::find(listed.begin(), listed.end(), described.serial) != listed.end();
        answer.certificates.push_back(std::move(described));
    }
    response = http::jsonResponse(200, toJson(answer), certificates.empty() ? "none" : "found");
    response.upstream = waited;
    return response;
}

}  // namespace smartca::api
