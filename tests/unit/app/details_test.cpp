// The dialogs about one certificate of the list: what it says of itself, and another name for it.
#include <doctest/doctest.h>

#include "script.h"

using namespace smartca;
using namespace smartca::app;

namespace {

Script rowMenu() {
    Script script;
    script.press(ControlKind::RetryList);
    script.answer("certificates", 200, bodyOf({listed(11, "First"), listed(12, "Second")}));
    script.press(ControlKind::RowMenu, 1);
    return script;
}

CertificateDetails detailsOf(const Certificate& certificate) {
    CertificateDetails details;
    details.certificate = certificate;
    details.source = CertificateSource::Kept;
    details.content.emplace();
    details.content->serial = certificate.serial;
    details.content->fingerprint = std::string(64, 'a');
    details.chain = {ChainVerdict::Verified, {"Second", "Root"}, {}};
    return details;
}

Script opened() {
    Script script = rowMenu();
    script.press(ControlKind::RowDetails);
    return script;
}

Script ready() {
    Script script = opened();
    script.answer("certificates/12/details", 200, bodyOf(detailsOf(listed(12, "Second"))));
    return script;
}

Script renaming() {
    Script script = rowMenu();
    script.press(ControlKind::RowRename);
    return script;
}

const std::string& nameInRow(const Script& script) {
    return script.state.list.certificates.value.items[1].name;
}

}  // namespace

TEST_CASE("details open from a row's menu with the row's data, the focus inside, and ask the proxy") {
    const Script script = opened();
    REQUIRE(script.state.details);
    CHECK(script.state.details->certificate.name == "Second");
    CHECK(script.state.list.openMenu == -1);
    CHECK(script.focused(ControlKind::DetailsClose));
    CHECK(script.waitsFor("certificates/12/details"));
}

TEST_CASE("what the row knows is there at once, and what SmartCA has to say of it is awaited") {
    Script script = opened();
    const DetailsState& details = *script.state.details;
    CHECK(details.details.value.certificate.serial == kSerialA);
    CHECK(details.known());
    CHECK_FALSE(details.answered);
    CHECK(script.announced("Asking VNPT SmartCA…"));
    script.press(ControlKind::DetailsCopySerial);
    CHECK(script.effect<CopyText>() != nullptr);
    script.answer("certificates/12/details", 200, bodyOf(detailsOf(listed(12, "Second"))));
    CHECK(details.answered);
}

TEST_CASE("the status and the verdict on the chain are said when the answer is there") {
    const Script script = ready();
    CHECK(script.state.details->details.phase == Phase::Ready);
    CHECK(script.announced("Not expired. VNPT SmartCA does not tell its status. Verified up to “Root”."));
}

TEST_CASE("active is said only where SmartCA has said it") {
    Script script = opened();
    Certificate told = listed(12, "Second");
    told.statusText = "Đang hoạt động";
    script.answer("certificates/12/details", 200, bodyOf(detailsOf(told)));
    CHECK(
        script.announced("Active. VNPT SmartCA does not tell its status. VNPT eContract says “Đang hoạt "
                         "động”. Verified up to “Root”."));
}

TEST_CASE("that SmartCA did not answer is said with what is known from before") {
    Script script = opened();
    CertificateDetails details = detailsOf(listed(12, "Second"));
    details.statusSource = StatusSource::NotReached;
    script.answer("certificates/12/details", 200, bodyOf(details));
    CHECK(
        script.announced("Not expired. VNPT SmartCA gave no usable answer just now. Verified up to “Root”."));
}

TEST_CASE("closing gives the focus back to the row's button and cancels what is loading") {
    for (const bool byKey : {true, false}) {
        Script script = opened();
        if (byKey)
            script.happen(CloseRequested{});
        else
            script.press(ControlKind::DetailsClose);
        CHECK_FALSE(script.state.details);
        CHECK(script.focused(ControlKind::RowMenu, 1));
        CHECK(script.effect<CancelRequest>() != nullptr);
    }
}

TEST_CASE("details that fail say why, and are asked for again by a button") {
    Script script = opened();
    script.fail("certificates/12/details", ProblemCode::Unavailable);
    CHECK(script.state.details->details.phase == Phase::Failed);
    CHECK(
        script.announced("The details could not be loaded. This is not possible right now. Try again in a "
                         "moment. Request 7f3a-91c2."));
    CHECK_FALSE(script.state.details->answered);
    script.press(ControlKind::DetailsRetry);
    CHECK(script.requests("certificates/12/details") == 2);
    script.press(ControlKind::DetailsRetry);
    CHECK(script.requests("certificates/12/details") == 2);
    script.answer("certificates/12/details", 200, "<html>Log in</html>");
    CHECK(script.state.details->details.problem.origin == Origin::Foreign);
}

