// A row's menu, making a certificate the default, deleting one, and the notices of both.
#include <doctest/doctest.h>

#include "script.h"

using namespace smartca;
using namespace smartca::app;

namespace {

Script twoRows() {
    Script script;
    script.press(ControlKind::RetryList);
    script.answer("certificates", 200, bodyOf({listed(11, "First"), listed(12, "Second")}));
    return script;
}

}  // namespace

TEST_CASE("a row's menu opens and closes by click") {
    Script script = twoRows();
    script.press(ControlKind::RowMenu, 1);
    CHECK(script.state.list.openMenu == 1);
    CHECK(script.focused(ControlKind::RowDetails));
    script.press(ControlKind::RowMenu, 1);
    CHECK(script.state.list.openMenu == -1);
    CHECK(script.focused(ControlKind::RowMenu, 1));
    script.press(ControlKind::RowMenu, 2);
    CHECK(script.state.list.openMenu == -1);
}

TEST_CASE("a row's menu has what the session allows, and the focus goes along that alone") {
    Script script = twoRows();
    script.state.session.phase = Phase::Ready;
    script.state.session.value.may = {Right::Rename, Right::Remove};
    CHECK_FALSE(isOffered(script.state, ControlKind::RowDetails));
    CHECK(isOffered(script.state, ControlKind::RowRename));
    script.press(ControlKind::RowMenu, 1);
    CHECK(script.focused(ControlKind::RowRename));
    script.key(ControlKind::RowRename, Key::ArrowDown);
    CHECK(script.focused(ControlKind::RowDelete));
    script.key(ControlKind::RowDelete, Key::ArrowDown);
    CHECK(script.focused(ControlKind::RowRename));
    script.key(ControlKind::RowRename, Key::End);
    CHECK(script.focused(ControlKind::RowDelete));
}

TEST_CASE("a row whose details nobody here may see does not open") {
    Script script = twoRows();
    script.state.session.phase = Phase::Ready;
    script.state.session.value.may = {Right::List};
    script.press(ControlKind::RowOpen, 1);
    CHECK_FALSE(script.state.details);
    CHECK_FALSE(offersRowActions(script.state));
    script.state.session.value.may = {Right::Details};
    script.press(ControlKind::RowOpen, 1);
    CHECK(script.state.details);
}

TEST_CASE("the menu's items have the focus in turn, and Escape gives it back to the row's button") {
    Script script = twoRows();
    const auto onButton = [&script](Key key) {
        return script.happen(KeyPressed{{ControlKind::RowMenu, 1}, key}).handled;
    };
    CHECK_FALSE(onButton(Key::Enter));  // opens it, as an activation
    CHECK(onButton(Key::ArrowDown));
    CHECK(script.state.list.openMenu == 1);
    CHECK(script.focused(ControlKind::RowDetails));
    CHECK(script.key(ControlKind::RowDetails, Key::ArrowDown));
    CHECK(script.focused(ControlKind::RowRename));
    CHECK(script.key(ControlKind::RowRename, Key::ArrowDown));
    CHECK(script.focused(ControlKind::RowSetDefault));
    CHECK(script.key(ControlKind::RowSetDefault, Key::ArrowDown));
    CHECK(script.focused(ControlKind::RowDelete));
    CHECK(script.state.list.activeItem == 3);
    CHECK(script.key(ControlKind::RowDelete, Key::ArrowDown));
    CHECK(script.focused(ControlKind::RowDetails));
    CHECK(script.key(ControlKind::RowDetails, Key::ArrowUp));
    CHECK(script.focused(ControlKind::RowDelete));
    CHECK(script.key(ControlKind::RowSetDefault, Key::End));
    CHECK(script.focused(ControlKind::RowDelete));
    CHECK(script.key(ControlKind::RowDelete, Key::Home));
    CHECK(script.key(ControlKind::RowSetDefault, Key::Escape));
    CHECK(script.state.list.openMenu == -1);
    CHECK(script.focused(ControlKind::RowMenu, 1));
    CHECK(onButton(Key::ArrowUp));
    CHECK(script.focused(ControlKind::RowDelete));
    CHECK_FALSE(script.key(ControlKind::RowDelete, Key::Enter));  // the item's own activation
    script.press(ControlKind::RowDelete);
    CHECK(script.state.confirm.question == Question::DeleteCertificate);
    CHECK(script.state.confirm.certificate.name == "Second");
}

