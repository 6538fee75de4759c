// Sending the draft, and what becomes of it.
#include <doctest/doctest.h>

#include "script.h"
#include "web/app/picks.h"

using namespace smartca;
using namespace smartca::app;

namespace {

CreateAnswer twoAdded() {
    CreateAnswer answer;
    answer.added = {listed(11, "A"), listed(12, "B")};
    return answer;
}
std::string pendingBody() {
    return bodyOf(PendingCreate{17, PendingState::Unknown, 1'795'000'000, 2});
}

}  // namespace

TEST_CASE(
    "a complete draft is sent once, with its own idempotency key, and closes the dialog when it is created") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    CHECK(script.dialog().busy());
    const SendRequest request = script.request("certificates");
    CHECK(request.method == Method::Post);
    CHECK(request.idempotencyKey == "00112233445566778899aabbccddeeff-1");
    CHECK(request.body.find("\"userId\":7") != std::string::npos);

    script.press(ControlKind::Submit);
    CHECK(script.last.effects.empty());

    script.answer("certificates", 201, bodyOf(twoAdded()));
    CHECK_FALSE(script.state.dialog);
    CHECK(script.effect<RestoreFocus>());
    CHECK(script.raised("created"));
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].title == "2 digital certificates created");
    CHECK(script.state.notices[0].text == "Added for Nguyễn Văn A · USER7.");
    CHECK(script.announced("2 digital certificates created"));
    CHECK(idsOf(script.state.list.added) == std::vector<std::int64_t>{11, 12});
    CHECK(script.waitsFor("certificates?"));
}

TEST_CASE(
    "of several creates in a row the last one is told, and what says more than that something was added") {
    Script script;
    CreateAnswer unsaved = oneAdded();
    unsaved.notSaved = {Field::Password};
    for (const CreateAnswer& answer : {oneAdded(), unsaved, oneAdded(), twoAdded()}) {
        script.fill();
        script.press(ControlKind::Submit);
        script.answer("certificates", 201, bodyOf(answer));
        REQUIRE_FALSE(script.state.dialog);
    }
    REQUIRE(script.state.notices.size() == 2);
    CHECK(script.state.notices[0].text != "Added for Nguyễn Văn A · USER7.");
    CHECK(script.state.notices[1].title == "2 digital certificates created");
}

TEST_CASE("the first of the rows just added is brought into view when the list has come, and only then") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    script.answer("certificates", 201, bodyOf(twoAdded()));
    const std::vector<Certificate> rows{listed(5, "Before"), listed(12, "New"), listed(11, "New, too")};
    script.answer("certificates?", 200, bodyOf(rows));
    REQUIRE(script.effect<Reveal>());
    CHECK(script.effect<Reveal>()->control == Control{ControlKind::RowMenu, 1});
    script.press(ControlKind::RetryList);
    script.answer("certificates?", 200, bodyOf(rows));
    CHECK_FALSE(script.effect<Reveal>());
}

TEST_CASE("who may not see the list is not led to it after a create, which reads none") {
    Script script;
    script.state.session.value.may = {Right::Lookup, Right::Create};
    script.fill();
    script.press(ControlKind::Submit);
    const int before = script.requests("certificates?");
    script.answer("certificates", 201, bodyOf(twoAdded()));
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].action == NoticeAction::None);
    CHECK(script.requests("certificates?") == before);
}

TEST_CASE("errors keep the draft here: the first field in error is focused and their number said once") {
    Script script;
    script.open();
    script.press(ControlKind::Submit);
    CHECK(script.requests("certificates") == 1);  // the list's
    CHECK(script.focused(ControlKind::User));
    CHECK(script.announced("2 fields need attention. Choose a user."));
    CHECK(fieldsInError(script.dialog()) == 2);
}

TEST_CASE("what the proxy refuses is shown at its fields until they change") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    script.fail("certificates", ProblemCode::Findings, {{Field::Identity, FindingCode::NoCertificate, {}}});
    CHECK_FALSE(script.dialog().busy());
    CHECK(script.focused(ControlKind::Identity));
    REQUIRE(findingAt(script.dialog(), Field::Identity));
    CHECK(findingAt(script.dialog(), Field::Identity)->code == FindingCode::NoCertificate);
    script.type(ControlKind::Serial, "");
    CHECK(findingAt(script.dialog(), Field::Identity));  // the very same text is no change
    script.type(ControlKind::Serial, std::string(kSerialA));
    CHECK_FALSE(findingAt(script.dialog(), Field::Identity));
}

