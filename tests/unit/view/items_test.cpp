// What the view reports of every state, in both languages, from the narrowest phone to the desktop.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <ranges>
#include <set>

#include "scene.h"
#include "web/view/part.h"

namespace smartca::view::test {
namespace {

constexpr float kHeights[] = {640, 844, 1024, 800};
constexpr float kWidths[] = {320, 390, 768, 1280};

// Runs a check on every sample at every width, in each language.
template <class Check>
void everywhere(Check check, Pointer pointer = Pointer::Mouse, float density = 1) {
    Scene scene;
    for (const Locale locale : kLocales) {
        const std::vector<Sample> all = samples(locale, app::Theme::Light);
        for (std::size_t size = 0; size < std::size(kWidths); ++size)
            for (const Sample& sample : all) {
                CAPTURE(sample.name);
                CAPTURE(kWidths[size]);
                CAPTURE(tagOf(locale));
                check(scene.draw(sample, {kWidths[size], kHeights[size], density, pointer}));
            }
    }
}

bool overlap(const Rectangle& a, const Rectangle& b) {
    constexpr float kTouching = 0.51f;
    return a.x + kTouching < b.x + b.width && b.x + kTouching < a.x + a.width &&
           a.y + kTouching < b.y + b.height && b.y + kTouching < a.y + a.height;
}

bool isField(Role role) {
    return role == Role::TextField || role == Role::SearchField || role == Role::PasswordField ||
           role == Role::LinesField || role == Role::ComboBox;
}

// The surface's item that an item is painted on. What lies in a list of which only a part is painted has none.
const Surface* surfaceOf(const Frame& frame, const Item& item) {
    for (const Item* holder = &item; holder != nullptr; holder = find(frame, holder->parent)) {
        if (holder == &item) continue;
        const auto found = std::ranges::find(frame.surfaces, holder->id, &Surface::item);
        if (found != frame.surfaces.end()) return &*found;
        if (holder->flags & kScrolls) return nullptr;
    }
    return nullptr;
}

Rectangle onSurface(const Frame& frame, const Item& item, std::uint32_t holder) {
    Rectangle box = item.rectangle;
    for (const Item* parent = find(frame, item.parent); parent != nullptr && parent->id != holder;
         parent = find(frame, parent->parent)) {
        box.x += parent->rectangle.x;
        box.y += parent->rectangle.y;
    }
    return box;
}

TEST_CASE("every id is there once, and every parent before its children") {
    everywhere([](const Frame& frame) {
        std::set<std::uint32_t> seen;
        for (const Item& item : frame.items) {
            CAPTURE(item.name);
            CAPTURE(item.id);
            CHECK((item.parent == 0 || seen.contains(item.parent)));
            CHECK(seen.insert(item.id).second);
        }
    });
}

TEST_CASE("what an item refers to is there") {
    everywhere([](const Frame& frame) {
        for (const Item& item : frame.items) {
            CAPTURE(item.name);
            CAPTURE(item.id);
            if (item.labelledBy != 0) CHECK(find(frame, item.labelledBy) != nullptr);
            if (item.active != 0) CHECK(find(frame, item.active) != nullptr);
            if (item.role == Role::Label) CHECK(find(frame, item.target) != nullptr);
            if (item.flags & kExpanded) CHECK(find(frame, item.target) != nullptr);
            for (const std::uint32_t description : item.describedBy)
                CHECK(find(frame, description) != nullptr);
        }
    });
}

TEST_CASE("every control has a name, and every text its words") {
    everywhere([](const Frame& frame) {
        for (const Item& item : frame.items)
            if (isControl(item) || item.role == Role::Text || item.role == Role::Label ||
                item.role == Role::Heading1 || item.role == Role::Dialog) {
                CAPTURE(item.id);
                CHECK_FALSE(item.name.empty());
            }
    });
}

TEST_CASE("controls of one layer do not overlap, but for those that lie within a field") {
    everywhere([](const Frame& frame) {
        std::vector<const Item*> controls;
        for (const Item& item : frame.items)
            if (isControl(item)) controls.push_back(&item);
        for (std::size_t i = 0; i < controls.size(); ++i)
            for (std::size_t k = i + 1; k < controls.size(); ++k) {
                const Surface* surface = surfaceOf(frame, *controls[i]);
                if (surface == nullptr || surface != surfaceOf(frame, *controls[k])) continue;
                const Rectangle a = onSurface(frame, *controls[i], surface->item),
                                b = onSurface(frame, *controls[k], surface->item);
                const bool within =
                    isField(controls[i]->role) && b.x >= a.x && b.x + b.width <= a.x + a.width + 0.6f;
                CAPTURE(controls[i]->name);
                CAPTURE(controls[k]->name);
                CHECK((within || !overlap(a, b)));
            }
    });
}

TEST_CASE("controls and words lie within their surface") {
    everywhere([](const Frame& frame) {
        for (const Item& item : frame.items) {
            const Surface* surface = surfaceOf(frame, item);
            if (surface == nullptr || item.role == Role::Layer) continue;
            const Rectangle box = onSurface(frame, item, surface->item);
            CAPTURE(item.name);
            CAPTURE(item.id);
            CHECK(box.x >= -0.6f);
            CHECK(box.y >= -0.6f);
            CHECK(box.x + box.width <= surface->width + 2);
            CHECK(box.y + box.height <= surface->height + 2);
        }
    });
}

TEST_CASE("words of one parent do not lie on one another") {
    everywhere([](const Frame& frame) {
        std::vector<const Item*> words;
        for (const Item& item : frame.items)
            if (item.role == Role::Text || item.role == Role::Label || item.role == Role::Heading1 ||
                item.role == Role::Heading2)
                words.push_back(&item);
        for (std::size_t i = 0; i < words.size(); ++i)
            for (std::size_t k = i + 1; k < words.size(); ++k) {
                if (words[i]->parent != words[k]->parent) continue;
                CAPTURE(words[i]->name);
                CAPTURE(words[k]->name);
                Rectangle a = words[i]->rectangle, b = words[k]->rectangle;
                a.width -= 2;  // an item is a little wider than its words
                b.width -= 2;
                CHECK_FALSE(overlap(a, b));
            }
    });
}

TEST_CASE("targets are 24 pixels at least, and 44 for fingers") {
    const auto check = [](float least) {
        return [least](const Frame& frame) {
            for (const Item& item : frame.items)
                if (isControl(item)) {
                    CAPTURE(item.name);
                    CHECK(item.rectangle.height >= least - 0.01f);
                    CHECK(item.rectangle.width >= std::min(least, 36.f) - 0.01f);
                }
        };
    };
    everywhere(check(24));
    everywhere(check(44), Pointer::Touch);
}

TEST_CASE("rectangles lie on whole device pixels") {
    for (const float density : {1.25f, 1.5f, 2.f})
        everywhere(
            [density](const Frame& frame) {
                const auto isWhole = [density](float edge) {
                    return std::abs(edge * density - std::round(edge * density)) < 0.02f;
                };
                for (const auto& [x, y, width, height] :
                     frame.items | std::views::transform(&Item::rectangle))
                    CHECK((isWhole(x) && isWhole(y) && isWhole(width) && isWhole(height)));
            },
            Pointer::Mouse, density);
}

TEST_CASE("every kind of control appears in some state") {
    std::set<int> seen;
    Scene scene;
    for (const Sample& sample : samples(Locale::English, app::Theme::Light))
        for (const Item& item : scene.draw(sample, {1280, 800, 1, Pointer::Mouse}).items)
            if (isControl(item))
                seen.insert(static_cast<int>(app::controlOf(item.id).kind));
            else if (item.role == Role::Row && item.target != 0)  // pressed anywhere
                seen.insert(static_cast<int>(app::controlOf(item.target).kind));
    for (int kind = 1; kind <= static_cast<int>(app::ControlKind::NoticeDismiss); ++kind) {
        CAPTURE(kind);
        CHECK(seen.contains(kind));
    }
}

TEST_CASE("a dialog is modal and holds one form, whose fields carry the field table's names") {
    everywhere([](const Frame& frame) {
        // A certificate's details are read, not filled in.
        const bool reads = find(frame, idOf(Part::Details)) != nullptr;
        const auto dialogs = std::ranges::count(frame.items, Role::Dialog, &Item::role) - (reads ? 1 : 0);
        CHECK(std::ranges::count(frame.items, Role::Form, &Item::role) == dialogs);
        for (const Item& item : frame.items) {
            // What Create asks stands in the dialog, whose ticks can still be changed.
            if (item.id == idOf(Part::Doubt)) continue;
            if (item.role == Role::Dialog || item.role == Role::AlertDialog)
                CHECK((item.flags & kModal) != 0);
            if (item.role == Role::PasswordField) CHECK_FALSE(item.formName.empty());
        }
    });
}

TEST_CASE("a table is made of row groups, rows and cells, each row with as many cells as columns") {
    Scene scene;
    const Frame& frame =
        scene.draw(samples(Locale::English, app::Theme::Light).front(), {1280, 800, 1, Pointer::Mouse});
    const auto headers = std::ranges::count(frame.items, Role::ColumnHeader, &Item::role);
    CHECK(headers == 7);
    for (const Item& row : frame.items) {
        if (row.role != Role::Row) continue;
        const auto children = std::ranges::count(frame.items, row.id, &Item::parent);
        CHECK(children == headers);
        CHECK(find(frame, row.parent)->role == Role::RowGroup);
    }
}

TEST_CASE("details are lists of terms, each followed by what it means") {
    Scene scene;
    for (const Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "details") continue;
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        std::map<std::uint32_t, std::vector<Role>> lists;
        for (const Item& item : frame.items) {
            const Item* parent = find(frame, item.parent);
            if (parent != nullptr && parent->role == Role::Definitions)
                lists[parent->id].push_back(item.role);
        }
        CHECK(lists.size() == 5);
        for (const auto& [id, children] : lists)
            for (std::size_t i = 0; i < children.size(); ++i)
                CHECK(children[i] == (i % 2 == 0 ? Role::Term : Role::Definition));
    }
}

TEST_CASE(
    "what is known of a chain is said in words, never as a colour alone, and revocation is never claimed") {
    Scene scene;
    for (const Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (!sample.state.details || sample.state.details->details.phase != app::Phase::Ready) continue;
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        const auto& chain = sample.state.details->details.value.chain;
        const auto says = [&frame](std::string_view words) {
            return std::ranges::any_of(frame.items, [&](const Item& item) { return item.name == words; });
        };
        CAPTURE(sample.name);
        CHECK(says(sentenceOf(chain, Locale::English)));
        CHECK(says("Revocation was not checked."));
        CHECK(says("Verified up to “Vietnam Root CA”.") == (chain.verdict == ChainVerdict::Verified));
    }
}

TEST_CASE("a message under a field describes it, and marks it when it is an error") {
    Scene scene;
    for (const Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "dialog-business") continue;
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        const Item* serial = find(frame, app::numberOf({app::ControlKind::Serial}));
        REQUIRE(serial != nullptr);
        CHECK((serial->flags & kInvalid) != 0);
        REQUIRE(serial->describedBy.size() == 1);
        CHECK(find(frame, serial->describedBy[0])->name ==
              "Choose a serial number: this number has 3 certificates.");
        const Item* identity = find(frame, app::numberOf({app::ControlKind::Identity}));
        CHECK((identity->flags & kInvalid) == 0);  // a warning blocks nothing
        CHECK(identity->describedBy.size() == 1);
    }
}

