// What a portal makes of the design: corners, density, its logo; and what nobody here may change.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>

#include "scene.h"
#include "web/view/part.h"

namespace smartca::view::test {
namespace {

Viewport compact() {
    Viewport viewport = kWindow;
    viewport.tightness = 4;
    return viewport;
}

Rectangle placeOf(const Frame& frame, app::ControlKind control) {
    const Item* item = find(frame, idOf(control));
    REQUIRE(item);
    return absolute(frame, *item);
}

std::string sketchOf(Scene& scene, std::string_view sample, Viewport viewport) {
    viewport.output = Output::Sketch;
    std::string lines;
    for (const Surface& surface : scene.draw(sampleOf(sample), viewport).surfaces)
        lines += surface.sketch->lines() + "\n";
    return lines;
}

int count(const std::string& lines, std::string_view words) {
    int found = 0;
    for (std::size_t at = lines.find(words); at != std::string::npos; at = lines.find(words, at + 1))
        ++found;
    return found;
}

}  // namespace

TEST_CASE("a compact form has lower controls, nearer to one another, and none too small to be hit") {
    Scene scene;
    const auto lengths = [&scene](const Viewport& viewport) {
        const Frame& frame = scene.draw(sampleOf("dialog-lookup"), viewport);
        const Rectangle user = placeOf(frame, app::ControlKind::User);
        return std::array{user.height, placeOf(frame, app::ControlKind::Submit).height,
                          placeOf(frame, app::ControlKind::Identity).y - bottom(user)};
    };
    const auto designed = lengths(kWindow), tight = lengths(compact());
    for (std::size_t i = 0; i < designed.size(); ++i)
        CHECK(tight[i] == doctest::Approx(designed[i] - 4));
    for (const Sample& sample : samples(Locale::English, app::Theme::Light))
        for (const Item& item : scene.draw(sample, compact()).items)
            if (isControl(item)) {
                CAPTURE(sample.name);
                CAPTURE(item.name);
                CHECK(item.rectangle.height >= 24);
            }
}

TEST_CASE("corners are as round as the portal's, and what ends in half circles stays so") {
    Scene scene;
    Viewport round = kWindow, square = kWindow;
    round.roundness = 0.5f;
    square.roundness = 0;
    const std::string designed = sketchOf(scene, "dialog-lookup", kWindow);
    CHECK(count(designed, "\trx\t1600\t") > 0);  // the dialog
    const std::string halved = sketchOf(scene, "dialog-lookup", round);
    CHECK(count(halved, "\trx\t1600\t") == 0);
    CHECK(count(halved, "\trx\t800\t") > 0);
    CHECK(count(halved, "\trx\t400\t") > 0);  // fields and buttons
    const std::string none = sketchOf(scene, "dialog-lookup", square);
    constexpr std::string_view kPill = "\trx\t1100\t";  // of a status
    CHECK(count(none, kPill) == count(designed, kPill));
    CHECK(count(none, "\trx\t800\t") == 0);
}

TEST_CASE("the title leaves the portal's logo its place") {
    Scene scene;
    Viewport viewport = kWindow;
    const float line =
        find(scene.draw(sampleOf("dialog-user"), viewport), idOf(Part::DialogTitle))->rectangle.height;
    viewport.logo = 500;  // so wide that the title has to wrap
    const Frame& dialog = scene.draw(sampleOf("dialog-user"), viewport);
    const Rectangle title = find(dialog, idOf(Part::DialogTitle))->rectangle;
    CHECK(title.height == 2 * line);
    CHECK(right(title) + 500 + 80 <= find(dialog, idOf(Part::Dialog))->rectangle.width);
    viewport.logo = 120;
    const Frame& page = scene.draw(sampleOf("list"), viewport);
    CHECK(find(page, idOf(Part::Logo)) == nullptr);  // the portal's takes the place of ours
    CHECK(absolute(page, *find(page, idOf(Part::ProductName))).x > 24 + 120);
}

TEST_CASE("a locked field looks so, can be read and not changed, and says whose word it is") {
    Scene scene;
    const Frame& frame = scene.draw(sampleOf("dialog-locked"), kWindow);
    for (const app::ControlKind kind : {app::ControlKind::User, app::ControlKind::Identity,
                                        app::ControlKind::Serial, app::ControlKind::SignatureText}) {
        const Item* field = find(frame, idOf(kind));
        REQUIRE(field);
        CAPTURE(field->name);
        CHECK((field->flags & (kReadOnly | kLocked | kDisabled)) == (kReadOnly | kLocked));
        CHECK(std::ranges::any_of(field->describedBy, [&](std::uint32_t id) {
            return find(frame, id)->name == "· given by your portal";
        }));
    }
    CHECK(find(frame, idOf(app::ControlKind::InsertPlaceholder)) == nullptr);
    CHECK((find(frame, idOf(app::ControlKind::DisplayMode))->flags & kDisabled) != 0);
    // While a create runs a field is fixed, and looks as ever.
    CHECK((find(scene.draw(sampleOf("dialog-busy"), kWindow), idOf(app::ControlKind::Identity))->flags &
           (kReadOnly | kLocked)) == kReadOnly);
    // The ground of a field that takes nothing is that of the form's quiet parts, with a sign at its end.
    CHECK(sketchOf(scene, "dialog-locked", kWindow) != sketchOf(scene, "dialog-lookup", kWindow));
}

TEST_CASE("a dialog that looks up shows what there is in words, and has nothing that attaches it") {
    Scene scene;
    const Frame& frame = scene.draw(sampleOf("dialog-looks-up-found"), kWindow);
    for (const app::ControlKind gone :
         {app::ControlKind::Serial, app::ControlKind::Business, app::ControlKind::SignatureText,
          app::ControlKind::DisplayMode, app::ControlKind::ImageChoose, app::ControlKind::PickAll,
          app::ControlKind::Pick})
        CHECK(find(frame, idOf(gone)) == nullptr);
    const auto says = [&](std::string_view words) {
        return std::ranges::count(frame.items, words, &Item::name) > 0;
    };
    CHECK(says("Look up VNPT SmartCA certificates"));
    CHECK(says("54010101493c47d39f8a84b30ed55191"));
    CHECK(find(frame, idOf(app::ControlKind::Submit))->name == "Look up");
    CHECK(find(frame, idOf(app::ControlKind::Cancel))->name == "Close");
    // Where the elements show themselves, nothing draws the same words under them.
    CHECK(count(sketchOf(scene, "dialog-looks-up-found", kWindow), "54010101493c47d39f8a84b30ed55191") == 0);
}

}  // namespace smartca::view::test