TEST_CASE(
    "SmartCA is asked again by a button, and what is known stays until the answer and through a failure") {
    Script script = ready();
    CHECK(script.request("certificates/12/details").path == "certificates/12/details");
    script.press(ControlKind::DetailsRetry);
    CHECK(script.request("certificates/12/details").path == "certificates/12/details?ask=anew");
    CHECK(script.announced("Asking VNPT SmartCA…"));
    CHECK(script.effect<MoveFocus>() == nullptr);
    script.press(ControlKind::DetailsRetry);
    CHECK(script.requests("certificates/12/details") == 2);
    CHECK(script.state.details->known());
    script.fail("certificates/12/details", ProblemCode::Unavailable);
    CHECK(script.state.details->known());
    CHECK(
        script.announced("The details could not be loaded. This is not possible right now. Try again in a "
                         "moment. Request 7f3a-91c2."));
    script.press(ControlKind::DetailsRetry);
    CertificateDetails details = detailsOf(listed(12, "Second"));
    details.certificate.status = CertificateStatus::Revoked;
    script.answer("certificates/12/details", 200, bodyOf(details));
    CHECK(script.announced("Revoked. VNPT SmartCA does not tell its status. Verified up to “Root”."));
}

TEST_CASE("a status that the details bring is the row's from then on, and of the same one on other lists") {
    Script script = opened();
    std::vector<Certificate>& rows = script.state.list.certificates.value.items;
    rows.push_back(rows[0]);
    rows[2].serial = kSerialB;
    CertificateDetails details = detailsOf(listed(12, "Second"));
    details.certificate.status = CertificateStatus::Suspended;
    script.answer("certificates/12/details", 200, bodyOf(details));
    CHECK(rows[1].status == CertificateStatus::Suspended);
    CHECK(rows[0].status == CertificateStatus::Suspended);
    CHECK(rows[2].status == CertificateStatus::Active);
}

TEST_CASE(
    "a list of one status is read again when the details bring another, and keeps no row that has it not") {
    Script script = rowMenu();
    script.state.list.status.selected = 1;  // active
    script.press(ControlKind::RowDetails);
    CertificateDetails details = detailsOf(listed(12, "Second"));
    script.answer("certificates/12/details", 200, bodyOf(details));
    CHECK_FALSE(script.waitsFor("certificates?"));
    details.certificate.status = CertificateStatus::Suspended;
    script.press(ControlKind::DetailsRetry);
    script.answer("certificates/12/details", 200, bodyOf(details));
    CHECK(script.request("certificates?").path == "certificates?status=active&page=1&pageSize=10");
    script.answer("certificates?", 200, bodyOf(std::vector{listed(11, "First")}));
    CHECK(script.state.list.certificates.value.items.size() == 1);
}

TEST_CASE(
    "serial number and fingerprint are copied whole, and that they were is said and shown for a while") {
    Script script = ready();
    script.press(ControlKind::DetailsCopySerial);
    REQUIRE(script.effect<CopyText>() != nullptr);
    CHECK(script.effect<CopyText>()->text == kSerialA);
    CHECK(script.state.details->copied == ControlKind::None);
    script.happen(TextCopied{true});
    CHECK(script.announced("Copied."));
    CHECK(script.state.details->copied == ControlKind::DetailsCopySerial);
    script.fire(Timer::Copied);
    CHECK(script.state.details->copied == ControlKind::None);
    script.press(ControlKind::DetailsCopyFingerprint);
    CHECK(script.effect<CopyText>()->text == std::string(64, 'a'));
}

TEST_CASE("a clipboard that refuses is said, and one that answers late finds nobody") {
    Script script = ready();
    script.press(ControlKind::DetailsCopySerial);
    script.happen(TextCopied{false});
    CHECK(script.announced("It could not be copied."));
    CHECK(script.state.details->copied == ControlKind::None);
    CHECK(script.state.details->notCopied == ControlKind::DetailsCopySerial);
    CHECK(script.state.notices.empty());  // it is said where the person looks
    script.happen(TextCopied{true});
    CHECK(script.last.effects.empty());
    script.press(ControlKind::DetailsCopySerial);
    CHECK(script.state.details->notCopied == ControlKind::None);
    script.happen(CloseRequested{});
    script.happen(TextCopied{true});
    CHECK(script.last.effects.empty());
}