TEST_CASE("a number without a certificate that fails its check digit keeps the suggestion at its field") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "dialog-business") continue;
        app::DialogState& dialog = *sample.state.dialog;
        const auto isWarning = [](const Finding& finding) {
            return finding.code == FindingCode::IdentityCheckDigit;
        };
        REQUIRE(std::ranges::any_of(dialog.validation.findings, isWarning));
        dialog.validation.findings.insert(std::ranges::find_if(dialog.validation.findings, isWarning),
                                          Finding{Field::Identity, FindingCode::NoCertificate, {}});
        dialog.lookup.answer.value.certificates.clear();
        dialog.lookup.order.clear();
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        const Item* identity = find(frame, app::numberOf({app::ControlKind::Identity}));
        CHECK((identity->flags & kInvalid) != 0);
        CHECK(find(frame, app::numberOf({app::ControlKind::IdentitySuggestion})) != nullptr);
        CHECK(std::ranges::any_of(frame.items, [](const Item& item) {
            return item.name == "VNPT SmartCA has no certificate under this number.";
        }));
    }
}

TEST_CASE("no two rows' buttons have the same name, though their certificates may") {
    everywhere([](const Frame& frame) {
        std::set<std::string> names;
        for (const Item& item : frame.items) {
            if (!isControl(item) || app::controlOf(item.id).kind != app::ControlKind::RowMenu) continue;
            CAPTURE(item.name);
            CHECK(names.insert(std::string(item.name)).second);
        }
    });
}

