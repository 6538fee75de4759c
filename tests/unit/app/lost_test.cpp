// A create whose answer was lost: it is asked about by itself, and settled before anything else is created.
#include <doctest/doctest.h>

#include "script.h"

using namespace smartca;
using namespace smartca::app;

namespace {

// Sent for Nguyễn Văn A, and no answer came. The value is its key.
std::string lost(Script& script) {
    script.fill();
    script.press(ControlKind::Submit);
    std::string key = script.request("certificates").idempotencyKey;
    script.lose();
    return key;
}

void turnTo(Script& script, const User& user) {
    script.choose(user);
    script.answer("lookups", 200,
                  bodyOf(LookupAnswer{std::string(kIdentity), {registered(std::string(kSerialA))}}));
}

std::string detailOf(const Script& script, std::string_view name) {
    for (const Effect& effect : script.last.effects)
        if (const auto* raised = std::get_if<RaiseEvent>(&effect); raised && raised->name == name)
            return raised->detail;
    return {};
}

}  // namespace

TEST_CASE("a create without an answer is asked about under its key by itself, until it is known") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    const SendRequest first = script.request("certificates");
    script.answer("certificates", 504, "<html>");
    CHECK(script.dialog().busy());
    CHECK(script.announced(
        "It is not known yet whether it was created. No answer of the server could be read yet"));
    REQUIRE(script.dialog().banner.trouble);
    CHECK(script.dialog().banner.retry == Retry::None);
    script.fire(Timer::CreateAgain);
    CHECK(script.request("creates").method == Method::Delete);
    CHECK(script.request("creates").idempotencyKey == first.idempotencyKey);
    script.answer("creates", 0, "");
    CHECK_FALSE(script.announced("It is not known yet"));  // said once
    script.fire(Timer::CreateAgain);
    script.answer("creates", 201, bodyOf(oneAdded()));
    CHECK_FALSE(script.state.dialog);
    CHECK(script.state.notices[0].text == "Added for Nguyễn Văn A · USER7.");
}

TEST_CASE(
    "a create that has never arrived is taken back and sent once more; then it is told what is in its way") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    const SendRequest first = script.request("certificates");
    script.answer("certificates", 403, "<html>");
    script.fire(Timer::CreateAgain);
    script.answer("creates", 204, "");
    const SendRequest second = script.request("certificates");
    CHECK(second.body == first.body);
    CHECK(second.idempotencyKey != first.idempotencyKey);
    CHECK_FALSE(script.raised("problem"));
    CHECK_FALSE(script.dialog().banner.trouble);
    CHECK(script.announced("Creating…"));
    script.answer("certificates", 403, "<html>");
    script.fire(Timer::CreateAgain);
    script.answer("creates", 204, "");
    CHECK_FALSE(script.dialog().busy());
    CHECK(detailOf(script, "problem") == R"({"code":"notCreated","userId":7})");
    CHECK(script.announced(
        "The server's answer could not be read. Nothing was created, and nothing you typed is lost."));
    CHECK(script.dialog().banner.retry == Retry::Create);
    script.press(ControlKind::BannerRetry);
    CHECK(script.request("certificates").body == first.body);
}

TEST_CASE("why eContract did not create it is told also where the first answer was lost") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    script.answer("certificates", 0, "");
    script.fire(Timer::CreateAgain);
    const int creates = script.requests("certificates");
    script.fail("creates", ProblemCode::PortalRefused);
    CHECK(script.dialog().banner.trouble->code == ProblemCode::PortalRefused);
    CHECK(script.announced("Nothing was created"));
    CHECK(script.requests("certificates") == creates);
}

TEST_CASE("an answer that never saw the key does not say that a create without an answer was not done") {
    for (const auto& [code, status] : {std::pair{ProblemCode::Unauthorized, 401},
                                       {ProblemCode::Forbidden, 403},
                                       {ProblemCode::NotAllowed, 403},
                                       {ProblemCode::PathUnknown, 404},
                                       {ProblemCode::TooLarge, 413},
                                       {ProblemCode::TooManyRequests, 429},
                                       {ProblemCode::HeadTooLarge, 431},
                                       {ProblemCode::Unavailable, 503}}) {
        Script script;
        CAPTURE(status);
        script.fill();
        script.press(ControlKind::Submit);
        const std::string key = script.request("certificates").idempotencyKey;
        script.answer("certificates", 0, "");
        script.fire(Timer::CreateAgain);
        Problem problem;
        problem.code = code;
        script.answer("creates", status, bodyOf(problem));
        REQUIRE(script.dialog().banner.trouble);
        const std::string said = describe(Locale::English, *script.dialog().banner.trouble);
        CAPTURE(said);
        CHECK(said.find("It is not known yet whether it was created.") != std::string::npos);
        CHECK(said.find("Nothing was created") == std::string::npos);
        CHECK(detailOf(script, "problem").empty());
        CHECK(detailOf(script, "pending").find("\"userId\":7") != std::string::npos);
        script.press(ControlKind::BannerRetry);
        CHECK(script.request("creates").idempotencyKey == key);
        script.answer("creates", 201, bodyOf(oneAdded()));
        CHECK_FALSE(script.state.dialog);
    }
}

