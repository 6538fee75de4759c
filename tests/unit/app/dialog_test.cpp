// Opening and closing, the business account, the signature, the image.
#include <doctest/doctest.h>

#include "script.h"

using namespace smartca;
using namespace smartca::app;

namespace {
constexpr const char* kKey = "MDAxMTIyMzM0NDU1NjY3Nzg4OTlBQUJCQ0NEREVFRkY=";
}

TEST_CASE("the dialog opens on the user field with the company's settings") {
    Script script;
    script.press(ControlKind::OpenCreate);
    CHECK(script.focused(ControlKind::User));
    CHECK(script.request("defaults").path == "defaults");
    Defaults defaults;
    defaults.company.text = "Company text";
    defaults.company.image = StoredImage{"company/signature-image", "stamp.png", 640, 420, 38'912};
    script.answer("defaults", 200, bodyOf(defaults));
    CHECK(script.dialog().signature.resolved.text.value == "Company text");
    CHECK(script.dialog().signature.resolved.text.provenance == Provenance::Company);
    REQUIRE(script.effect<LoadImage>());
    CHECK(script.effect<LoadImage>()->path == "company/signature-image");
    script.happen(ImageLoaded{ImageSlot::Signature, 640, 420});
    CHECK(script.dialog().signature.image.phase == Phase::Ready);
}

TEST_CASE("a person without the right to create is told so instead of being given a form") {
    Script script(Opening::Dialog, Script::Loading::Pending);
    Session session;
    session.mayCreate = false;
    script.answer("session", 200, bodyOf(session));
    script.happen(OpenRequested{});
    CHECK_FALSE(script.state.dialog);
    CHECK(script.state.notices.size() == 1);
}

TEST_CASE("while only defaults stand there, the dialog closes without a question") {
    Script script;
    script.open();
    script.press(ControlKind::Cancel);
    CHECK_FALSE(script.state.dialog);
    CHECK(script.effect<RestoreFocus>());
}

TEST_CASE("what was entered is not thrown away unasked") {
    Script script;
    script.open();
    script.enter(ControlKind::Identity);
    script.type(ControlKind::Identity, "0");
    script.happen(CloseRequested{});
    CHECK(script.state.confirm.question == Question::DiscardDraft);
    CHECK(script.focused(ControlKind::ConfirmReject));
    script.press(ControlKind::Submit);
    CHECK_FALSE(script.dialog().validation.submitted);
    script.press(ControlKind::ConfirmReject);
    CHECK(script.state.dialog);
    CHECK(script.focused(ControlKind::Identity));
    script.press(ControlKind::DialogClose);
    script.press(ControlKind::ConfirmAccept);
    CHECK_FALSE(script.state.dialog);
    CHECK(script.state.confirm.question == Question::None);
}

TEST_CASE("Escape closes the innermost thing first: list, question, dialog") {
    Script script(Opening::Dialog);
    script.open();
    script.type(ControlKind::User, "a");
    script.happen(CloseRequested{});
    CHECK(script.dialog().user.search.list == Visibility::Hidden);
    script.happen(CloseRequested{});
    CHECK(script.state.confirm.question == Question::DiscardDraft);
    script.happen(CloseRequested{});
    CHECK(script.state.confirm.question == Question::None);
    CHECK(script.state.dialog);
    script.type(ControlKind::User, "");
    script.key(ControlKind::User, Key::Escape);
    script.happen(CloseRequested{});
    REQUIRE(script.effect<RequestCancel>());
    script.happen(CancelAllowed{});
    CHECK_FALSE(script.state.dialog);
    CHECK(script.raised("closed"));
}

TEST_CASE("the embedding page may keep the dialog open, with all that was entered") {
    Script script(Opening::Dialog);
    script.open();
    script.enter(ControlKind::Identity);
    script.type(ControlKind::Identity, std::string(kIdentity));
    script.happen(CloseRequested{});
    CHECK_FALSE(script.effect<RequestCancel>());  // the person is asked first
    script.happen(CancelAllowed{});               // nobody was asked to allow anything
    CHECK(script.state.confirm.question == Question::DiscardDraft);
    script.press(ControlKind::ConfirmAccept);
    CHECK(script.effect<RequestCancel>());
    CHECK(script.focused(ControlKind::Identity));
    REQUIRE(script.state.dialog);
    CHECK(script.dialog().draft.identity == kIdentity);
    CHECK_FALSE(script.raised("closed"));
}

TEST_CASE("closing gives up everything that was under way") {
    Script script;
    script.open();
    script.type(ControlKind::Identity, std::string(kIdentity));
    script.leave(ControlKind::Identity);
    const RequestNumber lookup = script.request("lookups").number;
    script.press(ControlKind::Cancel);
    script.press(ControlKind::ConfirmAccept);
    CHECK_FALSE(script.waitsFor("lookups"));
    script.happen(Answered{lookup, 200, "{}"});
    CHECK_FALSE(script.state.dialog);
    script.happen(ImageLoaded{ImageSlot::Signature, 1, 1});
    script.happen(CodeComputed{"123456", 12});
    script.happen(TimerFired{Timer::Code});
    script.happen(TimerFired{Timer::CreateAgain});
    CHECK(script.last.effects.empty());
}

TEST_CASE("errors wait until a field that was edited is left; passing by is not complained about") {
    Script script;
    script.open();
    script.leave(ControlKind::Identity);
    CHECK_FALSE(findingAt(script.dialog(), Field::Identity));
    script.type(ControlKind::Identity, "1");
    script.type(ControlKind::Identity, "");
    CHECK_FALSE(findingAt(script.dialog(), Field::Identity));
    script.leave(ControlKind::Identity);
    REQUIRE(findingAt(script.dialog(), Field::Identity));
    CHECK(findingAt(script.dialog(), Field::Identity)->code == FindingCode::Required);
    CHECK(fieldsInError(script.dialog()) == 1);
}

TEST_CASE("turning the business account off wipes its secrets") {
    Script script;
    script.open();
    script.press(ControlKind::Business);
    CHECK_FALSE(script.effect<MoveFocus>());  // a switch that is turned moves nobody elsewhere
    script.type(ControlKind::Password, "hunter2");
    script.press(ControlKind::RevealPassword);
    CHECK(script.dialog().secrets.password == Visibility::Shown);
    script.type(ControlKind::SecretKey, kKey);
    script.happen(CodeComputed{"428117", 19});
    CHECK(script.dialog().secrets.code.digits == "428117");
    script.press(ControlKind::Business);
    CHECK(script.dialog().draft.password.empty());
    CHECK(script.dialog().draft.secretKey.empty());
    CHECK(script.dialog().secrets.code.digits.empty());
    CHECK(script.dialog().secrets.password == Visibility::Hidden);
    CHECK_FALSE(script.runs(Timer::Code));
    script.happen(CodeComputed{"428117", 18});  // it was being computed
    CHECK(script.dialog().secrets.code.digits.empty());
    script.type(ControlKind::Password, "typed too late");
    CHECK(script.dialog().draft.password.empty());
}

TEST_CASE("the one-time code runs while the secret key can be read") {
    Script script;
    script.open();
    script.press(ControlKind::Business);
    script.type(ControlKind::SecretKey, "MDAx");
    CHECK_FALSE(script.effect<ComputeCode>());
    script.type(ControlKind::SecretKey, kKey);
    REQUIRE(script.effect<ComputeCode>());
    CHECK(script.effect<ComputeCode>()->key == "00112233445566778899AABBCCDDEEFF");
    script.fire(Timer::Code);
    CHECK(script.effect<ComputeCode>());
    CHECK(script.runs(Timer::Code));
    script.happen(CodeComputed{"428117", 19});
    script.type(ControlKind::SecretKey, "!");
    CHECK(script.dialog().secrets.code.digits.empty());
    CHECK_FALSE(script.runs(Timer::Code));
}

TEST_CASE("choosing, changing and clearing the user resolves the signature again and keeps what was edited") {
    Script script;
    script.open();
    CHECK(script.dialog().signature.resolved.text.provenance == Provenance::Company);
    script.choose(userNamed(7, "An"));
    CHECK(script.dialog().signature.resolved.text.value == "Ký bởi: An");
    CHECK(script.dialog().signature.resolved.text.provenance == Provenance::User);
    script.press(ControlKind::DisplayMode, 2);
    CHECK(script.dialog().signature.resolved.mode.provenance == Provenance::Edited);
    script.choose(userNamed(8, "Bình"));
    CHECK(script.dialog().signature.resolved.text.value == "Ký bởi: Bình");
    CHECK(script.dialog().signature.resolved.mode.value == DisplayMode::TextOnly);
    script.type(ControlKind::SignatureText, "mine");
    script.press(ControlKind::UserClear);
    CHECK(script.dialog().signature.resolved.text.value == "mine");
    script.press(ControlKind::ResetSignatureText);
    CHECK(script.dialog().signature.resolved.text.provenance == Provenance::Company);
    CHECK(script.dialog().signature.resolved.mode.provenance == Provenance::Edited);
    script.press(ControlKind::ResetDisplayMode);
    CHECK(script.dialog().signature.resolved.mode.value == DisplayMode::TextAndImage);
}

TEST_CASE("settings of one user never pass for another's") {
    Script script;
    script.open();
    script.choose(userNamed(7, "An"));
    script.type(ControlKind::User, "Bình");
    script.fire(Timer::UserSearch);
    script.answer("users", 200, bodyOf({userNamed(8, "Bình")}));
    script.press(ControlKind::UserOption, 0);
    CHECK(script.dialog().signature.resolved.text.value == "Ký bởi: An");  // until the answer, nothing jumps
    script.fail("defaults", ProblemCode::Internal);
    CHECK(script.dialog().signature.resolved.text.provenance == Provenance::Company);
    CHECK(script.dialog().banner.trouble);
    script.press(ControlKind::BannerRetry);
    CHECK(script.request("defaults").path == "defaults?userId=8");
}

TEST_CASE("line breaks written another way are no edit of the signature") {
    Script script;
    script.press(ControlKind::OpenCreate);
    Defaults defaults;
    defaults.company.text = "one\r\ntwo";
    script.answer("defaults", 200, bodyOf(defaults));
    script.type(ControlKind::SignatureText, "one\ntwo");
    CHECK_FALSE(script.dialog().draft.signatureText);
}

TEST_CASE("a chosen image becomes part of the draft and can be reset") {
    Script script;
    script.open();
    script.happen(ImageChosen{"C:\\fakepath\\sign.png", pngOf(640, 420)});
    REQUIRE(script.dialog().draft.signatureImage);
    CHECK(script.dialog().draft.signatureImage->name == "sign.png");
    CHECK(script.dialog().draft.signatureImage->mediaType == "image/png");
    CHECK(script.dialog().draft.signatureImage->width == 640);
    REQUIRE(script.effect<LoadImage>());
    CHECK(script.effect<LoadImage>()->data == pngOf(640, 420));
    script.press(ControlKind::ResetImage);
    CHECK_FALSE(script.dialog().draft.signatureImage);
    CHECK(script.effect<DropImage>());
    CHECK(script.dialog().signature.image.phase == Phase::Idle);
}

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
    script.happen(ImageChosen{"better.png", pngOf(10, 10)});
    CHECK_FALSE(findingAt(script.dialog(), Field::SignatureImage));
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
    CHECK(said(kImageStripped, 85 * 1024) == "photo details removed");
    CHECK(said(kImageTurned | kImageSmaller, kBefore, Locale::Vietnamese) == "đã xoay, 3,9 MB → 84 KB");
}
