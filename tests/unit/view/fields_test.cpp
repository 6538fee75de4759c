// The code's card, the menu of placeholders, and what the preview says of a text.
#include <doctest/doctest.h>

#include <algorithm>

#include "scene.h"
#include "shared/secret_key.h"
#include "web/view/part.h"

namespace smartca::view::test {
namespace {

bool crosses(const Rectangle& a, const Rectangle& b) {
    return a.y < b.y + b.height && b.y < a.y + a.height;
}

}  // namespace

TEST_CASE("the menu of placeholders covers neither the text nor its label, and its highlight is told") {
    Scene scene;
    for (const char* name : {"dialog-placeholders", "dialog-placeholders-all"})
        for (const Locale locale : kLocales)
            for (const Viewport& viewport :
                 {Viewport{320, 640, 1, Pointer::Touch}, Viewport{390, 844, 1, Pointer::Touch}, kWindow}) {
                CAPTURE(name);
                CAPTURE(viewport.width);
                const Frame& frame = scene.draw(sampleOf(name, locale), viewport);
                const Item* list = find(frame, idOf(Part::PlaceholderList));
                const Item* text = find(frame, idOf(app::ControlKind::SignatureText));
                REQUIRE(list);
                const Rectangle menu = absolute(frame, *list);
                CHECK_FALSE(crosses(menu, absolute(frame, *text)));
                const Item* insert = find(frame, idOf(app::ControlKind::InsertPlaceholder));
                CHECK_FALSE(crosses(menu, absolute(frame, *insert)));
                CHECK(text->target == list->id);
                const Item* active = find(frame, text->active);
                REQUIRE(active);
                CHECK((active->flags & kSelected) != 0);
            }
}

TEST_CASE("a placeholder says what it becomes, and the preview shows it in grey before it is there") {
    Scene scene;
    const Frame& frame = scene.draw(sampleOf("dialog-placeholders"), kWindow);
    CHECK(says(frame, "SubjectDN.UID, Identity number, 001099000001"));
    CHECK(says(frame, "SubjectDN.O, Organisation, empty on this certificate"));
    CHECK(says(frame, "Placeholders that match “s”"));
    CHECK(says(frame, "What each becomes for Nguyễn Văn A"));
    const Item* added = find(frame, idOf(Part::PreviewLine, 1));
    REQUIRE(added);
    CHECK(added->name == "ID: 001099000001");
    CHECK(added->color == ColorToken::Muted);
    CHECK(says(frame, "The line in grey is what Enter would add."));
}

TEST_CASE("braces that are being written are not complained about while the menu is open") {
    Scene scene;
    Sample sample = sampleOf("dialog-placeholders");
    sample.state.dialog->validation.findings = {{Field::SignatureText, FindingCode::PlaceholderUnclosed, {}}};
    const std::string words = describe(Locale::English, sample.state.dialog->validation.findings.front());
    CHECK_FALSE(says(scene.draw(sample, kWindow), words));
    sample.state.dialog->signature.menu.list = app::Visibility::Hidden;
    CHECK(says(scene.draw(sample, kWindow), words));
}

TEST_CASE("a text that does not fit its box is said to be cut, and none is shrunk out of sight") {
    Scene scene;
    const Frame& frame = scene.draw(sampleOf("dialog-text-too-long"), kWindow);
    CHECK(std::ranges::any_of(frame.items, [](const Item& item) {
        return item.id == idOf(Part::PreviewFit) && item.name.starts_with("The text may not fit: its last ");
    }));
    CHECK(find(frame, idOf(Part::PreviewLine))->scale >= 0.8f);
    CHECK(says(scene.draw(sampleOf("dialog-text-smaller"), kWindow),
               "The text is shown smaller, so that it fits."));
    CHECK(find(scene.draw(sampleOf("dialog-lookup"), kWindow), idOf(Part::PreviewFit)) == nullptr);
}

TEST_CASE("the code has a place of its own: nothing moves when it comes, nor when a link was read") {
    Scene scene;
    Sample sample = sampleOf("dialog-business");
    sample.state.dialog->validation.findings.clear();
    sample.state.dialog->secrets.code = {};
    const auto placeOf = [&](Part part) {
        const Frame& frame = scene.draw(sample, kWindow);
        return absolute(frame, *find(frame, idOf(part)));
    };
    const Rectangle empty = placeOf(Part::CodeCard);
    sample.state.dialog->secrets.code = {"428117", 19};
    CHECK(placeOf(Part::CodeCard) == empty);
    sample.state.dialog->secrets.link = app::PastedLink{"SmartCA", SecretKeyDoubt::None};
    CHECK(placeOf(Part::CodeCard) == empty);
    CHECK(says(scene.draw(sample, kWindow), "428 117"));
}

TEST_CASE("what is not known of the create before is told as that, and not as something to try again") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "banner-dismiss") continue;
        app::DialogState& dialog = *sample.state.dialog;
        dialog.banner.trouble->requestId.clear();
        dialog.banner.trouble->became = app::Became::Unknown;
        dialog.submission.user = "Trần B · U2";
        dialog.submission.isOpen = true;
        CHECK(says(scene.draw(sample, kWindow),
                   "This is about the create before, for Trần B · U2. Create New finds out what became of it "
                   "before it creates anything else."));
    }
}