TEST_CASE(
    "for another user nothing is sent before it is told that the lost create was done; then it goes on") {
    Script script;
    const std::string key = lost(script);
    turnTo(script, userNamed(8, "Trần Thị B"));
    script.press(ControlKind::Pick, 0);
    script.press(ControlKind::Submit);
    CHECK(script.request("creates").method == Method::Delete);
    CHECK(script.request("creates").idempotencyKey == key);
    CHECK(script.announced("It is not known yet"));
    const int sent = script.requests("certificates");
    script.answer("creates", 201, bodyOf(oneAdded()));
    CHECK(detailOf(script, "created").find("\"userId\":7") != std::string::npos);
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].text ==
          "Added for Nguyễn Văn A · USER7. Serial number: 540101014e46…c89999.");
    CHECK(script.dialog().banner.outcome ==
          "Added for Nguyễn Văn A · USER7. Serial number: 540101014e46…c89999.");
    CHECK(idsOf(script.state.list.added) == std::vector<std::int64_t>{11});
    script.press(ControlKind::DoubtWith);  // it is another person's
    CHECK(script.dialog().busy());
    CHECK(script.requests("certificates") > sent);
    CHECK(script.request("certificates").idempotencyKey != key);
    CHECK(script.request("certificates").body.find("\"userId\":8") != std::string::npos);
    script.answer("certificates", 201, bodyOf(oneAdded()));
    CHECK_FALSE(script.state.dialog);
    CHECK(script.state.notices[1].text == "Added for Trần Thị B · USER8.");
}

TEST_CASE("for another user it is told that the lost create was not done, and is not any more") {
    Script script;
    lost(script);
    turnTo(script, userNamed(8, "NGUYỄN VĂN A"));  // of the same name: nothing is to be asked
    script.press(ControlKind::Submit);
    script.answer("creates", 204, "");
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].kind == NoticeKind::Information);
    CHECK(script.state.notices[0].title == "No certificate was added for Nguyễn Văn A · USER7");
    CHECK(script.dialog().banner.outcomeTitle == script.state.notices[0].title);
    CHECK(script.dialog().busy());  // one press
    CHECK(script.request("certificates").body.find("\"userId\":8") != std::string::npos);
    script.answer("certificates", 201, bodyOf(oneAdded()));
    script.fire(Timer::Notice);
    CHECK(script.state.notices[0].title == "No certificate was added for Nguyễn Văn A · USER7");
}

TEST_CASE(
    "what was changed after the lost create was sent is said not to be saved in it, where it was done") {
    Script script;
    lost(script);
    script.type(ControlKind::SignatureText, "Other");
    script.press(ControlKind::Submit);
    script.answer("creates", 200, bodyOf(oneAdded()));
    REQUIRE(script.state.dialog);
    CHECK_FALSE(script.dialog().busy());
    CHECK_FALSE(script.dialog().banner.trouble);
    CHECK(script.dialog().banner.outcomeTitle == "Digital certificate created");
    CHECK(script.dialog().banner.outcome ==
          "Added for Nguyễn Văn A · USER7. Serial number: 540101014e46…c89999. What was changed after that "
          "is not saved in it.");
    CHECK(script.waitsFor("lookups"));  // the rows show it
}

TEST_CASE("where the lost create was not done, the changed one is sent at once") {
    for (const bool portalSaysSo : {false, true}) {
        CAPTURE(portalSaysSo);
        Script script;
        const std::string key = lost(script);
        script.type(ControlKind::SignatureText, "Other");
        script.press(ControlKind::Submit);
        if (portalSaysSo)
            script.fail("creates", ProblemCode::NotCreated);
        else
            script.answer("creates", 204, "");
        CHECK(script.state.notices.empty());
        CHECK_FALSE(script.dialog().banner.trouble);
        CHECK(script.dialog().busy());
        CHECK(script.request("certificates").idempotencyKey != key);
        CHECK(script.request("certificates").body.find("Other") != std::string::npos);
    }
}

