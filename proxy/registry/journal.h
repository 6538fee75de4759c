// The journal of creates: a record of intent and outcome, one per Idempotency-Key, so that a repeated request
// gets the stored answer and a crash in between leaves nothing unknown.
//
// States: intent (recorded before the registry is written) -> finished (with the answer). Registry::attach()
// writes the answer together with the certificates, so a record that is still "intent" when the process
// starts was cut off before anything was attached, and the create is begun anew.
//
// Threads: any.
#pragma once

#include <string>

#include "shared/calendar.h"
#include "shared/result.h"

namespace smartca::registry {

enum class JournalError : unsigned char { Unavailable };

struct JournalKey {
    std::string caller;  // who asks; keys of different callers never meet
    std::string key;     // the Idempotency-Key header
};

struct StoredAnswer {
    int status = 0;    // HTTP status
    std::string body;  // JSON as it was sent
};

enum class BeginState : unsigned char {
    Fresh,        // recorded now: go on, then finish() or abandon()
    InProgress,   // another request with this key is being worked on in this process
    Interrupted,  // an intent from before a crash, same body: nothing was attached, go on as if fresh
    Finished,     // `answer` holds what was said
    BodyDiffers,  // the key was used with another body
};
struct Begun {
    BeginState state = BeginState::Fresh;
    StoredAnswer answer;
};

class Journal {
  public:
    virtual ~Journal() = default;
    template <class T>
    using Outcome = Result<T, JournalError>;

    // `fingerprint` is a digest of the request's body and route; secrets in it cannot be read back.
    // The intent outlives a crash of the process, not always a loss of power: nothing has been written
    // anywhere else yet, so that a retry that finds no intent and one that finds it do the same.
    virtual Outcome<Begun> begin(const JournalKey& key, const std::string& fingerprint, Instant now) = 0;
    // For a registry that cannot write the answer together with the certificates. Unavailable also where
    // nothing was begun under that key. A second answer does not replace the first.
    virtual Outcome<Done> finish(const JournalKey& key, const StoredAnswer& answer, Instant now) = 0;
    // Nothing was done (a refusal before the registry was touched): the key may be used again.
    virtual Outcome<Done> abandon(const JournalKey& key) = 0;
    // Whoever began under this key has ended, whatever became of it: nobody works on it any more, even when
    // abandon() could not be written.
    virtual void leave(const JournalKey&) {}
    // Forgets finished records older than that.
    virtual Outcome<Done> expire(Instant before) = 0;
};

}  // namespace smartca::registry
