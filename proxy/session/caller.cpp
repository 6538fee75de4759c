#include "proxy/session/caller.h"

#include <algorithm>

namespace smartca::session {

std::string Caller::key() const {
    // None of them holds a line break (token.cpp).
    return company + '\n' + issuer + '\n' + subject;
}

bool Caller::mayActFor(UserId user) const {
    return users.empty() || std::ranges::find(users, user) != users.end();
}

}  // namespace smartca::session
