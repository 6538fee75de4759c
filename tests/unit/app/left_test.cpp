// A create that takes long is left, goes on, and tells how it ended.
#include <doctest/doctest.h>

#include "script.h"

using namespace smartca;
using namespace smartca::app;

namespace {

constexpr Instant kStart = 1'795'334'640;

// Seconds go by, and the tick that shows them comes.
void pass(Script& script, Instant seconds) {
    script.happen(ClockRead{kStart + seconds, seconds});
    script.fire(Timer::Creating);
}

// Sent, and left after five seconds.
void leave(Script& script) {
    script.fill();
    script.press(ControlKind::Submit);
    pass(script, 5);
    script.press(ControlKind::Cancel);
}

}  // namespace

TEST_CASE("a create that runs counts its seconds and says once that it can be left") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    pass(script, 1);
    CHECK(script.dialog().submission.seconds == 1);
    CHECK_FALSE(script.announced("takes longer"));
    pass(script, 14);
    CHECK(script.dialog().submission.seconds == 14);
    CHECK(script.announced("This takes longer than usual"));
    pass(script, 15);
    CHECK_FALSE(script.announced("takes longer"));
    script.fail("certificates", ProblemCode::UpstreamTimeout);
    script.fire(Timer::Creating);
    CHECK_FALSE(script.runs(Timer::Creating));
}

TEST_CASE("a clock that is set while a create runs does not change for how long it has run") {
    Script script;
    script.happen(ClockRead{kStart, 1});
    script.fill();
    script.press(ControlKind::Submit);
    script.happen(ClockRead{kStart + 7'200, 3});
    script.fire(Timer::Creating);
    CHECK(script.dialog().submission.seconds == 2);
    script.happen(ClockRead{kStart - 7'200, 5});
    script.fire(Timer::Creating);
    CHECK(script.dialog().submission.seconds == 4);
}

TEST_CASE("cancel, the cross and Escape leave a create running: the dialog closes, the request goes on") {
    for (int way = 0; way < 3; ++way) {
        CAPTURE(way);
        Script script;
        script.fill();
        script.press(ControlKind::Submit);
        if (way == 0) script.press(ControlKind::Cancel);
        if (way == 1) script.press(ControlKind::DialogClose);
        if (way == 2) script.happen(CloseRequested{});
        CHECK_FALSE(script.state.dialog);
        CHECK(script.effect<RestoreFocus>());
        CHECK(script.state.confirm.question == Question::None);
        CHECK(script.waitsFor("certificates"));
        REQUIRE(script.state.left.size() == 1);
        CHECK(script.state.left.front().dialog.busy());
        CHECK(script.announced("It goes on."));
    }
}

TEST_CASE("a create that was left tells of its success, and the list is read again") {
    Script script;
    leave(script);
    const int lists = script.requests("certificates?");
    script.answer("certificates", 201, bodyOf(oneAdded()));
    CHECK(script.state.left.empty());
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].title == "Digital certificate created");
    CHECK(script.state.notices[0].action == NoticeAction::Show);
    CHECK(script.raised("created"));
    CHECK_FALSE(script.raised("closed"));
    CHECK(script.requests("certificates?") == lists + 1);
    script.answer("certificates?", 200, bodyOf(oneAdded().added));
    CHECK_FALSE(script.effect<Reveal>());  // nothing scrolls under the hand that is busy elsewhere
}

TEST_CASE("a create that was left and failed can be opened again with all that was entered") {
    Script script;
    script.fill();
    const Draft draft = script.dialog().draft;
    script.press(ControlKind::Submit);
    script.press(ControlKind::DialogClose);
    script.fail("certificates", ProblemCode::UpstreamTimeout);
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].kind == NoticeKind::Error);
    CHECK(script.state.notices[0].title == "No certificate was added for Nguyễn Văn A · USER7");
    script.press(ControlKind::NoticeAct, 0);
    REQUIRE(script.state.dialog);
    CHECK(script.dialog().draft == draft);
    CHECK(script.dialog().banner.retry == Retry::Create);
    CHECK(script.focused(ControlKind::BannerRetry));
    CHECK(script.state.notices.empty());
    CHECK(script.state.left.empty());
    CHECK(registeredCertificates(script.dialog()));
}