TEST_CASE("the menu stays open while the focus moves between its button and its items") {
    Script script = twoRows();
    script.press(ControlKind::RowMenu, 1);
    script.happen(FocusLost{{ControlKind::RowMenu, 1}, {ControlKind::RowSetDefault}});
    script.enter(ControlKind::RowDelete);
    CHECK(script.state.list.openMenu == 1);
    CHECK(script.state.list.activeItem == 3);
    script.happen(FocusLost{{ControlKind::RowDelete}, {ControlKind::RowMenu, 1}});
    CHECK(script.state.list.openMenu == 1);
    script.happen(FocusLost{{ControlKind::RowMenu, 1}, {ControlKind::RowMenu, 0}});
    CHECK(script.state.list.openMenu == -1);
}

TEST_CASE("leaving the menu closes it") {
    Script script = twoRows();
    script.press(ControlKind::RowMenu, 0);
    script.leave(ControlKind::RowMenu, 1);
    CHECK(script.state.list.openMenu == 0);
    script.leave(ControlKind::RowMenu, 0);
    CHECK(script.state.list.openMenu == -1);
    script.press(ControlKind::RowMenu, 0);
    script.leave(ControlKind::RowSetDefault);
    CHECK(script.state.list.openMenu == -1);
    script.press(ControlKind::RowMenu, 0);
    CHECK_FALSE(script.key(ControlKind::RowSetDefault, Key::Tab));
    CHECK(script.state.list.openMenu == -1);
}

TEST_CASE("a certificate becomes its user's default, with a notice that goes by itself") {
    Script script = twoRows();
    script.press(ControlKind::RowMenu, 1);
    script.press(ControlKind::RowSetDefault);
    const SendRequest request = script.request("certificates/");
    CHECK(request.method == Method::Patch);
    CHECK(request.path == "certificates/12");
    CHECK(request.body == "{\"isDefault\":true}");
    Certificate made = listed(12, "Second");
    made.isDefault = true;
    script.answer("certificates/12", 200, bodyOf(made));
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].title == "“Second” is now the default of Nguyễn Văn A.");
    CHECK(script.waitsFor("certificates?"));
    script.fire(Timer::Notice);
    CHECK(script.state.notices.empty());
}

TEST_CASE("what has expired since the list was read cannot become the default any more") {
    Script script = twoRows();
    Certificate& second = script.state.list.certificates.value.items[1];
    second.validTo = script.state.now + 60;
    CHECK(mayBecomeDefault(second, script.state.now));
    script.happen(ClockRead{script.state.now + 61, script.state.steady + 61});
    script.press(ControlKind::RowMenu, 1);
    script.press(ControlKind::RowSetDefault);
    CHECK(script.requests("certificates/") == 0);
}

TEST_CASE("what an answer does not show to be the default is not told to be it") {
    Script script = twoRows();
    script.press(ControlKind::RowMenu, 1);
    script.press(ControlKind::RowSetDefault);
    script.answer("certificates/12", 200, bodyOf(listed(12, "Second")));
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].title == "It is not known whether the change was made: Second");
    CHECK(script.waitsFor("certificates?"));
}

TEST_CASE("a second choice of the default is made after the first, whatever became of that") {
    Script script = twoRows();
    script.press(ControlKind::RowMenu, 0);
    script.press(ControlKind::RowSetDefault);
    script.press(ControlKind::RowMenu, 1);
    script.press(ControlKind::RowSetDefault);
    CHECK(script.requests("certificates/") == 1);
    SUBCASE("it was done") {
        Certificate made = listed(11, "First");
        made.isDefault = true;
        script.answer("certificates/11", 200, bodyOf(made));
    }
    SUBCASE("it failed") {
        script.answer("certificates/11", 0, "");
    }
    SUBCASE("it is gone") {
        script.fail("certificates/11", ProblemCode::CertificateGone);
    }
    Certificate made = listed(12, "Second");
    made.isDefault = true;
    script.answer("certificates/12", 200, bodyOf(made));
    CHECK(script.state.notices.back().title == "“Second” is now the default of Nguyễn Văn A.");
    CHECK_FALSE(script.waitsFor("certificates/"));
}

