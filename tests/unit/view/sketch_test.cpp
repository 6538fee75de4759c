// What is drawn where the twins show themselves: the shapes, and the words inside controls, each once.
#include "web/view/sketch.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "scene.h"

namespace smartca::view::test {
namespace {

std::vector<std::string> split(const std::string& text, char by) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, by);)
        parts.push_back(part);
    return parts;
}

std::vector<std::string> linesOf(const Frame& frame) {
    std::vector<std::string> lines;
    for (const Surface& surface : frame.surfaces)
        for (const std::string& line : split(surface.sketch->lines(), '\n'))
            lines.push_back(line);
    return lines;
}

template <class Check>
void sketched(Check check) {
    Scene scene;
    for (const Locale locale : kLocales)
        for (const float width : {320.f, 1280.f})
            for (const Sample& sample : samples(locale, app::Theme::Dark)) {
                CAPTURE(sample.name);
                CAPTURE(width);
                check(scene.draw(sample, {width, 800, 1.25f, Pointer::Mouse, Output::Sketch}));
            }
}

TEST_CASE("a sketch's line is a tag and pairs of names and values") {
    Sketch sketch;
    sketch.fill({1, 2, 30, 40}, 4, {0x123456, 0.5f}, Corners::All);
    sketch.words({1.25f, 20}, "one\ttwo\nthree", metricsOf(TextFace::Label), {0xFFFFFF, 1});
    CHECK(sketch.lines() ==
          "rect\tx\t100\ty\t200\twidth\t3000\theight\t4000\trx\t400\tfill\t#12345680\n"
          "text\tx\t125\ty\t2000\tfont-size\t1300\tfont-weight\t600\tfill\t#ffffffff\t\tone two three");
}

TEST_CASE("a sketched frame paints nothing") {
    sketched([](const Frame& frame) {
        for (const Surface& surface : frame.surfaces) {
            CHECK(surface.sketch != nullptr);
            CHECK(surface.list->VtxBuffer.empty());
        }
    });
}

TEST_CASE("every line of every state's sketch is whole") {
    sketched([](const Frame& frame) {
        const std::vector<std::string> lines = linesOf(frame);
        CHECK(lines.size() > 10);
        for (const std::string& line : lines) {
            CAPTURE(line);
            CHECK(std::ranges::count(line, '\t') % 2 == 0);
            CHECK(line.find("\tfill\t") != std::string::npos);
            CHECK(line.find("nan") == std::string::npos);
        }
    });
}

TEST_CASE("words and fields show themselves, so that only what stands in a control is sketched") {
    sketched([](const Frame& frame) {
        for (const std::string& line : linesOf(frame)) {
            const std::size_t cut = line.find("\t\t");
            if (cut == std::string::npos) continue;
            std::string words = line.substr(cut + 2);
            CAPTURE(words);
            words.resize(std::min(words.find("…"), words.size()));
            CHECK(std::ranges::any_of(frame.items, [&](const Item& item) {
                return isControl(item) && (item.name.find(words) != std::string::npos ||
                                           item.value.find(words) != std::string::npos);
            }));
        }
    });
}

TEST_CASE("what people see is laid out alike in both ways") {
    Scene scene;
    for (const Sample& sample : samples(Locale::Vietnamese, app::Theme::Light)) {
        CAPTURE(sample.name);
        const std::vector<Item> items = scene.draw(sample, {1280, 800, 1, Pointer::Mouse}).items;
        const Frame& other = scene.draw(sample, {1280, 800, 1, Pointer::Mouse, Output::Sketch});
        REQUIRE(items.size() == other.items.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            CHECK(items[i].id == other.items[i].id);
            CHECK(items[i].name == other.items[i].name);
            CHECK(items[i].rectangle == other.items[i].rectangle);
        }
    }
}

}  // namespace
}  // namespace smartca::view::test
