// One create's place in the journal: given back when the create ends without an answer to keep, whichever way
// it ends.
#pragma once

#include <string>
#include <string_view>

#include "proxy/api/context.h"
#include "proxy/http/message.h"
#include "proxy/registry/journal.h"

namespace smartca::api {

// 1 to 128 visible ASCII characters (draft-ietf-httpapi-idempotency-key-header-07 leaves the form to the
// server).
bool isIdempotencyKey(std::string_view key);

// HMAC-SHA-256 of route and body in hexadecimal. Without `key` nobody can tell by trying which password a
// body held.
std::string fingerprintOf(const std::string& key, std::string_view route, std::string_view body);

class Claim {
  public:
    Claim(registry::Journal& journal, registry::JournalKey key) : journal_(journal), key_(std::move(key)) {}
    ~Claim();
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;

    registry::Journal::Outcome<registry::Begun> begin(const std::string& fingerprint, Instant now);
    const registry::JournalKey& key() const { return key_; }
    // An answer is kept under the key, for whoever asks again: it is not given back.
    void settled() { state_ = State::Settled; }

  private:
    registry::Journal& journal_;
    const registry::JournalKey key_;
    enum class State : unsigned char { Unclaimed, Held, Settled } state_ = State::Unclaimed;
};

}  // namespace smartca::api
