// Glyphs: pictures with more columns than pixels, in a texture.
#include <doctest/doctest.h>

#include <algorithm>

#include "list.h"

namespace smartca::raster::test {
namespace {

// White, with that alpha multiplied in.
constexpr Pixel ink(unsigned alpha) {
    return alpha * 0x01010101;
}
const std::vector<Pixel> kStem = {ink(0),   ink(0),   ink(64), ink(128), ink(255), ink(255),
                                  ink(255), ink(128), ink(64), ink(0),   ink(0),   ink(0)};

std::vector<Pixel> painted(Texture& texture, float x, int columns, ImU32 color, ImU32 ground = 0) {
    List list;
    if (ground != 0) list.rectangle(0, 0, 6, 3, ground);
    list.glyph(texture, x, 0, columns, color);
    return test::painted(list, 6, 3);
}

TEST_CASE("a glyph covers its rows, in the text's colour") {
    Texture texture(1, 3, 2, kStem, 2);
    const std::vector<Pixel> pixels = painted(texture, 1, 4, kBlack);
    CHECK(pixels[6] == 0);
    CHECK(pixels[1] == 32u << 24);  // between the second column and the third
    CHECK(pixels[2] == 0xFF000000);
    for (const std::size_t outside : {0u, 4u, 5u, 12u, 13u, 14u})
        CHECK(pixels[outside] == 0);
    CHECK(std::equal(pixels.begin(), pixels.begin() + 6, pixels.begin() + 6));
}

TEST_CASE("it looks the same wherever in the texture it lies") {
    Texture one(1, 0, 0, kStem, 2), other(1, 17, 29, kStem, 2);
    for (int step = 0; step < 64; ++step)
        for (const int columns : {2, 4}) {
            const float x = -1 + static_cast<float>(step) / 9;
            CHECK(painted(one, x, columns, kBlue) == painted(other, x, columns, kBlue));
        }
}

TEST_CASE("nothing of a neighbour in the texture is seen, nor read beyond the texture") {
    const std::vector<Pixel> empty(6, 0);
    Texture texture(1, 26, 30, empty, 2);
    auto* pixels = reinterpret_cast<Pixel*>(texture.data().Pixels);
    std::fill(pixels, pixels + 30 * 32 + 26, ink(255));
    CHECK(painted(texture, 0.3f, 2, kBlue) == std::vector<Pixel>(18, 0));
}

TEST_CASE("words that are seen through let the ground through") {
    Texture texture(1, 3, 2, kStem, 2);
    CHECK(painted(texture, 1, 4, 0x80000000, 0xFFFFFFFF)[2] == 0xFF7F7F7F);
}

TEST_CASE("an emoji keeps its colours, and is as opaque as the words around it") {
    const Pixel red = 0xFF0000FF;
    Texture texture(1, 3, 2, {0, 0, red, red, red, red, red, red, 0, 0}, 2);
    CHECK(painted(texture, 0, 2, 0xFFFFFFFF)[2] == red);
    CHECK(painted(texture, 0, 2, 0x33FFFFFF, kBlue)[2] == 0xFFCC0033);
}

}  // namespace
}  // namespace smartca::raster::test
