// The wire of the eContract API (VNPT's documents 2.3.0): the envelope around every answer, what can go wrong
// with a call, and users and certificates.
//
//   {"data": …, "success": true, "code": 0, "messages": []}
//
// What the documents leave open is decided so: `success` decides, for samples show success with code 0 and
// with 200; the words come from `messages` or `message`, each a text or a list of texts; "not authenticated"
// is HTTP 401, or a failure with code 401. Strict about what we need (ids), tolerant about the rest:
// ids are numbers or texts (the documents show both), truth values, too; dates are read as those beside SmartCA's
// certificates (upstream/written_instant.h); unknown keys are ignored, absent ones are empty.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "proxy/base/fault.h"
#include "proxy/upstream/http_client.h"
#include "shared/api.h"
#include "shared/draft.h"

namespace smartca::econtract {

using Json = nlohmann::json;

// Whether the call changes something over there, which decides what silence means.
enum class Purpose : std::uint8_t { Question, Change };

// A change that may have reached the portal is OutcomeUnknown; a question that was left without an answer,
// and what did not reach it, is PortalUnreachable. Messages are at most 300 code points.
base::Fault faultOf(const upstream::HttpError& error, Purpose purpose);

// The data of a success. `now` is for a Retry-After header.
base::Outcome<Json> readAnswer(const upstream::HttpResponse& answer, Purpose purpose, Instant now);
// Whether the portal says that it does not know the token.
bool isUnauthorized(const upstream::HttpResponse& answer);

// eContract's number of a display mode: 1 text, 2 text and image, 3 image (documents/process,
// signatureDisplayMode).
int numberOf(DisplayMode mode);

// A whole number, also one written as a text.
std::optional<std::int64_t> numberOf(const Json& value);

struct PortalCertificate {
    std::int64_t id = 0;
    std::string serial;    // canonical where we can read it, else as the portal writes it; may be empty
    std::string nickname;  // may be empty
    std::string commonName;
    std::string identity;  // the account at SmartCA where the portal gives it, else the bare uid
    std::string subject;
    std::string issuer;  // may be empty: not in every answer
    CertificateType type = CertificateType::SmartCa;
    Instant validFrom = 0;
    Instant validTo = 0;
    CertificateStatus said = CertificateStatus::Active;  // by the portal's words, whatever the dates
    std::string statusText;                              // those words; may be empty
    Instant statusAsked = 0;  // when SmartCA said them, where they are not the portal's
    bool isDefault = false;
    std::optional<DisplayMode> displayMode;
    bool operator==(const PortalCertificate&) const = default;
};

struct PortalUser {
    User user;  // certificateCount only with `hasList`
    std::optional<std::string> signatureText;
    bool hasList = false;  // the answer had userCertificates
    std::vector<PortalCertificate> certificates;
    int leftOut = 0;      // certificates without an id that we can read
    std::string profile;  // the documented keys of users/update, as a JSON object, to be sent back unchanged
};

// Nothing where it is no user: no object, or without an id.
std::optional<PortalUser> readUser(const Json& value);

struct PortalUserPage {
    std::vector<User> items;
    int leftOut = 0;  // users without an id that we can read; the counts have them
    int page = 1;
    int pageSize = 10;  // the portal's, which may be less than was asked for
    std::int64_t totalCount = 0;
    bool hasNextPage = false;
};
std::optional<PortalUserPage> readUserPage(const Json& value);

// For the list and the dialog. `owner`: the user who has it.
Certificate certificateOf(const PortalCertificate& certificate, const User& owner, Instant now);

}  // namespace smartca::econtract
