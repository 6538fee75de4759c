#include "proxy/registry/audit_story.h"

#include <utility>

namespace smartca::registry {

AuditEntry attachedEntry(const AuditEntry& asked, const Attached& attached) {
    AuditEntry entry = asked;
    entry.reason.clear();
    entry.serials.clear();
    entry.certificateIds.clear();
    if (attached.added.empty()) {
        entry.outcome = AuditOutcome::AlreadyOnList;
        entry.serials = attached.alreadyOnList;
        return entry;
    }
    entry.outcome = AuditOutcome::Attached;
    for (const auto& certificate : attached.added) {
        entry.serials.push_back(certificate.serial);
        entry.certificateIds.push_back(certificate.id);
    }
    if (!attached.alreadyOnList.empty()) entry.reason = "someAlreadyOnList";
    if (!attached.missing.empty()) entry.reason += entry.reason.empty() ? "someMissing" : " someMissing";
    return entry;
}

AuditEntry entryAbout(const Certificate& certificate, AuditAction action, const AuditSource& source) {
    AuditEntry entry;
    entry.action = action;
    entry.source = source;
    entry.userId = certificate.userId;
    entry.userName = certificate.userName;
    entry.identity = certificate.identity;
    entry.serials = {certificate.serial};
    entry.certificateIds = {certificate.id};
    entry.name = certificate.name;
    return entry;
}

std::vector<AuditEntry> changeEntries(const Certificate& before, const Certificate& after,
                                      const CertificateChange& change, const AuditSource& source,
                                      const std::string& userCode) {
    std::vector<AuditEntry> entries;
    const auto add = [&](AuditAction action) -> AuditEntry& {
        AuditEntry entry = entryAbout(after, action, source);
        entry.outcome = AuditOutcome::Changed;
        entry.userCode = userCode;
        entries.push_back(std::move(entry));
        return entries.back();
    };
    if (change.name) add(AuditAction::Rename).previousName = before.name;
    if (change.isDefault.value_or(false)) add(AuditAction::SetDefault);
    return entries;
}

std::string_view reasonOf(RegistryError error) {
    switch (error) {
        case RegistryError::NotFound:
            return "notFound";
        case RegistryError::Conflict:
        case RegistryError::Unavailable:
            return "unavailable";
        case RegistryError::Unknown:
            return "outcomeUnknown";
        case RegistryError::Pending:
            return "userPending";
        case RegistryError::Refused:
            return "portalRefused";
        case RegistryError::CredentialsRefused:
            return "portalCredentials";
        case RegistryError::Untrusted:
            return "portalUntrusted";
        case RegistryError::Nonsense:
            return "portalNonsense";
        case RegistryError::Corrupt:
            break;
    }
    return "internal";
}

}  // namespace smartca::registry
