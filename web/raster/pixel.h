// A pixel: red in the lowest byte, then green, blue and alpha, which is multiplied in. All four are computed
// with at once, in 16 bits each.
#pragma once

#include <cstdint>

namespace smartca::raster {

using Pixel = std::uint32_t;

constexpr Pixel kOpaque = 0xFF000000;

constexpr unsigned alphaOf(Pixel pixel) {
    return pixel >> 24;
}

constexpr std::uint64_t kChannels = 0x00FF00FF00FF00FF, kOne = 0x0001000100010001;

constexpr std::uint64_t spread(Pixel pixel) {
    return (pixel & 0x00FF00FF) | static_cast<std::uint64_t>(pixel & 0xFF00FF00) << 24;
}
constexpr Pixel gathered(std::uint64_t channels) {
    return static_cast<Pixel>(channels | channels >> 24);
}

// x * y / 255 of bytes, to the nearest.
constexpr unsigned scaled(unsigned x, unsigned y) {
    const unsigned product = x * y + 128;
    return (product + (product >> 8)) >> 8;
}

// `part` 255ths of one pixel and `rest` of the other, to the nearest. No channel may come to more than 255.
constexpr Pixel sum(Pixel one, unsigned part, Pixel other, unsigned rest) {
    const std::uint64_t channels = spread(one) * part + spread(other) * rest + kOne * 128;
    return gathered((channels + (channels >> 8 & kChannels)) >> 8 & kChannels);
}

// Between two neighbours, by 64ths of the second.
constexpr Pixel between(Pixel one, Pixel other, unsigned part) {
    return gathered((spread(one) * (64 - part) + spread(other) * part + kOne * 32) >> 6 & kChannels);
}

}  // namespace smartca::raster