TEST_CASE("a create that was left and failed is forgotten where all of it was added by another one") {
    struct Case {
        bool isAll, isLeft, failsFirst;
    };
    for (const auto& [isAll, isLeft, failsFirst] : {Case{true, false, true},
                                                    {true, true, true},
                                                    {false, false, true},
                                                    {true, false, false},
                                                    {false, false, false}}) {
        CAPTURE(isAll);
        CAPTURE(isLeft);
        CAPTURE(failsFirst);
        Script script;
        leave(script);
        script.state.left.front().dialog.submission.wanted = {std::string(kSerialA)};
        const SendRequest first = script.request("certificates");
        const auto fails = [&] {
            script.happen(Answered{first.number, 502, bodyOf(Problem{ProblemCode::PortalRefused})});
        };
        if (failsFirst) fails();
        script.fill();
        script.press(ControlKind::Submit);
        const SendRequest second = script.request("certificates");
        REQUIRE(second.number != first.number);
        if (isLeft) script.press(ControlKind::DialogClose);
        CreateAnswer answer = oneAdded();
        answer.added.front().serial = isAll ? kSerialA : kSerialB;
        script.happen(Answered{second.number, 201, bodyOf(answer)});
        if (!failsFirst) fails();
        CHECK(script.state.left.empty() == isAll);
        CHECK(script.state.notices.size() == (isAll ? 1 : 2));
    }
}

TEST_CASE(
    "that something was added before a left create was begun, and is deleted maybe, mends nothing of it") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    CreateAnswer answer = oneAdded();
    answer.added.front().serial = kSerialA;
    script.answer("certificates", 201, bodyOf(answer));
    leave(script);
    script.state.left.front().dialog.submission.wanted = {std::string(kSerialA)};
    script.fail("certificates", ProblemCode::UpstreamTimeout);
    CHECK(script.state.left.size() == 1);
    CHECK(script.state.notices.back().kind == NoticeKind::Error);
}

TEST_CASE("what the proxy refuses of a create that was left is shown at its fields when it is opened again") {
    Script script;
    leave(script);
    script.fail("certificates", ProblemCode::Findings, {{Field::Identity, FindingCode::NoCertificate, {}}});
    script.press(ControlKind::NoticeAct, 0);
    REQUIRE(script.state.dialog);
    REQUIRE(findingAt(script.dialog(), Field::Identity));
    CHECK(script.focused(ControlKind::Identity));
    CHECK(script.waitsFor("lookups"));  // what the list showed is of before
}

TEST_CASE("nothing new of a create that was left leads back to what was entered") {
    Script script;
    leave(script);
    CreateAnswer answer;
    answer.alreadyOnList = {registered(std::string(kSerialA))};
    script.answer("certificates", 200, bodyOf(answer));
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].title == "No certificate was added for Nguyễn Văn A · USER7");
    CHECK(script.state.notices[0].text.starts_with("Nothing new to add. "));
    script.press(ControlKind::NoticeAct, 0);
    REQUIRE(script.state.dialog);
    CHECK(script.dialog().banner.outcome == "1 was already on the list.");
    CHECK(script.focused(ControlKind::BannerDismiss));
    CHECK(script.announced("1 was already on the list."));
}