TEST_CASE("the filter says which of the users of one name it is, and shows the search while one types") {
    Scene scene;
    Sample sample = samples(Locale::English, app::Theme::Light).front();
    User user;
    user.id = 7;
    user.name = sample.state.list.user.text = "Nguyễn Văn A";
    user.code = "USER07";
    sample.state.list.chosenUser = user;
    const app::Control filter = {app::ControlKind::FilterUser, 0};
    const auto value = [&] {
        return find(scene.draw(sample, {1280, 800, 1, Pointer::Mouse}), app::numberOf(filter))->value;
    };
    CHECK(value() == "Nguyễn Văn A · USER07");
    sample.focused = filter;
    CHECK(value() == "Nguyễn Văn A");
}

TEST_CASE("a notice lies beside the button of the next certificate, not over it") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light))
        for (const float width : kWidths) {
            if (sample.state.dialog || sample.state.opening != app::Opening::Page) continue;
            if (app::showsList(sample.state.list)) continue;
            sample.state.notices = {{app::NoticeKind::Success, "2 digital certificates created",
                                     "Added for Nguyễn Văn A. 1 was already on the list. Not saved by this "
                                     "installation: Password, Secret key."}};
            const Frame& frame = scene.draw(sample, {width, 800, 1, Pointer::Mouse});
            const Item* create = find(frame, app::numberOf({app::ControlKind::OpenCreate}));
            if (create == nullptr) continue;
            const auto notice = std::ranges::find(frame.items, "2 digital certificates created", &Item::name);
            REQUIRE(notice != frame.items.end());
            CAPTURE(sample.name);
            CAPTURE(width);
            CHECK_FALSE(overlap(absolute(frame, *create), absolute(frame, *notice)));
            const Item* filter = find(frame, app::numberOf({app::ControlKind::FilterStatus}));
            if (width == 1280 && sample.state.left.empty())
                CHECK_FALSE(overlap(absolute(frame, *filter), absolute(frame, *notice)));
        }
}

