// One create's place in the journal: given back when the create ends without an answer to keep, whichever way
// it ends.
#pragma once

#include <string>
#include <string_view>

#include "proxy/api/context.h"
#include "proxy/http/message.h"
#include "proxy/journal/journal.h"

namespace smartca::api {

// 1 to 128 visible ASCII characters (draft-ietf-httpapi-idempotency-key-header-07 leaves the form to the
// server).
bool isIdempotencyKey(std::string_view key);

// HMAC-SHA-256 of route and body in hexadecimal. Without `key` nobody can tell by trying which password a
// body held.
std::string fingerprintOf(const std::string& key, std::string_view route, std::string_view body);

class Claim {
  public:
    Claim(journal::Journal& journal, journal::Key key) : journal_(journal), key_(std::move(key)) {}
    ~Claim();
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;

    base::Outcome<journal::Begun> begin(const std::string& fingerprint, Instant now);
    const journal::Key& key() const { return key_; }
    // An answer is kept under the key, for whoever asks again: it is not given back.
    void settled() { state_ = State::Settled; }
    // What the audit log will say of it, should it end without an answer to keep. The caller fills it in as
    // it learns more; begin() puts in the record's number.
    audit::Entry& entry() { return entry_; }
    // The add was sent, and the registry said no: so it will to whoever asks again with this key. False where
    // nothing was sent, and the key may be used again.
    bool reject(const journal::StoredAnswer& answer, Instant now);
    // The add was sent, and what became of it has to be found out.
    void leaveOpen();
    // The record's number, and when its first request came. Precondition: begin() has succeeded.
    std::int64_t id() const { return id_; }
    Instant since() const { return since_; }

  private:
    journal::Journal& journal_;
    const journal::Key key_;
    std::int64_t id_ = 0;
    Instant since_ = 0;
    audit::Entry entry_ = audit::withOutcome({}, audit::Outcome::Failed, "internal");
    enum class State : unsigned char { Unclaimed, Held, Settled } state_ = State::Unclaimed;
};

}  // namespace smartca::api
