// The proxy's API as values: what travels between the dialog and the proxy, parsed strictly and written in
// one place for both sides. The contract in prose and schema is proxy/api/openapi.yaml.
//
// parse* return the error as a JSON pointer with a reason; unknown keys in a request are errors, in an answer
// are ignored. Keys are the members' names as they stand here, enumerations camelCase names, instants ISO
// 8601 in UTC; absent optionals are left out, except that "businessAccount" and the defaults' "user" are
// null.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/calendar.h"
#include "shared/certificate_status.h"
#include "shared/defaults.h"
#include "shared/draft.h"
#include "shared/finding.h"
#include "shared/prefill.h"
#include "shared/result.h"
#include "shared/rights.h"

namespace smartca {

inline constexpr UserId kLargestUserId = 0x7FFF'FFFF;  // eContract's user ids are positive 32-bit numbers

struct ShapeError {
    std::string pointer{};  // RFC 6901, e.g. "/businessAccount/password"
    std::string reason{};   // for a log or a developer, in English
};
// The one reason whose pointer ends with a name that is not ours.
inline constexpr std::string_view kUnknownMember = "is not a known member";
template <class T>
using Parsed = Result<T, ShapeError>;

// ---- GET session
// Raised when a page and a proxy of different versions no longer understand each other: web/element/api.js then
// says which of the two is to be updated.
inline constexpr int kApiVersion = 1;
struct Session {
    Locale locale = Locale::Vietnamese;
    Rights may = Rights::all();
    std::int64_t imageBytes = 1024 * 1024;
    std::vector<Field> saves{};  // which optional fields this deployment can store
    Instant now = 0;             // the proxy's clock, so that "expired" does not depend on the visitor's
    Prefill prefill{};           // `prefill` and `lock` are left out where they are empty
};

// ---- GET users, users/{id}
inline constexpr std::int64_t kCountUnknown = -1;
struct User {
    UserId id = 0;
    std::string code{};
    std::string name{};
    std::string phone{};
    std::string email{};
    std::int64_t certificateCount = 0;  // kCountUnknown where the registry does not tell; left out then
};
// More than these are not counted, so that a page costs the same whatever is stored: a greater count says "more than
// 1 000". Nor are there pages behind the last row: who looks for something there narrows the search.
inline constexpr std::int64_t kMostCounted = 1'000;
inline constexpr int kLastRow = 10'000;
template <class T>
struct Page {
    std::vector<T> items{};
    int page = 1;  // from 1
    int pageSize = 10;
    std::int64_t totalCount =
        0;  // that match; beyond kMostCounted greater than this page's last row if another follows
    std::int64_t allCount = 0;  // without any filter
};

// ---- GET defaults
struct Defaults {
    SignatureSettings company{};
    std::optional<SignatureSettings> user{};
    std::vector<std::string> identities{};  // numbers of the user's certificates, newest first; may be absent
};

// ---- POST lookups
// What a person may want to know of a certificate that was read all the same. The certificate counts, not what
// stands beside it.
enum class CertificateNote : std::uint8_t {
    SerialDiffers,    // the list at SmartCA says another serial number than the certificate
    DatesDiffer,      // other days
    SubjectDiffers,   // another subject
    TrailingOctets,   // something follows the certificate
    SerialIrregular,  // zero, negative or longer than RFC 5280 §4.1.2.2 allows
    TextDamaged,      // a name holds bytes that are no text
    NumberDiffers,    // it carries a number of the kind that was asked for, and another one
    SerialShared,  // another certificate of the answer has the same serial number: neither can be added by it
    Count,
};
std::string_view nameOf(CertificateNote note);  // "serialDiffers"
// So many names of those who have one are told; there may be more.
inline constexpr std::size_t kHoldersTold = 5;
struct RegisteredCertificate {
    std::string serial{};  // canonical
    std::string commonName{};
    std::string subject{};      // RFC 4514 text
    std::string serviceName{};  // "SMARTCA PERSONAL PRO"; may be empty
    std::string statusText{};   // as SmartCA words it; may be empty
    CertificateStatus status = CertificateStatus::Active;
    Instant validFrom = 0;
    Instant validTo = 0;
    bool onList = false;  // already attached to the user asked about, or to anyone when none was named
    std::vector<std::string>
        heldBy{};  // names of other users who have it on their list, kHoldersTold at most
    std::vector<CertificateNote> notes{};  // left out when empty, as is heldBy
};
// What SmartCA has and we cannot read: what the text beside it says, as far as it says anything.
struct UnreadableCertificate {
    std::string serial{};  // canonical where it can be, else as SmartCA writes it
    std::string commonName{};
    std::string serviceName{};
};
struct LookupRequest {
    std::string identity{};
    UserId userId = 0;  // 0: none chosen yet
};
struct LookupAnswer {
    std::string identity{};  // canonical, as it was found
    std::vector<RegisteredCertificate> certificates{};
    std::vector<UnreadableCertificate> unreadable{};  // left out when empty
    bool personUnknown = false;  // SmartCA does not know the number at all; left out when false
};

// ---- GET certificates
enum class CertificateType : std::uint8_t { SmartCa, Business };
std::string_view nameOf(CertificateType type);  // "smartCa"
std::optional<CertificateType> certificateTypeOfName(std::string_view name);
struct Certificate {
    std::int64_t id = 0;
    std::string name{};  // nickname, else the common name
    UserId userId = 0;
    std::string userName{};
    std::string userCode{};  // tells users of one name apart; left out when empty
    std::string identity{};
    std::string serial{};
    std::string subject{};
    std::string issuer{};
    CertificateType type = CertificateType::SmartCa;
    CertificateStatus status = CertificateStatus::Active;
    Instant validFrom = 0;
    Instant validTo = 0;
    bool isDefault = false;
    std::string statusText{};  // as SmartCA last worded it; left out when empty
    Instant statusAsked = 0;   // when SmartCA last answered of it; 0: never, and left out
};
struct CertificatePage : Page<Certificate> {
    std::int64_t userCount = 0;  // distinct users among those that match, where all of them are counted
    bool complete = true;        // false: the registry has users whose certificates could not be looked at
};

// ---- POST certificates
struct CreateAnswer {
    std::vector<Certificate> added{};
    std::vector<RegisteredCertificate> alreadyOnList{};
    std::vector<RegisteredCertificate> expired{};     // among the added
    std::vector<Field> notSaved{};                    // given, but this deployment cannot store it
    std::vector<RegisteredCertificate> missing{};     // asked for, and not there afterwards
    std::vector<RegisteredCertificate> leftOut{};     // under "all": revoked, suspended, ...
    std::vector<UnreadableCertificate> unreadable{};  // under "all"; the last three are left out when empty
    // Why some are missing, or not all was saved, in the portal's own words; left out when empty.
    std::string upstreamMessage{};
};

// ---- 202 of POST certificates and GET creates/{id}: the answer is not there yet
enum class PendingState : std::uint8_t {
    InProgress,  // it is being worked on
    Unknown,     // it was sent to the portal, whose answer got lost: what became of it is being found out
};
struct PendingCreate {
    std::int64_t id = 0;  // GET creates/{id} tells more
    PendingState state = PendingState::InProgress;
    Instant since = 0;
    int retryAfterSeconds = 0;  // when asking again makes sense; 0: not said
};

// ---- PATCH certificates/{id}
struct CertificateChange {
    std::optional<std::string> name{};
    std::optional<bool> isDefault{};  // only true is meaningful
};

// ---- application/problem+json (RFC 9457)
enum class ProblemCode : std::uint8_t {
    MalformedRequest,      // 400: not HTTP, JSON or shape that we understand
    Unauthorized,          // 401
    Forbidden,             // 403: cross-site, or no right
    PathUnknown,           // 404: no route of this API
    NotFound,              // 404
    MethodNotAllowed,      // 405
    InProgress,            // 409: the same key is being worked on
    TooLarge,              // 413
    UnsupportedMediaType,  // 415
    KeyReused,             // 422: same Idempotency-Key, other body
    Findings,              // 422: the form's rules refuse
    TooManyRequests,       // 429
    Internal,              // 500
    UpstreamCredentials,   // 502: SmartCA refuses our account
    UpstreamNonsense,      // 502: SmartCA answered something that is not SP769
    UpstreamRefused,       // 502: SmartCA answered with an error of its own
    Unavailable,           // 503: overloaded or stopping, or the database is away
    UpstreamUnreachable,   // 504: no connection
    UpstreamTimeout,       // 504: no answer within the deadline
    PortalCredentials,     // 502: the portal (eContract) refuses our account
    PortalNonsense,        // 502: the portal answered something that is not its API
    PortalRefused,         // 502: the portal answered with an error of its own
    UserPending,           // 409: what became of an earlier create for this user is being found out
    OutcomeUnknown,        // 504: a change was sent to the portal, and no answer said what became of it
    NotCreated,            // 502: the portal's answer got lost, and looking has shown that it did nothing
    UpstreamUntrusted,     // 502: SmartCA's certificate is not trusted
    PortalUntrusted,       // 502: the portal's certificate is not trusted
    UpstreamAccessDenied,  // 502: SmartCA refuses our account or the person, and does not say which
    UpstreamBusy,          // 503: SmartCA has too much to do
    UpstreamMaintenance,   // 503: SmartCA is closed for a while
    UpstreamFailed,        // 502: something went wrong inside SmartCA
    CertificateGone,       // 404: no such certificate on the list, or no longer
    UpstreamBlocked,       // 502: something on the way to SmartCA or the portal refuses us
    PortalUnreachable,     // 504: no connection to the portal, or no answer within the deadline
    PortalBusy,            // 503: the portal has too much to do
    PortalMaintenance,     // 503: the portal is closed for a while
    PortalFailed,          // 502: something went wrong inside the portal
    NotAllowed,            // 403: the caller lacks the right
    CursorGone,            // 410: the events behind that cursor are not known here
    HeadTooLarge,          // 431: of a request; cookies, mostly
    Count,
};
struct Problem {
    ProblemCode code = ProblemCode::Internal;
    std::string requestId{};
    std::string upstreamMessage{};  // the upstream's own words, cleaned; may be empty
    Findings findings{};            // after parseProblem their arguments are sorted by name
    int retryAfterSeconds = 0;      // 0: not said
};
std::string_view nameOf(ProblemCode code);                                     // "upstreamTimeout"
int statusOf(ProblemCode code);                                                // HTTP status
Message titleOf(ProblemCode code);                                             // what happened, for a person
Message adviceOf(ProblemCode code);                                            // what to do
std::string adviceOf(Locale locale, ProblemCode code, int retryAfterSeconds);  // and when

nlohmann::json toJson(const Session&);
nlohmann::json toJson(const User&);
nlohmann::json toJson(const Page<User>&);
nlohmann::json toJson(const Defaults&);
nlohmann::json toJson(const LookupRequest&);
nlohmann::json toJson(const LookupAnswer&);
nlohmann::json toJson(const Certificate&);
nlohmann::json toJson(const CertificatePage&);
nlohmann::json toJson(const Draft&);  // secrets only with the business account on; image as base64
nlohmann::json toJson(const CreateAnswer&);
nlohmann::json toJson(const PendingCreate&);
nlohmann::json toJson(const CertificateChange&);
nlohmann::json toJson(const Problem&, Locale locale);  // title and detail in that language

Parsed<Session> parseSession(const nlohmann::json&);
Parsed<User> parseUser(const nlohmann::json&);
Parsed<Page<User>> parseUsers(const nlohmann::json&);
Parsed<Defaults> parseDefaults(const nlohmann::json&);
Parsed<LookupRequest> parseLookupRequest(const nlohmann::json&);
Parsed<LookupAnswer> parseLookupAnswer(const nlohmann::json&);
Parsed<Certificate> parseCertificate(const nlohmann::json&);
Parsed<CertificatePage> parseCertificates(const nlohmann::json&);
Parsed<Draft> parseDraft(const nlohmann::json&);
Parsed<CreateAnswer> parseCreateAnswer(const nlohmann::json&);
Parsed<PendingCreate> parsePendingCreate(const nlohmann::json&);
Parsed<CertificateChange> parseCertificateChange(const nlohmann::json&);
Parsed<Problem> parseProblem(const nlohmann::json&);

}  // namespace smartca
