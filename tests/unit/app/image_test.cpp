// The signature's image: what is taken, what is refused, and what is said of either.
#include <doctest/doctest.h>

#include "script.h"

using namespace smartca;
using namespace smartca::app;

TEST_CASE("an image that cannot be taken is refused with its reason and leaves the one before") {
    Script script;
    script.open();
    script.happen(ImageChosen{"good.png", pngOf(64, 42)});
    script.happen(ImageLoaded{ImageSlot::Signature, 64, 42});
    const auto refusedAs = [&script](const std::string& data, FindingCode code) {
        script.happen(ImageChosen{"bad", data});
        CHECK(script.dialog().draft.signatureImage->name == "good.png");
        CHECK(script.effect<Announce>());
        REQUIRE(findingAt(script.dialog(), Field::SignatureImage));
        CHECK(findingAt(script.dialog(), Field::SignatureImage)->code == code);
    };
    refusedAs("", FindingCode::ImageNotPngOrJpeg);
    refusedAs("GIF89a", FindingCode::ImageNotPngOrJpeg);
    refusedAs(pngOf(5000, 5000), FindingCode::ImageTooManyPixels);
    refusedAs(pngOf(10, 10) + std::string(2'000'000, 'x'), FindingCode::ImageTooLarge);
    CHECK(script.announced("“bad”: This file is too large: at most 1 MB."));
    CHECK(fieldsInError(script.dialog()) == 0);
    script.happen(ImageChosen{"better.png", pngOf(10, 10)});
    CHECK_FALSE(findingAt(script.dialog(), Field::SignatureImage));
    CHECK(script.announced("better.png"));  // in place of the refusal
}

TEST_CASE("a refused file keeps nobody from creating with the image that is there") {
    Script script;
    script.fill();
    script.happen(ImageChosen{"good.png", pngOf(64, 42)});
    script.happen(ImageLoaded{ImageSlot::Signature, 64, 42});
    script.happen(ImageChosen{"bad", "GIF89a"});
    CHECK(findingAt(script.dialog(), Field::SignatureImage));
    script.press(ControlKind::Submit);
    CHECK(script.dialog().busy());
    CHECK(script.request("certificates").body.find("good.png") != std::string::npos);
    // What the proxy says of the image that was sent is an error all the same.
    script.fail("certificates", ProblemCode::Findings,
                {{Field::SignatureImage, FindingCode::ImageNotPngOrJpeg, {}}});
    CHECK(fieldsInError(script.dialog()) == 1);
}

TEST_CASE("without an image a refused file is an error until another is chosen or the field is reset") {
    Script script;
    script.fill();
    script.happen(ImageChosen{"bad", "GIF89a"});
    CHECK(fieldsInError(script.dialog()) == 1);
    script.press(ControlKind::Submit);
    CHECK_FALSE(script.dialog().busy());
    CHECK(script.focused(ControlKind::ImageChoose));
    script.press(ControlKind::ResetImage);
    CHECK(fieldsInError(script.dialog()) == 0);
    script.press(ControlKind::Submit);
    CHECK(script.dialog().busy());
}

TEST_CASE("resetting after a refused file brings the image of the settings back") {
    Script script;
    script.open();
    script.dialog().signature.defaults.value.company.image =
        StoredImage{"company", "company.png", 10, 10, 100};
    script.happen(ImageChosen{"good.png", pngOf(64, 42)});
    script.happen(ImageChosen{"bad", "GIF89a"});
    script.press(ControlKind::ResetImage);
    CHECK_FALSE(script.dialog().draft.signatureImage);
    CHECK_FALSE(script.dialog().signature.refused);
    CHECK(script.dialog().signature.image.path == "company");
    script.happen(ImageChosen{"bad", "GIF89a"});  // the settings' image is one, too
    CHECK(fieldsInError(script.dialog()) == 0);
}