TEST_CASE(
    "what lies under the details cannot be operated, and the page that embeds them opens nothing over them") {
    Script script = ready();
    script.press(ControlKind::OpenCreate);
    script.happen(OpenRequested{7});
    CHECK_FALSE(script.state.dialog);
    script.press(ControlKind::RowMenu, 0);
    CHECK(script.state.list.openMenu == -1);
}

TEST_CASE("renaming begins with the name as it is, selected, so that it can be typed over") {
    const Script script = renaming();
    REQUIRE(script.state.rename);
    CHECK(script.state.rename->name == "Second");
    REQUIRE(script.effect<MoveFocus>() != nullptr);
    CHECK(script.effect<MoveFocus>()->control == Control{ControlKind::RenameName});
    CHECK(script.effect<MoveFocus>()->selection == Selection::All);
    CHECK(script.requests("certificates/12") == 0);
}

TEST_CASE("a new name is sent trimmed, shows in its row without a reload, and is said") {
    Script script = renaming();
    const int loads = script.requests("certificates?");
    script.type(ControlKind::RenameName, "  Chữ ký giám đốc ");
    script.press(ControlKind::RenameSubmit);
    const SendRequest request = script.request("certificates/12");
    CHECK(request.method == Method::Patch);
    CHECK(request.body == "{\"name\":\"Chữ ký giám đốc\"}");
    CHECK(script.state.rename->busy());
    script.press(ControlKind::RenameSubmit);
    script.press(ControlKind::RenameCancel);
    script.happen(CloseRequested{});
    script.type(ControlKind::RenameName, "too late");
    CHECK(script.requests("certificates/12") == 1);
    script.answer("certificates/12", 200, bodyOf(listed(12, "Chữ ký giám đốc")));
    CHECK_FALSE(script.state.rename);
    CHECK(nameInRow(script) == "Chữ ký giám đốc");
    CHECK(script.announced("The certificate is now called “Chữ ký giám đốc”."));
    CHECK(script.focused(ControlKind::RowMenu, 1));
    CHECK(script.requests("certificates?") == loads);
}

TEST_CASE("a list that was asked for before the new name is asked for again: its answer has the old one") {
    Script script = renaming();
    script.type(ControlKind::RenameName, "Third");
    script.happen(TimerFired{Timer::FilterSearch});
    REQUIRE(script.waitsFor("certificates?"));
    const int loads = script.requests("certificates?");
    script.press(ControlKind::RenameSubmit);
    script.answer("certificates/12", 200, bodyOf(listed(12, "Third")));
    CHECK(script.requests("certificates?") == loads + 1);
}

TEST_CASE("an empty name asks for the certificate's own, which the answer tells") {
    Script script = renaming();
    script.type(ControlKind::RenameName, "  ");
    script.press(ControlKind::RenameSubmit);
    CHECK(script.request("certificates/12").body == "{\"name\":\"\"}");
    script.answer("certificates/12", 200, bodyOf(listed(12, "Nguyễn Văn A")));
    CHECK(nameInRow(script) == "Nguyễn Văn A");
}

TEST_CASE("the same name is not sent") {
    Script script = renaming();
    script.press(ControlKind::RenameSubmit);
    CHECK_FALSE(script.state.rename);
    CHECK(script.requests("certificates/12") == 0);
    CHECK(script.focused(ControlKind::RowMenu, 1));
}

TEST_CASE("a name that cannot be is refused at the field, once it was left or sent") {
    Script script = renaming();
    script.type(ControlKind::RenameName,
                "a\xE2\x80\xAE"
                "b");
    CHECK_FALSE(faultShown(*script.state.rename));
    script.press(ControlKind::RenameSubmit);
    REQUIRE(faultShown(*script.state.rename));
    CHECK(faultShown(*script.state.rename)->code == FindingCode::InvalidText);
    CHECK(script.focused(ControlKind::RenameName));
    CHECK(script.announced("Contains a character that cannot be used here"));
    CHECK(script.requests("certificates/12") == 0);
    script.type(ControlKind::RenameName, std::string(201, 'a'));
    CHECK(faultShown(*script.state.rename)->code == FindingCode::TooLong);
    script.type(ControlKind::RenameName, "a");
    CHECK_FALSE(faultShown(*script.state.rename));

    Script left = renaming();
    left.type(ControlKind::RenameName, std::string(201, 'a'));
    left.leave(ControlKind::RenameName);
    CHECK(faultShown(*left.state.rename));
}

