// What a row of a certificate that was found says of lists that it is on.
#include <doctest/doctest.h>

#include <algorithm>

#include "scene.h"
#include "web/app/picks.h"

namespace smartca::view::test {
namespace {

using app::ControlKind;

enum class Chosen : std::uint8_t { Nobody, Owner };

// The first row, of a look-up for a user or for nobody, held by so many others.
struct HeldRow {
    HeldRow(Scene& scene, Chosen chosen, std::size_t holders, Locale locale = Locale::English) {
        Sample sample;
        for (Sample& each : samples(locale, app::Theme::Light))
            if (each.name == (chosen == Chosen::Owner ? "dialog-lookup-all" : "dialog-lookup-anybody"))
                sample = std::move(each);
        app::DialogState& dialog = *sample.state.dialog;
        auto& certificate = dialog.lookup.answer.value.certificates[0];
        certificate.notes.clear();
        certificate.onList = chosen == Chosen::Nobody && holders > 0;  // on anybody's, as it is told then
        for (std::size_t i = 0; i < holders; ++i)
            certificate.heldBy.push_back(i == 0 ? "Lê Hoàng Phúc" : "Trần Quốc Bảo");
        app::takeAnswer(dialog);
        item = *find(scene.draw(sample, {1280, 800, 1, Pointer::Mouse}), idOf(ControlKind::Pick));
    }
    bool says(std::string_view words) const { return item.name.find(words) != std::string::npos; }
    Item item;
};

TEST_CASE("a row says on whose other lists it is, with a user chosen and without, and is not locked by it") {
    Scene scene;
    for (const Chosen chosen : {Chosen::Nobody, Chosen::Owner}) {
        const HeldRow free(scene, chosen, 0), one(scene, chosen, 1), three(scene, chosen, 3);
        CHECK_FALSE(free.says("ist"));
        CHECK(one.item.name.ends_with(" · On the list of Lê Hoàng Phúc"));
        CHECK(three.item.name.ends_with(" · On the lists of Lê Hoàng Phúc and 2 more"));
        for (const HeldRow* row : {&free, &one, &three}) {
            CHECK((row->item.flags & kDisabled) == 0);
            CHECK_FALSE(row->says("Already"));
        }
        CHECK(HeldRow(scene, chosen, 3, Locale::Vietnamese)
                  .says("Có trong danh sách của Lê Hoàng Phúc và 2 người khác"));
    }
}

TEST_CASE("where more may have it than are told, the row does not say an exact number") {
    Scene scene;
    CHECK(HeldRow(scene, Chosen::Owner, kHoldersTold).says("On the lists of Lê Hoàng Phúc and 4+ more"));
}

TEST_CASE("the chosen user's own certificate is locked and says so") {
    Scene scene;
    for (const Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "dialog-lookup-all") continue;
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        const Item* row = find(frame, idOf(app::Control{ControlKind::Pick, 2}));
        CHECK((row->flags & kDisabled) != 0);
        CHECK(row->name.ends_with(" · Already on the list"));
    }
}

TEST_CASE("a tick moves no row, whatever the head says of it, and the words of the head have room") {
    Scene scene;
    for (const float width : {320.f, 360.f, 390.f, 412.f, 640.f, 1280.f})
        for (Sample& sample : samples(Locale::Vietnamese, app::Theme::Light)) {
            if (sample.name != "dialog-lookup-anybody") continue;
            app::DialogState& dialog = *sample.state.dialog;
            std::optional<Rectangle> place;
            for (const std::vector<std::uint16_t>& places :
                 {std::vector<std::uint16_t>{}, {0}, {0, 1, 2, 3}, dialog.lookup.order}) {
                app::tickOnly(dialog, places);
                const Frame& frame = scene.draw(sample, {width, 844, 1, Pointer::Touch});
                const Rectangle list = absolute(frame, *find(frame, idOf(Part::LookupList)));
                CAPTURE(width);
                if (!place) place = list;
                CHECK(list == *place);
                CHECK(right(absolute(frame, *find(frame, idOf(Part::LookupNote)))) <= right(list));
            }
        }
}

TEST_CASE("a row says which other number it carries, and that a shared serial number locks it") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "dialog-lookup-all") continue;
        auto& certificate = sample.state.dialog->lookup.answer.value.certificates[0];
        certificate.subject = "UID=CCCD:079099000003,UID=MST:0100684378,CN=Nguyễn Văn A";
        certificate.notes = {CertificateNote::NumberDiffers, CertificateNote::SerialShared};
        app::takeAnswer(*sample.state.dialog);
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        const Item* row = find(frame, idOf(app::Control{ControlKind::Pick, 0}));
        CHECK((row->flags & kDisabled) != 0);
        CHECK(
            row->name.ends_with(" · Carries another number: CCCD:079099000003, MST:0100684378"
                                " · Cannot be added: another has the same serial number"));
    }
}

TEST_CASE("the head's box is called what it ticks: all, or all that the search shows") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "dialog-lookup-all") continue;
        const auto name = [&] { return find(scene.draw(sample, kWindow), idOf(ControlKind::PickAll))->name; };
        CHECK(name() == "All certificates");
        sample.state.dialog->lookup.rows.pop_back();
        CHECK(name() == "All certificates shown");
    }
}

