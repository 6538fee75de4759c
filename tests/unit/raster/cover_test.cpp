// Which pixels a shape covers, and with what.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <span>

#include "list.h"

namespace smartca::raster::test {
namespace {

constexpr int kWidth = 97, kHeight = 83, kCells = 6;
constexpr ImU32 kHalfWhite = 0x80FFFFFF;

// Triangles that fill more than the surface between them, their corners anywhere or on pixels' centres.
void addMesh(List& list, std::mt19937& random, bool onCentres, float down = 0) {
    const auto upTo = [&](float most) { return std::uniform_real_distribution<float>(0, most)(random); };
    const auto place = [&](int cell, float step, float most, float end) {
        if (cell == 0) return -10.f;
        if (cell == kCells) return end;
        const float anywhere = static_cast<float>(cell) * step - 10 + upTo(most);
        return onCentres ? std::floor(anywhere) + 0.5f : anywhere;
    };
    for (int y = 0; y <= kCells; ++y)
        for (int x = 0; x <= kCells; ++x)
            list.corner(place(x, 20, 12, 120), down + place(y, 18, 10, 120), kHalfWhite);
    for (int y = 0; y < kCells; ++y)
        for (int x = 0; x < kCells; ++x) {
            const int a = y * (kCells + 1) + x, b = a + 1, c = b + kCells + 1, d = c - 1;
            list.triangle(a, b, c);
            list.triangle(d, a, c);
        }
}

TEST_CASE("triangles that share their edges cover each pixel once") {
    std::mt19937 random(1);
    for (int round = 0; round < 100; ++round) {
        List list;
        addMesh(list, random, round % 2 == 1);
        const std::vector<Pixel> pixels = painted(list, kWidth, kHeight);
        CHECK(std::ranges::count(pixels, Pixel{0x80808080}) == kWidth * kHeight);
    }
}

TEST_CASE("twenty thousand pixels down they still do") {
    std::mt19937 random(2);
    List list;
    addMesh(list, random, false, 20000);
    Scene scene;
    scene.read(*list, kWidth, 20000 + kHeight);
    std::vector<Pixel> pixels(std::size_t{kWidth} * kHeight);
    scene.paint(20000, 20000 + kHeight, pixels);
    CHECK(std::ranges::count(pixels, Pixel{0x80808080}) == kWidth * kHeight);
}

TEST_CASE("any rows painted alone are the same as in the whole") {
    std::mt19937 random(3);
    List list;
    addMesh(list, random, false);
    for (int i = 0; i < 60; ++i) {
        const auto at = [&](int most) {
            return std::uniform_real_distribution<float>(-9, static_cast<float>(most))(random);
        };
        const auto color = static_cast<ImU32>(random());
        const int first = list.corner(at(kWidth), at(kHeight), color);
        list.corner(at(kWidth), at(kHeight), color & 0x00FFFFFF);
        list.corner(at(kWidth), at(kHeight), color | 0xFF000000);
        list.triangle(first, first + 1, first + 2);
    }
    const std::vector<Pixel> whole = painted(list, kWidth, kHeight);
    Scene scene;
    scene.read(*list, kWidth, kHeight);
    for (int top = 0; top < kHeight; ++top)
        for (const int bottom : {top + 1, std::min(top + 7, kHeight), kHeight}) {
            std::vector<Pixel> part(static_cast<std::size_t>(bottom - top) * kWidth);
            scene.paint(top, bottom, part);
            CHECK(std::ranges::equal(
                part, std::span(whole).subspan(static_cast<std::size_t>(top) * kWidth, part.size())));
        }
}

TEST_CASE("a rectangle covers the pixels whose centres it covers, and of two that meet one has the centre") {
    List list;
    list.rectangle(1.4f, 0, 2.5f, 1, kHalfWhite);
    list.rectangle(2.5f, 0, 4.6f, 1, kHalfWhite);
    CHECK(painted(list, 6, 1) == std::vector<Pixel>{0, 0x80808080, 0x80808080, 0x80808080, 0x80808080, 0});
}

TEST_CASE("the alpha of an edge falls evenly from its one side to the other") {
    List list;
    const int first = list.corner(0, 0, kBlack);
    list.corner(0, 4, kBlack);
    list.corner(4, 4, kBlack & 0x00FFFFFF);
    list.corner(4, 0, kBlack & 0x00FFFFFF);
    list.triangle(first, first + 1, first + 2);
    list.triangle(first, first + 2, first + 3);
    const std::vector<Pixel> pixels = painted(list, 4, 4);
    for (std::size_t row = 0; row < 4; ++row)
        for (std::size_t column = 0; column < 4; ++column)
            CHECK(alphaOf(pixels[row * 4 + column]) ==
                  doctest::Approx(255 * (3.5 - static_cast<double>(column)) / 4).epsilon(0.01));
}

TEST_CASE("what is seen through is mixed with what lies below it") {
    List list;
    list.rectangle(0, 0, 1, 1, kBlue);
    list.rectangle(0, 0, 1, 1, 0x330000FF);
    CHECK(painted(list, 1, 1) == std::vector<Pixel>{0xFFCC0033});
}

TEST_CASE("nothing is painted beyond a command's clip, nor beyond the surface") {
    List list;
    list.command({1, 1, 3, 2});
    list.rectangle(-50, -50, 50, 50, kBlue);
    CHECK(painted(list, 4, 3) == std::vector<Pixel>{0, 0, 0, 0, 0, kBlue, kBlue, 0, 0, 0, 0, 0});
    list.command(kUnclipped);
    list.rectangle(-50, -50, 50, 50, kBlack);
    CHECK(std::ranges::count(painted(list, 4, 3), Pixel{kBlack}) == 12);
}

TEST_CASE("a triangle without an area covers nothing") {
    List list;
    const int first = list.corner(0, 0, kBlue);
    list.corner(4, 4, kBlue & 0x00FFFFFF);
    list.corner(2, 2, kBlue);
    list.triangle(first, first + 1, first + 2);
    CHECK(std::ranges::count(painted(list, 5, 5), Pixel{0}) == 25);
}

}  // namespace
}  // namespace smartca::raster::test