TEST_CASE(
    "a create that was left and got no answer is asked about under its key, and says that it is unknown") {
    Script script;
    leave(script);
    const SendRequest first = script.request("certificates");
    const int creates = script.requests("certificates");
    int asked = 0;
    for (; script.state.left.front().dialog.busy(); ++asked) {
        REQUIRE(asked < 20);
        script.answer(asked == 0 ? "certificates" : "creates", 0, "");
        if (!script.state.left.front().dialog.busy()) break;
        CHECK(script.state.left.front().dialog.banner.trouble->origin == Origin::Unanswered);
        script.fire(Timer::CreateAgain);
        CHECK(script.request("creates").method == Method::Delete);
        CHECK(script.request("creates").idempotencyKey == first.idempotencyKey);
    }
    CHECK(asked == 6);
    CHECK(script.requests("certificates") == creates + 1);  // and that one reads the list
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].title ==
          "It is not known whether certificates were added for Nguyễn Văn A · USER7");
    CHECK(script.effect<SendRequest>()->path.starts_with("certificates?"));  // it may stand on the list
    script.press(ControlKind::NoticeAct, 0);
    CHECK(script.request("creates").method == Method::Delete);
    CHECK(script.request("creates").idempotencyKey == first.idempotencyKey);
}

TEST_CASE("two creates run beside each other, and each tells of itself") {
    Script script;
    leave(script);
    script.open();
    script.choose(userNamed(8, "Trần Thị B"));
    script.lookUp("079305123456", {registered(std::string(kSerialB))});
    script.press(ControlKind::Pick, 0);
    script.press(ControlKind::Submit);
    script.press(ControlKind::DoubtWith);  // it is another person's
    script.press(ControlKind::DialogClose);
    CHECK(script.state.left.size() == 2);
    script.answer("certificates", 201, bodyOf(oneAdded()));  // the newest, of Trần Thị B
    REQUIRE(script.state.left.size() == 1);
    CHECK(script.state.notices[0].text.starts_with("Added for Trần Thị B · USER8."));
    script.answer("certificates?", 200, bodyOf(oneAdded().added));
    script.answer("certificates", 201, bodyOf(oneAdded()));
    CHECK(script.state.left.empty());
    CHECK(script.state.notices[1].text == "Added for Nguyễn Văn A · USER7.");
}

TEST_CASE("what a left create has added is marked in the dialog that is open for the same user by then") {
    Script script;
    leave(script);
    script.fill();
    const int lookups = script.requests("lookups");
    script.answer("certificates", 201, bodyOf(oneAdded()));
    CHECK(script.requests("lookups") == lookups + 1);
    CHECK(script.dialog().lookup.isSilent);
}

TEST_CASE("what a left create has added for another user is known to the open dialog of the same number") {
    Script script;
    leave(script);
    script.open();
    script.choose(userNamed(96, "Trần Thị B"));
    script.lookUp(std::string(kIdentity), {registered("5401aa")});
    const int lookups = script.requests("lookups");
    script.answer("certificates", 201, bodyOf(oneAdded()));
    CHECK(script.requests("lookups") == lookups + 1);  // on whose list it is
}

TEST_CASE("what a left create has added counts in the lists of users that are there already") {
    Script script;
    leave(script);
    script.press(ControlKind::FilterUser);
    script.answer("users", 200, bodyOf(std::vector<User>{userNamed(7, "Nguyễn Văn A")}));
    script.open();
    script.type(ControlKind::User, "nguyen");
    script.fire(Timer::UserSearch);
    script.answer("users", 200,
                  bodyOf(std::vector<User>{userNamed(7, "Nguyễn Văn A"), userNamed(8, "Nguyễn Văn B")}));
    script.answer("certificates", 201, bodyOf(oneAdded()));
    const auto& users = script.dialog().user.search.results.value.items;
    CHECK(users[0].certificateCount == userNamed(7, "").certificateCount + 1);
    CHECK(users[1].certificateCount == userNamed(8, "").certificateCount);
    CHECK(script.state.list.user.results.value.items[0].certificateCount == users[0].certificateCount);
}

TEST_CASE("a dialog that opens again asks for its users again: their counts are of before") {
    Script script;
    script.open();
    script.press(ControlKind::User);
    script.answer("users", 200, bodyOf(std::vector<User>{userNamed(7, "Nguyễn Văn A")}));
    script.press(ControlKind::UserOption, 0);
    script.answer("defaults?userId=", 200, bodyOf(Defaults{}));
    script.lookUp(std::string(kIdentity), {registered(std::string(kSerialA))});
    script.press(ControlKind::Submit);
    script.press(ControlKind::Cancel);
    script.fail("certificates", ProblemCode::Unavailable);
    script.press(ControlKind::NoticeAct, 0);
    script.press(ControlKind::User);
    CHECK(script.waitsFor("users"));
    CHECK(script.dialog().user.search.results.value.items.empty());
}

