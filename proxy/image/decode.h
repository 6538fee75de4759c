// The two decoders, inside of this room. Both libraries report an error by a longjmp(): it leaves only frames without
// destructors (the reader's own memory belongs to the frame above).
#pragma once

#include <cstdint>
#include <string_view>

namespace smartca::image {

enum class Decoding : std::uint8_t { Whole, Broken };

Decoding decodePng(std::string_view bytes, std::int64_t mostPixels);
Decoding decodeJpeg(std::string_view bytes, std::int64_t mostPixels);

// No signature is as wide; a row is what is held of a picture, so its length is a bound of memory.
inline constexpr std::uint32_t kLongestSide = 65'535;

}  // namespace smartca::image