TEST_CASE("closing asks before it throws a typed name away, and goes back to the field") {
    Script script = renaming();
    script.type(ControlKind::RenameName, "Third");
    script.enter(ControlKind::RenameName);
    script.happen(CloseRequested{});
    CHECK(script.state.confirm.question == Question::DiscardDraft);
    CHECK(script.focused(ControlKind::ConfirmReject));
    script.press(ControlKind::ConfirmReject);
    REQUIRE(script.state.rename);
    CHECK(script.state.rename->name == "Third");
    CHECK(script.focused(ControlKind::RenameName));
    script.press(ControlKind::RenameCancel);
    script.press(ControlKind::ConfirmAccept);
    CHECK_FALSE(script.state.rename);
    CHECK(script.focused(ControlKind::RowMenu, 1));
    CHECK(nameInRow(script) == "Second");
}

TEST_CASE("closing asks nothing where nothing else was typed") {
    for (const ControlKind by : {ControlKind::RenameClose, ControlKind::RenameCancel}) {
        Script script = renaming();
        script.type(ControlKind::RenameName, " Second ");
        script.press(by);
        CHECK_FALSE(script.state.rename);
        CHECK(script.state.confirm.question == Question::None);
    }
}

TEST_CASE("a refusal stands over the field until the name is changed, in the portal's own words") {
    Script script = renaming();
    script.type(ControlKind::RenameName, "Third");
    script.press(ControlKind::RenameSubmit);
    Problem problem;
    problem.code = ProblemCode::PortalRefused;
    problem.upstreamMessage = "Không có quyền";
    script.answer("certificates/12", 502, bodyOf(problem));
    REQUIRE(script.state.rename);
    REQUIRE(script.state.rename->banner);
    CHECK(script.announced("The name was not changed. VNPT eContract refused the request: “Không có quyền”"));
    CHECK(script.focused(ControlKind::RenameName));
    CHECK(nameInRow(script) == "Second");
    script.type(ControlKind::RenameName, "Fourth");
    CHECK_FALSE(script.state.rename->banner);
}

TEST_CASE("an outcome that is not known is not called a failure alone: where to look is said") {
    Script script = renaming();
    script.type(ControlKind::RenameName, "Third");
    script.press(ControlKind::RenameSubmit);
    script.fail("certificates/12", ProblemCode::OutcomeUnknown);
    CHECK(script.announced(
        "It may have been made. Where it was, the list shows it once it has been read again."));
}

TEST_CASE(
    "a name that the list shows as saved after all is said to be, unless another one is typed by then") {
    for (const bool typed : {false, true}) {
        CAPTURE(typed);
        Script script = renaming();
        script.type(ControlKind::RenameName, "Third");
        script.press(ControlKind::RenameSubmit);
        script.answer("certificates/12", 0, "");
        if (typed) script.type(ControlKind::RenameName, "Fourth");
        script.answer("certificates?", 200, bodyOf({listed(11, "First"), listed(12, "Third")}));
        CHECK(script.state.rename.has_value() == typed);
        CHECK(script.announced("Third") != typed);
    }
}

TEST_CASE("a name that may have been saved is not said to be lost, until the list shows that it was not") {
    for (const bool told : {false, true}) {
        CAPTURE(told);
        Script script = renaming();
        script.type(ControlKind::RenameName, "Third");
        script.press(ControlKind::RenameSubmit);
        script.answer("certificates/12", 0, "");
        if (told) script.answer("certificates?", 200, bodyOf({listed(11, "First"), listed(12, "Second")}));
        script.press(ControlKind::RenameCancel);
        CHECK(script.state.rename.has_value() == told);
        CHECK((script.state.confirm.question == Question::DiscardDraft) == told);
    }
}

TEST_CASE("after a name that was not saved the list is read again, from which the proxy learns whose it is") {
    Script script = renaming();
    script.type(ControlKind::RenameName, "Third");
    script.press(ControlKind::RenameSubmit);
    script.fail("certificates/12", ProblemCode::Unavailable);
    REQUIRE(script.state.rename);
    CHECK(script.state.rename->name == "Third");
    CHECK(script.waitsFor("certificates?"));
}

TEST_CASE("the name from before is sent where a change of it may have been made") {
    Script script = renaming();
    script.type(ControlKind::RenameName, "Third");
    script.press(ControlKind::RenameSubmit);
    script.answer("certificates/12", 0, "");
    script.type(ControlKind::RenameName, "Second");
    script.press(ControlKind::RenameSubmit);
    CHECK(script.request("certificates/12").body == "{\"name\":\"Second\"}");
    CHECK(script.waitsFor("certificates/12"));
}
