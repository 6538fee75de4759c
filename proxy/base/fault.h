// What went wrong, the same for every room: a code of the closed set that the API answers with. The table in
// shared/api_problem.cpp gives each code its HTTP status, its word (also in the audit log) and its texts.
//
//   base::Outcome<User> user = registry.user(7);
//   if (!user) return user.error();                    // in whatever room: nothing is translated
//   return base::Fault{ProblemCode::NotFound};
//
// An enumeration of a room's own stays inside that room, where it answers another question: whether anything
// was sent (upstream::HttpError), whether a commit was lost (store::DatabaseError).
#pragma once

#include <string>

#include "shared/api.h"
#include "shared/result.h"

namespace smartca::base {

struct Fault {
    ProblemCode code = ProblemCode::Internal;
    std::string message{};      // an upstream's own words, cleaned, for a person; may be empty
    std::string detail{};       // for our log: which step failed; never holds secrets
    int retryAfterSeconds = 0;  // when the upstream wants to be asked again; 0: not said
    bool isOfNumber = false;    // the number is refused as it is written: another spelling of it may do
};

template <class T>
using Outcome = Result<T, Fault>;

}  // namespace smartca::base