TEST_CASE("a create that was left and opens again is looked up again: its list is of before") {
    Script script;
    leave(script);
    script.fail("certificates", ProblemCode::Unavailable);
    script.press(ControlKind::NoticeAct, 0);
    REQUIRE(script.state.dialog);
    REQUIRE(script.waitsFor("lookups"));
    CHECK(script.dialog().lookup.isSilent);
    RegisteredCertificate since = registered(std::string(kSerialA));
    since.onList = true;
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), {since}}));
    CHECK(script.dialog().draft.serials.empty());
}

TEST_CASE("what a left create came to is there to be seen when the dialog over it has closed") {
    Script script;
    script.state.session.value.may = {Right::Create, Right::Lookup};
    leave(script);
    script.open();
    script.answer("certificates", 201, bodyOf(oneAdded()));
    REQUIRE(script.state.notices.size() == 1);
    REQUIRE(script.state.notices[0].action == NoticeAction::None);
    script.fire(Timer::Notice);
    CHECK(script.state.notices.size() == 1);
    script.press(ControlKind::Cancel);
    script.fire(Timer::Notice);
    CHECK(script.state.notices.empty());
}

TEST_CASE("a create that runs can be looked at again, and ends in the dialog") {
    Script script;
    leave(script);
    script.press(ControlKind::LeftOpen, script.state.left.front().number);
    REQUIRE(script.state.dialog);
    CHECK(script.dialog().busy());
    CHECK(script.state.left.empty());
    script.answer("certificates", 201, bodyOf(oneAdded()));
    CHECK_FALSE(script.state.dialog);
    CHECK(script.state.notices.size() == 1);
}

TEST_CASE("a dialog that is open over a create that was left does not lose its place to it") {
    Script script;
    leave(script);
    script.open();
    script.type(ControlKind::Identity, "0100");
    script.fail("certificates", ProblemCode::UpstreamTimeout);
    CHECK(script.dialog().draft.identity == "0100");
    CHECK_FALSE(script.dialog().banner.trouble);
    CHECK(script.state.left.size() == 1);
}

TEST_CASE(
    "what was entered opens with the next dialog when its notice is put away; no other takes its room") {
    Script script;
    leave(script);
    script.fail("certificates", ProblemCode::UpstreamTimeout);
    for (int i = 0; i < 6; ++i) {
        script.state.session.value.may = {};
        script.press(ControlKind::OpenCreate);  // refused with a notice of its own
    }
    CHECK(script.state.notices.size() == 4);
    CHECK(script.state.notices[0].action == NoticeAction::OpenAgain);
    script.press(ControlKind::NoticeDismiss, 0);
    script.state.session.value.may = Rights::all();
    script.press(ControlKind::OpenCreate);
    CHECK(script.dialog().draft.identity == kIdentity);
    CHECK(script.dialog().banner.trouble);
    CHECK(script.state.left.empty());
}

TEST_CASE(
    "inside a portal a create that was left closes the dialog, and the page still learns what came of it") {
    Script script(Opening::Dialog);
    script.fill();
    script.press(ControlKind::Submit);
    script.happen(CloseRequested{});
    CHECK(script.raised("closed"));
    CHECK_FALSE(script.effect<RequestCancel>());
    script.answer("certificates", 201, bodyOf(oneAdded()));
    CHECK(script.raised("created"));
}

