// The program from its command line to its exit status: 0 after SIGTERM, 1 when begun requests had to be cut
// off, 2 when it cannot start.
#pragma once

#include "proxy/store/store.h"

namespace smartca {

// Call once, first of all in main(), before any thread is started. `watch` sees every commit of a create.
int run(int count, char** arguments, store::CommitWatch watch = {});

}  // namespace smartca
