// How values stand in the tables: shared by the parts of the registry alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proxy/registry/company.h"
#include "proxy/registry/registry.h"
#include "proxy/store/database.h"

namespace smartca::registry {

// Unavailable (also where a rule of the database refuses, as when the row has changed meanwhile), Internal
// where the database is corrupt, OutcomeUnknown where a commit's answer was lost.
base::Fault faultOf(const store::DatabaseError& error);
// Why next() of a statement that finds one row had none.
base::Fault noRow(const store::Statement& find, ProblemCode absent = ProblemCode::NotFound);

std::optional<std::int64_t> numberOf(const std::optional<DisplayMode>& mode);
std::optional<DisplayMode> displayModeOfNumber(std::int64_t number);

// The columns that certificateOf() reads, of certificates `c` joined with users `u`.
inline constexpr const char* kCertificateColumns =
    "c.id, coalesce(nullif(c.name, ''), nullif(c.common_name, ''), c.serial), c.user_id, u.name, c.identity, "
    "c.serial,"
    " c.subject, c.issuer, c.type, c.valid_from, c.valid_to, c.is_default, c.status, c.status_text,"
    " c.status_asked, u.code";
Certificate certificateOf(const store::Statement& row, Instant now);

// The company's certificate with that id; CertificateGone where there is none.
base::Outcome<Certificate> findCertificate(store::Database& database, CompanyId company, std::int64_t id,
                                           Instant now);

// The image's row, a new one unless the company has the same bytes already.
store::DatabaseResult<std::int64_t> storeImage(store::Database& database, CompanyId company,
                                               const SignatureImage& image);

// The signature that a user's account or the company's settings bring. Absent members say nothing.
struct StoredSettings {
    std::optional<std::string> text;
    std::optional<DisplayMode> mode;
    std::optional<SignatureImage> image;
};
store::DatabaseResult<Done> setCompanySettings(store::Database& database, CompanyId company,
                                               const StoredSettings& settings);

struct UserRow {
    UserId id = 0;
    std::string code{};
    std::string name{};
    std::string phone{};
    std::string email{};
    StoredSettings settings{};
};
store::DatabaseResult<Done> insertUser(store::Database& database, CompanyId company, const UserRow& user);

enum class Secrets : std::uint8_t { LeftOut, Sealed };
// The optional fields of the form that a row of `certificates` holds.
std::vector<Field> storedFields(Secrets secrets);

// What a row of `certificates` holds beside the certificate and what the draft says in plain text.
struct CertificateExtras {
    std::string nickname;  // empty: none
    Instant createdAt = 0;
    std::optional<std::int64_t> imageId;
    std::string sealedPassword;   // empty: none
    std::string sealedSecretKey;  // empty: none
};

// The new row's id, or nothing where the draft's user has that serial already: the UNIQUE index decides.
store::DatabaseResult<std::optional<std::int64_t>> insertCertificate(store::Database& database,
                                                                     CompanyId company,
                                                                     const NewCertificate& certificate,
                                                                     const Draft& draft,
                                                                     const CertificateExtras& extras);

// Where the user has certificates but none is the default: marks the newest valid one, else the newest
// that will be valid. What will never sign again is not chosen.
store::DatabaseResult<Done> ensureDefault(store::Database& database, CompanyId company, UserId userId,
                                          Instant now);

}  // namespace smartca::registry
