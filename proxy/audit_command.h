// `smartca-proxy audit …`: reads the audit log and writes it to a descriptor.
//
// Exit status: 0; 1 when verify has found that the log is not what was written; 2 when it could not be read
// or written out, with a sentence in `error`. A reader that goes away early (`| head`) has what it wanted: 0.
#pragma once

#include <string>
#include <vector>

#include "proxy/ops/options.h"

namespace smartca {

struct Ending {
    int status = 0;
    std::string error{};  // for stderr, with status 0 a remark; empty: nothing
};

// `arguments`: behind the word "audit". The password of a server comes from its file or from
// SMARTCA_DATABASE_PASSWORD. Precondition: SIGPIPE is ignored.
Ending runAudit(const std::vector<std::string>& arguments, const ops::Environment& environment, int fd);

}  // namespace smartca
