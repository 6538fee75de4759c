// Demo data: users, settings, images and attached certificates from a JSON file (assets/demo/registry.json),
// so that the product can be tried without a portal behind it.
//
//   {"company": {"text": "…", "mode": "textAndImage", "image": "signature.png"},
//    "users": [{"id": 1, "code": "USER01", "name": "…", "phone": "…", "email": "…", "text"?, "mode"?,
//    "image"?}], "certificates": [{"userId": 1, "serial": "5401…", "identity": "…", "commonName": "…",
//    "name"?, "subject", "issuer",
//                      "serviceName", "type": "smartCa" | "business", "validFromDays": -600, "validToDays":
//                      105, "isDefault"?, "statusText"?}],
//    "companies"?: [{"name": "second", "company": …, "users": …, "certificates": …}]}
//
// What stands in "companies" is those companies' own; the numbers of users are of all.
// "statusText" is how SmartCA says, at that moment, that it is active.
// Days count from the moment of seeding, so that the demo never ages. Image names are files beside the JSON
// file. Without "isDefault" the registry's own rule holds; false leaves a user's certificates unmarked.
#pragma once

#include <cstdint>
#include <string>

#include "proxy/registry/company.h"
#include "proxy/store/store.h"
#include "shared/calendar.h"

namespace smartca::registry {

enum class Seeding : std::uint8_t {
    Loaded,
    AlreadyThere,  // the database has users: nothing was touched
};

// One transaction: all of the file or nothing. The error says, for an operator, where the file is wrong.
// `company`: whose the rest of the file is.
Result<Seeding, std::string> loadDemoData(store::Store& store, CompanyId company, const std::string& path,
                                          Instant now);

// Puts the company's settings of a file into the database, in place of those that are there:
//   {"text"?: "…", "mode"?: "textAndImage", "image"?: "signature.png"}
Result<Done, std::string> loadCompanySettings(store::Store& store, CompanyId company,
                                              const std::string& path);

}  // namespace smartca::registry
