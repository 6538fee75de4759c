// Users and settings; the list of certificates, put together from the users who have them (directory.h); and
// what changes a certificate that is on the list. attach.cpp has what adds one.
//
// The audit log has what will be asked of the portal before it is asked: whatever happens then, there is an
// entry of it.
#include "proxy/econtract/econtract_registry.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "proxy/registry/audit_story.h"
#include "proxy/registry/fold.h"
#include "proxy/registry/search.h"
#include "shared/text.h"

namespace smartca::econtract {
namespace {

// One row with what it is found and sorted by, in the same form as the embedded registry's.
struct Row {
    Certificate certificate;
    registry::RowKeys keys;
};

Row rowOf(const PortalCertificate& certificate, const User& owner, Instant now) {
    Row row{certificateOf(certificate, owner, now), registry::rowKeys({.nickname = certificate.nickname,
                                                                       .commonName = certificate.commonName,
                                                                       .userName = owner.name,
                                                                       .userCode = owner.code,
                                                                       .userPhone = owner.phone,
                                                                       .serial = certificate.serial,
                                                                       .identity = certificate.identity})};
    return row;
}

bool matches(const Row& row, const registry::CertificateQuery& query,
             const std::vector<registry::Needles>& readings) {
    const Certificate& certificate = row.certificate;
    if (query.userId != 0 && certificate.userId != query.userId) return false;
    if (!query.ids.empty() && std::ranges::find(query.ids, certificate.id) == query.ids.end()) return false;
    if (query.type && certificate.type != *query.type) return false;
    if (query.status && certificate.status != *query.status) return false;
    if (query.validFrom && certificate.validFrom < *query.validFrom) return false;
    if (query.validTo && (certificate.validTo == 0 || certificate.validTo > *query.validTo)) return false;
    return registry::fits(row.keys.search, readings);
}

bool precedes(const Row& left, const Row& right) {
    return std::tie(left.keys.name, left.certificate.id) < std::tie(right.keys.name, right.certificate.id);
}

CertificatePage pageOf(const Directory::Listing& listing, const registry::CertificateQuery& query) {
    CertificatePage page;
    page.page = std::max(query.page, 1);
    page.pageSize = std::clamp(query.pageSize, 1, 1000);
    page.complete = listing.complete;
    const auto readings = registry::readingsOf(query.search);
    std::vector<Row> rows;
    std::set<UserId> owners;
    for (const PortalUser& user : listing.users) {
        if (!user.hasList || user.leftOut > 0) page.complete = false;
        for (const PortalCertificate& certificate : user.certificates) {
            ++page.allCount;
            Row row = rowOf(certificate, user.user, query.now);
            if (!matches(row, query, readings)) continue;
            owners.insert(user.user.id);
            rows.push_back(std::move(row));
        }
    }
    std::sort(rows.begin(), rows.end(), precedes);
    page.totalCount = static_cast<std::int64_t>(rows.size());
    page.userCount = static_cast<std::int64_t>(owners.size());
    const auto first = static_cast<std::size_t>(page.page - 1) * static_cast<std::size_t>(page.pageSize);
    const auto last = std::min(rows.size(), first + static_cast<std::size_t>(page.pageSize));
    for (std::size_t at = first; at < last; ++at)
        page.items.push_back(std::move(rows[at].certificate));
    return page;
}

// The same certificate on another list is the same.
std::string keyOf(const PortalCertificate& certificate) {
    return certificate.serial + '\n' + certificate.issuer + '\n' + certificate.identity;
}

const PortalCertificate* withId(const PortalUser& user, std::int64_t id) {
    for (const PortalCertificate& certificate : user.certificates) {
        if (certificate.id == id) return &certificate;
    }
    return nullptr;
}

constexpr const char* kUpdatePath = "/api/users/smart-ca/update";
constexpr const char* kDeletePath = "/api/users/smart-ca/delete";

base::Fault notEntered() {
    return {ProblemCode::Unavailable, {}, "the audit log could not be written, so nothing was changed"};
}

audit::Outcome outcomeOf(ProblemCode error) {
    if (error == ProblemCode::PortalRefused || error == ProblemCode::NotFound ||
        error == ProblemCode::CertificateGone)
        return audit::Outcome::Rejected;
    return error == ProblemCode::OutcomeUnknown ? audit::Outcome::Unknown : audit::Outcome::Failed;
}

}  // namespace

EContractRegistry::EContractRegistry(PortalClient& portal, registry::Registry& company,
                                     journal::Journal& journal, RegistryOptions options)
    : portal_(portal),
      company_(company),
      journal_(journal),
      options_(std::move(options)),
      directory_(portal, options_.directory) {}

void EContractRegistry::note(const std::string& text) const {
    if (options_.note) options_.note(text);
}

base::Outcome<Done> EContractRegistry::keepStatus(std::int64_t id, const registry::ToldStatus& told) {
    tell(id, told);
    return Done{};
}

void EContractRegistry::tell(std::int64_t id, const registry::ToldStatus& told) {
    constexpr std::size_t kMost = 10'000;
    const auto certificate = directory_.seen(id);
    if (!certificate || certificate->serial.empty()) return;
    const std::lock_guard lock(telling_);
    if (told_.size() >= kMost) told_.erase(told_.begin());
    Told& kept = told_[keyOf(*certificate)];
    if (kept.status.at <= told.at) kept = {told, certificate->statusText};
}

PortalUser EContractRegistry::withTold(PortalUser user) {
    const std::lock_guard lock(telling_);
    for (PortalCertificate& certificate : user.certificates) {
        const auto found = told_.find(keyOf(certificate));
        if (found == told_.end() || found->second.portalText != certificate.statusText) continue;
        certificate.said = found->second.status.status;
        certificate.statusText = found->second.status.text;
        certificate.statusAsked = found->second.status.at;
    }
    return user;
}

base::Outcome<PortalUser> EContractRegistry::read(UserId id) {
    auto user = directory_.read(id);
    if (!user) {
        auto fault = user.error();
        if (fault.code == ProblemCode::PortalRefused) fault.code = ProblemCode::NotFound;
        return fault;
    }
    if (user.value().leftOut > 0)
        note(std::to_string(user.value().leftOut) + " certificates of a user have no id");
    return withTold(std::move(user).value());
}

base::Outcome<Page<User>> EContractRegistry::users(const registry::UserQuery& query) {
    base::Outcome<PortalUserPage> found = PortalUserPage{};
    for (std::string& search : registry::plainSearches(query.search)) {
        found = portal_.users({.search = std::move(search), .page = query.page, .pageSize = query.pageSize});
        if (!found) return found.error();
        if (found.value().totalCount > 0) break;
    }
    if (found.value().leftOut > 0) note(std::to_string(found.value().leftOut) + " users have no id");
    Page<User> page;
    page.items = std::move(found.value().items);
    page.page = found.value().page;
    page.pageSize = found.value().pageSize;
    page.totalCount = found.value().totalCount;
    page.allCount = page.totalCount;
    for (User& user : page.items)
        user.certificateCount = directory_.countOf(user.id).value_or(kCountUnknown);
    if (query.search.empty()) return page;
    // How many there are without the search is another question.
    const auto all = portal_.users({.search = "", .page = 1, .pageSize = 1});
    if (!all) return all.error();
    page.allCount = std::max(all.value().totalCount, page.totalCount);
    return page;
}

base::Outcome<User> EContractRegistry::user(UserId id) {
    auto user = read(id);
    if (!user) return user.error();
    return std::move(user).value().user;
}

base::Outcome<SignatureSettings> EContractRegistry::companySettings() {
    return company_.companySettings();
}

base::Outcome<SignatureImage> EContractRegistry::companyImage() {
    return company_.companyImage();
}

base::Outcome<SignatureSettings> EContractRegistry::userSettings(UserId id) {
    auto user = read(id);
    if (!user) return user.error();
    SignatureSettings settings;
    settings.text = std::move(user).value().signatureText;
    return settings;
}

// The public API has no call for a user's image.
base::Outcome<SignatureImage> EContractRegistry::userImage(UserId) {
    return base::Fault{ProblemCode::NotFound};
}

std::vector<Field> EContractRegistry::saves() const {
    auto fields = options_.fieldMap.fields();
    const bool mapped = std::find(fields.begin(), fields.end(), Field::SignatureText) != fields.end();
    if (options_.signatureTexts == SignatureTexts::Written && !mapped) fields.push_back(Field::SignatureText);
    return fields;
}

base::Outcome<Directory::Listing> EContractRegistry::everyone() {
    auto listing = directory_.everyone();
    if (listing && !listing.value().passedOver.empty())
        note("not all users could be read: " + listing.value().passedOver);
    return listing;
}

base::Outcome<CertificatePage> EContractRegistry::certificates(const registry::CertificateQuery& query) {
    if (query.userId == 0 && query.owners.empty()) {
        auto listing = everyone();
        if (!listing) return listing.error();
        for (PortalUser& each : listing.value().users)
            each = withTold(std::move(each));
        return pageOf(listing.value(), query);
    }
    // The lists of single users need no walk, and are never old.
    Directory::Listing few;
    for (const UserId id : query.owners.empty() ? std::vector{query.userId} : query.owners) {
        auto user = read(id);
        if (!user && user.error().code != ProblemCode::NotFound) return user.error();
        if (user)
            few.users.push_back(std::move(user).value());
        else
            few.complete = false;
    }
    return pageOf(few, query);
}

base::Outcome<PortalUser> EContractRegistry::ownerOf(std::int64_t certificate) {
    const auto owner = directory_.ownerOf(certificate);
    if (!owner) return owner.error();
    auto user = directory_.read(owner.value());  // whom the portal refuses to show may have it
    if (!user) return user;
    if (!user.value().hasList)
        return base::Fault{
            ProblemCode::PortalNonsense, {}, "the certificate's user came without certificates"};
    if (withId(user.value(), certificate) == nullptr) return base::Fault{ProblemCode::CertificateGone};
    return withTold(std::move(user).value());
}

base::Outcome<Certificate> EContractRegistry::certificate(std::int64_t id, Instant now) {
    const auto owner = ownerOf(id);
    if (!owner) return owner.error();
    return certificateOf(*withId(owner.value(), id), owner.value().user, now);
}

base::Outcome<std::vector<std::string>> EContractRegistry::serialsOnList(
    UserId id, const std::vector<std::string>& serials) {
    std::vector<std::string> found;
    if (serials.empty()) return found;
    Directory::Listing listing;
    if (id != 0) {
        auto user = read(id);
        if (!user && user.error().code != ProblemCode::NotFound) return user.error();
        if (user) listing.users.push_back(std::move(user).value());
    } else {
        listing.users = directory_.seenLately();
    }
    for (const std::string& serial : serials) {
        const bool listed =
            std::any_of(listing.users.begin(), listing.users.end(), [&](const PortalUser& user) {
                const auto& own = user.certificates;
                return std::any_of(own.begin(), own.end(),
                                   [&](const auto& each) { return each.serial == serial; });
            });
        if (listed) found.push_back(serial);
    }
    return found;
}

base::Outcome<std::vector<std::vector<std::string>>> EContractRegistry::holdersOf(
    const std::vector<std::string>& serials, UserId except) {
    const auto seen = directory_.seenLately();
    const auto chosen = std::ranges::find(seen, except, [](const PortalUser& each) { return each.user.id; });
    const auto wordsOf = [&](const User& holder) {
        const bool isNamesake = chosen != seen.end() && holder.name == chosen->user.name;
        return isNamesake ? holder.name + " · " + holder.code : holder.name;
    };
    std::vector<std::vector<std::string>> holders;
    for (const std::string& serial : serials) {
        auto& names = holders.emplace_back();
        for (const PortalUser& user : seen) {
            const auto& own = user.certificates;
            const bool has =
                std::any_of(own.begin(), own.end(), [&](const auto& each) { return each.serial == serial; });
            if (has && user.user.id != except && names.size() < kHoldersTold)
                names.push_back(wordsOf(user.user));
        }
    }
    return holders;
}

base::Outcome<std::vector<std::string>> EContractRegistry::identitiesOf(UserId id) {
    constexpr std::size_t kMost = 5;
    std::vector<PortalUser> users = directory_.seenLately(id);
    if (users.empty()) {
        auto user = read(id);
        if (!user) return user.error();
        users.push_back(std::move(user).value());
    }
    auto& certificates = users.front().certificates;
    std::sort(certificates.begin(), certificates.end(),
              [](const auto& left, const auto& right) { return left.id > right.id; });
    std::vector<std::string> identities;
    for (const PortalCertificate& each : certificates) {
        const bool isNew = std::find(identities.begin(), identities.end(), each.identity) == identities.end();
        if (isNew && !each.identity.empty() && identities.size() < kMost) identities.push_back(each.identity);
    }
    return identities;
}

bool EContractRegistry::auditSent(const std::vector<audit::Entry>& entries) {
    for (const audit::Entry& entry : entries) {
        if (!journal_.audit(audit::withOutcome(entry, audit::Outcome::Sent))) return false;
    }
    return true;
}

void EContractRegistry::auditDone(const std::vector<audit::Entry>& entries) {
    for (const audit::Entry& entry : entries) {
        if (!journal_.audit(entry)) note("the audit log has no entry of a change that was made");
    }
}

void EContractRegistry::auditFault(const std::vector<audit::Entry>& entries, const base::Fault& fault) {
    for (const audit::Entry& entry : entries) {
        if (!journal_.audit(audit::withOutcome(entry, outcomeOf(fault.code), nameOf(fault.code))))
            note("the audit log has no entry of a change that failed");
    }
}

base::Outcome<PortalUser> EContractRegistry::changedAndShown(const std::string& path, const Json& body,
                                                             UserId id, const Shown& shown) {
    const auto isShown = [&](const PortalUser& user) { return user.hasList && shown(user); };
    auto user = changed(path, body, id);
    const bool isRefused = !user && user.error().code == ProblemCode::PortalRefused;
    if (user ? isShown(user.value()) : !isRefused) return user;
    auto again = isRefused ? readAfter(id) : read(id);
    if (again && isShown(again.value())) return again;
    if (isRefused) return again ? user : again;
    directory_.doubt(id, std::chrono::steady_clock::now());
    return base::Fault{
        ProblemCode::OutcomeUnknown, {}, "eContract says that it has made the change, and does not show it"};
}

base::Outcome<Certificate> EContractRegistry::change(std::int64_t id, const CertificateChange& change,
                                                     Instant now, const audit::Source& source) {
    const auto owner = ownerOf(id);
    if (!owner) return owner.error();
    const User& user = owner.value().user;
    const PortalCertificate& current = *withId(owner.value(), id);
    const Certificate before = certificateOf(current, user, now);
    PortalCertificate wanted = current;
    if (change.name) wanted.nickname = trimmed(*change.name);
    // The certificate's own name is shown with it for a nickname as without one.
    if (certificateOf(wanted, user, now).name == before.name) wanted.nickname = current.nickname;
    CertificateChange news;
    if (wanted.nickname != current.nickname) news.name = wanted.nickname;
    if (change.isDefault.value_or(false) && !current.isDefault) news.isDefault = true;
    if (!news.name && !news.isDefault) return before;
    // Both are sent always: what the portal makes of an absent one is not documented.
    const Json body = {{"id", id},
                       {"userId", user.id},
                       {"name", wanted.nickname},
                       {"isSetDefault", change.isDefault.value_or(false) || current.isDefault}};
    const auto entries =
        registry::changeEntries(before, certificateOf(wanted, user, now), news, source, user.code);
    if (!auditSent(entries)) return notEntered();
    // A portal may make another name of the one that it gets: what it shows is told.
    const auto shown = [&](const PortalUser& shows) {
        const PortalCertificate* one = withId(shows, id);
        return one != nullptr && (!news.name || one->nickname != current.nickname) &&
               (!news.isDefault || one->isDefault);
    };
    const auto after = changedAndShown(kUpdatePath, body, user.id, shown);
    if (!after) {
        auditFault(entries, after.error());
        return after.error();
    }
    const Certificate made = certificateOf(*withId(after.value(), id), after.value().user, now);
    auditDone(registry::changeEntries(before, made, news, source, user.code));
    return made;
}

base::Outcome<Done> EContractRegistry::remove(std::int64_t id, const audit::Source& source) {
    const auto owner = ownerOf(id);
    if (!owner) return owner.error();
    const User& user = owner.value().user;
    audit::Entry entry = registry::entryAbout(certificateOf(*withId(owner.value(), id), user, 0),
                                              audit::Action::Remove, source);
    entry.outcome = audit::Outcome::Removed;
    entry.userCode = user.code;
    if (!auditSent({entry})) return notEntered();
    const auto shown = [id](const PortalUser& shows) { return withId(shows, id) == nullptr; };
    const auto after = changedAndShown(kDeletePath, {{"id", id}, {"userId", user.id}}, user.id, shown);
    if (!after) {
        auditFault({entry}, after.error());
        return after.error();
    }
    auditDone({entry});
    return Done{};
}

}  // namespace smartca::econtract
