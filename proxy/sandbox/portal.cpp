// Users and their certificates; portal_login.cpp has the way in.
#include "proxy/sandbox/portal.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "proxy/sandbox/certificate_item.h"
#include "proxy/sandbox/ledger.h"
#include "shared/text.h"

namespace smartca::sandbox {
namespace {

std::int64_t numberOr(const std::string& text, std::int64_t otherwise) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return text.empty() || error != std::errc() || end != text.data() + text.size() ? otherwise : number;
}

// The search of the portal is taken to be a plain one: without regard to the case of ASCII letters, accents
// count.
bool holds(const std::string& text, const std::string& search) {
    const auto same = [](char left, char right) { return asciiLower(left) == asciiLower(right); };
    return std::search(text.begin(), text.end(), search.begin(), search.end(), same) != text.end();
}

// Every documented key; one left out is emptied.
void replaceWith(PortalUser& user, const PortalBody& body) {
    user.code = body.text("code");
    user.name = body.text("name");
    user.phone = body.text("phone");
    user.email = body.text("email");
    user.signatureText = body.text("signatureText");
    user.signConfirmation = body.flag("signConfirmationEnabled").value_or(false);
    user.status = body.integer("status").value_or(-1);
}

bool sameText(const std::string& left, const std::string& right) {
    return left.size() == right.size() && holds(left, right);
}

}  // namespace

void ensureDefault(PortalUser& user, std::int64_t now) {
    const auto rank = [now](const PortalCertificate& each) {
        const bool valid = each.validFrom <= now && now <= each.validTo;
        return std::pair(valid ? 1 : 0, each.validFrom);
    };
    const PortalCertificate* best = nullptr;
    for (const PortalCertificate& each : user.certificates) {
        if (each.id == user.defaultCertificate) return;
        if (best == nullptr || rank(each) >= rank(*best)) best = &each;
    }
    user.defaultCertificate = best == nullptr ? 0 : best->id;
}

PortalUser* Portal::find(std::int64_t id, std::int64_t company) {
    for (PortalUser& user : plan_.users) {
        if (user.id == id && user.companyId == company) return &user;
    }
    return nullptr;
}

Reply Portal::users(PortalRequest& request) {
    const std::lock_guard lock(mutex_);
    std::int64_t company = 0;
    if (auto refused = refuse(request, company)) return *std::move(refused);
    const std::string search = request.query("search");
    std::vector<const PortalUser*> matching;
    for (const PortalUser& user : plan_.users) {
        const bool found = holds(user.code, search) || holds(user.name, search) || holds(user.phone, search);
        if (user.companyId == company && found) matching.push_back(&user);
    }
    const std::int64_t most = std::max(1, quirks_.maximumPageSize);
    const std::int64_t size = std::clamp<std::int64_t>(numberOr(request.query("pageSize"), 10), 1, most);
    const std::int64_t page = std::clamp<std::int64_t>(numberOr(request.query("page"), 1), 1, 1'000'000);
    const auto total = static_cast<std::int64_t>(matching.size());
    const std::int64_t pages = (total + size - 1) / size;
    Json items = Json::array();
    for (std::int64_t at = (page - 1) * size; at < std::min(page * size, total); ++at)
        items.push_back(listItemOf(*matching[static_cast<std::size_t>(at)], quirks_));
    Json answer = {{"items", std::move(items)}, {"totalCount", total},
                   {"pageCount", pages},        {"page", page},
                   {"pageSize", size},          {"hasPreviousPage", page > 1}};
    if (!quirks_.omitsNextPage) answer["hasNextPage"] = page < pages;
    return portalSuccess(std::move(answer), quirks_);
}

Reply Portal::user(PortalRequest& request) {
    const std::lock_guard lock(mutex_);
    std::int64_t company = 0;
    if (auto refused = refuse(request, company)) return *std::move(refused);
    const PortalUser* user = find(request.id, company);
    if (user == nullptr) return refusal("Không tìm thấy người dùng");
    if (const auto stale = stale_.find(user->id); stale != stale_.end() && stale->second.reads > 0) {
        --stale->second.reads;
        user = &stale->second.before;
    }
    return portalSuccess(detailOf(*user, options_.clock(), quirks_), quirks_);
}