TEST_CASE("what already is the default is not made it again") {
    Script script;
    Certificate certificate = listed(11, "First");
    certificate.isDefault = true;
    script.press(ControlKind::RetryList);
    script.answer("certificates", 200, bodyOf(std::vector<Certificate>{certificate}));
    script.press(ControlKind::RowMenu, 0);
    script.key(ControlKind::RowDetails, Key::ArrowDown);
    CHECK(script.focused(ControlKind::RowRename));
    script.key(ControlKind::RowRename, Key::ArrowDown);
    CHECK(script.focused(ControlKind::RowDelete));  // the item between is switched off
    script.key(ControlKind::RowDelete, Key::ArrowUp);
    CHECK(script.focused(ControlKind::RowRename));
    script.press(ControlKind::RowSetDefault);
    CHECK(script.requests("certificates/") == 0);
    CHECK(script.state.list.openMenu == -1);
}

TEST_CASE("what has expired or was revoked is not made the default") {
    for (const CertificateStatus status : {CertificateStatus::Expired, CertificateStatus::Revoked}) {
        Script script;
        Certificate certificate = listed(11, "First");
        certificate.status = status;
        script.press(ControlKind::RetryList);
        script.answer("certificates", 200, bodyOf(std::vector<Certificate>{certificate}));
        script.press(ControlKind::RowMenu, 0);
        CHECK(script.key(ControlKind::RowDetails, Key::ArrowUp));
        CHECK(script.focused(ControlKind::RowDelete));
        CHECK(script.key(ControlKind::RowDelete, Key::ArrowUp));
        CHECK(script.focused(ControlKind::RowRename));
        script.press(ControlKind::RowSetDefault);
        CHECK(script.requests("certificates/") == 0);
    }
}

TEST_CASE("the focus stays with its certificate where the rows change their order") {
    Script script = twoRows();
    const auto turnRound = [&script](std::int64_t first, std::int64_t second) {
        script.answer("certificates?", 200, bodyOf({listed(first, "A"), listed(second, "B")}));
    };
    script.enter(ControlKind::RowMenu, 0);
    script.press(ControlKind::RetryList);
    turnRound(12, 11);
    CHECK(script.focused(ControlKind::RowMenu, 1));
    // Also where its menu is open, and where a dialog or a question gives the focus back later.
    script.press(ControlKind::RetryList);
    script.press(ControlKind::RowMenu, 1);
    script.enter(ControlKind::RowDetails);
    turnRound(11, 12);
    CHECK(script.state.list.openMenu == -1);
    CHECK(script.focused(ControlKind::RowMenu, 0));
    for (const ControlKind opened :
         {ControlKind::RowDetails, ControlKind::RowRename, ControlKind::RowDelete}) {
        script.press(ControlKind::RetryList);
        script.press(ControlKind::RowMenu, 0);
        script.press(opened);
        turnRound(12, 11);
        script.happen(CloseRequested{});
        CHECK(script.focused(ControlKind::RowMenu, 1));
        script.press(ControlKind::RetryList);
        turnRound(11, 12);
    }
}

TEST_CASE("deleting asks first, with the focus on the answer that changes nothing") {
    Script script = twoRows();
    script.press(ControlKind::RowMenu, 0);
    script.press(ControlKind::RowDelete);
    CHECK(script.state.confirm.question == Question::DeleteCertificate);
    CHECK(script.state.confirm.certificate.name == "First");
    CHECK(script.focused(ControlKind::ConfirmReject));
    script.press(ControlKind::OpenCreate);
    CHECK_FALSE(script.state.dialog);
    script.happen(CloseRequested{});
    CHECK(script.state.confirm.question == Question::None);
    CHECK(script.focused(ControlKind::RowMenu, 0));
    CHECK(script.requests("certificates/") == 0);
}

