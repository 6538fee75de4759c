// The few operations of OpenSSL's libcrypto that several rooms need, on strings of bytes.
//
// Pure but for randomBytes(); any thread. A failure inside OpenSSL, which here means out of memory or no
// randomness, gives an empty result.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace smartca::base {

std::string sha256(std::string_view bytes);                            // 32 bytes
std::string hmacSha256(std::string_view key, std::string_view bytes);  // 32 bytes
std::string randomBytes(std::size_t count);                            // cryptographically strong

// The time that it takes tells nothing but whether the sizes are the same.
bool equalInConstantTime(std::string_view left, std::string_view right);

// Overwrites the string's bytes before they go back to the heap, which the compiler cannot remove, and
// empties the string.
void wipe(std::string& secret);

// Wipes a string when the scope ends.
class WipedString {
  public:
    explicit WipedString(std::string value) : value_(std::move(value)) {}
    ~WipedString() { wipe(value_); }
    WipedString(const WipedString&) = delete;
    WipedString& operator=(const WipedString&) = delete;
    const std::string& value() const { return value_; }

  private:
    std::string value_;
};

}  // namespace smartca::base
