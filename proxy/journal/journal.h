// The journal of creates: a record of intent and outcome, one per Idempotency-Key, so that a repeated request
// gets the stored answer and a crash at any point leaves a record that says what may have happened.
//
//   begin() -> received
//   a registry in our own database: Registry::attach() writes certificates and answer together -> created
//   a registry that is another system: intend() -> intent, sending() -> sent, the add, then
//       finish() -> created or rejected, unsent() -> intent, or unknown() -> unknown
//   open() after a restart, and at any time: what is sent or unknown and is not being worked on
//
// Steps that an auditor asks for take the audit log's entry along, and make it in the same transaction.
// create_state.h has the table of steps; a step that is not in it is refused. README.md tells why.
//
// Threads: any. Errors: Unavailable, where it could not be written or read, or the step is none that may be
// made; from intend() also UserPending, where the outcome of another create for that user is not known yet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proxy/audit/log.h"
#include "proxy/base/fault.h"
#include "proxy/journal/create_state.h"
#include "shared/calendar.h"
#include "shared/draft.h"

namespace smartca::journal {

struct Key {
    std::string caller;  // keys of different callers never meet
    std::string key;     // the Idempotency-Key header
};

struct StoredAnswer {
    CreateState state = CreateState::Created;  // or Rejected; the API derives the HTTP status
    std::string body{};                        // JSON as it was sent
};

// What is about to be added, as its own registry needs it to find out later what became of it. No secrets.
struct Plan {
    std::string company{};  // whose registry
    UserId userId = 0;
    std::string registry{};  // the registry's own
    std::string memo{};      // Settlement::memo, as text
};

enum class BeginState : unsigned char {
    Fresh,        // recorded now: go on, then finish() or abandon()
    InProgress,   // another request with this key is being worked on, here or in another proxy
    Interrupted,  // begun before a crash, same body: nothing was sent, go on as if fresh
    Open,         // sent, and what became of it is being found out: `id` is where to ask
    Finished,     // `answer` holds what was said
    BodyDiffers,  // the key was used with another body
};
struct Begun {
    BeginState state = BeginState::Fresh;
    StoredAnswer answer{};
    std::int64_t id = 0;  // of the record, as find() takes it
    Instant since = 0;    // when the first request came
};

// One record, for the caller who made it.
struct CreateRecord {
    CreateState state = CreateState::Received;
    Instant since = 0;
    StoredAnswer answer{};  // once settled
    bool isDead = false;    // nothing was sent, and no request works on it: it will not be created
};

// A create of which only its registry can tell what became of it.
struct OpenCreate {
    std::int64_t id = 0;
    Key key;
    Plan plan;
    CreateState state = CreateState::Sent;  // or Unknown
    audit::Entry entry{};                   // of its sending: the caller, and what was asked for
};

class Journal {
  public:
    virtual ~Journal() = default;
    // `fingerprint` is a digest of the request's body and route; secrets in it cannot be read back. Empty: of
    // any.
    // The record outlives a crash of the process, not always a loss of power: nothing has been written
    // anywhere else yet, so that a retry that finds no record and one that finds it do the same.
    virtual base::Outcome<Begun> begin(const Key& key, const std::string& fingerprint, Instant now) = 0;

    // -> intent. Outlives what sending() outlives, once that has been called.
    virtual base::Outcome<Done> intend(const Key& key, const Plan& plan) = 0;
    // -> sent. When this returns, it and the intent outlive a loss of power: now the first byte may go out.
    // Once, before the first of several.
    virtual base::Outcome<Done> sending(const Key& key, const audit::Entry& entry) = 0;
    // -> intent: nothing of what was announced has had an effect, and it may be sent again.
    virtual base::Outcome<Done> unsent(const Key& key) = 0;
    // -> unknown. Where this fails the record says sent, which means the same after a restart.
    virtual base::Outcome<Done> unknown(const Key& key, const audit::Entry& entry) = 0;

    // -> created or rejected, as the answer says. For a registry that cannot write the answer together
    // with the certificates. Unavailable also where nothing was begun under that key. A second answer does
    // not replace the first.
    virtual base::Outcome<Done> finish(const Key& key, const StoredAnswer& answer, Instant now,
                                       const audit::Entry& entry) = 0;
    // -> absent. Nothing was done (a refusal before the registry was written): the key may be used again.
    // What was sent stays. The entry tells why.
    virtual base::Outcome<Done> abandon(const Key& key, const audit::Entry& entry) = 0;
    // An entry alone: of what has no record here. When this returns, it outlives a loss of power.
    virtual base::Outcome<Done> audit(const audit::Entry& entry) = 0;
    // What the log has behind that cursor (audit/log.h).
    virtual base::Outcome<std::optional<audit::Slice>> entriesAfter(const audit::Cursor& after,
                                                                    std::int64_t limit) = 0;
    // The request that began under this key has ended, whatever its outcome: it is not worked on any more,
    // even when abandon() could not be written.
    virtual void leave(const Key&) {}

    // Whether another caller has used that key. Read, not indexed: for withdrawals, which are rare.
    virtual base::Outcome<bool> isOfAnother(const Key& key) = 0;
    // The caller's own record of that number; nothing where there is none.
    virtual base::Outcome<std::optional<CreateRecord>> find(const std::string& caller, std::int64_t id) = 0;
    // The oldest thousand that are sent or unknown and are not being worked on; no other proxy gets them
    // as long as this one is there.
    virtual base::Outcome<std::vector<OpenCreate>> open() = 0;
    // Forgets settled records older than that, and the remains of earlier processes of which nothing was
    // sent; a bounded number at once. The value is how many; kForgottenAtOnce: there may be more.
    virtual base::Outcome<std::int64_t> expire(Instant before) = 0;
    static constexpr std::int64_t kForgottenAtOnce = 1000;
};

}  // namespace smartca::journal
