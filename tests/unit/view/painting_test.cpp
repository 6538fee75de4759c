// What the view paints: no word that is not an item's, the same picture for the same state.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>

#include "scene.h"

namespace smartca::view::test {
namespace {

std::string withoutBlanks(std::string_view words) {
    std::string kept;
    for (const char c : words)
        if (c != ' ' && c != '\n' && c != '\r') kept += c;
    return kept;
}

// Words may be shortened to fit: what stands before the "…", and after it, is reported in one piece.
bool isReported(const std::string& reported, std::string words) {
    constexpr std::string_view kEllipsis = "…";
    if (reported.find(words) != std::string::npos) return true;
    const std::size_t cut = words.find(kEllipsis);
    if (cut == std::string::npos) return false;
    const std::size_t first = reported.find(words.substr(0, cut));
    if (first == std::string::npos) return false;
    const std::size_t second = reported.find(words.substr(cut + kEllipsis.size()), first + cut);
    return second != std::string::npos && second <= reported.find('\n', first);
}

TEST_CASE("no word is painted that no item reports") {
    Scene scene;
    for (const Locale locale : kLocales)
        for (const float width : {320.f, 390.f, 768.f, 1280.f})
            for (const Sample& sample : samples(locale, app::Theme::Light)) {
                CAPTURE(sample.name);
                CAPTURE(width);
                const Frame& frame = scene.draw(sample, {width, 800, 1, Pointer::Mouse});
                std::string reported;
                for (const Item& item : frame.items)
                    for (const std::string* words : {&item.name, &item.value, &item.placeholder})
                        reported += withoutBlanks(*words) + "\n";
                for (const Surface& surface : frame.surfaces)
                    for (const std::string& words : scene.paintedWords(surface)) {
                        CAPTURE(words);
                        CHECK(isReported(reported, withoutBlanks(words)));
                    }
            }
}

TEST_CASE("something is painted of every state, on surfaces of a size") {
    Scene scene;
    for (const Sample& sample : samples(Locale::English, app::Theme::Dark)) {
        CAPTURE(sample.name);
        const Frame& frame = scene.draw(sample, {1280, 800, 2, Pointer::Mouse});
        std::size_t words = 0;
        for (const Surface& surface : frame.surfaces) {
            CHECK(surface.width > 1);
            CHECK(surface.height > 1);
            CHECK(find(frame, surface.item) != nullptr);
            words += scene.paintedWords(surface).size();
        }
        CHECK(words > 10);
    }
}

struct Copy {
    std::uint32_t item;
    std::vector<unsigned char> vertices;
    const void* memory;
};

std::vector<Copy> copyOf(const Frame& frame) {
    std::vector<Copy> copies;
    for (const Surface& surface : frame.surfaces) {
        const ImVector<ImDrawVert>& vertices = surface.list->VtxBuffer;
        const auto* bytes = reinterpret_cast<const unsigned char*>(vertices.Data);
        copies.push_back({surface.item,
                          {bytes, bytes + static_cast<std::size_t>(vertices.size_in_bytes())},
                          vertices.Data});
    }
    return copies;
}

TEST_CASE("the same state gives the same items and the same picture, in the same memory") {
    Scene scene;
    for (const Sample& sample : samples(Locale::Vietnamese, app::Theme::Light)) {
        CAPTURE(sample.name);
        const Viewport viewport = {1280, 800, 1.5f, Pointer::Mouse};
        scene.draw(sample, viewport);  // glyphs that are new may still move the texture
        const Frame& frame = scene.draw(sample, viewport);
        const std::vector<Item> items = frame.items;
        const std::vector<Copy> before = copyOf(frame);
        const Frame& again = scene.draw(sample, viewport);
        const std::vector<Copy> after = copyOf(again);
        REQUIRE(again.items.size() == items.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            CHECK(again.items[i].id == items[i].id);
            CHECK(again.items[i].name == items[i].name);
            CHECK(again.items[i].rectangle == items[i].rectangle);
        }
        REQUIRE(after.size() == before.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
            CHECK(after[i].item == before[i].item);
            CHECK(after[i].vertices == before[i].vertices);
            CHECK(after[i].memory == before[i].memory);
        }
    }
}

TEST_CASE("a field that has the focus leaves its text to its element") {
    Scene scene;
    for (const Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "dialog-user") continue;
        const auto paints = [&](app::Control focused) {
            Interaction interaction;
            interaction.focused = focused;
            const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse}, &interaction);
            for (const Surface& surface : frame.surfaces)
                if (std::ranges::count(scene.paintedWords(surface), std::string("001099000001")) > 0 &&
                    find(frame, surface.item)->parent != 0)
                    return true;
            return false;
        };
        CHECK(paints({}));
        CHECK_FALSE(paints({app::ControlKind::Identity, 0}));
    }
}

TEST_CASE("the chosen user is painted with the code where the phone has no room beside it, too") {
    Scene scene;
    for (Sample sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "dialog-user") continue;
        const auto paints = [&](std::string_view words, float width) {
            for (const Surface& surface : scene.draw(sample, {width, 1200, 1, Pointer::Mouse}).surfaces)
                for (const std::string& painted : scene.paintedWords(surface))
                    if (painted.find(words) != std::string::npos) return true;
            return false;
        };
        CHECK(paints("USER01", 1280));
        CHECK(paints("USER01", 320));
        CHECK_FALSE(paints("0919", 320));
    }
}

TEST_CASE("a password is painted only when it is to be shown: its dots are the element's own") {
    Scene scene;
    for (const Sample& sample : samples(Locale::English, app::Theme::Light)) {
        const bool revealed = sample.name == "dialog-revealed";
        if (!revealed && sample.name != "dialog-business") continue;
        bool seen = false;
        for (const Surface& surface : scene.draw(sample, {1280, 1200, 1, Pointer::Mouse}).surfaces)
            seen =
                seen || std::ranges::count(scene.paintedWords(surface), std::string("ABCDEFGHIJKLMNOP")) > 0;
        CHECK(seen == revealed);
    }
}

}  // namespace
}  // namespace smartca::view::test