TEST_CASE(
    "what was found only after the press is not created once the lost create is known not to have been "
    "done") {
    Script script;
    lost(script);
    script.choose(userNamed(8, "NGUYỄN VĂN A"));  // whose list is asked for
    const int sent = script.requests("certificates");
    script.press(ControlKind::Submit);
    script.answer("lookups", 200,
                  bodyOf(LookupAnswer{std::string(kIdentity), {registered(std::string(kSerialA))}}));
    script.answer("creates", 204, "");
    CHECK(script.requests("certificates") == sent);
    CHECK(script.dialog().banner.outcomeTitle == "No certificate was added for Nguyễn Văn A · USER7");
    script.answer("lookups", 200,
                  bodyOf(LookupAnswer{std::string(kIdentity), {registered(std::string(kSerialA))}}));
    script.fire(Timer::Seen);
    script.press(ControlKind::Submit);
    CHECK(script.requests("certificates") == sent + 1);
}

TEST_CASE("what the portal has to be asked about is waited for before another one is sent") {
    Script script;
    lost(script);
    script.type(ControlKind::SignatureText, "Other");
    script.press(ControlKind::Submit);
    script.answer("creates", 202, bodyOf(PendingCreate{17, PendingState::Unknown, 1'795'000'000, 2}));
    script.fire(Timer::CreateAgain);
    CHECK(script.request("creates/17").method == Method::Get);
    script.answer("creates/17", 201, bodyOf(oneAdded()));
    CHECK(script.dialog().banner.outcomeTitle == "Digital certificate created");
}

TEST_CASE("what nobody can tell any more is not said to have come to nothing, and the next press creates") {
    enum class Why { IsAnotherCallers, IsForgotten, IsForgottenAndAskedTwice, IsNoLongerChecked };
    for (const Why why :
         {Why::IsAnotherCallers, Why::IsForgotten, Why::IsForgottenAndAskedTwice, Why::IsNoLongerChecked}) {
        CAPTURE(static_cast<int>(why));
        Script script;
        const std::string key = lost(script);
        script.type(ControlKind::SignatureText, "Other");
        if (why == Why::IsForgotten || why == Why::IsForgottenAndAskedTwice)
            script.happen(ClockRead{script.state.now + 24 * 3600, script.state.steady + 24 * 3600});
        script.press(ControlKind::Submit);
        if (why == Why::IsAnotherCallers) script.fail("creates", ProblemCode::OutcomeUnknown);
        if (why == Why::IsNoLongerChecked) {
            script.answer("creates", 202, bodyOf(PendingCreate{17, PendingState::Unknown, 0, 2}));
            script.fire(Timer::CreateAgain);
            script.fail("creates/17", ProblemCode::NotFound);
        }
        if (why == Why::IsForgotten) script.answer("creates", 204, "");
        if (why == Why::IsForgottenAndAskedTwice) script.fail("creates", ProblemCode::NotCreated);
        REQUIRE(script.state.dialog);
        CHECK_FALSE(script.dialog().busy());
        CHECK(script.dialog().banner.outcomeTitle ==
              "It is not known whether certificates were added for Nguyễn Văn A · USER7");
        CHECK(script.dialog().banner.outcome ==
              "It may have been made. Where it was, the list shows it once it has been read again.");
        CHECK(detailOf(script, "problem") == R"({"code":"outcomeUnknown","userId":7})");
        script.answer("lookups", 200,
                      bodyOf(LookupAnswer{std::string(kIdentity), {registered(std::string(kSerialA))}}));
        script.press(ControlKind::Submit);
        CHECK(script.request("certificates").idempotencyKey != key);
        CHECK(script.request("certificates").body.find("Other") != std::string::npos);
    }
}

TEST_CASE(
    "an image that is ready while a lost create is asked about is taken, and none is waited for in vain") {
    const ImageChosen image{"a.png", pngOf(9, 9)};
    Script script;
    script.state.session.value.saves = {Field::SignatureImage};
    lost(script);
    script.happen(ImageOffered{"a.png", 9});
    REQUIRE(script.dialog().signature.preparation);
    const int asked = script.requests("creates");
    script.press(ControlKind::Submit);  // too early
    CHECK(script.requests("creates") == asked);
    script.type(ControlKind::SignatureText, "Other");
    script.press(ControlKind::BannerRetry);
    CHECK(script.dialog().busy());
    script.happen(image);
    CHECK_FALSE(script.dialog().signature.preparation);
    CHECK(script.dialog().draft.signatureImage);
}

TEST_CASE("a dialog that the portal closes asks once more what became of its create") {
    Script script(Opening::Dialog);
    const std::string key = lost(script);
    const int asked = script.requests("creates");
    script.happen(ClosedByPage{});
    CHECK(script.requests("creates") == asked + 1);
    script.answer("creates", 201, bodyOf(oneAdded()));
    CHECK(script.raised("created"));
    CHECK(script.state.left.empty());
}

TEST_CASE("as long as it cannot be asked about, nothing else is sent, and it is said to be unknown") {
    Script script;
    const std::string key = lost(script);
    script.type(ControlKind::SignatureText, "Other");
    for (int press = 0; press < 2; ++press) {
        script.press(ControlKind::Submit);
        CHECK(script.request("creates").idempotencyKey == key);
        script.lose();
        CHECK(script.announced("nothing is created twice"));
    }
    script.press(ControlKind::Submit);
    script.fail("creates", ProblemCode::Unavailable);
    CHECK(script.dialog().banner.trouble->became == Became::Unknown);
}

TEST_CASE("a draft that is discarded takes the lost create with it, and tells what became of that") {
    for (const int status : {201, 204, 0}) {
        CAPTURE(status);
        Script script;
        const std::string key = lost(script);
        script.press(ControlKind::Cancel);
        script.press(ControlKind::ConfirmAccept);
        CHECK_FALSE(script.state.dialog);
        CHECK(script.request("creates").idempotencyKey == key);
        for (int i = 0; script.state.left.size() == 1 && script.state.left.front().dialog.busy(); ++i) {
            REQUIRE(i < 20);
            if (i > 0) script.fire(Timer::CreateAgain);
            script.answer("creates", status, status == 201 ? bodyOf(oneAdded()) : "");
        }
        REQUIRE(script.state.notices.size() == 1);
        const Notice& notice = script.state.notices[0];
        if (status == 201) CHECK(notice.title == "Digital certificate created");
        if (status == 204) CHECK(notice.title == "No certificate was added for Nguyễn Văn A · USER7");
        if (status == 0) {
            CHECK(notice.title == "It is not known whether certificates were added for Nguyễn Văn A · USER7");
            CHECK(notice.action == NoticeAction::OpenAgain);
        }
        if (script.runs(Timer::Notice)) script.fire(Timer::Notice);
        CHECK(script.state.notices.size() == 1);  // as was promised, also to whoever is away
    }
}

TEST_CASE("a discarded draft that is opened again is sent by nobody but the person") {
    for (const bool whileAsked : {true, false}) {
        CAPTURE(whileAsked);
        Script script;
        lost(script);
        const auto creates = [&script] {
            return std::ranges::count_if(script.sent, [](const SendRequest& request) {
                return request.method == Method::Post && request.path == "certificates";
            });
        };
        const auto sent = creates();
        script.press(ControlKind::Cancel);
        script.press(ControlKind::ConfirmAccept);
        CHECK(script.announced("It is not known whether certificates were added for Nguyễn Văn A · USER7"));
        for (int i = 0; !whileAsked && script.state.left.front().dialog.busy(); ++i) {
            REQUIRE(i < 20);
            if (i > 0) script.fire(Timer::CreateAgain);
            script.answer("creates", 0, "");
        }
        script.press(ControlKind::LeftOpen, script.state.left.front().number);
        REQUIRE(script.state.dialog);
        script.answer("creates", 204, "");
        CHECK_FALSE(script.dialog().busy());
        CHECK(script.announced("Nothing was created, and nothing you typed is lost."));
        CHECK(creates() == sent);
    }
}

TEST_CASE("whoever puts a discarded create's notice away and opens a form gets an empty one") {
    Script script;
    lost(script);
    script.press(ControlKind::Cancel);
    script.press(ControlKind::ConfirmAccept);
    for (int i = 0; script.state.left.front().dialog.busy(); ++i) {
        REQUIRE(i < 20);
        if (i > 0) script.fire(Timer::CreateAgain);
        script.answer("creates", 0, "");
    }
    script.press(ControlKind::NoticeDismiss, 0);
    script.press(ControlKind::OpenCreate);
    CHECK(script.dialog().draft.identity.empty());
    CHECK_FALSE(script.dialog().busy());
    script.answer("creates", 204, "");
    CHECK(script.state.left.empty());
    REQUIRE(script.state.notices.size() == 1);
    CHECK(script.state.notices[0].title == "No certificate was added for Nguyễn Văn A · USER7");
}

TEST_CASE("a draft is discarded and forgotten where it is known that nothing was created") {
    Script script;
    lost(script);
    script.press(ControlKind::Submit);
    script.fail("creates", ProblemCode::NotCreated);
    const int asked = script.requests("creates");
    script.press(ControlKind::Cancel);
    script.press(ControlKind::ConfirmAccept);
    CHECK(script.requests("creates") == asked);
    CHECK(script.state.left.empty());
    CHECK(script.state.notices.empty());
}

TEST_CASE("a create for another that was left while the lost one is withdrawn can be opened again") {
    for (const bool created : {false, true}) {
        CAPTURE(created);
        Script script;
        lost(script);
        turnTo(script, userNamed(8, "NGUYỄN VĂN A"));
        script.press(ControlKind::Submit);
        script.press(ControlKind::Cancel);
        script.answer("creates", created ? 201 : 204, created ? bodyOf(oneAdded()) : "");
        REQUIRE(script.state.notices.size() == 1);
        CHECK(
            script.state.notices[0].title ==
            (created ? "Digital certificate created" : "No certificate was added for Nguyễn Văn A · USER7"));
        CHECK(script.state.notices[0].text.ends_with("Nothing was created for NGUYỄN VĂN A · USER8 yet."));
        script.press(ControlKind::NoticeAct, 0);
        REQUIRE(script.state.dialog);
        CHECK(script.dialog().draft.userId == 8);
        CHECK_FALSE(script.dialog().banner.trouble);
    }
}

TEST_CASE("a portal hears that a lost create is pending, and after the dialog has closed what became of it") {
    for (const int status : {201, 204, 503}) {
        CAPTURE(status);
        Script script(Opening::Dialog);
        lost(script);
        CHECK(detailOf(script, "pending") == R"({"userId":7})");
        script.happen(CloseRequested{});
        script.press(ControlKind::ConfirmAccept);
        script.happen(CancelAllowed{});
        CHECK(detailOf(script, "pending") == R"({"userId":7})");
        CHECK(script.raised("closed"));
        if (status == 503)
            script.fail("creates", ProblemCode::Unavailable);
        else
            script.answer("creates", status, status == 201 ? bodyOf(oneAdded()) : "");
        CHECK(script.raised("created") == (status == 201));
        CHECK(detailOf(script, "problem") ==
              (status == 204 ? R"({"code":"notCreated","left":true,"userId":7})" : ""));
        CHECK(script.raised("pending") == (status == 503));
        CHECK(script.state.left.empty() == (status != 503));
    }
}

TEST_CASE("an answer to a create that is not the proxy's is not told as none") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    for (int i = 0; i < 7; ++i) {
        if (i > 0) script.fire(Timer::CreateAgain);
        script.answer(i > 0 ? "creates" : "certificates", 403, "<html>");
    }
    CHECK_FALSE(script.dialog().busy());
    CHECK(script.announced(
        "It is not known yet whether it was created. The server's answer could not be read. Something on "
        "the way may have answered instead. Open this page in another tab to see what, then try again. "
        "Nothing you typed is lost, and nothing is created twice."));
    CHECK_FALSE(script.announced("connection"));
    CHECK(script.dialog().submission.isOpen);
}

TEST_CASE("what a web server before the proxy finds too large was not created") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    script.answer("certificates", 413, "<html>");
    CHECK_FALSE(script.dialog().busy());
    CHECK(script.announced("What was sent is too large. Nothing was created"));
    CHECK_FALSE(script.dialog().submission.isOpen);
}

TEST_CASE(
    "that the lost create was not done is told where the changed one is asked about before it is sent") {
    Script script;
    lost(script);
    RegisteredCertificate other = registered(std::string(kSerialB));
    other.commonName = "Trần Quốc Bảo";
    script.lookUp("079305123456", {other});
    script.press(ControlKind::Pick, 0);
    script.press(ControlKind::Submit);
    script.answer("creates", 204, "");
    REQUIRE(script.dialog().doubt == Doubt::Asked);
    CHECK(script.dialog().banner.outcomeTitle == "No certificate was added for Nguyễn Văn A · USER7");
    CHECK(script.announced("No certificate was added for Nguyễn Văn A · USER7"));
}