TEST_CASE("a refusal does not keep the same draft from being tried again, as a new create") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    const std::string key = script.request("certificates").idempotencyKey;
    script.fail("certificates", ProblemCode::Findings, {{Field::Form, FindingCode::UserUnknown, {}}});
    script.press(ControlKind::Submit);
    CHECK(script.dialog().busy());
    CHECK(script.request("certificates").idempotencyKey != key);
}

TEST_CASE("a create waits for the user's settings: what is shown is what is created") {
    Script script;
    script.fill();
    script.type(ControlKind::User, "nguyen");
    script.fire(Timer::UserSearch);
    script.answer("users", 200, bodyOf(std::vector<User>{userNamed(8, "Nguyễn Văn A")}));
    script.press(ControlKind::UserOption);
    script.answer("lookups", 200,
                  bodyOf(LookupAnswer{std::string(kIdentity), {registered(std::string(kSerialA))}}));
    script.press(ControlKind::Submit);
    CHECK_FALSE(script.waitsFor("certificates"));
    CHECK(script.announced("settings are still loading. Press Create New again"));
    CHECK(footWords(Locale::English, script.dialog()).find("settings are still loading") !=
          std::string::npos);
    script.answer("defaults?userId=8", 200, bodyOf(Defaults{}));
    CHECK(script.announced("Adds 1 certificate to the list of"));
    script.press(ControlKind::Submit);
    CHECK(script.waitsFor("certificates"));
}

TEST_CASE("findings of no field are shown above the form") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    script.fail("certificates", ProblemCode::Findings, {{Field::Form, FindingCode::UserUnknown, {}}});
    REQUIRE(script.dialog().banner.trouble);
    CHECK(script.dialog().banner.trouble->findings.size() == 1);
}

TEST_CASE("what is said of a create goes with another number or user, and is not tried again for them") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    SUBCASE("nothing was created") {
        script.fail("certificates", ProblemCode::UpstreamMaintenance);
        SUBCASE("another number") {
            script.type(ControlKind::Identity, "079305123456");
        }
        SUBCASE("another user") {
            script.choose(userNamed(8, "Trần Quốc Bảo"));
        }
        SUBCASE("no user") {
            script.press(ControlKind::UserClear);
        }
        CHECK_FALSE(script.dialog().banner.isShown());
    }
    SUBCASE("nothing was new") {
        CreateAnswer nothing;
        nothing.alreadyOnList = {registered(std::string(kSerialA))};
        script.answer("certificates", 200, bodyOf(nothing));
        CHECK(script.dialog().banner.isShown());
        script.choose(userNamed(8, "Trần Quốc Bảo"));
        CHECK_FALSE(script.dialog().banner.isShown());
    }
    SUBCASE("what is not known yet stays") {
        script.lose();
        script.choose(userNamed(8, "Trần Quốc Bảo"));
        CHECK(script.dialog().banner.isShown());
        CHECK(script.dialog().banner.retry == Retry::None);
    }
}

TEST_CASE(
    "while it is open what became of a create, it is asked about under its key before another one is sent") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    const std::string key = script.request("certificates").idempotencyKey;
    script.lose();
    REQUIRE(script.dialog().banner.trouble);
    CHECK(script.dialog().banner.trouble->origin == Origin::Lost);
    CHECK(script.announced("It is not known yet whether it was created"));
    CHECK(script.focused(ControlKind::BannerRetry));
    script.press(ControlKind::BannerRetry);
    CHECK(script.focused(ControlKind::Submit));
    CHECK(script.request("creates").method == Method::Delete);
    CHECK(script.request("creates").idempotencyKey == key);
    script.answer("creates", 200, "garbage");
    CHECK(script.dialog().banner.trouble->origin == Origin::Unanswered);
    script.fire(Timer::CreateAgain);
    script.answer("creates", 204, "");
    CHECK(script.request("certificates").idempotencyKey != key);
}

TEST_CASE("a create whose answer is lost may have been done: the list is read again") {
    Script script;
    script.fill();
    const int lists = script.requests("certificates?");
    script.press(ControlKind::Submit);
    script.lose();
    CHECK(script.requests("certificates?") == lists + 1);
}

