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

TEST_CASE("what is wrong with a locked value is said at once, and that only the portal can mend it") {
    Opened opened;
    Prefill prefill = userAndIdentity({Field::User, Field::Identity});
    prefill.values.identity = "abc!";
    opened.tell(prefill);
    const Finding* finding = findingAt(opened.script.dialog(), Field::Identity);
    REQUIRE(finding);
    CHECK(
        findingWords(opened.script.state, *finding).ends_with(". Only your portal can give another value."));
}
