// The dimensions of PNG (ISO/IEC 15948 §11.2.2) and JPEG (ITU-T T.81 §B.1, B.2.2) files from their headers.
#include <cstddef>
#include <cstdint>
#include <limits>

#include "shared/validation.h"

namespace smartca {
namespace {

std::uint32_t bigEndian(std::string_view bytes, std::size_t offset, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = (value << 8U) | static_cast<unsigned char>(bytes[offset + i]);
    return value;
}

std::optional<ImageHeader> headerOf(const char* mediaType, std::uint32_t width, std::uint32_t height) {
    constexpr std::uint32_t kMaximum = std::numeric_limits<std::int32_t>::max();
    if (width == 0 || height == 0 || width > kMaximum || height > kMaximum) return std::nullopt;
    return ImageHeader{mediaType, static_cast<int>(width), static_cast<int>(height)};
}

std::optional<ImageHeader> readPng(std::string_view bytes) {
    using namespace std::string_view_literals;
    constexpr std::string_view kStart = "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"sv;
    if (!bytes.starts_with(kStart) || bytes.size() < kStart.size() + 8) return std::nullopt;
    return headerOf("image/png", bigEndian(bytes, kStart.size(), 4), bigEndian(bytes, kStart.size() + 4, 4));
}

bool isFrameStart(unsigned marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

bool standsAlone(unsigned marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
}

std::optional<ImageHeader> readJpeg(std::string_view bytes) {
    constexpr unsigned kStartOfScan = 0xDA;
    if (!bytes.starts_with("\xFF\xD8\xFF")) return std::nullopt;
    for (std::size_t offset = 2; offset + 4 <= bytes.size();) {
        if (bytes[offset] != '\xFF') return std::nullopt;
        const unsigned marker = static_cast<unsigned char>(bytes[offset + 1]);
        if (marker == 0xFF) {  // a fill byte
            ++offset;
            continue;
        }
        offset += 2;
        if (standsAlone(marker)) continue;
        const std::uint32_t length = bigEndian(bytes, offset, 2);
        if (length < 2 || marker == kStartOfScan) return std::nullopt;
        if (isFrameStart(marker)) {
            if (length < 8 || bytes.size() - offset < 7) return std::nullopt;
            return headerOf("image/jpeg", bigEndian(bytes, offset + 5, 2), bigEndian(bytes, offset + 3, 2));
        }
        if (length > bytes.size() - offset) return std::nullopt;
        offset += length;
    }
    return std::nullopt;
}

}  // namespace

std::optional<ImageHeader> readImageHeader(std::string_view bytes) {
    const auto png = readPng(bytes);
    return png ? png : readJpeg(bytes);
}

}  // namespace smartca
