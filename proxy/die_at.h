// For tests alone: ends the process, as a power cut would, at a named step of a create.
//
//   SMARTCA_DIE_AT=after-sent      right after the first create has been recorded as sent
//   SMARTCA_DIE_AT=before-created:3
//
// The steps are those of proxy/registry/create_state.h, "before-" and "after-" the commit that makes them;
// the number says which time it is reached. Without the variable, or with an empty one, nothing of this is
// there.
#pragma once

#include <string>

#include "proxy/registry/store.h"
#include "shared/result.h"

namespace smartca {

// Empty for an empty text. The error is a sentence for the operator.
Result<registry::CommitWatch, std::string> dieAt(const std::string& text);

}  // namespace smartca
