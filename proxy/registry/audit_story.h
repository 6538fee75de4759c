// The entries that tell what a registry has done, the same for every registry. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "proxy/audit/entry.h"
#include "proxy/registry/registry.h"

namespace smartca::registry {

// What a create came to. `asked` and `memo`: the Settlement's.
audit::Entry attachedEntry(const audit::Entry& asked, const AnswerMemo& memo, const Attached& attached);

// About a certificate that is on the list.
audit::Entry entryAbout(const Certificate& certificate, audit::Action action, const audit::Source& source);

// What a change has done: a rename, a new default, or one entry for each; `change` has what was not so before
// alone. `userCode`: its owner's.
std::vector<audit::Entry> changeEntries(const Certificate& before, const Certificate& after,
                                        const CertificateChange& change, const audit::Source& source,
                                        const std::string& userCode);

}  // namespace smartca::registry