Reply Portal::changed(PortalUser& user, const PortalUser& before) {
    if (quirks_.staleReads > 0) stale_[user.id] = {before, quirks_.staleReads};
    Json detail = detailOf(user, options_.clock(), quirks_);
    if (quirks_.answersWithoutList) detail.erase("userCertificates");
    return portalSuccess(std::move(detail), quirks_);
}

Reply Portal::updateUser(PortalRequest& request) {
    const std::lock_guard lock(mutex_);
    std::int64_t company = 0;
    if (auto refused = refuse(request, company)) return *std::move(refused);
    PortalUser* user = find(request.body.integer("id").value_or(0), company);
    if (user == nullptr) return refusal("Không tìm thấy người dùng");
    if (request.body.text("code").empty()) return refusal("Mã người dùng là bắt buộc");
    const PortalUser before = *user;
    replaceWith(*user, request.body);
    return changed(*user, before);
}

Reply Portal::createOrUpdateUsers(PortalRequest& request) {
    const std::lock_guard lock(mutex_);
    std::int64_t company = 0;
    if (auto refused = refuse(request, company)) return *std::move(refused);
    const auto wanted = request.body.elements();
    const auto named = [](const PortalBody& body) { return !body.text("code").empty(); };
    if (wanted.empty() || !std::all_of(wanted.begin(), wanted.end(), named))
        return refusal("Mã người dùng là bắt buộc");
    Json users = Json::array();
    for (const PortalBody& body : wanted) {
        PortalUser* user = find(body.integer("id").value_or(0), company);
        for (PortalUser& each : plan_.users) {
            const bool same = each.companyId == company && each.code == body.text("code");
            if (user == nullptr && same) user = &each;
        }
        if (user == nullptr) {
            std::int64_t last = 0;
            for (const PortalUser& each : plan_.users)
                last = std::max(last, each.id);
            user = &plan_.users.emplace_back();
            user->id = last + 1;
            user->companyId = company;
        }
        replaceWith(*user, body);
        users.push_back(detailOf(*user, options_.clock(), quirks_));
    }
    return portalSuccess(std::move(users), quirks_);
}

void Portal::attach(PortalUser& user, const RegisteredIdentity& identity,
                    const RegisteredCertificate& certificate, PortalRequest& request) {
    const X509& own = *certificate.credential.certificate;
    PortalCertificate attached;
    attached.id = nextCertificate_++;
    for (const auto& [type, value] : certificate.plan.subject) {
        if (type == "CN") attached.commonName = value;
    }
    attached.identity = identity.plan.id;
    attached.serial = certificate.serial;
    attached.subject = subjectOf(own);
    attached.issuer = subjectOf(*vault_.intermediate.certificate);
    attached.service = certificate.plan.package;
    attached.validFrom = validFromOf(own);
    attached.validTo = validToOf(own);
    attached.business = request.body.flag("isBusinessSmartCaAccount").value_or(false);
    attached.displayMode = request.body.integer("signatureDisplayMode");
    request.added.push_back(attached.serial);
    user.certificates.push_back(std::move(attached));
}

Reply Portal::addCertificates(PortalRequest& request) {
    const std::lock_guard lock(mutex_);
    std::int64_t company = 0;
    if (auto refused = refuse(request, company)) return *std::move(refused);
    PortalUser* user = find(request.body.integer("userId").value_or(0), company);
    if (user == nullptr) return refusal("Không tìm thấy người dùng");
    const std::string username = request.body.text("userName");
    if (username.empty()) return refusal("CCCD/HC/MST là bắt buộc");
    const auto identity = vault_.identities.find(username);
    if (identity == vault_.identities.end() || identity->second.certificates.empty())
        return refusal("Không tìm thấy chứng thư số của thuê bao " + username);
    const std::string serial = request.body.text("serialNumber");
    if (!serial.empty() && identity->second.find(serial) == nullptr)
        return refusal("Không tìm thấy chứng thư số " + serial);

    const PortalUser before = *user;
    const bool all = serial.empty() || quirks_.passesOverSerials;
    for (const RegisteredCertificate& certificate : identity->second.certificates) {
        if (!all && !sameText(certificate.serial, serial)) continue;
        const auto& own = user->certificates;
        if (std::any_of(own.begin(), own.end(),
                        [&](const auto& each) { return each.serial == certificate.serial; }))
            continue;
        attach(*user, identity->second, certificate, request);
    }
    if (request.added.empty() && quirks_.refuseDuplicates) return refusal("Chứng thư số đã tồn tại");
    ensureDefault(*user, options_.clock());
    return changed(*user, before);
}