TEST_CASE("an image that the browser cannot draw leaves the one before, which is shown again") {
    Script script;
    script.open();
    script.happen(ImageChosen{"good.png", pngOf(64, 42)});
    script.happen(ImageLoaded{ImageSlot::Signature, 64, 42});
    script.happen(ImageChosen{"broken.png", pngOf(10, 10)});
    script.happen(ImageChosen{"broken too.png", pngOf(20, 10)});
    CHECK(script.dialog().signature.image.name == "broken too.png");
    script.happen(ImageLoaded{ImageSlot::Signature, 0, 0});
    REQUIRE(script.dialog().draft.signatureImage);
    CHECK(script.dialog().draft.signatureImage->name == "good.png");
    CHECK(script.dialog().signature.image.name == "good.png");
    CHECK(script.effect<LoadImage>()->data == pngOf(64, 42));
    REQUIRE(findingAt(script.dialog(), Field::SignatureImage));
    CHECK(findingAt(script.dialog(), Field::SignatureImage)->code == FindingCode::ImageUndecodable);
    script.happen(ImageChosen{"a third.png", pngOf(30, 10)});
    script.happen(ImageLoaded{ImageSlot::Signature, 0, 0});
    CHECK(script.dialog().signature.image.name == "good.png");
    script.happen(ImageLoaded{ImageSlot::Signature, 64, 42});
    CHECK(script.dialog().signature.image.phase == Phase::Ready);
    CHECK(script.dialog().draft.signatureImage->name == "good.png");
}

TEST_CASE("an image of the settings that cannot be had is told, and asked for again by the field's reset") {
    Script script;
    script.open();
    script.dialog().signature.defaults.value.company.image =
        StoredImage{"company", "company.png", 10, 10, 100};
    script.press(ControlKind::ResetImage);
    REQUIRE(script.effect<LoadImage>());
    script.happen(ImageLoaded{ImageSlot::Signature, 0, 0});
    CHECK(script.announced("The image could not be loaded, so it is not shown here."));
    script.press(ControlKind::ResetImage);
    CHECK(script.effect<LoadImage>());
}

TEST_CASE("an image that could be drawn once and no more is given up, and not tried for ever") {
    Script script;
    script.open();
    script.happen(ImageChosen{"good.png", pngOf(64, 42)});
    script.happen(ImageLoaded{ImageSlot::Signature, 64, 42});
    script.happen(ImageChosen{"broken.png", pngOf(10, 10)});
    script.happen(ImageLoaded{ImageSlot::Signature, 0, 0});
    script.happen(ImageLoaded{ImageSlot::Signature, 0, 0});
    CHECK_FALSE(script.dialog().draft.signatureImage);
    CHECK_FALSE(script.effect<LoadImage>());
}

TEST_CASE("an image that the browser cannot draw is no signature") {
    Script script;
    script.open();
    script.happen(ImageChosen{"broken.png", pngOf(64, 42)});
    script.happen(ImageLoaded{ImageSlot::Signature, 0, 0});
    CHECK_FALSE(script.dialog().draft.signatureImage);
    REQUIRE(findingAt(script.dialog(), Field::SignatureImage));
    CHECK(findingAt(script.dialog(), Field::SignatureImage)->code == FindingCode::ImageUndecodable);
}

namespace {

struct OfferedImage : Script {
    OfferedImage() {
        open();
        happen(ImageChosen{"before.png", pngOf(64, 42)});
        happen(ImageLoaded{ImageSlot::Signature, 64, 42});
        happen(ImageOffered{"C:\\photos\\IMG_2041.jpg", 3'900'000});
    }
    const std::optional<ImagePreparation>& preparation() { return dialog().signature.preparation; }
};

}  // namespace

TEST_CASE_FIXTURE(OfferedImage, "a file that is offered is prepared within the bounds of this installation") {
    REQUIRE(effect<PrepareImage>());
    CHECK(effect<PrepareImage>()->mostBytes == state.session.value.imageBytes);
    CHECK(effect<PrepareImage>()->mostPixels == Limits{}.imagePixels);
    REQUIRE(preparation());
    CHECK(preparation()->name == "IMG_2041.jpg");
    CHECK(preparation()->card == Visibility::Hidden);
}

