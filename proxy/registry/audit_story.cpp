#include "proxy/registry/audit_story.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace smartca::registry {

audit::Entry attachedEntry(const audit::Entry& asked, const AnswerMemo& memo, const Attached& attached) {
    const bool any = !attached.added.empty();
    audit::Entry entry =
        audit::withOutcome(asked, any ? audit::Outcome::Attached : audit::Outcome::AlreadyOnList);
    entry.serials = any ? std::vector<std::string>() : attached.alreadyOnList;
    entry.certificateIds.clear();
    bool more = false;  // none was asked for by its serial: all were
    for (const auto& certificate : attached.added) {
        more = more || (!asked.serials.empty() &&
                        std::ranges::find(asked.serials, certificate.serial) == asked.serials.end());
        entry.serials.push_back(certificate.serial);
        entry.certificateIds.push_back(certificate.id);
    }
    const auto add = [&entry](std::string_view word) {
        entry.reason.append(entry.reason.empty() ? "" : " ").append(word);
    };
    if (any && !attached.alreadyOnList.empty()) add("someAlreadyOnList");
    if (more) add("moreThanAsked");
    if (any && !attached.missing.empty()) add("someMissing");
    if (attached.refusal) add(nameOf(attached.refusal->code));
    if (!memo.leftOut.empty()) add("someLeftOut");
    if (!memo.unreadable.empty()) add("someUnreadable");
    return entry;
}

audit::Entry entryAbout(const Certificate& certificate, audit::Action action, const audit::Source& source) {
    audit::Entry entry;
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

std::vector<audit::Entry> changeEntries(const Certificate& before, const Certificate& after,
                                        const CertificateChange& change, const audit::Source& source,
                                        const std::string& userCode) {
    std::vector<audit::Entry> entries;
    const auto add = [&](audit::Action action) -> audit::Entry& {
        audit::Entry entry = entryAbout(after, action, source);
        entry.outcome = audit::Outcome::Changed;
        entry.userCode = userCode;
        return entries.emplace_back(std::move(entry));
    };
    if (change.name) add(audit::Action::Rename).previousName = before.name;
    if (change.isDefault.value_or(false)) add(audit::Action::SetDefault);
    return entries;
}

}  // namespace smartca::registry