TEST_CASE("a create that failed says that nothing was created only where that is certain") {
    constexpr const char* kNothing = "Nothing was created";
    constexpr const char* kOpen = "Nothing you typed is lost, and nothing is created twice.";
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    script.fail("certificates", ProblemCode::UpstreamTimeout);
    CHECK(script.announced(kNothing));
    script.press(ControlKind::Submit);
    script.lose();
    CHECK(script.announced(kOpen));
    // The attempt before may have come through.
    script.press(ControlKind::Submit);
    script.fail("creates", ProblemCode::Unavailable);
    CHECK(script.announced(kOpen));
    script.press(ControlKind::Submit);
    script.fail("creates", ProblemCode::NotCreated);
    CHECK(script.announced(kNothing));
    script.press(ControlKind::Submit);
    script.fail("certificates", ProblemCode::Unavailable);
    CHECK(script.announced(kNothing));
}

TEST_CASE("a draft that is being sent cannot be edited") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    const Draft before = script.dialog().draft;
    script.type(ControlKind::Identity, "x");
    script.type(ControlKind::User, "");
    script.press(ControlKind::Business);
    script.happen(ImageChosen{"a.png", pngOf(1, 1)});
    CHECK(script.dialog().draft == before);
    CHECK(script.state.confirm.question == Question::None);
}

TEST_CASE("a create that is still being worked on is asked about again, with patience that ends") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    const std::string key = script.request("certificates").idempotencyKey;
    Problem problem;
    problem.code = ProblemCode::InProgress;
    problem.retryAfterSeconds = 5;
    script.answer("certificates", 409, bodyOf(problem));
    CHECK(script.dialog().busy());
    REQUIRE(script.effect<StartTimer>());
    CHECK(script.effect<StartTimer>()->milliseconds == 5000);
    for (int i = 0; script.runs(Timer::CreateAgain); ++i) {
        REQUIRE(i < 100);
        script.fire(Timer::CreateAgain);
        CHECK(script.request("creates").idempotencyKey == key);
        script.answer("creates", 202, "");
    }
    CHECK_FALSE(script.dialog().busy());
    REQUIRE(script.dialog().banner.trouble);
    CHECK(script.dialog().banner.trouble->code == ProblemCode::InProgress);
    script.press(ControlKind::BannerRetry);
    CHECK(script.request("creates").idempotencyKey == key);
    script.answer("creates", 200, bodyOf(twoAdded()));
    CHECK_FALSE(script.state.dialog);
}

TEST_CASE(
    "a create of which nobody knows what became is asked about where the proxy says, until it is known") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    const Draft draft = script.dialog().draft;
    script.answer("certificates", 202, pendingBody());
    CHECK(script.dialog().busy());
    CHECK(script.announced("It is not known yet whether it was created"));
    REQUIRE(script.dialog().banner.trouble);
    CHECK(script.dialog().banner.trouble->origin == Origin::Checking);
    CHECK(script.dialog().banner.retry == Retry::None);
    CHECK(script.dialog().draft == draft);
    for (int i = 0; i < 20; ++i) {
        REQUIRE(script.effect<StartTimer>());
        CHECK(script.effect<StartTimer>()->milliseconds == 2000);
        script.fire(Timer::CreateAgain);
        CHECK(script.request("creates/17").method == Method::Get);
        CHECK(script.request("creates/17").body.empty());
        script.answer("creates/17", 202, pendingBody());
    }
    CHECK(script.requests("certificates") == 2);  // the list, and the one create
    script.fire(Timer::CreateAgain);
    script.answer("creates/17", 201, bodyOf(twoAdded()));
    CHECK_FALSE(script.state.dialog);
    CHECK(script.state.notices[0].kind == NoticeKind::Success);
}

TEST_CASE(
    "when it turns out that nothing was created, nothing typed is lost, and the next try is a new one") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    const std::string key = script.request("certificates").idempotencyKey;
    const Draft draft = script.dialog().draft;
    script.answer("certificates", 202, pendingBody());
    script.fire(Timer::CreateAgain);
    script.fail("creates/17", ProblemCode::NotCreated);
    CHECK_FALSE(script.dialog().busy());
    CHECK(script.dialog().banner.trouble->code == ProblemCode::NotCreated);
    CHECK(script.dialog().draft == draft);
    script.press(ControlKind::BannerRetry);
    CHECK(script.request("certificates").idempotencyKey != key);
}

TEST_CASE("what the portal has refused is not asked again under the same key") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    const std::string key = script.request("certificates").idempotencyKey;
    script.fail("certificates", ProblemCode::PortalRefused);
    script.press(ControlKind::BannerRetry);
    CHECK(script.request("certificates").idempotencyKey != key);
}

