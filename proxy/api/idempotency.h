// One request's hold on its Idempotency-Key in the journal: given back when the request ends without an
// answer to keep, whichever way it ends.
//
//   KeyReservation reservation(journal, {caller, key});
//   auto begun = reservation.begin(fingerprint, now);
//   … an answer is kept in the journal …
//   reservation.keep();                       // else the destructor gives the key back
//
// Threads: one at a time.
#pragma once

#include <string>
#include <string_view>

#include "proxy/journal/journal.h"

namespace smartca::api {

// 1 to 128 visible ASCII characters (draft-ietf-httpapi-idempotency-key-header-07 leaves the form to the
// server).
bool isIdempotencyKey(std::string_view key);

// HMAC-SHA-256 of route and body in hexadecimal: without `key` nobody can find by trying which password a
// body held.
std::string fingerprintOf(const std::string& key, std::string_view route, std::string_view body);

class KeyReservation {
  public:
    KeyReservation(journal::Journal& journal, journal::Key key) : journal_(journal), key_(std::move(key)) {}
    ~KeyReservation();
    KeyReservation(const KeyReservation&) = delete;
    KeyReservation& operator=(const KeyReservation&) = delete;

    base::Outcome<journal::Begun> begin(const std::string& fingerprint, Instant now);
    const journal::Key& key() const { return key_; }
    // The journal has an answer under the key: it is not given back.
    void keep() { state_ = State::Kept; }
    // The audit log's entry, should the request end without an answer to keep. The caller fills it in as it
    // learns more; begin() puts in the record's number.
    audit::Entry& entry() { return entry_; }
    // The same key gets the same refusal: the registry's, to which the add was sent, or that it was withdrawn.
    // Otherwise the key is given back as usual. False: it could not be written.
    bool reject(const std::string& body, Instant now, audit::Outcome outcome);
    // The add was sent, and its outcome has to be found out.
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
    enum class State : unsigned char { NotReserved, Reserved, Kept } state_ = State::NotReserved;
};

}  // namespace smartca::api
