// Decodes a signature image from its first byte to its last, so that what is stored can be shown: a header alone proves
// nothing. The pixels are looked at row by row and thrown away.
#pragma once

#include <optional>
#include <string_view>

#include "shared/finding.h"
#include "shared/validation.h"

namespace smartca::image {

// ImageUndecodable, or nothing for a PNG or JPEG that decodes whole and that nothing follows. `limits` are
// held before anything is decoded.
std::optional<Finding> faultOf(std::string_view bytes, const Limits& limits);

// The same of a draft's image; nothing where it has none.
std::optional<Finding> faultOf(const std::optional<SignatureImage>& image, const Limits& limits);

}  // namespace smartca::image
