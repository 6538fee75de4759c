#include "proxy/session/caller.h"

#include <algorithm>

#include "shared/text.h"

namespace smartca::session {

bool isCompanyName(std::string_view name) {
    constexpr std::size_t kLongest = 64;
    return !name.empty() && isUtf8(name) && codePointCount(name) <= kLongest &&
           !hasForbiddenCharacter(name, LineBreaks::Forbidden);
}

std::string Caller::key() const {
    // None of them holds a line break (token.cpp).
    return company + '\n' + issuer + '\n' + subject;
}

bool Caller::mayActFor(UserId user) const {
    return users.empty() || std::ranges::find(users, user) != users.end();
}

}  // namespace smartca::session
