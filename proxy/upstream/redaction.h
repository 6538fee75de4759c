// Takes our own account out of what an upstream answers: a gateway that quotes the request, in an error or in
// a field of a certificate, must not make us repeat its password.
//
// Before anything is cut or cleaned, because both can hide a secret from a comparison and still leave it
// readable. Pure; any thread.
#pragma once

#include <initializer_list>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace smartca::upstream {

// The text with each secret replaced by "***"; "***" alone when it still holds three quarters of one in a
// row, whatever blanks and invisible characters lie between. Empty secrets count for nothing.
std::string redacted(std::string_view text, std::initializer_list<std::string_view> secrets);

// The same for every text in a JSON value, at any depth.
void redact(nlohmann::json& value, std::initializer_list<std::string_view> secrets);

}  // namespace smartca::upstream
