// Lines with words that run from right to left.
#include "web/view/right_to_left.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "scene.h"

namespace smartca::view::test {
namespace {

// Numbers the words by what their first letter is: א 0, ב 1, ...
std::uint32_t numbered(std::string_view word) {
    return 0xF0000 + (static_cast<unsigned char>(word.at(1)) - 0x90u);
}
constexpr std::string_view kAlef = "\xF3\xB0\x80\x80", kBet = "\xF3\xB0\x80\x81";

std::string ordered(std::string_view words) {
    return visualOrder(words, numbered);
}

TEST_CASE("words from left to right stay as they are, in whatever script") {
    for (const std::string_view words : {"Nguyễn Văn A", "Łódź 12 – Ωμέγα", "王小明", "नमस्ते", ""}) {
        CHECK_FALSE(hasWholeWords(words));
        CHECK(ordered(words) == words);
    }
}

TEST_CASE("words that run from right to left follow one another backwards, each in one piece") {
    const std::string alef(kAlef), bet(kBet);
    CHECK(hasWholeWords("אא"));
    CHECK(ordered("אא") == alef);
    CHECK(ordered("אא בב") == bet + " " + alef);
    CHECK(ordered("CN: אא בב, VN") == "CN: " + bet + " " + alef + ", VN");
    CHECK(ordered("אא 12 בב") == bet + " 12 " + alef);
    CHECK(ordered("אא A בב") == alef + " A " + bet);
    CHECK(ordered("12 אא") == "12 " + alef);
}

TEST_CASE("a number after a word from right to left stands beyond it, its digits in their order") {
    const std::string alef(kAlef), bet(kBet);
    CHECK(ordered("אא 12") == "12 " + alef);
    CHECK(ordered("CN: אא 12/05/2027, VN") == "CN: 12/05/2027 " + alef + ", VN");
    CHECK(ordered("אא 12 (A) בב") == "12 " + alef + " (A) " + bet);
}

TEST_CASE("a name from right to left is painted in its order, as wide as it is measured") {
    Scene scene;
    scene.setWholeWord(numbered);
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "list") continue;
        sample.state.list.certificates.value.items[0].userName = "אא בב";
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        const std::vector<std::string> painted = scene.paintedWords(frame.surfaces.front());
        const auto bet = std::ranges::find(painted, kBet), alef = std::ranges::find(painted, kAlef);
        REQUIRE(bet != painted.end());
        REQUIRE(alef != painted.end());
        CHECK(bet < alef);
        CHECK(std::ranges::count(frame.items, "אא בב", &Item::name) == 1);
    }
}

}  // namespace
}  // namespace smartca::view::test
