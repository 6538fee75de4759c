// What a row of a certificate that was found says of lists that it is on.
#include <doctest/doctest.h>

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
        app::arrange(dialog);
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
        app::arrange(*sample.state.dialog);
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        const Item* row = find(frame, idOf(app::Control{ControlKind::Pick, 0}));
        CHECK((row->flags & kDisabled) != 0);
        CHECK(
            row->name.ends_with(" · Carries another number: CCCD:079099000003, MST:0100684378"
                                " · Cannot be added: another has the same serial number"));
    }
}

TEST_CASE("the head says how many of those found are left out") {
    Scene scene;
    for (const Sample& sample : samples(Locale::Vietnamese, app::Theme::Light)) {
        if (sample.name != "dialog-lookup-all") continue;
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        CHECK(find(frame, idOf(Part::LookupNote))->name == "Đã chọn 1, chưa chọn 1");
        CHECK(find(frame, idOf(ControlKind::PickAll))->describedBy ==
              std::vector<std::uint32_t>{idOf(Part::LookupNote)});
        CHECK((find(frame, idOf(ControlKind::PickAll))->flags & kMixed) != 0);
    }
}

}  // namespace
}  // namespace smartca::view::test