TEST_CASE("a proxy that does not answer while it is finding out is asked again") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    script.answer("certificates", 202, pendingBody());
    script.fire(Timer::CreateAgain);
    script.answer("creates/17", 0, "");
    CHECK(script.dialog().busy());
    script.fire(Timer::CreateAgain);
    script.fail("creates/17", ProblemCode::Unavailable);
    CHECK(script.dialog().busy());
    script.fire(Timer::CreateAgain);
    script.answer("creates/17", 201, bodyOf(twoAdded()));
    CHECK_FALSE(script.state.dialog);
}

TEST_CASE("who waits for minutes gets the dialog back, and asks again with the same key") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    const std::string key = script.request("certificates").idempotencyKey;
    script.answer("certificates", 202, pendingBody());
    for (int i = 0; script.runs(Timer::CreateAgain); ++i) {
        REQUIRE(i < 200);
        script.fire(Timer::CreateAgain);
        script.answer("creates/17", 202, pendingBody());
    }
    CHECK_FALSE(script.dialog().busy());
    CHECK(script.dialog().banner.trouble->origin == Origin::Checking);
    CHECK(script.dialog().banner.retry == Retry::Create);
    script.press(ControlKind::BannerRetry);
    CHECK(script.request("creates").idempotencyKey == key);
    script.answer("creates", 201, bodyOf(twoAdded()));
    CHECK_FALSE(script.state.dialog);
}

TEST_CASE("where SmartCA says when to come back, that is told in its place") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    Problem problem;
    problem.code = ProblemCode::UpstreamMaintenance;
    problem.retryAfterSeconds = 7200;
    script.answer("certificates", 503, bodyOf(problem));
    Trouble trouble = *script.dialog().banner.trouble;
    CHECK(adviceOf(Locale::English, trouble) ==
          "Nothing was created, and nothing you typed is lost. The server asks you to wait 2 hours.");
    CHECK(adviceOf(Locale::Vietnamese, trouble).ends_with("Máy chủ yêu cầu chờ 2 giờ."));
    trouble.retryAfterSeconds = 5401;
    CHECK(adviceOf(Locale::English, trouble).ends_with(" The server asks you to wait 91 minutes."));
    trouble.retryAfterSeconds = 119;
    CHECK(adviceOf(Locale::English, trouble).ends_with(" Try again later."));
}

TEST_CASE("who has asked too often is told that it was them, and when they may ask again") {
    Script script;
    script.fill();
    script.press(ControlKind::LookUp);
    Problem problem;
    problem.code = ProblemCode::TooManyRequests;
    problem.retryAfterSeconds = 12;
    script.answer("lookups", 429, bodyOf(problem));
    const Trouble trouble = *script.dialog().banner.trouble;
    CHECK(describe(Locale::English, trouble) ==
          "You have asked too often. The server asks you to wait 12 seconds.");
    CHECK(describe(Locale::Vietnamese, trouble) ==
          "Bạn đã gửi quá nhiều yêu cầu. Máy chủ yêu cầu chờ 12 giây.");
}

TEST_CASE("what may have been done already is looked for, whenever the server could be asked again") {
    Trouble trouble;
    trouble.code = ProblemCode::OutcomeUnknown;
    trouble.retryAfterSeconds = 7200;
    CHECK(adviceOf(Locale::English, trouble) ==
          "It may have been made. Where it was, the list shows it once it has been read again.");
}

TEST_CASE("while an earlier create for the user is being checked, this one waits its turn") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    script.fail("certificates", ProblemCode::UserPending);
    CHECK(script.dialog().busy());
    script.fire(Timer::CreateAgain);
    script.answer("certificates", 201, bodyOf(twoAdded()));
    CHECK_FALSE(script.state.dialog);
}

TEST_CASE(
    "the notice says what was already there, what is known not to be active and what could not be saved") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    CreateAnswer answer;
    answer.added = {listed(11, "A"), listed(12, "B"), listed(13, "C"), listed(14, "D")};
    answer.added[1].status = CertificateStatus::Revoked;
    answer.added[2].status = CertificateStatus::Expired;
    answer.added[3].status = CertificateStatus::Unknown;
    answer.alreadyOnList = {registered(std::string(kSerialB))};
    answer.notSaved = {Field::DisplayMode, Field::SignatureImage};
    script.answer("certificates", 201, bodyOf(answer));
    CHECK(script.state.notices[0].text ==
          "Added for Nguyễn Văn A · USER7. 2 of them are not active. Status unknown: 1. 1 was already "
          "on the list. Not saved by this installation: Display mode, Signature image.");
}