TEST_CASE(
    "a page that closes the dialog asks nobody: what was sent goes on and is pending, what was entered is "
    "gone") {
    Script sent(Opening::Dialog);
    sent.fill();
    sent.press(ControlKind::Submit);
    sent.happen(ClosedByPage{});
    CHECK(sent.raised("pending"));
    CHECK_FALSE(sent.state.dialog);
    sent.happen(OpenRequested{9});
    CHECK(sent.dialog().draft.userId == 9);
    sent.answer("certificates", 201, bodyOf(oneAdded()));
    CHECK(sent.raised("created"));

    Script entered(Opening::Dialog);
    entered.fill();
    entered.happen(CloseRequested{});
    entered.happen(ClosedByPage{});
    CHECK_FALSE(entered.state.dialog);
    CHECK(entered.state.confirm.question == Question::None);
    CHECK_FALSE(entered.raised("pending"));
}

TEST_CASE(
    "inside a portal what a left create has added is told once, and what has come to nothing until it is "
    "opened again") {
    for (const bool isAdded : {true, false}) {
        CAPTURE(isAdded);
        Script script(Opening::Dialog);
        script.fill();
        script.press(ControlKind::Submit);
        script.happen(CloseRequested{});
        CreateAnswer answer;
        if (isAdded) {
            answer = oneAdded();
            answer.missing = {registered("aa05")};
        } else {
            answer.alreadyOnList = {registered("aa05")};
        }
        script.answer("certificates", isAdded ? 201 : 200, bodyOf(answer));
        CHECK(script.raised(isAdded ? "told" : "retold"));
        CHECK(script.state.notices.size() == (isAdded ? 0 : 1));
        CHECK(script.state.left.size() == 1);  // with what was entered
    }
}

TEST_CASE("inside a portal somebody else's form is not told to try again") {
    Script script(Opening::Dialog);
    script.fill();
    script.press(ControlKind::Submit);
    script.happen(CloseRequested{});
    script.fail("certificates", ProblemCode::UpstreamTimeout);
    script.happen(OpenRequested{9});
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].title == "No certificate was added for Nguyễn Văn A · USER7");
    CHECK(script.state.notices[0].text.empty());
}

TEST_CASE("inside a portal the dialog of a create that failed unseen opens with it") {
    Script script(Opening::Dialog);
    script.fill();
    script.press(ControlKind::Submit);
    script.happen(CloseRequested{});
    script.fail("certificates", ProblemCode::UpstreamTimeout);
    script.happen(OpenRequested{});
    REQUIRE(script.state.dialog);
    CHECK(script.dialog().draft.identity == kIdentity);
    CHECK(script.dialog().banner.trouble);
    script.happen(CloseRequested{});
    script.press(ControlKind::ConfirmAccept);
    script.happen(CancelAllowed{});
    script.happen(OpenRequested{9});
    CHECK(script.dialog().draft.userId == 9);
}

TEST_CASE("with each opening it is found out what became of a create, whoever it is for; none creates") {
    for (const UserId opened : {UserId{9}, UserId{7}}) {
        CAPTURE(opened);
        Script script(Opening::Dialog);
        script.fill();
        script.press(ControlKind::Submit);
        const std::string key = script.request("certificates").idempotencyKey;
        script.happen(CloseRequested{});
        script.answer("certificates", 0, "");
        while (script.runs(Timer::CreateAgain)) {
            script.fire(Timer::CreateAgain);
            script.answer("creates", 0, "");
        }
        CHECK(script.raised("pending"));
        const int sent = script.requests("certificates");
        script.happen(OpenRequested{opened});
        CHECK(script.dialog().draft.userId == opened);
        CHECK(script.dialog().busy() == (opened == 7));
        CHECK(script.requests("certificates") == sent);
        CHECK(script.request("creates").method == Method::Delete);
        CHECK(script.request("creates").idempotencyKey == key);
        script.answer("creates", 201, bodyOf(oneAdded()));
        CHECK(script.raised("created"));
        CHECK(script.state.dialog.has_value() == (opened == 9));
    }
}

