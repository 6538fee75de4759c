// Users and certificates as the eContract API writes them: strict about what we need (ids, serial numbers),
// tolerant about the rest. Ids are numbers or texts (the documents show both), a date without a zone is UTC,
// unknown keys are ignored, absent ones are empty.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "shared/api.h"
#include "shared/draft.h"

namespace smartca::econtract {

// A whole number, also one written as a text.
std::optional<std::int64_t> numberOf(const nlohmann::json& value);

struct PortalCertificate {
    std::int64_t id = 0;
    std::string serial;    // canonical
    std::string nickname;  // may be empty
    std::string commonName;
    std::string identity;  // the account at SmartCA where it is told, else the bare uid
    std::string subject;
    std::string issuer;  // may be empty: not in every answer
    CertificateType type = CertificateType::SmartCa;
    Instant validFrom = 0;
    Instant validTo = 0;
    bool isValid = true;
    bool isDefault = false;
    std::optional<DisplayMode> displayMode;
};

struct PortalUser {
    User user;  // certificateCount only with `hasList`
    std::optional<std::string> signatureText;
    bool hasList = false;  // the answer had userCertificates
    std::vector<PortalCertificate> certificates;
    int leftOut = 0;      // certificates without an id or a serial number that we can read
    std::string profile;  // the documented keys of users/update, as a JSON object, to be sent back unchanged
};

// Nothing where it is no user: no object, or without an id.
std::optional<PortalUser> readUser(const nlohmann::json& value);

struct PortalUserPage {
    std::vector<User> items;
    int page = 1;
    int pageSize = 10;  // the portal's, which may be less than was asked for
    std::int64_t totalCount = 0;
    bool hasNextPage = false;
};
std::optional<PortalUserPage> readUserPage(const nlohmann::json& value);

// For the list and the dialog. `owner` is whose it is.
Certificate certificateOf(const PortalCertificate& certificate, const User& owner, Instant now);

}  // namespace smartca::econtract
