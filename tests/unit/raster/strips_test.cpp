// What is told to look other than before.
#include <doctest/doctest.h>

#include <functional>

#include "list.h"

namespace smartca::raster::test {
namespace {

constexpr int kAcross = 40, kDown = 4 * kStrip + 5;

Strips stripsWith(const std::function<void(List&)>& add) {
    List list;
    list.rectangle(0, 0, kAcross, kDown, kBlack);
    add(list);
    return stripsOf(list, kAcross, kDown);
}

TEST_CASE("a surface has a strip for each 32 rows, and one for the rest") {
    CHECK(stripsWith([](List&) {}).size() == 5);
}

TEST_CASE("the same list is the same strips, and a shape changes those that it touches alone") {
    const auto shape = [](float top, float bottom, ImU32 color) {
        return [=](List& list) { list.rectangle(3, top, 9, bottom, color); };
    };
    const Strips before = stripsWith(shape(40, 50, kBlue));
    CHECK(stripsWith(shape(40, 50, kBlue)) == before);
    for (const Strips& after : {stripsWith(shape(40, 51, kBlue)), stripsWith(shape(40, 50, kBlue - 1))}) {
        CHECK(after[1] != before[1]);
        for (const std::size_t other : {0u, 2u, 3u, 4u})
            CHECK(after[other] == before[other]);
    }
    const Strips higher = stripsWith(shape(40, 100, kBlue));
    for (const std::size_t strip : {1u, 2u, 3u})
        CHECK(higher[strip] != before[strip]);
}

TEST_CASE("the order of shapes counts, and how they are clipped") {
    const auto two = [](ImU32 first, ImU32 second) {
        return stripsWith([=](List& list) {
            list.rectangle(0, 0, 9, 9, first);
            list.rectangle(0, 0, 9, 9, second);
        });
    };
    CHECK(two(kBlue, kBlack)[0] != two(kBlack, kBlue)[0]);
    const auto clipped = [](float right) {
        return stripsWith([=](List& list) {
            list.command({0, 0, right, 9});
            list.rectangle(0, 0, 9, 9, kBlue);
        });
    };
    CHECK(clipped(5)[0] != clipped(6)[0]);
    CHECK(clipped(20)[0] == clipped(30)[0]);
}

TEST_CASE("a texture is told by its number, not by its address") {
    const std::vector<Pixel> columns(8, 0xFFFFFFFF);
    Texture one(1, 0, 0, columns, 3), same(1, 0, 0, columns, 3), other(2, 0, 0, columns, 3),
        elsewhere(1, 4, 0, columns, 3);
    const auto with = [](Texture& texture) {
        return stripsWith([&](List& list) { list.glyph(texture, 2, 2, 2, kBlue); });
    };
    CHECK(with(one) == with(same));
    CHECK(with(one)[0] != with(other)[0]);
    CHECK(with(one)[0] != with(elsewhere)[0]);
    CHECK(with(one)[1] == with(other)[1]);
}

}  // namespace
}  // namespace smartca::raster::test
