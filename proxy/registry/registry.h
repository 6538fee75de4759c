// Where users, company settings and attached certificates live. Two implementations stand behind it: a
// database of our own, SQLite or PostgreSQL (sql_registry.h), and the portal's eContract API
// (proxy/econtract).
//
// Threads: every method may be called from any thread. Nothing throws. Errors (base/fault.h), beside
// Unavailable (busy, disk full, upstream away: nothing was written) and Internal (the store holds what it
// must not hold):
//
//   NotFound           no such user
//   CertificateGone    no such certificate
//   OutcomeUnknown     a change was sent and no answer came that says what became of it: it may have happened
//   UserPending        the outcome of an earlier change for that user is not known yet: nothing was sent
//   PortalRefused      the portal said no, in its own words: nothing was written
//   PortalCredentials  it does not accept this proxy's account: nothing was written
//   PortalUntrusted    its certificate is not trusted: nothing was sent
//   PortalNonsense     it answered a question with something that cannot be understood
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proxy/base/fault.h"
#include "proxy/journal/journal.h"
#include "shared/api.h"

namespace smartca::registry {

struct UserQuery {
    std::string search{};  // name, code or phone, as search.h reads it
    int page = 1;
    int pageSize = 10;
};

struct CertificateQuery {
    std::string search{};             // as search.h reads it
    UserId userId = 0;                // 0: all
    std::vector<UserId> owners{};     // of these users alone, as if there were no others; empty: of all
    std::vector<std::int64_t> ids{};  // these alone; empty: all
    std::optional<CertificateType> type{};
    std::optional<CertificateStatus> status{};
    std::optional<Instant> validFrom{};  // validity begins on or after
    std::optional<Instant> validTo{};    // validity ends before or on
    int page = 1;
    int pageSize = 10;
    Instant now = 0;  // for the status
};

// What SmartCA said of a certificate's status, whatever its dates say.
struct ToldStatus {
    CertificateStatus status = CertificateStatus::Active;
    std::string text{};  // in its words
    Instant at = 0;      // when; 0: it was never asked
};

// One certificate to attach, as SmartCA describes it.
struct NewCertificate {
    std::string serial;  // canonical
    std::string identity;
    std::string commonName;
    std::string subject;
    std::string issuer;
    std::string serviceName;
    std::string der;  // the certificate itself
    CertificateType type = CertificateType::SmartCa;
    Instant validFrom = 0;
    Instant validTo = 0;
    ToldStatus told{};
};
// Whether SmartCA has more certificates under the identity than those that are attached: then nobody may be
// asked for "all of the identity".
enum class Extent : std::uint8_t { Some, All };
// Certificates to attach, with what the person entered for them: valid, and its identity and serial are those
// that the certificates were found by. Secrets are stored encrypted and never come back.
struct Attachment {
    Draft draft;
    std::vector<NewCertificate> certificates;
    Extent extent = Extent::Some;
};

// What attaching did. Certificates that the user has already, by serial, are left alone and named.
struct Attached {
    std::vector<Certificate> added;
    std::vector<std::string> alreadyOnList;  // serials
    // Among the fields that saves() promises: those that could not be written this time.
    std::vector<Field> notSaved{};
    std::vector<std::string> missing{};    // serials that were asked for, and that are not there afterwards
    std::optional<base::Fault> refusal{};  // why, where the registry has said so
};

// What the answer to a create is made of beside its outcome (create_answer.h), so that another process can
// make it. No secrets: it is kept in the journal.
struct AnswerMemo {
    std::vector<RegisteredCertificate> found{};       // at SmartCA, under the identity
    std::vector<Field> notSaved{};                    // given, and with no place in this registry
    Locale locale = Locale::Vietnamese;               // of the request
    std::string requestId{};                          // of the same request
    std::vector<RegisteredCertificate> leftOut{};     // of "all"; with what was on the list before
    std::vector<UnreadableCertificate> unreadable{};  // at SmartCA, where all were asked for
};

// Under which key attach() keeps the answer in the journal, and what it is made of.
struct Settlement {
    journal::Key key;
    AnswerMemo memo{};
    // The caller, the user and what is asked for: attach() adds what came of it and enters it into the audit
    // log.
    audit::Entry audit{};
};

class Registry {
  public:
    virtual ~Registry() = default;