TEST_CASE("what Create would do is said in every window, in the footer or at the end of the form") {
    Scene scene;
    for (Sample& sample : samples(Locale::Vietnamese, app::Theme::Light)) {
        if (!sample.state.dialog || sample.state.dialog->busy()) continue;
        const std::string words = app::footWords(Locale::Vietnamese, *sample.state.dialog);
        if (words.empty()) continue;
        for (const Viewport& window :
             {Viewport{320, 256, 1, Pointer::Touch}, Viewport{390, 420, 1, Pointer::Touch},
              Viewport{360, 640, 1, Pointer::Touch}, Viewport{1280, 800, 1, Pointer::Mouse}}) {
            CAPTURE(sample.name);
            CAPTURE(window.width);
            const Frame& frame = scene.draw(sample, window);
            const Item* said = find(frame, idOf(Part::FooterNote));
            REQUIRE(said != nullptr);
            CHECK(said->name == words);
        }
    }
}

TEST_CASE("notices that have no room wait, the oldest first, until others are dismissed") {
    Scene scene;
    for (Sample& sample : samples(Locale::Vietnamese, app::Theme::Light)) {
        if (sample.name != "list") continue;
        for (int i = 0; i < 9; ++i)
            sample.state.notices.push_back(
                {.kind = app::NoticeKind::Error,
                 .title = "Chưa thêm chứng thư số nào cho USER" + std::to_string(i),
                 .text = "VNPT SmartCA đang bận.",
                 .action = app::NoticeAction::OpenAgain});
        for (const Viewport& window :
             {Viewport{360, 640, 1, Pointer::Touch}, Viewport{1280, 600, 1, Pointer::Mouse},
              Viewport{640, 320, 1, Pointer::Touch}}) {
            CAPTURE(window.width);
            const Frame& frame = scene.draw(sample, window);
            std::size_t shown = 0;
            for (const Item& item : frame.items) {
                if (!item.name.starts_with("Chưa thêm") || item.role != Role::Group) continue;
                ++shown;
                const Rectangle box = absolute(frame, item);
                CHECK(box.y >= 0);
                CHECK(box.y + box.height <= window.height);
            }
            CHECK(shown > 0);
            CHECK(shown < 9);
            CHECK(std::ranges::find(frame.items, "Chưa thêm chứng thư số nào cho USER8", &Item::name) !=
                  frame.items.end());
        }
    }
}

TEST_CASE(
    "a notice lies under every dialog, so that it covers none of its buttons, and gives way to a list or "
    "menu") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        sample.state.notices = {{app::NoticeKind::Error, "“VNPT eSeal” was not deleted", {}}};
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        const auto isNotices = [](const Item& item) { return item.id == idOf(Part::Notices); };
        const auto isModal = [](const Item& item) { return (item.flags & kModal) != 0; };
        CAPTURE(sample.name);
        const bool yields = app::showsList(sample.state.list);
        REQUIRE(std::ranges::any_of(frame.items, isNotices) == !yields);
        if (yields) continue;
        CHECK(std::ranges::find_if(frame.items, isNotices) < std::ranges::find_if(frame.items, isModal));
        const auto surfaceAt = [&](std::uint32_t id) {
            return std::ranges::find(frame.surfaces, id, &Surface::item);
        };
        for (const Part overlay : {Part::Overlay, Part::DetailsOverlay, Part::RenameOverlay})
            CHECK((surfaceAt(idOf(overlay)) == frame.surfaces.end() ||
                   surfaceAt(idOf(Part::Notices)) < surfaceAt(idOf(overlay))));
    }
}

