// What tells work in progress from the remains of a crash (Driver::run).
#pragma once

#include <openssl/rand.h>

#include <cstdint>

#include "proxy/store/database_error.h"

namespace smartca::store {

// Random, and not 0.
inline DatabaseResult<std::int64_t> newRun() {
    std::int64_t run = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&run), sizeof run) != 1)
        return DatabaseError{DatabaseFault::Other, {}, "no randomness"};
    return run != 0 ? run : 1;
}

}  // namespace smartca::store
