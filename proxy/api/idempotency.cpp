#include "proxy/api/idempotency.h"

#include <algorithm>

#include "proxy/base/crypto.h"
#include "shared/text.h"

namespace smartca::api {

bool isIdempotencyKey(std::string_view key) {
    return !key.empty() && key.size() <= 128 &&
           std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string fingerprintOf(const std::string& key, std::string_view route, std::string_view body) {
    std::string text;
    text.reserve(route.size() + 1 + body.size());
    text.append(route).append("\n").append(body);
    auto fingerprint = hexadecimalOf(base::hmacSha256(key, text));
    base::wipe(text);
    return fingerprint;
}

KeyReservation::~KeyReservation() {
    // Should this fail too, the record stays, and the next request with this key takes it up.
    if (state_ == State::Reserved) static_cast<void>(journal_.abandon(key_, entry_));
    if (state_ == State::Kept) journal_.leave(key_);
}

base::Outcome<journal::Begun> KeyReservation::begin(const std::string& fingerprint, Instant now) {
    auto begun = journal_.begin(key_, fingerprint, now);
    if (!begun) return begun;
    const auto state = begun.value().state;
    if (state == journal::BeginState::Fresh || state == journal::BeginState::Interrupted)
        state_ = State::Reserved;
    entry_.createId = id_ = begun.value().id;
    since_ = begun.value().since;
    return begun;
}

bool KeyReservation::reject(const std::string& body, Instant now, audit::Outcome outcome) {
    if (!journal_.finish(key_, {journal::CreateState::Rejected, body}, now,
                         audit::withOutcome(entry_, outcome, entry_.reason)))
        return false;
    keep();
    return true;
}

void KeyReservation::leaveOpen() {
    // Should this fail, the record says sent, which is found out just the same.
    static_cast<void>(
        journal_.unknown(key_, audit::withOutcome(entry_, audit::Outcome::Unknown, entry_.reason)));
    // Now, not when the request ends: the finder that is woken next has to see that no request works on it.
    journal_.leave(key_);
    state_ = State::NotReserved;
}

}  // namespace smartca::api