TEST_CASE_FIXTURE(OfferedImage,
                  "what takes longer than a blink is shown, and the image before stays until it is ready") {
    happen(ImageProgress{ImageStep::Turning, 60});
    CHECK(preparation()->card == Visibility::Shown);
    CHECK(dialog().draft.signatureImage->name == "before.png");
    CHECK_FALSE(effect<LoadImage>());
    happen(ImageChosen{"IMG_2041.jpg", pngOf(720, 472), ImageChosen::Verdict::Whole,
                       kImageTurned | kImageSmaller});
    CHECK_FALSE(preparation());
    CHECK(dialog().draft.signatureImage->data == pngOf(720, 472));
    CHECK(effect<LoadImage>()->data == pngOf(720, 472));
    CHECK(effect<Announce>()->text == "IMG_2041.jpg: turned, 3.7 MB → 33 B");
    CHECK(dialog().signature.image.bytesAsChosen == 3'900'000);
}

TEST_CASE_FIXTURE(OfferedImage,
                  "stopping brings the image before back, with the focus where it can be replaced") {
    happen(ImageProgress{ImageStep::Shrinking, 60});
    happen(FocusGained{{ControlKind::StopImage}});
    press(ControlKind::StopImage);
    CHECK(effect<StopPreparing>());
    CHECK(effect<MoveFocus>()->control == Control{ControlKind::ImageChoose});
    CHECK_FALSE(preparation());
    CHECK(dialog().draft.signatureImage->name == "before.png");
}

TEST_CASE_FIXTURE(
    OfferedImage,
    "a file that no image can be made of is refused by what it is, and the image before stays") {
    happen(ImageChosen{"truncated.png", pngOf(60, 24), ImageChosen::Verdict::Broken});
    CHECK(findingAt(dialog(), Field::SignatureImage)->code == FindingCode::ImageUndecodable);
    happen(ImageOffered{"notes.png", 12});
    happen(ImageChosen{"notes.png", "no image", ImageChosen::Verdict::Broken});
    CHECK(findingAt(dialog(), Field::SignatureImage)->code == FindingCode::ImageNotPngOrJpeg);
    CHECK_FALSE(preparation());
    CHECK(dialog().draft.signatureImage->name == "before.png");
}

TEST_CASE_FIXTURE(OfferedImage,
                  "nothing is sent while an image is being prepared: it would be sent with the one before") {
    press(ControlKind::Submit);
    CHECK_FALSE(effect<SendRequest>());
    CHECK(effect<Announce>()->text ==
          "The signature image is still being prepared. Press Create New again in a moment.");
    CHECK(footWords(Locale::English, dialog()) == effect<Announce>()->text);  // and shown
}

TEST_CASE_FIXTURE(OfferedImage, "closing the dialog ends what is being prepared") {
    press(ControlKind::Cancel);
    press(ControlKind::ConfirmAccept);
    CHECK(effect<StopPreparing>());
}

TEST_CASE("an image's name has nothing in it that makes it read as another one") {
    Script script;
    script.open();
    script.happen(ImageChosen{"a\u202Egpj\u200B\n.png", pngOf(1, 1)});
    CHECK(script.dialog().draft.signatureImage->name == "agpj.png");
}

TEST_CASE("what was done to an image is said in as many words as it takes") {
    const auto said = [](std::uint32_t changes, std::int64_t before, Locale locale = Locale::English) {
        ShownImage image;
        image.changes = changes;
        image.bytesAsChosen = before;
        image.bytes = 84 * 1024;
        return describeChanges(locale, image);
    };
    constexpr std::int64_t kBefore = 39 * 1024 * 1024 / 10;
    CHECK(said(0, kBefore).empty());
    CHECK(said(kImageTurned | kImageSmaller, kBefore) == "turned, 3.9 MB → 84 KB");
    CHECK(said(kImageSmaller, kBefore) == "made smaller, 3.9 MB → 84 KB");
    CHECK(said(kImageConverted | kImageTurned, 84 * 1024) == "turned, converted");
    CHECK(said(kImageStripped, 85 * 1024) == "only the still picture kept");
    CHECK(said(kImageTurned | kImageSmaller, kBefore, Locale::Vietnamese) == "đã xoay, 3,9 MB → 84 KB");
}
