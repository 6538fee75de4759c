// Opening and closing, the business account, the signature.
#include <doctest/doctest.h>

#include "script.h"
#include "web/app/dialogs.h"
#include "web/app/requests.h"

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
    session.may = {};
    script.answer("session", 200, bodyOf(session));
    script.happen(OpenRequested{});
    CHECK_FALSE(script.state.dialog);
    CHECK(script.state.notices.size() == 1);
    CHECK(script.raised("problem"));
    CHECK(script.raised("closed"));  // nothing lies over the portal's page that could be closed
}

TEST_CASE("what the portal fills in is looked up at once, and is no entry to be asked about") {
    Script script(Opening::Dialog);
    script.happen(OpenRequested{
        .userId = 7, .identity = std::string(kIdentity), .signatureText = "Signed by {{name}}"});
    CHECK(script.raised("opened"));
    CHECK(script.dialog().draft.identity == kIdentity);
    CHECK(script.dialog().signature.resolved.text.value == "Signed by {{name}}");
    LookupAnswer found;
    found.identity = kIdentity;
    found.certificates = {registered(std::string(kSerialA))};
    script.answer("lookups", 200, bodyOf(found));
    CHECK(script.raised("lookedup"));
    script.happen(CloseRequested{});
    CHECK(script.effect<RequestCancel>());
    script.type(ControlKind::Identity,
                "001 099 000 001");  // a field drops a line break, and others write it so
    script.happen(CloseRequested{});
    CHECK(script.effect<RequestCancel>());
    script.press(ControlKind::Pick);
    script.press(ControlKind::Pick);
    script.happen(CloseRequested{});
    CHECK(script.state.confirm.question == Question::DiscardDraft);  // what is ticked by hand is one
    script.press(ControlKind::ConfirmReject);
    script.type(ControlKind::Identity, "0010");
    script.happen(CloseRequested{});
    CHECK(script.state.confirm.question == Question::DiscardDraft);
}

TEST_CASE("what was found before it is known for whom is said whole once it is") {
    Script script(Opening::Dialog);
    script.happen(OpenRequested{.userId = 7, .identity = std::string(kIdentity)});
    LookupAnswer found{std::string(kIdentity), {registered(std::string(kSerialA))}};
    script.answer("lookups", 200, bodyOf(found));
    script.answer("users/7", 200, bodyOfUser(userNamed(7, "Nguyễn Văn A")));
    CHECK(script.announced("1 certificate at VNPT SmartCA. Adds 1 certificate to the list of Nguyễn Văn A"));
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

TEST_CASE("turning the business account off keeps its secrets, hidden and unsent, and says so") {
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
    CHECK(keepsSecrets(script.dialog()));
    CHECK(script.announced("The typed password and secret key are kept, and not sent."));
    CHECK(createBody(script.dialog().draft).find("hunter2") == std::string::npos);
    CHECK(holdsEntries(script.dialog()));
    CHECK(script.dialog().secrets.code.digits.empty());
    CHECK(script.dialog().secrets.password == Visibility::Hidden);
    CHECK_FALSE(script.runs(Timer::Code));
    script.happen(CodeComputed{"428117", 18});  // it was being computed
    CHECK(script.dialog().secrets.code.digits.empty());
    script.type(ControlKind::Password, "typed too late");
    script.press(ControlKind::Business);
    CHECK_FALSE(keepsSecrets(script.dialog()));
    CHECK(script.dialog().draft.password == "hunter2");
    CHECK(script.dialog().secrets.password == Visibility::Hidden);
    CHECK(script.effect<ComputeCode>());
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
    REQUIRE(script.effect<InsertText>());
    CHECK(script.effect<InsertText>()->insertion == Insertion::All);
    script.type(ControlKind::SignatureText, script.effect<InsertText>()->text);
    CHECK(script.dialog().signature.resolved.text.provenance == Provenance::Company);
    CHECK(script.dialog().signature.resolved.mode.provenance == Provenance::Edited);
    script.press(ControlKind::ResetDisplayMode);
    CHECK(script.dialog().signature.resolved.mode.value == DisplayMode::TextAndImage);
}

TEST_CASE("the default mode is no value of its own, whichever was pressed before") {
    Script script;
    script.open();
    script.press(ControlKind::DisplayMode, static_cast<int>(DisplayMode::TextOnly));
    CHECK(script.dialog().draft.displayMode == DisplayMode::TextOnly);
    script.press(ControlKind::DisplayMode, static_cast<int>(DisplayMode::TextAndImage));
    CHECK_FALSE(script.dialog().draft.displayMode);
    CHECK(script.dialog().signature.resolved.mode.provenance != Provenance::Edited);
    CHECK_FALSE(holdsEntries(script.dialog()));
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
    CHECK(script.dialog().signature.resolved.text.value.empty());  // the company's may not count for them
    CHECK(script.dialog().banner.trouble);
    script.press(ControlKind::BannerRetry);
    CHECK(script.request("defaults").path == "defaults?userId=8");
}

TEST_CASE("without settings nothing stands there that nobody entered, and any mode may be chosen") {
    Script script;
    script.press(ControlKind::OpenCreate);
    CHECK(script.dialog().signature.resolved.text.value.empty());
    script.fail("defaults", ProblemCode::Internal);
    CHECK(script.dialog().signature.resolved.text.value.empty());
    script.press(ControlKind::DisplayMode, static_cast<std::uint16_t>(DisplayMode::TextAndImage));
    CHECK(script.dialog().draft.displayMode == DisplayMode::TextAndImage);
    script.type(ControlKind::SignatureText, "Mine");
    CHECK(script.dialog().signature.resolved.text.value == "Mine");
}

TEST_CASE("settings that did not load are tried again with what failed after them") {
    Script script;
    script.open();
    script.type(ControlKind::User, "Bình");
    script.fire(Timer::UserSearch);
    script.answer("users", 200, bodyOf(std::vector<User>{userNamed(8, "Bình")}));
    script.press(ControlKind::UserOption, 0);
    script.answer("defaults?userId=8", 0, "");
    script.type(ControlKind::Identity, std::string(kIdentity));
    script.press(ControlKind::LookUp);
    script.answer("lookups", 0, "");
    script.press(ControlKind::BannerRetry);
    CHECK(script.waitsFor("lookups"));
    CHECK(script.waitsFor("defaults?userId=8"));
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

TEST_CASE("what is typed into the signature and taken back is no edit: the next user's own text counts") {
    Script script;
    script.press(ControlKind::OpenCreate);
    Defaults defaults;
    defaults.company.text = "Company text";
    script.answer("defaults", 200, bodyOf(defaults));
    script.type(ControlKind::SignatureText, "Company textx");
    CHECK(script.dialog().draft.signatureText);
    script.type(ControlKind::SignatureText, "Company text");
    CHECK_FALSE(script.dialog().draft.signatureText);
    CHECK(script.dialog().signature.resolved.text.value == "Company text");
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

TEST_CASE("a dialog that does not know what can be saved says so, and asks again") {
    Script script(Opening::Page, Script::Loading::Pending);
    script.answer("session", 0, "");
    script.happen(OpenRequested{});
    script.answer("session", 0, "");
    REQUIRE(script.dialog().banner.trouble);
    script.press(ControlKind::BannerRetry);
    CHECK(script.waitsFor("session"));
}
