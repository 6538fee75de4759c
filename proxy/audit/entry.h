// What the audit log holds: who did what for whom, from where, and what came of it. README.md beside this
// file has the format, what it proves and what it does not.
//
// There is nothing in an entry that has to be kept secret from whoever may read the list of certificates: no
// password, secret key, token, signature text or image has a place in it.
//
// Values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/draft.h"

namespace smartca::audit {

// The words (nameOf) are stored and never change their meaning.
enum class Action : std::uint8_t {
    Create,      // certificates of an identity are attached to a user
    Rename,      // a certificate's own name
    SetDefault,  // which of a user's certificates is the default
    Remove,      // a certificate leaves the list
    Access,      // a request that was turned away before anything was looked at
    Count,
};

enum class Outcome : std::uint8_t {
    Attached,       // the named certificates are on the list now
    AlreadyOnList,  // nothing was added: all of them were there
    Changed,
    Removed,
    Sent,      // to the portal: what became of it is another entry
    Unknown,   // no answer says what became of it: another entry will
    Rejected,  // the portal said no, or reading back has shown that nothing came of it
    Refused,   // this proxy said no: a rule, or a caller it does not know
    Failed,    // nothing was done: somebody could not be reached, or the store could not be written
    Count,
};

std::string_view nameOf(Action action);    // "setDefault"
std::string_view nameOf(Outcome outcome);  // "alreadyOnList"
std::optional<Action> actionOfName(std::string_view name);
std::optional<Outcome> outcomeOfName(std::string_view name);

// Who asked, as far as this proxy knows.
struct Source {
    std::string actor{};      // the caller's name: "anyone" without --auth, "bearer", or "proxy" itself
    std::string peer{};       // address of the other end of the connection: "127.0.0.1", "unix:uid=1000"
    std::string requestId{};  // as in the request log and in X-Request-Id
    std::string keyHash{};    // SHA-256 of the Idempotency-Key, in hexadecimal
};

struct Entry {
    Action action = Action::Create;
    Outcome outcome = Outcome::Failed;
    std::string reason{};  // codes in words of a closed set, one blank between two; may be empty
    Source source{};
    std::int64_t createId = 0;  // of the journal's record; 0: none
    UserId userId = 0;          // 0: none
    std::string userCode{};
    std::string userName{};
    std::string identity{};                      // the number that the certificates are registered under
    std::vector<std::string> serials{};          // canonical
    std::vector<std::int64_t> certificateIds{};  // of `serials`, in the same order, once they are on the list
    std::string name{};                          // a rename's: the certificate's own name from now on
    std::string previousName{};                  // and before
    std::int64_t leftOut = 0;                    // refusals right before it that were not entered
};

// With that outcome.
Entry withOutcome(Entry entry, Outcome outcome, std::string_view reason = {});

// SHA-256 in hexadecimal.
std::string hashOf(std::string_view bytes);

}  // namespace smartca::audit
