// Whose users, settings, images and certificates: each row of theirs has the number of its company.
//
//   auto company = enterCompany(*store, "main");
//   SqlRegistry registry(store, company.value(), key);
#pragma once

#include <cstdint>
#include <string>

#include "proxy/store/store.h"
#include "shared/result.h"

namespace smartca::registry {

enum class CompanyId : std::int64_t {};

inline std::int64_t numberOf(CompanyId company) {
    return static_cast<std::int64_t>(company);
}

// The number of the company of that name, which is entered where it is not there yet.
store::DatabaseResult<CompanyId> companyNamed(store::Database& database, const std::string& name);
// The same in a transaction of its own. The error is for an operator.
Result<CompanyId, std::string> enterCompany(store::Store& store, const std::string& name);

}  // namespace smartca::registry
