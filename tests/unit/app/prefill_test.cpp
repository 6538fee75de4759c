// What the portal's server fills in and locks, and what the dialog makes of it.
#include <doctest/doctest.h>

#include "script.h"
#include "web/app/dialogs.h"

using namespace smartca;
using namespace smartca::app;

namespace {

Session sessionWith(const Prefill& prefill) {
    Session session;
    session.saves = {Field::SignatureText, Field::DisplayMode};
    session.prefill = prefill;
    return session;
}

Prefill userAndIdentity(std::vector<Field> locked) {
    Prefill prefill;
    prefill.values.userId = 7;
    prefill.values.identity = kIdentity;
    prefill.locked = std::move(locked);
    return prefill;
}

// The dialog of an embedding page that asks for user 8, open before the session is known.
struct Opened {
    Script script{Opening::Dialog, Script::Loading::Pending};

    explicit Opened(const OpenRequested& asked = {.userId = 8}) { script.happen(asked); }
    void tell(const Prefill& prefill) { script.answer("session", 200, bodyOf(sessionWith(prefill))); }
};

}  // namespace

TEST_CASE("what the server fills in stands in the form, before what the page asked for, and is looked up") {
    Opened opened;
    opened.tell(userAndIdentity({}));
    CHECK(opened.script.dialog().draft.userId == 7);
    CHECK(opened.script.dialog().draft.identity == kIdentity);
    CHECK(opened.script.waitsFor("users/7"));
    CHECK(opened.script.waitsFor("lookups"));
    CHECK_FALSE(holdsEntries(opened.script.dialog()));
}

TEST_CASE("what the person has entered meanwhile stays, but for what is locked") {
    for (const bool locks : {false, true}) {
        Opened opened(OpenRequested{});
        opened.script.type(ControlKind::Identity, "0100684378");
        opened.tell(userAndIdentity(locks ? std::vector{Field::Identity} : std::vector<Field>{}));
        CHECK(opened.script.dialog().draft.identity == (locks ? kIdentity : "0100684378"));
        CHECK(opened.script.dialog().draft.userId == 7);
    }
}

TEST_CASE("what another token locks while a create runs is taken when that has ended, however") {
    enum class End { Refused, AddedInPart, LeftAndOpened };
    for (const End end : {End::Refused, End::AddedInPart, End::LeftAndOpened}) {
        CAPTURE(static_cast<int>(end));
        Script script(Opening::Dialog);
        script.fill();
        script.press(ControlKind::Submit);
        if (end == End::LeftAndOpened) script.happen(CloseRequested{});
        script.happen(SessionRenewed{});
        Prefill prefill;
        prefill.values.userId = 15;
        prefill.locked = {Field::User};
        script.answer("session", 200, bodyOf(sessionWith(prefill)));
        CreateAnswer part = oneAdded();
        part.missing = {registered(std::string(kSerialB))};
        if (end == End::AddedInPart)
            script.answer("certificates", 201, bodyOf(part));
        else
            script.fail("certificates", ProblemCode::Findings, {{Field::User, FindingCode::FieldLocked, {}}});
        if (end == End::LeftAndOpened) script.happen(OpenRequested{});
        REQUIRE(script.state.dialog);
        CHECK(script.dialog().draft.userId == 15);
        CHECK(script.waitsFor("users/15"));
        CHECK(script.dialog().banner.outcomeTitle.empty() == (end != End::AddedInPart));
        CHECK_FALSE(findingAt(script.dialog(), Field::User));
    }
}

TEST_CASE("what a token has locked since the press is seen before it is created in place of what was lost") {
    Script script(Opening::Dialog);
    script.fill();
    script.press(ControlKind::Submit);
    script.answer("certificates", 0, "");
    script.happen(SessionRenewed{});
    Prefill prefill;
    prefill.values.userId = 15;
    prefill.locked = {Field::User};
    script.answer("session", 200, bodyOf(sessionWith(prefill)));
    const int sent = script.requests("certificates");
    script.fire(Timer::CreateAgain);
    script.answer("creates", 204, "");
    CHECK(script.requests("certificates") == sent);
    CHECK(script.dialog().draft.userId == 15);
    CHECK(script.dialog().banner.outcomeTitle == "No certificate was added for Nguyễn Văn A · USER7");
}

TEST_CASE("a locked user whose name did not come is asked for again with the next look-up") {
    Opened opened;
    Script& script = opened.script;
    opened.tell(userAndIdentity({Field::User}));
    script.answer("users/7", 0, "");
    script.answer("lookups", 0, "");
    script.type(ControlKind::Identity, "0100684378");
    const int asked = script.requests("users/7");
    script.press(ControlKind::LookUp);
    CHECK(script.requests("users/7") == asked + 1);
    CHECK(script.waitsFor("lookups"));
}

