// Where things stand: what keeps its place, what fits a small window, and what is reported whole.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <optional>

#include "scene.h"
#include "web/view/sketch.h"

namespace smartca::view::test {
namespace {

using app::ControlKind;

Sample sampleNamed(std::string_view name, Locale locale = Locale::English) {
    for (Sample& sample : samples(locale, app::Theme::Light))
        if (sample.name == name) return sample;
    FAIL("no such sample");
    return {};
}

TEST_CASE("the dialog keeps its place and size, whatever is chosen, looked up, wrong or under way in it") {
    Scene scene;
    for (const auto& [width, height] :
         {std::pair{1280.f, 800.f}, {1366.f, 768.f}, {1920.f, 1080.f}, {390.f, 844.f}, {844.f, 390.f}}) {
        std::array<std::optional<Rectangle>, 2> places;  // by mode: one that attaches nothing is smaller
        for (const Sample& sample : samples(Locale::English, app::Theme::Light)) {
            if (!sample.state.dialog) continue;
            std::optional<Rectangle>& place = places[static_cast<std::size_t>(sample.state.dialog->mode)];
            const Frame& frame = scene.draw(sample, {width, height, 1, Pointer::Mouse});
            const Item* dialog = find(frame, idOf(Part::Dialog));
            REQUIRE(dialog != nullptr);
            CAPTURE(sample.name);
            CAPTURE(width);
            if (!place) place = dialog->rectangle;
            CHECK(dialog->rectangle == *place);
        }
    }
}

TEST_CASE("on a phone the form keeps its height, whatever the footer says") {
    Scene scene;
    for (const float width : {320.f, 360.f, 390.f, 412.f})
        for (const Locale locale : kLocales) {
            std::optional<float> height;
            for (const Sample& sample : samples(locale, app::Theme::Light)) {
                if (!sample.state.dialog) continue;
                const Frame& frame = scene.draw(sample, {width, 844, 1, Pointer::Touch});
                CAPTURE(sample.name);
                CAPTURE(width);
                const float now = find(frame, idOf(Part::FormColumn))->rectangle.height;
                if (!height) height = now;
                CHECK(now == *height);
            }
        }
}

TEST_CASE("what is said under the number moves nothing below it") {
    Scene scene;
    const auto top = [&](const char* name) {
        const Frame& frame = scene.draw(sampleNamed(name), {1280, 800, 1, Pointer::Mouse});
        return absolute(frame, *find(frame, idOf(ControlKind::Business))).y;
    };
    CHECK(top("dialog-empty") == top("dialog-user"));
}

TEST_CASE("on a phone held sideways the form has more than half of the window") {
    Scene scene;
    for (const auto& [width, height] : {std::pair{844.f, 390.f}, {667.f, 375.f}, {568.f, 320.f}})
        for (const Locale locale : kLocales) {
            const Frame& frame =
                scene.draw(sampleNamed("dialog-user", locale), {width, height, 1, Pointer::Touch});
            const Item* dialog = find(frame, idOf(Part::Dialog));
            const Item* form = find(frame, idOf(Part::FormColumn));
            CAPTURE(width);
            CHECK(dialog->rectangle.height == height);
            CHECK(form->rectangle.height > height * 0.6f);
            const Item* submit = find(frame, idOf(ControlKind::Submit));
            CHECK(bottom(absolute(frame, *submit)) <= height);
        }
}

TEST_CASE("a keyboard on the screen leaves the buttons in the window") {
    Scene scene;
    for (const float width : {844.f, 390.f, 320.f}) {
        const Frame& frame =
            scene.draw(sampleNamed("dialog-business", Locale::Vietnamese), {width, 190, 1, Pointer::Touch});
        CHECK(bottom(absolute(frame, *find(frame, idOf(ControlKind::Submit)))) <= 190);
    }
}

TEST_CASE("a serial number is reported whole, also where it is painted shortened") {
    Scene scene;
    const auto painted = [&](float width) {
        const Frame& frame = scene.draw(sampleNamed("list"), {width, 800, 1, Pointer::Mouse});
        CHECK(std::ranges::count(frame.items, "540101014e4653549c5a6fdcb9c89999", &Item::name) == 1);
        std::string words;
        for (const Surface& surface : frame.surfaces)
            for (const std::string& run : scene.paintedWords(surface))
                if (run.starts_with("540101014e46")) words = run;
        return words;
    };
    CHECK(painted(1600) == "540101014e4653549c5a6fdcb9c89999");
    int tablesThatCut = 0;
    for (float width = 800; width < 1300; width += 20) {
        const bool cuts = painted(width) == "540101014e46…c89999";
        tablesThatCut += cuts ? 1 : 0;
    }
    CHECK(tablesThatCut > 0);
    CHECK(painted(320).ends_with("…c89999"));
}

TEST_CASE("a row is named by its first cell, and a press anywhere in it, or in a card, opens it") {
    Scene scene;
    const Frame& table = scene.draw(sampleNamed("list"), {1280, 800, 1, Pointer::Mouse});
    CHECK(std::ranges::count(table.items, Role::RowHeader, &Item::role) == 4);
    for (std::uint16_t row = 0; row < 4; ++row)
        CHECK(find(table, idOf(Part::Row, row))->target == idOf(app::Control{ControlKind::RowOpen, row}));
    const Frame& cards = scene.draw(sampleNamed("list"), {390, 800, 1, Pointer::Mouse});
    for (std::uint16_t row = 0; row < 4; ++row)
        CHECK(find(cards, idOf(Part::Card, row))->target == idOf(app::Control{ControlKind::RowOpen, row}));
}

TEST_CASE("a row that is pointed at lights up and shows the button that copies its serial number") {
    Scene scene;
    const Sample list = sampleNamed("list");
    const auto lines = [&](app::Control hovered) {
        Interaction hand;
        hand.hovered = hovered;
        const Frame& frame = scene.draw(list, {1280, 800, 1, Pointer::Mouse, Output::Sketch}, &hand);
        const Item* copy = find(frame, idOf(ControlKind::RowCopy, 1));
        REQUIRE(copy != nullptr);
        CHECK(copy->flags == kSign);
        CHECK(copy->name == "Copy 54010101493c47d39f8a84b30ed55191");
        return std::ranges::count(frame.surfaces.front().sketch->lines(), '\n');
    };
    CHECK(lines({ControlKind::RowOpen, 1}) == lines({}) + 4);  // the ground, and the sign's three shapes
}

TEST_CASE("a day that is none is said under its field") {
    Scene scene;
    for (const Locale locale : kLocales)
        for (const float width : {320.f, 390.f, 768.f, 1280.f}) {
            Sample sample = sampleNamed("list", locale);
            sample.state.list.validFrom = "31/02/2026";
            sample.state.list.validTo = "x";
            sample.state.list.validFromFault = sample.state.list.validToFault = app::DayFault::NoDay;
            const Frame& frame = scene.draw(sample, {width, 800, 1, Pointer::Mouse});
            for (const auto& [control, index] :
                 {std::pair{ControlKind::FilterValidFrom, 0u}, {ControlKind::FilterValidTo, 1u}}) {
                const Rectangle field = absolute(frame, *find(frame, idOf(control))),
                                words = absolute(frame, *find(frame, idOf(Part::FilterFinding, index)));
                CAPTURE(width);
                CHECK(words.x == doctest::Approx(field.x).epsilon(0.01));
                CHECK(words.y - bottom(field) == doctest::Approx(4).epsilon(0.3));
                CHECK(right(words) <= width);
            }
        }
}

TEST_CASE(
    "where the page and a dialog have one colour, as forced colours do, a line lies around the dialog") {
    Scene scene;
    const auto framed = [&](app::Theme theme, Contrast contrast) {
        Sample sample = sampleNamed("rename");
        sample.state.theme = theme;
        scene.setPalette(paletteOf(theme, contrast));
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse, Output::Sketch});
        const Rectangle box = find(frame, idOf(Part::Rename))->rectangle;
        const auto overlay = std::ranges::find(frame.surfaces, idOf(Part::RenameOverlay), &Surface::item);
        const std::string line =
            "height\t" + std::to_string(std::lround((box.height + 1) * 100)) + "\trx\t1650\tfill\tnone";
        return overlay->sketch->lines().find(line) != std::string::npos;
    };
    CHECK(framed(app::Theme::Light, Contrast::More));
    CHECK_FALSE(framed(app::Theme::Light, Contrast::Normal));
}

}  // namespace
}  // namespace smartca::view::test