TEST_CASE("a certificate is deleted once, said to be, and the list loads again") {
    Script script = twoRows();
    script.press(ControlKind::RowMenu, 0);
    script.press(ControlKind::RowDelete);
    script.press(ControlKind::ConfirmAccept);
    script.press(ControlKind::ConfirmAccept);
    script.press(ControlKind::ConfirmReject);
    CHECK(script.requests("certificates/11") == 1);
    CHECK(script.state.confirm.busy);
    script.answer("certificates/11", 204, "");
    CHECK(script.state.confirm.question == Question::None);
    // Title and words are two sentences, also where the title has no full stop.
    CHECK(script.announced("“First” was deleted from the list of Nguyễn Văn A. Serial 540101014e46…c89999"));
    CHECK(script.waitsFor("certificates?"));
}

TEST_CASE("a deleted certificate counts no more in the list of users that is there") {
    Script script = twoRows();
    User user = userNamed(script.state.list.certificates.value.items[0].userId, "Nguyễn Văn A");
    user.certificateCount = 2;
    script.press(ControlKind::FilterUser);
    script.answer("users", 200, bodyOf(std::vector<User>{user}));
    script.key(ControlKind::FilterUser, Key::Escape);
    script.press(ControlKind::RowMenu, 0);
    script.press(ControlKind::RowDelete);
    script.press(ControlKind::ConfirmAccept);
    script.answer("certificates/11", 204, "");
    CHECK(script.state.list.user.results.value.items[0].certificateCount == 1);
}

TEST_CASE("that a certificate is being deleted is said, for the answer may take its time") {
    Script script = twoRows();
    script.press(ControlKind::RowMenu, 0);
    script.press(ControlKind::RowDelete);
    script.press(ControlKind::ConfirmAccept);
    CHECK(script.announced("Deleting…"));
}

TEST_CASE("a deletion that fails says so until it is dismissed; one that came too late says that it did") {
    Script script = twoRows();
    const auto deleteFirst = [&script] {
        script.press(ControlKind::RowMenu, 0);
        script.press(ControlKind::RowDelete);
        script.press(ControlKind::ConfirmAccept);
    };
    deleteFirst();
    script.fail("certificates/11", ProblemCode::Internal);
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].kind == NoticeKind::Error);
    CHECK(script.state.notices[0].title == "“First” was not deleted");
    CHECK_FALSE(script.runs(Timer::Notice));
    script.happen(TimerFired{Timer::Notice});
    CHECK(script.state.notices.size() == 1);
    script.press(ControlKind::NoticeDismiss, 0);
    CHECK(script.state.notices.empty());

    deleteFirst();
    script.fail("certificates/11", ProblemCode::CertificateGone);
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].kind == NoticeKind::Information);
    CHECK(script.state.notices[0].title.starts_with("This certificate is no longer on the list: "));
}

TEST_CASE(
    "whether a change whose answer is lost was made is not known: that is said, and the list read again") {
    for (const ControlKind action :
         {ControlKind::RowRename, ControlKind::RowSetDefault, ControlKind::RowDelete}) {
        CAPTURE(static_cast<int>(action));
        Script script = twoRows();
        const int row = action == ControlKind::RowSetDefault ? 1 : 0;
        const int lists = script.requests("certificates?");
        script.press(ControlKind::RowMenu, row);
        script.press(action);
        if (action == ControlKind::RowRename) {
            script.type(ControlKind::RenameName, "Other");
            script.press(ControlKind::RenameSubmit);
        }
        if (action == ControlKind::RowDelete) script.press(ControlKind::ConfirmAccept);
        script.answer("certificates/", 0, "");
        if (action == ControlKind::RowDelete) script.answer("certificates/", 0, "");  // it is sent once more
        CHECK(script.announced("It is not known whether the change was made"));
        CHECK(script.requests("certificates?") == lists + 1);
        if (!script.state.rename)  // whose dialog is there to try again
            CHECK(script.state.notices.at(0).text.ends_with(
                ". No answer from the server. It may have been made. Where it was, the list shows it once it "
                "has been read again."));
        CHECK(script.state.rename.has_value() == (action == ControlKind::RowRename));
    }
}

TEST_CASE("whoever is turned away the second time is not told that the first change was not made") {
    for (const ControlKind action : {ControlKind::RowRename, ControlKind::RowDelete}) {
        CAPTURE(static_cast<int>(action));
        Script script = twoRows();
        script.press(ControlKind::RowMenu, 0);
        script.press(action);
        script.type(ControlKind::RenameName, "Other");
        const ControlKind sends =
            action == ControlKind::RowRename ? ControlKind::RenameSubmit : ControlKind::ConfirmAccept;
        script.press(sends);
        script.answer("certificates/", 0, "");
        script.press(sends);
        script.fail("certificates/", ProblemCode::Unauthorized);
        CHECK(script.announced("It is not known whether the change was made"));
    }
}