std::optional<Reply> Portal::locate(const PortalRequest& request, PortalUser*& user,
                                    PortalCertificate*& certificate) {
    std::int64_t company = 0;
    if (auto refused = refuse(request, company)) return refused;
    user = find(request.body.integer("userId").value_or(0), company);
    if (user == nullptr) return refusal("Không tìm thấy người dùng");
    const std::int64_t id = request.body.integer("id").value_or(0);
    for (PortalCertificate& each : user->certificates) {
        if (each.id == id) certificate = &each;
    }
    if (certificate == nullptr) return refusal("Không tìm thấy chứng thư số");
    return std::nullopt;
}

Reply Portal::updateCertificate(PortalRequest& request) {
    const std::lock_guard lock(mutex_);
    PortalUser* user = nullptr;
    PortalCertificate* certificate = nullptr;
    if (auto refused = locate(request, user, certificate)) return *std::move(refused);
    const PortalUser before = *user;
    if (quirks_.ignoresChanges) return changed(*user, before);
    const std::string name = request.body.text("name");
    certificate->name = name.empty() ? std::nullopt : std::optional(name);
    if (request.body.flag("isSetDefault").value_or(false)) user->defaultCertificate = certificate->id;
    return changed(*user, before);
}

Reply Portal::deleteCertificate(PortalRequest& request) {
    const std::lock_guard lock(mutex_);
    PortalUser* user = nullptr;
    PortalCertificate* certificate = nullptr;
    if (auto refused = locate(request, user, certificate)) return *std::move(refused);
    const PortalUser before = *user;
    if (quirks_.ignoresChanges) return changed(*user, before);
    const std::int64_t id = certificate->id;
    std::erase_if(user->certificates, [id](const PortalCertificate& each) { return each.id == id; });
    ensureDefault(*user, options_.clock());
    return changed(*user, before);
}

Reply Portal::changeSettings(PortalRequest& request) {
    const std::lock_guard lock(mutex_);
    PortalUser* user = nullptr;
    PortalCertificate* certificate = nullptr;
    if (auto refused = locate(request, user, certificate)) return *std::move(refused);
    const PortalUser before = *user;
    if (const auto business = request.body.flag("isBusinessSmartCaAccount"))
        certificate->business = *business;
    if (const auto mode = request.body.integer("signatureDisplayMode")) certificate->displayMode = mode;
    return changed(*user, before);
}

void Portal::record(const PortalRequest& request, const Reply& reply, const std::string& fault,
                    const std::string& receivedAt) {
    const std::lock_guard lock(mutex_);
    const bool undone = reply.envelope.is_null();
    const bool success = !undone && reply.envelope.value("success", false);
    Json entry = {{"path", request.path},
                  {"userId", request.body.integer("userId").value_or(request.id)},
                  {"userName", request.body.text("userName")},
                  {"serialNumber", request.body.text("serialNumber")},
                  {"keys", request.body.keys()},
                  {"receivedAt", receivedAt},
                  {"done", !undone},
                  {"success", success},
                  {"fault", fault},
                  {"added", request.added}};
    ++recorded_;
    ledger_.push_back(std::move(entry));
    if (ledger_.size() > kRemembered) ledger_.pop_front();
}

Json Portal::ledger() const {
    const std::lock_guard lock(mutex_);
    return {{"entries", ledger_}, {"total", recorded_}};
}

void Portal::clearLedger() {
    const std::lock_guard lock(mutex_);
    ledger_.clear();
    recorded_ = 0;
}

}  // namespace smartca::sandbox