TEST_CASE("a clock that is wrong by more than twenty seconds is told, with the server's time") {
    Scene scene;
    Sample sample = sampleOf("dialog-business");
    for (const Instant ahead : {0, 20, -20}) {
        sample.state.clockAhead = ahead;
        CHECK(find(scene.draw(sample, kWindow), idOf(Part::CodeClock)) == nullptr);
    }
    sample.state.clockAhead = 252;
    CHECK(find(scene.draw(sample, kWindow), idOf(Part::CodeClock))->name ==
          "This computer’s clock is 4 min 12 s slow. The code follows the server’s time, 15:04:00; "
          "an authenticator on this computer would show another.");
    sample.state.clockAhead = -21;
    CHECK(find(scene.draw(sample, kWindow), idOf(Part::CodeClock))
              ->name.starts_with("This computer’s clock is 21 s fast."));
}

TEST_CASE("an empty number field offers the user's numbers, each with a button") {
    Scene scene;
    const Frame& frame = scene.draw(sampleOf("dialog-numbers"), kWindow);
    for (const std::size_t index : {0U, 1U}) {
        const Item* button = find(frame, idOf(app::ControlKind::IdentitySuggestion, index));
        REQUIRE(button);
        CHECK(button->name == (index == 0 ? "Use 001099000001" : "Use 0100684378"));
    }
}

TEST_CASE("while the user's settings are not there, nothing is said to be theirs or the company's") {
    Scene scene;
    for (const auto& [phase, words] : {std::pair{app::Phase::Loading, "ettings are being loaded…"},
                                       std::pair{app::Phase::Failed, "ettings could not be loaded"}}) {
        Sample sample = sampleOf("dialog-user");
        app::SignatureState& signature = sample.state.dialog->signature;
        signature.defaults.phase = phase;
        signature.image = {};
        const std::string label = "· s" + std::string(words);
        CHECK(says(scene.draw(sample, kWindow), label));
        CHECK(says(scene.draw(sample, kWindow), "S" + std::string(words)));  // over the preview
        for (const char* untrue : {"· from the company's settings", "· from the user's account",
                                   "No image yet", "How it will look on the document"}) {
            CAPTURE(untrue);
            CHECK_FALSE(says(scene.draw(sample, kWindow), untrue));
        }
        signature.resolved.text.provenance = signature.resolved.image.provenance = Provenance::Edited;
        CHECK_FALSE(says(scene.draw(sample, kWindow), label));
    }
}

TEST_CASE("no display mode is marked that may not be the one") {
    Scene scene;
    Sample sample = sampleOf("dialog-user");
    const auto isMarked = [&] {
        return std::ranges::any_of(scene.draw(sample, kWindow).items, [](const Item& item) {
            return item.role == Role::Radio && item.formName == "displayMode" && (item.flags & kChecked) != 0;
        });
    };
    CHECK(isMarked());
    app::SignatureState& signature = sample.state.dialog->signature;
    signature.defaults.phase = app::Phase::Failed;
    CHECK_FALSE(isMarked());
    signature.resolved.mode.provenance = Provenance::Edited;
    CHECK(isMarked());
}

}  // namespace smartca::view::test
