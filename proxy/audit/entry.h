// What the audit log holds: who did what for whom, from where, and what came of it; and the chain that the
// entries make: each one's hash covers its own fields and the hash of the entry before it. README.md beside
// this file has the format, what it proves and what it does not.
//
// An entry holds nothing that a reader of the list of certificates may not see: no password, secret key,
// token, signature text or image.
//
// Values and pure functions; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/draft.h"

namespace smartca::audit {

enum class Action : std::uint8_t {
    Create,      // certificates of an identity are attached to a user
    Rename,      // a certificate's own name
    SetDefault,  // which of a user's certificates is the default
    Remove,      // a certificate leaves the list
    Access,      // a request that was refused before it reached its route
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
};

// The words in the order of the enumerations. They are stored and never change their meaning.
inline constexpr std::array<std::string_view, 5> kActionNames = {"create", "rename", "setDefault", "remove",
                                                                 "access"};
inline constexpr std::array<std::string_view, 9> kOutcomeNames = {
    "attached", "alreadyOnList", "changed", "removed", "sent", "unknown", "rejected", "refused", "failed"};

// Who asked, as far as this proxy knows.
struct Source {
    std::string actor{};      // "local" without --auth, "server", a session token's `sub`, or "proxy" itself
    std::string actorName{};  // for a person, as the token says it; may be empty
    std::string issuer{};     // who says so; empty: this proxy
    std::string company{};    // in which they act
    std::string peer{};       // address of the other end of the connection: "127.0.0.1", "unix:uid=1000"
    std::string requestId{};  // as in the request log and in X-Request-Id
    std::string keyHash{};    // SHA-256 of the Idempotency-Key, in hexadecimal
};

// What an entry has in common with its row.
struct Details {
    std::string reason{};       // codes in words of a closed set, one blank between two; may be empty
    std::int64_t createId = 0;  // of the journal's record; 0: none
    UserId userId = 0;          // 0: none
    std::string userCode{};
    std::string userName{};
    std::string identity{};      // the number that the certificates are registered under
    std::string name{};          // a rename's: the certificate's own name from now on
    std::string previousName{};  // and before
    std::int64_t leftOut = 0;    // refusals and failures right before it that were not entered
};

struct Entry : Details {
    Action action = Action::Create;
    Outcome outcome = Outcome::Failed;
    Source source{};
    std::vector<std::string> serials{};          // canonical
    std::vector<std::int64_t> certificateIds{};  // of `serials`, in the same order, once they are on the list
};

// With that outcome.
Entry withOutcome(Entry entry, Outcome outcome, std::string_view reason = {});

// An entry as it stands in the database. An action or outcome that a newer program wrote is shown as it is.
struct Record : Source, Details {
    std::int64_t sequence = 0;      // 1, 2, 3, …
    std::int64_t milliseconds = 0;  // since 1970-01-01T00:00:00Z
    std::string action{};
    std::string outcome{};
    std::string serials{};         // one blank between two
    std::string certificateIds{};  // one blank between two
    std::string hash{};
};

// A field of a record: a column of the table, a part of what is hashed, a key of JSON and a cell of CSV.
struct Field {
    enum class Kind : std::uint8_t { Number, Id, Time, Text, Words, Numbers };  // of an Id, 0 is none

    std::string_view column;
    std::string_view name;  // in JSON and CSV
    Kind kind;
    std::string Record::* text = nullptr;     // either this one
    std::int64_t Record::* number = nullptr;  // or that one
};

// In the order in which they are hashed and written; the hash itself is the last.
inline constexpr std::array kFields = {
    Field{"seq", "sequence", Field::Kind::Number, {}, &Record::sequence},
    Field{"at", "time", Field::Kind::Time, {}, &Record::milliseconds},
    Field{"action", "action", Field::Kind::Text, &Record::action},
    Field{"outcome", "outcome", Field::Kind::Text, &Record::outcome},
    Field{"reason", "reason", Field::Kind::Text, &Record::reason},
    Field{"actor", "actor", Field::Kind::Text, &Record::actor},
    Field{"actor_name", "actorName", Field::Kind::Text, &Record::actorName},
    Field{"issuer", "issuer", Field::Kind::Text, &Record::issuer},
    Field{"company", "company", Field::Kind::Text, &Record::company},
    Field{"peer", "peer", Field::Kind::Text, &Record::peer},
    Field{"request_id", "requestId", Field::Kind::Text, &Record::requestId},
    Field{"key_hash", "keyHash", Field::Kind::Text, &Record::keyHash},
    Field{"create_id", "createId", Field::Kind::Id, {}, &Record::createId},
    Field{"user_id", "userId", Field::Kind::Id, {}, &Record::userId},
    Field{"user_code", "userCode", Field::Kind::Text, &Record::userCode},
    Field{"user_name", "userName", Field::Kind::Text, &Record::userName},
    Field{"identity", "identity", Field::Kind::Text, &Record::identity},
    Field{"serials", "serials", Field::Kind::Words, &Record::serials},
    Field{"certificate_ids", "certificateIds", Field::Kind::Numbers, &Record::certificateIds},
    Field{"name", "name", Field::Kind::Text, &Record::name},
    Field{"previous_name", "previousName", Field::Kind::Text, &Record::previousName},
    Field{"left_out", "leftOut", Field::Kind::Number, {}, &Record::leftOut},
    Field{"hash", "hash", Field::Kind::Text, &Record::hash},
};

// An entry as it will stand, but for its place in the chain, with U+FFFD for bytes that are no text.
Record recordOf(const Entry& entry);

// The hash of `record`, its own hash aside, behind an entry with the hash `previous`.
std::string chainHash(std::string_view previous, const Record& record);

// SHA-256 in hexadecimal.
std::string hashOf(std::string_view bytes);

}  // namespace smartca::audit