TEST_CASE("who was filled in and has been cleared does not come back when the session is read again") {
    Opened opened;
    Script& script = opened.script;
    opened.tell(userAndIdentity({}));
    script.answer("users/7", 200, bodyOfUser(userNamed(7, "Nguyễn Văn A")));
    script.press(ControlKind::UserClear);
    script.happen(ClockRead{script.state.now, 1});
    script.happen(ClockRead{script.state.now + 7'200, 3});
    opened.tell(userAndIdentity({}));
    CHECK(script.dialog().draft.userId == 0);
}

TEST_CASE("a locked field takes nothing, however it is operated; the others do") {
    Opened opened;
    opened.tell(userAndIdentity({Field::User, Field::Identity}));
    opened.script.answer("users/7", 200, bodyOfUser(userNamed(7, "Nguyễn Văn A")));
    opened.script.type(ControlKind::Identity, "0100684378");
    opened.script.press(ControlKind::UserClear);
    opened.script.press(ControlKind::User);
    opened.script.key(ControlKind::User, Key::ArrowDown);
    opened.script.type(ControlKind::User, "b");
    opened.script.leave(ControlKind::User);
    const DialogState& dialog = opened.script.dialog();
    CHECK(dialog.draft.identity == kIdentity);
    CHECK(dialog.draft.userId == 7);
    CHECK(dialog.user.search.list == Visibility::Hidden);
    opened.script.type(ControlKind::Serial, "5401aa");
    CHECK(dialog.draft.serial == "5401aa");
}

TEST_CASE("a locked signature is shown as it is signed, and cannot be reset") {
    Opened opened;
    Prefill prefill;
    prefill.values.signatureText = "Ký bởi công ty";
    prefill.values.displayMode = DisplayMode::TextOnly;
    prefill.locked = {Field::SignatureText, Field::DisplayMode};
    opened.tell(prefill);
    opened.script.press(ControlKind::ResetSignatureText);
    opened.script.press(ControlKind::ResetDisplayMode);
    opened.script.press(ControlKind::DisplayMode, 0);
    opened.script.type(ControlKind::SignatureText, "Ai đó");
    const DialogState& dialog = opened.script.dialog();
    CHECK(dialog.signature.resolved.text.value == "Ký bởi công ty");
    CHECK(dialog.signature.resolved.mode.value == DisplayMode::TextOnly);
    CHECK_FALSE(holdsEntries(dialog));
}

TEST_CASE("a locked user who is not found is nobody's to choose: the person and the portal are told") {
    Opened opened;
    opened.tell(userAndIdentity({Field::User}));
    opened.script.fail("users/7", ProblemCode::NotFound);
    CHECK(opened.script.raised("problem"));
    CHECK(opened.script.announced("This user was not found. Only your portal can give another value."));
    opened.script.press(ControlKind::Submit);
    CHECK(findingAt(opened.script.dialog(), Field::User)->code == FindingCode::UserUnknown);
}

TEST_CASE("of a user of the portal who is not there only that is told, not that settings are missing") {
    Opened opened;
    opened.tell(userAndIdentity({}));
    opened.script.fail("defaults?userId=7", ProblemCode::NotFound);
    CHECK_FALSE(opened.script.effect<Announce>());
    CHECK_FALSE(opened.script.dialog().banner.trouble);
    opened.script.fail("users/7", ProblemCode::NotFound);
    CHECK(opened.script.announced("This user was not found."));
}

TEST_CASE(
    "what is wrong with a locked value is said and heard at once, and that only the portal can mend it") {
    Opened opened;
    Prefill prefill = userAndIdentity({Field::User, Field::Identity});
    prefill.values.identity = "1.099E+11";
    opened.tell(prefill);
    const Finding* finding = findingAt(opened.script.dialog(), Field::Identity);
    REQUIRE(finding);
    const std::string words = findingWords(opened.script.state, *finding);
    CHECK(words ==
          "A spreadsheet shortened this number, and its last digits are gone. "
          "Only your portal can give another value.");
    CHECK(opened.script.announced(words));
}

TEST_CASE("of what is locked nothing is asked of the person") {
    Opened opened;
    opened.tell(userAndIdentity({Field::User, Field::Identity}));
    for (int code = 0; code < static_cast<int>(FindingCode::Count); ++code) {
        const Finding finding = {Field::Identity, static_cast<FindingCode>(code)};
        if (finding.code != FindingCode::InvalidText && !nameOf(finding.code).starts_with("identity"))
            continue;
        const std::string words = findingWords(opened.script.state, finding);
        CAPTURE(words);
        for (const char* asks : {"Enter", "Check", "Choose", "Type", "Did you mean"})
            CHECK(words.find(asks) == std::string::npos);
    }
}

TEST_CASE(
    "a serial number that the portal fills in, and that nobody has, is told and heard as one that is typed") {
    for (const bool byPage : {false, true}) {
        Opened opened(byPage
                          ? OpenRequested{.userId = 7, .identity = std::string(kIdentity), .serial = "aa09"}
                          : OpenRequested{.userId = 7});
        Prefill prefill = userAndIdentity({});
        if (!byPage) prefill.values.serial = "aa09";
        opened.tell(byPage ? Prefill{} : prefill);
        opened.script.answer(
            "lookups", 200,
            bodyOf(LookupAnswer{std::string(kIdentity), {registered("aa01"), registered("aa02")}, {}}));
        const Finding* finding = findingAt(opened.script.dialog(), Field::Serial);
        REQUIRE(finding);
        CHECK(finding->code == FindingCode::SerialNotRegistered);
        CHECK(
            opened.script.announced("None of the 2 certificates of this number has the serial number aa09."));
    }
}

TEST_CASE("the focus goes to the first field that takes something") {
    Opened opened(OpenRequested{});
    CHECK(opened.script.focused(ControlKind::User));
    opened.script.enter(ControlKind::User);
    opened.tell(userAndIdentity({Field::User, Field::Identity}));
    CHECK(opened.script.focused(ControlKind::Serial));
    opened.script.enter(ControlKind::Serial);
    opened.script.happen(ClosedByPage{});
    opened.script.happen(OpenRequested{});
    CHECK(opened.script.focused(ControlKind::Serial));
}