TEST_CASE("Show leads to what was added, whatever the filters, and leaves it marked") {
    Script script;
    script.type(ControlKind::FilterSearch, "xyz");
    script.fire(Timer::FilterSearch);
    script.answer("certificates?", 200, bodyOf(CertificatePage{}));
    script.fill();
    script.press(ControlKind::Submit);
    CreateAnswer two;
    two.added = {listed(11, "A"), listed(12, "B")};
    script.answer("certificates", 201, bodyOf(two));
    script.press(ControlKind::NoticeAct, 0);
    CHECK(script.request("certificates?").path == "certificates?ids=11,12&page=1&pageSize=10");
    CHECK(script.state.list.search.empty());
    CHECK(script.focused(ControlKind::ShowAll));
    CHECK(script.state.notices.empty());
    script.press(ControlKind::ShowAll);
    CHECK(script.request("certificates?").path == "certificates?page=1&pageSize=10");
    CHECK(idsOf(script.state.list.added) == std::vector<std::int64_t>{11, 12});
}

TEST_CASE("inside a portal a create that failed opens for its own user only, by number or by code") {
    for (const bool isOwn : {false, true}) {
        CAPTURE(isOwn);
        Script script(Opening::Dialog);
        script.fill();
        script.press(ControlKind::Submit);
        script.happen(CloseRequested{});
        script.fail("certificates", ProblemCode::UpstreamTimeout);
        script.happen(OpenRequested{.userCode = isOwn ? "USER7" : "USER9"});
        REQUIRE(script.state.dialog);
        CHECK(script.dialog().draft.userId == (isOwn ? 7 : 0));
        CHECK(script.dialog().user.startedCode == (isOwn ? "" : "USER9"));
        CHECK(script.dialog().banner.trouble.has_value() == isOwn);
    }
}

TEST_CASE(
    "inside a portal a create that failed opens for the number that the portal names, or where it names "
    "none") {
    for (const auto* const asked : {"", "001099000001", "079305123456"}) {
        CAPTURE(asked);
        const bool isOwn = asked != std::string_view("079305123456");
        Script script(Opening::Dialog);
        script.fill();
        script.press(ControlKind::Submit);
        script.happen(CloseRequested{});
        script.fail("certificates", ProblemCode::UpstreamTimeout);
        script.happen(OpenRequested{.identity = asked});
        CHECK(script.dialog().draft.identity == (isOwn ? std::string(kIdentity) : asked));
        CHECK(script.dialog().banner.trouble.has_value() == isOwn);
        script.happen(ClosedByPage{});
        if (isOwn) continue;
        script.happen(OpenRequested{});  // it waits for its own
        CHECK(script.dialog().draft.identity == kIdentity);
    }
}

TEST_CASE("that a left create is not known of is told no more once it is known") {
    Script script;
    leave(script);
    script.answer("certificates", 0, "");
    while (script.runs(Timer::CreateAgain)) {
        script.fire(Timer::CreateAgain);
        script.answer("creates", 0, "");
    }
    REQUIRE(script.state.notices.size() == 1);
    script.happen(OpenRequested{9});  // asks anew
    SUBCASE("it was done") {
        script.answer("creates", 201, bodyOf(oneAdded()));
        REQUIRE(script.state.notices.size() == 1);
        CHECK(script.state.notices[0].title == "Digital certificate created");
    }
    SUBCASE("it was not") {
        script.answer("creates", 204, "");
        REQUIRE(script.state.notices.size() == 1);
        CHECK(script.state.notices[0].title == "No certificate was added for Nguyễn Văn A · USER7");
    }
}

TEST_CASE("what is not known yet of a left create is not said as if it were of the dialog that is open") {
    Script script;
    leave(script);
    script.happen(OpenRequested{9});
    SUBCASE("no answer") {
        script.answer("certificates", 0, "");
    }
    SUBCASE("the proxy finds out") {
        script.answer("certificates", 202,
                      bodyOf(PendingCreate{17, PendingState::Unknown, 1'795'000'000, 2}));
    }
    CHECK(script.state.left.front().dialog.banner.trouble);
    CHECK_FALSE(script.announced("It is not known yet"));
}
