// The arithmetic of pixels.
#include <doctest/doctest.h>

#include <array>
#include <cstdlib>

#include "web/raster/canvas.h"

namespace smartca::raster {
namespace {

constexpr Pixel grey(unsigned value, unsigned alpha) {
    return alpha << 24 | value << 16 | value << 8 | value;
}

TEST_CASE("towards a colour each channel comes to the nearest value, and stays in its byte") {
    for (unsigned alpha = 0; alpha < 256; ++alpha)
        for (unsigned below = 0; below < 256; ++below)
            for (const unsigned above : {0u, 1u, 100u, 254u, 255u}) {
                const Pixel made = sum(above << 8 | kOpaque, alpha, below | kOpaque, 255 - alpha);
                REQUIRE(alphaOf(made) == 255);
                REQUIRE((made >> 16 & 0xFF) == 0);
                REQUIRE((made >> 8 & 0xFF) == (above * alpha * 2 + 255) / 510);
                REQUIRE((made & 0xFF) == (below * (255 - alpha) * 2 + 255) / 510);
            }
}

TEST_CASE("a glyph with colours of its own, seen through, never comes to more than white") {
    for (unsigned own = 0; own < 256; ++own)
        for (unsigned opacity = 0; opacity < 256; ++opacity) {
            const Pixel made = sum(grey(own, own), opacity, 0xFFFFFFFF, 255 - scaled(own, opacity));
            for (int shift = 0; shift < 32; shift += 8)
                REQUIRE(std::abs(static_cast<int>(made >> shift & 0xFF) - 255) <= 1);
        }
}

TEST_CASE("between two texels the nearer counts for more") {
    CHECK(between(0xFF204060, 0x00000000, 0) == 0xFF204060);
    CHECK(between(0xFF204060, 0xFF000000, 16) == 0xFF183048);
    CHECK(between(0xFFFFFFFF, 0xFFFFFFFF, 63) == 0xFFFFFFFF);
}

TEST_CASE("no value is lost on the way to a canvas, which multiplies alpha in again") {
    for (unsigned alpha = 0; alpha < 256; ++alpha)
        for (unsigned value = 0; value <= alpha; ++value) {
            Pixel pixel = grey(value, alpha);
            divideByAlpha({&pixel, 1});
            REQUIRE(alphaOf(pixel) == alpha);
            REQUIRE(((pixel & 0xFF) * alpha + 127) / 255 == value);
        }
}

TEST_CASE("neighbours are divided each by its own alpha") {
    std::array<Pixel, 5> pixels = {grey(64, 128), grey(64, 128), grey(64, 64), 0, grey(7, 255)};
    divideByAlpha(pixels);
    CHECK(pixels == std::array<Pixel, 5>{grey(128, 128), grey(128, 128), grey(255, 64), 0, grey(7, 255)});
}

}  // namespace
}  // namespace smartca::raster