TEST_CASE("what this installation cannot save is left out, one sentence says so, and no look is promised") {
    Scene scene;
    for (const Sample& sample : samples(Locale::English, app::Theme::Light))
        for (const float width : {1280.f, 390.f}) {
            const Frame& frame = scene.draw(sample, {width, 800, 1, Pointer::Mouse});
            const auto hasControl = [&](app::ControlKind kind) {
                return find(frame, idOf(app::Control{kind, 0})) != nullptr;
            };
            const bool savesNothing = sample.name == "dialog-saves-nothing";
            CAPTURE(sample.name);
            CAPTURE(width);
            CHECK(savesNothing == std::ranges::any_of(frame.items, [](const Item& item) {
                      return item.name ==
                             "Not saved by this installation: Business SmartCA account, Signature content, "
                             "Display mode, Signature image.";
                  }));
            if (!savesNothing) continue;
            for (const auto kind : {app::ControlKind::Business, app::ControlKind::SignatureText,
                                    app::ControlKind::DisplayMode, app::ControlKind::ImageChoose})
                CHECK_FALSE(hasControl(kind));
            CHECK(find(frame, idOf(Part::PreviewPaper)) == nullptr);
        }
}

TEST_CASE("what was entered before that was known stays, and is said not to be saved") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "dialog-saves-nothing") continue;
        sample.state.dialog->draft.displayMode = DisplayMode::ImageOnly;
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        CHECK(find(frame, idOf(app::ControlKind::DisplayMode)) != nullptr);
        CHECK(std::ranges::any_of(frame.items, [](const Item& item) {
            return item.name == "Not saved by this installation: Display mode.";
        }));
    }
}

TEST_CASE("where a part of the signature is not saved, the rest is there without a preview") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "dialog-saves-nothing") continue;
        sample.state.session.value.saves = {Field::SignatureText, Field::SignatureImage};
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        CHECK(find(frame, idOf(app::ControlKind::SignatureText)) != nullptr);
        CHECK(find(frame, idOf(app::ControlKind::ImageChoose)) != nullptr);
        CHECK(find(frame, idOf(Part::PreviewPaper)) == nullptr);
    }
}

}  // namespace
const Interaction kDragging = {{}, {}, {}, false, true};

TEST_CASE("the image's card keeps its height, and its buttons their places, whatever happens to the image") {
    Scene scene;
    const auto buttonAt = [&scene](const std::string& name, const Interaction& interaction) {
        for (const Sample& sample : samples(Locale::English, app::Theme::Light)) {
            if (sample.name != name) continue;
            const Frame& frame = scene.draw(sample, {1280, 800}, &interaction);
            return absolute(frame, *find(frame, idOf(app::ControlKind::ImageChoose)));
        }
        return Rectangle{};
    };
    const Rectangle place = buttonAt("image-prepared", {});
    CHECK(place.width > 0);
    CHECK(buttonAt("image-preparing", {}) == place);
    CHECK(buttonAt("image-prepared", kDragging) == place);
}

TEST_CASE(
    "while a file is dragged, the card with its buttons and the preview take it, and are as large as they "
    "are seen") {
    Scene scene;
    for (const float width : kWidths)
        for (const Sample& sample : samples(Locale::Vietnamese, app::Theme::Light)) {
            if (sample.name != "image-prepared" && sample.name != "dialog-busy") continue;
            CAPTURE(width);
            const Frame& frame = scene.draw(sample, {width, 800}, &kDragging);
            const Item* card = find(frame, idOf(Part::ImageDrop, 0));
            const Item* preview = find(frame, idOf(Part::ImageDrop, 1));
            CHECK((card != nullptr) == (sample.name == "image-prepared"));
            CHECK((preview != nullptr) == (sample.name == "image-prepared"));
            if (card == nullptr || preview == nullptr) continue;
            CHECK((card->flags & preview->flags & kDropTarget) != 0);
            CHECK(overlap(absolute(frame, *card),
                          absolute(frame, *find(frame, idOf(app::ControlKind::ResetImage)))));
            CHECK(absolute(frame, *preview) == absolute(frame, *find(frame, idOf(Part::PreviewPaper))));
            CHECK(find(frame, idOf(Part::ImageDropWords)) != nullptr);
        }
}

}  // namespace smartca::view::test