    virtual base::Outcome<Page<User>> users(const UserQuery& query) = 0;
    virtual base::Outcome<User> user(UserId id) = 0;
    virtual base::Outcome<SignatureSettings> companySettings() = 0;
    virtual base::Outcome<SignatureSettings> userSettings(UserId id) = 0;
    virtual base::Outcome<SignatureImage> companyImage() = 0;  // NotFound where there is none
    virtual base::Outcome<SignatureImage> userImage(UserId id) = 0;
    virtual base::Outcome<CertificatePage> certificates(const CertificateQuery& query) = 0;
    virtual base::Outcome<Certificate> certificate(std::int64_t id, Instant now) = 0;
    // The certificate itself, in DER; empty where only what is listed of it is known.
    virtual base::Outcome<std::string> certificateDer(std::int64_t id) {
        static_cast<void>(id);
        return std::string();
    }
    // Serials (canonical) on the list of that user, or of anyone for 0, among the given ones.
    virtual base::Outcome<std::vector<std::string>> serialsOnList(
        UserId id, const std::vector<std::string>& serials) = 0;
    // For each of these serials, the names of the users who have it on their list, but for user `except`: five
    // at most. A registry without a search by serial tells what it happens to know, which may be nobody.
    virtual base::Outcome<std::vector<std::vector<std::string>>> holdersOf(
        const std::vector<std::string>& serials, UserId except) = 0;
    // The numbers that the user's certificates are registered under, each once, the newest first: five at
    // most.
    virtual base::Outcome<std::vector<std::string>> identitiesOf(UserId id) = 0;
    // Keeps what SmartCA says now of a certificate's status, on every list where the same one stands.
    virtual base::Outcome<Done> keepStatus(std::int64_t id, const ToldStatus& told) {
        static_cast<void>(id);
        static_cast<void>(told);
        return Done{};
    }
    // All of them or none, and the answer with them: when this returns, both outlive a loss of power; after
    // an error other than Unknown neither is there. A registry that is another system shares no transaction
    // with the journal: it has to record there, durably and before it writes, what it is about to attach, so
    // that after a crash its own work can be distinguished from what was there before, and to keep the answer
    // itself. Precondition: the journal's begin() gave the key to this caller.
    virtual base::Outcome<Attached> attach(const Attachment& attachment, const Settlement& settlement,
                                           Instant now) = 0;
    // What is there now of an attach that ended Unknown, or that a crash cut off: reads, and changes nothing.
    // What it shows may still grow for a while, as long as something is `missing`. NotFound where there is no
    // such user, or where we may not see them; Unavailable where it cannot be found out now, and from a
    // registry that leaves nothing open.
    virtual base::Outcome<Attached> lookBack(const journal::Plan& plan, Instant now) {
        static_cast<void>(plan);
        static_cast<void>(now);
        return base::Fault{ProblemCode::Unavailable};
    }
    // Both enter into the audit log, together with what they do, that `source` asked for it.
    virtual base::Outcome<Certificate> change(std::int64_t id, const CertificateChange& change, Instant now,
                                              const audit::Source& source) = 0;
    virtual base::Outcome<Done> remove(std::int64_t id, const audit::Source& source) = 0;
    // The optional fields that this registry can store.
    virtual std::vector<Field> saves() const = 0;
    // Whether its answers come from another system: a request then waits, on the threads that are there
    // for it.
    virtual bool isElsewhere() const { return false; }
};

}  // namespace smartca::registry