TEST_CASE("what is ticked is said to be added while it is sent, not while the create before is asked about") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "dialog-busy") continue;
        enum class Way { Sent, TakenBack, Checked };
        for (const Way way : {Way::Sent, Way::TakenBack, Way::Checked}) {
            CAPTURE(static_cast<int>(way));
            const bool isSent = way == Way::Sent;
            app::SubmissionState& submission = sample.state.dialog->submission;
            submission.isOpen = way == Way::TakenBack;
            submission.checked = way == Way::Checked ? 17 : 0;
            const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
            CHECK(find(frame, idOf(app::Control{ControlKind::Submit, 0}))->name ==
                  (isSent ? "Creating…" : "Checking…"));
            CHECK((find(frame, idOf(ControlKind::Pick))->name.find("Being added") != std::string::npos) ==
                  isSent);
        }
    }
}

TEST_CASE("the head says how many of those found are left out") {
    Scene scene;
    for (const Sample& sample : samples(Locale::Vietnamese, app::Theme::Light)) {
        if (sample.name != "dialog-lookup-all") continue;
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        CHECK(find(frame, idOf(Part::LookupNote))->name == "Đã chọn 1, chưa chọn 2");
        CHECK(find(frame, idOf(ControlKind::PickAll))->describedBy ==
              std::vector<std::uint32_t>{idOf(Part::LookupNote)});
        CHECK((find(frame, idOf(ControlKind::PickAll))->flags & kMixed) != 0);
    }
}

TEST_CASE(
    "what is typed elsewhere, what is pointed at and how far the list is scrolled leave its rows as they "
    "are") {
    Scene scene;
    Sample sample = sampleOf("dialog-lookup-many");
    scene.draw(sample, kWindow);
    const ItemBlock rows = scene.block();
    REQUIRE(rows->size() == 200);
    sample.state.dialog->draft.signatureText = "Typed meanwhile";
    Interaction elsewhere;
    elsewhere.hovered = {ControlKind::Pick, 3};
    elsewhere.picksScrolled = 4000;
    scene.draw(sample, kWindow, &elsewhere);
    CHECK(scene.block() == rows);
}

TEST_CASE("the rows that are kept from frame to frame are those that a first frame would have") {
    Scene kept;
    Sample sample = sampleOf("dialog-lookup-many");
    Viewport viewport = kWindow;
    app::DialogState& dialog = *sample.state.dialog;
    const auto follows = [&](std::string_view change) {
        CAPTURE(change);
        const std::vector<Item> items = kept.draw(sample, viewport).items;
        CHECK(items == Scene().draw(sample, viewport).items);
    };
    follows("first");
    app::tickOnly(dialog, {0, 7});
    follows("ticks");
    dialog.lookup.stop = 7;
    follows("the row that Tab stops at");
    dialog.submission.request = 1;
    follows("a create under way");
    dialog.submission.request = 0;
    dialog.lookup.search = "hang";
    app::arrange(dialog);
    follows("a search");
    dialog.lookup.search.clear();
    dialog.user.chosen->name = "Trần Quốc Bảo";
    app::arrange(dialog);
    follows("another user's name");
    dialog.lookup.listOf = 0;
    follows("a list of anybody's");
    sample.state.now += Instant{86'400} * 200;
    follows("another day");
    dialog.lookup.answer.value.certificates[4].commonName = "Lê Hoàng Phúc";
    app::takeAnswer(dialog);
    follows("another answer");
    sample.state.locale = Locale::Vietnamese;
    follows("another language");
    dialog.draft.businessAccount = Switch::On;
    follows("radios");
    viewport.width = 390;
    follows("another width");
    viewport.density = 1.5f;
    follows("another density");
}

TEST_CASE("wherever a list of many is scrolled to, the rows that are seen there are painted") {
    Scene scene;
    const Sample sample = sampleOf("dialog-lookup-many");
    for (const float scrolled : {0.f, 60.f, 304.f, 305.f, 306.f, 4000.f, 1e6f}) {
        CAPTURE(scrolled);
        Interaction interaction;
        interaction.picksScrolled = scrolled;
        const Frame& frame = scene.draw(sample, kWindow, &interaction);
        const Item& list = *find(frame, idOf(Part::LookupList));
        const float from = std::min(scrolled, list.contentHeight - list.rectangle.height),
                    to = from + list.rectangle.height;
        std::string painted;
        float area = 0;
        for (const Surface& surface : frame.surfaces)
            if (const Item* item = find(frame, surface.item); item->parent == list.id) {
                area += surface.height;
                for (const std::string& words : scene.paintedWords(surface))
                    painted += words + '\n';
            }
        CHECK(area <= 4 * list.rectangle.height);
        for (const Item& row : *scene.block()) {
            if (bottom(row.rectangle) <= from || row.rectangle.y >= to) continue;
            const RegisteredCertificate& certificate =
                (*app::registeredCertificates(*sample.state.dialog))[app::controlOf(row.id).index];
            CAPTURE(row.name);
            CHECK(painted.find(certificate.serial) != std::string::npos);
        }
    }
}

}  // namespace
}  // namespace smartca::view::test