TEST_CASE("of one alone it is said that it is not active, and not of one of them") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    CreateAnswer answer = oneAdded();
    answer.added[0].status = CertificateStatus::Pending;
    script.answer("certificates", 201, bodyOf(answer));
    CHECK(script.state.notices[0].text == "Added for Nguyễn Văn A · USER7. It is not active.");
}

TEST_CASE("what was left out of all is counted") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    CreateAnswer answer;
    answer.added = {listed(11, "A")};
    answer.leftOut = {registered(std::string(kSerialA)), registered(std::string(kSerialB))};
    script.answer("certificates", 201, bodyOf(answer));
    CHECK(script.state.notices[0].text ==
          "Added for Nguyễn Văn A · USER7. 2 that are not active were not added.");
}

TEST_CASE("what this installation can save and has not this once is not called unsaved by it") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    script.state.session.value.saves = {Field::Password};
    CreateAnswer answer;
    answer.added = {listed(11, "A")};
    answer.notSaved = {Field::Password, Field::DisplayMode};
    script.answer("certificates", 201, bodyOf(answer));
    CHECK(script.state.notices[0].text ==
          "Added for Nguyễn Văn A · USER7. Not saved by this installation: Display mode. "
          "VNPT eContract has not confirmed that it saved: Password. Check it there.");
}

TEST_CASE("when everything was on the list already, nothing is called created, and what was entered stays") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    const std::string key = script.request("certificates").idempotencyKey;
    CreateAnswer answer;
    answer.alreadyOnList = {registered(std::string(kSerialA)), registered(std::string(kSerialB))};
    script.answer("certificates", 200, bodyOf(answer));
    CHECK(script.state.notices.empty());
    REQUIRE(script.state.dialog);
    CHECK_FALSE(script.dialog().busy());
    CHECK(script.dialog().draft.identity == kIdentity);
    CHECK(script.raised("unchanged"));
    CHECK(script.dialog().banner.outcome == "2 were already on the list.");
    CHECK(script.announced("Nothing new to add. 2 were already on the list."));
    CHECK(script.waitsFor("lookups"));  // what is on the list has changed
    script.answer("lookups", 200,
                  bodyOf(LookupAnswer{std::string(kIdentity), {registered(std::string(kSerialA))}}));
    script.press(ControlKind::Submit);
    CHECK(script.request("certificates").idempotencyKey != key);
    CHECK(script.dialog().banner.outcome.empty());
}

TEST_CASE("nothing new to add is said of what was ticked, and goes when something else is") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    CreateAnswer answer;
    answer.alreadyOnList = {registered(std::string(kSerialA))};
    script.answer("certificates", 200, bodyOf(answer));
    REQUIRE(script.dialog().banner.outcomeTitle == "Nothing new to add");
    script.answer(
        "lookups", 200,
        bodyOf(LookupAnswer{std::string(kIdentity),
                            {registered(std::string(kSerialA)), registered(std::string(kSerialB))}}));
    REQUIRE(script.dialog().banner.isShown());
    script.press(ControlKind::Pick, 1);
    CHECK_FALSE(script.dialog().banner.isShown());
}

TEST_CASE("inside a portal the page learns what was created, and that the dialog has closed") {
    Script script(Opening::Dialog);
    script.fill();
    script.press(ControlKind::Business);
    script.press(ControlKind::Pick, 1);
    script.type(ControlKind::Password, "hunter2");
    script.type(ControlKind::SecretKey, "MDAxMTIyMzM0NDU1NjY3Nzg4OTlBQUJCQ0NEREVFRkY=");
    script.press(ControlKind::Submit);
    CHECK(script.request("certificates").body.find("hunter2") != std::string::npos);
    script.answer("certificates", 201, bodyOf(twoAdded()));
    CHECK(script.raised("created"));
    CHECK(script.raised("closed"));
    CHECK_FALSE(script.raised("cancel"));
    for (const Effect& effect : script.last.effects)
        if (const auto* raised = std::get_if<RaiseEvent>(&effect)) {
            CHECK(raised->detail.find("hunter2") == std::string::npos);
            if (raised->name == "created") CHECK(raised->detail.find("\"userId\":7") != std::string::npos);
        }
    CHECK(script.requests("certificates?") == 0);
}
