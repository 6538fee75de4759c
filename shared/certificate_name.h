// The name that a certificate has on the list: a nickname, or none, and then its own common name is shown.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "shared/finding.h"

namespace smartca {

inline constexpr std::size_t kLongestCertificateName = 200;  // code points

// What a typed name comes to: without blanks around it; empty, which takes the nickname away, where it shows
// nothing but blanks.
std::string certificateNameOf(std::string_view typed);

// TooLong or InvalidText (not UTF-8, or a control or invisible character), or nothing. Of what
// certificateNameOf() gives; the field is Form.
std::optional<Finding> faultOfCertificateName(std::string_view name);

}  // namespace smartca
