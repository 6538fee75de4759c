// How the details tell whether a certificate can be used, and how that is known.
#include <doctest/doctest.h>

#include <algorithm>

#include "scene.h"
#include "web/view/part.h"

namespace smartca::view::test {
namespace {

struct StatusCard {
    Scene scene;
    Sample sample;

    StatusCard() {
        for (Sample& each : samples(Locale::English, app::Theme::Light))
            if (each.name == "details") sample = std::move(each);
        CertificateDetails& details = sample.state.details->details.value;
        details.certificate.identity = "001099000001";
        details.certificate.statusText.clear();
        details.certificate.statusAsked = parseInstant("2026-11-22T08:04:00Z").value();
    }
    std::string words(StatusSource source, CertificateStatus status, std::string text = {}) {
        CertificateDetails& details = sample.state.details->details.value;
        details.statusSource = source;
        details.certificate.status = status;
        details.certificate.statusText = std::move(text);
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        const Item* item = find(frame, idOf(Part::DetailsStatusText, 1));
        return item != nullptr ? item->name : std::string();
    }
};

}  // namespace

TEST_CASE_FIXTURE(StatusCard,
                  "what nobody has told is not shown as active: only that the dates have not passed") {
    const auto shown = [&](std::string text) {
        words(StatusSource::Asked, CertificateStatus::Active, text);
        sample.state.details->certificate.statusText = std::move(text);
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        return find(frame, idOf(Part::DetailsStatusText, 0))->name + ", " +
               find(frame, idOf(Part::DetailsStatus))->name;
    };
    CHECK(shown("Đang hoạt động") == "Active, Active");
    CHECK(shown("") == "Not expired, Not expired");
}

TEST_CASE(
    "of a certificate that only an address names nothing is said before the answer, and nothing after a "
    "failure") {
    Scene scene;
    for (const Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (!sample.name.starts_with("details-of-address")) continue;
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        CHECK(find(frame, idOf(Part::DetailsStatus)) == nullptr);
        CHECK(find(frame, idOf(Part::DetailsSubtitle)) == nullptr);
        const bool failed = sample.name.ends_with("failed");
        CHECK(find(frame, idOf(Part::DetailsTitle))->name == (failed ? "Details" : "Loading…"));
    }
}

TEST_CASE_FIXTURE(StatusCard, "what SmartCA said is told in its words, and only what it said") {
    CHECK(words(StatusSource::Asked, CertificateStatus::Active, "Đang hoạt động") ==
          "VNPT SmartCA said “Đang hoạt động” on 22/11/2026 15:04.");
    CHECK(words(StatusSource::NotTold, CertificateStatus::Active) ==
          "VNPT SmartCA does not tell its status.");
    CHECK(words(StatusSource::NotReached, CertificateStatus::Suspended, "Tạm khóa") ==
          "VNPT SmartCA gave no usable answer just now. VNPT SmartCA said “Tạm khóa” on 22/11/2026 15:04.");
}

TEST_CASE_FIXTURE(StatusCard,
                  "SmartCA is not said to be silent where it cannot be asked, nor is that offered") {
    sample.state.details->details.value.certificate.identity.clear();
    CHECK(words(StatusSource::NotTold, CertificateStatus::Active) ==
          "VNPT SmartCA cannot be asked: its serial number or CCCD/HC/MST is not known.");
    const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
    CHECK((find(frame, app::numberOf({app::ControlKind::DetailsRetry}))->flags & kDisabled) != 0);
}

TEST_CASE_FIXTURE(StatusCard, "of a certificate that is gone nothing else is told, now or later") {
    const std::string gone = "VNPT SmartCA no longer has it under 001099000001, as of 22/11/2026 15:04.";
    CHECK(words(StatusSource::Gone, CertificateStatus::Unknown) == gone);
    CHECK(words(StatusSource::NotReached, CertificateStatus::Unknown) ==
          "VNPT SmartCA gave no usable answer just now. " + gone);
    CHECK(words(StatusSource::Gone, CertificateStatus::Expired) == gone);
}

TEST_CASE_FIXTURE(StatusCard,
                  "a status that eContract's list has is not told as SmartCA's, or as one of the dates") {
    sample.state.details->details.value.certificate.statusAsked = 0;
    CHECK(words(StatusSource::NotReached, CertificateStatus::Revoked, "Đã thu hồi") ==
          "VNPT SmartCA gave no usable answer just now. VNPT eContract says “Đã thu hồi”.");
    CHECK(words(StatusSource::NotReached, CertificateStatus::Unknown) ==
          "VNPT SmartCA gave no usable answer just now.");
}

TEST_CASE("a row says whose word its status is where it is eContract's; what the dates say is nobody's") {
    Scene scene;
    Sample list;
    for (Sample& each : samples(Locale::English, app::Theme::Light))
        if (each.name == "list") list = std::move(each);
    Certificate& row = list.state.list.certificates.value.items[0];
    const auto says = [&](std::string_view words) {
        const Frame& frame = scene.draw(list, {1280, 800, 1, Pointer::Mouse});
        return std::ranges::any_of(frame.items, [&](const Item& item) { return item.name == words; });
    };
    row.status = CertificateStatus::Suspended;
    row.validTo = list.state.now + 90 * 86'400;
    CHECK_FALSE(says("Suspended · eContract"));
    row.statusAsked = 0;
    CHECK(says("Suspended · eContract"));
    row.status = CertificateStatus::Active;
    CHECK(says("Active · eContract"));
    row.validTo = list.state.now + 3 * 86'400;
    CHECK(says("3 days left"));
    row.validTo = list.state.now - 1;
    CHECK(says("Expired"));
}

TEST_CASE("a signature text that the portal fills in is called given, not edited") {
    Scene scene;
    for (Sample& sample : samples(Locale::English, app::Theme::Light)) {
        if (sample.name != "dialog-empty") continue;
        app::DialogState& dialog = *sample.state.dialog;
        dialog.draft.signatureText = dialog.startedAs.signatureText = "Signed for the company";
        dialog.signature.resolved.text = {"Signed for the company", Provenance::Edited};
        const Frame& frame = scene.draw(sample, {1280, 800, 1, Pointer::Mouse});
        const auto says = [&](std::string_view words) {
            return std::ranges::any_of(frame.items, [words](const Item& item) {
                return item.name.find(words) != std::string::npos;
            });
        };
        CHECK(says("given by your portal"));
        CHECK_FALSE(says("edited"));
    }
}

}  // namespace smartca::view::test