TEST_CASE("a delete whose answer is lost is sent once more: what is gone by then was deleted") {
    Script script = twoRows();
    script.press(ControlKind::RowMenu, 0);
    script.press(ControlKind::RowDelete);
    script.press(ControlKind::ConfirmAccept);
    script.answer("certificates/", 0, "");
    CHECK(script.state.notices.empty());
    script.fail("certificates/", ProblemCode::CertificateGone);
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].kind == NoticeKind::Success);
    CHECK(script.state.confirm.question == Question::None);
}

TEST_CASE("a certificate of which an address told the id alone has no name when it is gone") {
    Script script(Opening::Page, Script::Loading::Pending);
    script.happen(Started{
        .opening = Opening::Page, .locale = Locale::English, .seed = "s", .address = "certificate=99"});
    script.answer("session", 200, bodyOf(Session{}));
    script.fail("certificates/99", ProblemCode::CertificateGone);
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].title == "This certificate is no longer on the list");
    CHECK(script.state.notices[0].text ==
          "It may have been deleted, or you may not see it any more. Nothing was changed.");
}

TEST_CASE("a row that is gone is said to be, whatever was asked of it, and leaves the list") {
    for (const ControlKind action : {ControlKind::RowDetails, ControlKind::RowRename,
                                     ControlKind::RowSetDefault, ControlKind::RowDelete}) {
        CAPTURE(static_cast<int>(action));
        Script script = twoRows();
        const int row = action == ControlKind::RowSetDefault ? 1 : 0;
        const auto [id, name] = [&] {
            const Certificate& shown =
                script.state.list.certificates.value.items.at(static_cast<std::size_t>(row));
            return std::pair(shown.id, shown.name);
        }();
        const int lists = script.requests("certificates?");
        script.press(ControlKind::RowMenu, row);
        script.press(action);
        if (action == ControlKind::RowRename) {
            script.type(ControlKind::RenameName, "Other");
            script.press(ControlKind::RenameSubmit);
        }
        if (action == ControlKind::RowDelete) script.press(ControlKind::ConfirmAccept);
        script.fail("certificates/" + std::to_string(id), ProblemCode::CertificateGone);
        CHECK_FALSE(script.state.details);
        CHECK_FALSE(script.state.rename);
        CHECK(script.state.confirm.question == Question::None);
        REQUIRE(script.state.notices.size() == 1);
        CHECK(script.state.notices[0].title == "This certificate is no longer on the list: " + name);
        REQUIRE(script.state.list.certificates.value.items.size() == 1);
        CHECK(script.state.list.certificates.value.items[0].id != id);
        CHECK(script.requests("certificates?") == lists + 1);
    }
}

TEST_CASE("a press on a row opens its details, and closing them gives the focus to the row's button") {
    Script script = twoRows();
    script.press(ControlKind::RowOpen, 1);
    REQUIRE(script.state.details);
    CHECK(script.state.details->certificate.name == "Second");
    script.happen(CloseRequested{});
    CHECK(script.focused(ControlKind::RowMenu, 1));
    script.press(ControlKind::RowOpen, 2);
    CHECK_FALSE(script.state.details);
}

TEST_CASE("a row's serial number is copied whole, which is said and shown for a while") {
    Script script = twoRows();
    script.press(ControlKind::RowCopy, 1);
    REQUIRE(script.effect<CopyText>() != nullptr);
    CHECK(script.effect<CopyText>()->text == kSerialA);
    script.happen(TextCopied{true});
    CHECK(script.announced("Copied."));
    CHECK(script.state.list.copied == 12);
    script.fire(Timer::Copied);
    CHECK(script.state.list.copied == 0);
    script.press(ControlKind::RowCopy, 0);
    script.happen(TextCopied{false});
    CHECK(script.state.list.copied == 0);
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].kind == NoticeKind::Error);
    script.happen(TextCopied{true});
    CHECK(script.last.effects.empty());
}
