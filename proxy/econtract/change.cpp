// What changes a certificate that is on a user's list. The audit log has what will be asked of the portal
// before it is asked: whatever happens then, there is an entry of it.
#include <utility>

#include "proxy/econtract/econtract_registry.h"
#include "proxy/registry/audit_story.h"
#include "shared/text.h"

namespace smartca::econtract {
namespace {

constexpr const char* kUpdatePath = "/api/users/smart-ca/update";
constexpr const char* kDeletePath = "/api/users/smart-ca/delete";

base::Fault notEntered() {
    return {ProblemCode::Unavailable, {}, "the audit log could not be written, so nothing was changed"};
}

const PortalCertificate* withId(const PortalUser& user, std::int64_t id) {
    for (const PortalCertificate& certificate : user.certificates) {
        if (certificate.id == id) return &certificate;
    }
    return nullptr;
}

audit::Outcome outcomeOf(ProblemCode error) {
    if (error == ProblemCode::PortalRefused || error == ProblemCode::NotFound)
        return audit::Outcome::Rejected;
    return error == ProblemCode::OutcomeUnknown ? audit::Outcome::Unknown : audit::Outcome::Failed;
}

}  // namespace

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

base::Outcome<Certificate> EContractRegistry::change(std::int64_t id, const CertificateChange& change,
                                                     Instant now, const audit::Source& source) {
    const auto owner = ownerOf(id);
    if (!owner) return owner.error();
    const User& user = owner.value().user;
    const PortalCertificate& current = *withId(owner.value(), id);
    const std::string name = change.name ? std::string(trimmed(*change.name)) : current.nickname;
    CertificateChange news;
    if (name != current.nickname) news.name = name;
    if (change.isDefault.value_or(false) && !current.isDefault) news.isDefault = true;
    const Certificate before = certificateOf(current, user, now);
    if (!news.name && !news.isDefault) return before;
    // Both are sent always: what the portal makes of an absent one is not documented.
    const Json body = {{"id", id},
                       {"userId", user.id},
                       {"name", name},
                       {"isSetDefault", change.isDefault.value_or(false) || current.isDefault}};
    Certificate wanted = before;
    if (!name.empty()) wanted.name = name;
    const auto entries = registry::changeEntries(before, wanted, news, source, user.code);
    if (!auditSent(entries)) return notEntered();
    auto after = changed(kUpdatePath, body, user.id);
    if (!after) {
        auditFault(entries, after.error());
        return after.error();
    }
    auditDone(entries);
    const PortalCertificate* certificate = withId(after.value(), id);
    if (certificate == nullptr) return base::Fault{ProblemCode::NotFound};
    return certificateOf(*certificate, after.value().user, now);
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
    auto after = changed(kDeletePath, {{"id", id}, {"userId", user.id}}, user.id);
    if (!after) {
        auditFault({entry}, after.error());
        return after.error();
    }
    auditDone({entry});
    return Done{};
}

}  // namespace smartca::econtract
