// What an item of SmartCA's `user_certificates` says of its certificate's status, under whatever name.
//
// Pure but for the clock, by which a day is to come; any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "shared/certificate_status.h"

namespace smartca::upstream {

struct ItemStatus {
    CertificateStatus status = CertificateStatus::Active;
    std::string words;                 // as the item has them, cleaned
    std::vector<std::string> remarks;  // for our log: what is unknown, or said in two ways
};

// By `cert_status` and `cert_status_code`, as VNPT's documents have them, or what public clients read in their place
// ("status", "certStatus", "trang_thai"). What else there is can only make it worse: another status ("ocsp_status") where
// it says an end; a truth value, a date that is not to come, or a reason under the name of one ("is_revoked",
// "revocation_date", "revocation_reason"); and "isActive" where it denies. Active where nothing is said: the dates decide
// then.
ItemStatus statusIn(const nlohmann::json& item);

// A text of an item as it is shown: composed, cleaned and cut.
std::string shown(std::string_view text);

// Not "N/A", "-", "null" or whatever else is written for nothing.
bool isTold(std::string_view text);

// The text, number or truth value under that key, cleaned; empty where it is missing or something else.
std::string textAt(const nlohmann::json& item, const char* key);

}  // namespace smartca::upstream
