// What the sandbox's portal (VNPT eContract Premium) starts with: companies, the accounts that integrations
// log in with, users and the certificates they have already.
//
// The text is a JSON object in the form of assets/demo/registry.json (which is compiled in), with two keys
// more:
//   "companies"     [{"id": 101, "name", "taxCode"}]; default: one, number 101
//   "accounts"      [{"username", "password", "companies": [101]}]; default: kDemoPortalUsername of the first
//                   company, and kDemoGroupUsername of all of them
//   "users"         [{"id", "code", "name", "phone", "email", "text"?, "companyId"?}]; "mode" and "image",
//   which
//                   the portal's API does not have, are passed over
//   "certificates"  [{"userId", "serial", "identity", "commonName", "name"?, "subject", "issuer",
//   "serviceName",
//                   "type", "validFromDays", "validToDays", "isDefault"?}], days counted from the start
//
// Threads: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/result.h"

namespace smartca::sandbox {

inline constexpr const char* kDemoPortalUsername = "api@econtract.example.vn";
inline constexpr const char* kDemoGroupUsername = "group@econtract.example.vn";
inline constexpr const char* kDemoPortalPassword = "sandbox-econtract-password";

struct PortalCompany {
    std::int64_t id = 0;
    std::string name;
    std::string taxCode;
};

struct PortalAccount {
    std::string username;
    std::string password;
    std::vector<std::int64_t> companies;
};

struct PortalCertificate {
    std::int64_t id = 0;
    std::optional<std::string> name;  // nickname
    std::string commonName;
    std::string identity;
    std::string serial;
    std::string subject;
    std::string issuer;
    std::string service;
    std::int64_t validFrom = 0;
    std::int64_t validTo = 0;
    bool business = false;
    std::optional<std::int64_t> displayMode;
};

struct PortalUser {
    std::int64_t id = 0;
    std::int64_t companyId = 0;
    std::string code;
    std::string name;
    std::string phone;
    std::string email;
    std::optional<std::string> signatureText;
    bool signConfirmation = true;
    std::int64_t status = 1;
    std::int64_t defaultCertificate = 0;  // its id; 0: none
    std::vector<PortalCertificate> certificates;
};

struct PortalPlan {
    std::vector<PortalCompany> companies;
    std::vector<PortalAccount> accounts;
    std::vector<PortalUser> users;
};

// `now` in seconds since 1970-01-01T00:00:00Z. The error says what is wrong with the text.
Result<PortalPlan, std::string> parsePortalPlan(std::string_view json, std::int64_t now);

// The text of assets/demo/registry.json as it was when this was built.
std::string_view demoPortal();

}  // namespace smartca::sandbox
