// A dialog that looks up and attaches nothing, and what the embedding page hears when one is open.
#include <doctest/doctest.h>

#include "looking.h"
#include "web/app/dialogs.h"

using namespace smartca;
using namespace smartca::app;

namespace {

Session sessionOf(Rights may) {
    Session session;
    session.may = may;
    session.saves = {Field::SignatureText, Field::DisplayMode, Field::SignatureImage};
    return session;
}

// Whoever may look up and no more, with a dialog of that mode.
struct Clerk {
    Script script{Opening::Dialog, Script::Loading::Pending};

    explicit Clerk(OpenRequested asked) {
        script.answer("session", 200, bodyOf(sessionOf({Right::Lookup})));
        script.happen(std::move(asked));
    }
};

void answerLookup(Script& script) {
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), several(), {}}));
}

const RaiseEvent* opened(const Script& script) {
    const RaiseEvent* event = script.effect<RaiseEvent>();
    return event != nullptr && event->name == "opened" ? event : nullptr;
}

}  // namespace

TEST_CASE("who may look up alone gets a dialog that looks up, and none that creates") {
    CHECK(Clerk({.mode = Mode::Lookup}).script.state.dialog);
    CHECK_FALSE(Clerk({.mode = Mode::Create}).script.state.dialog);
    Script nobody(Opening::Dialog, Script::Loading::Pending);
    nobody.answer("session", 200, bodyOf(sessionOf({Right::Create})));
    nobody.happen(OpenRequested{.mode = Mode::Lookup});
    CHECK_FALSE(nobody.state.dialog);
    CHECK(nobody.raised("problem"));
}

TEST_CASE("a dialog that looks up asks for a number, and for nothing that only who creates may see") {
    Clerk clerk({.userId = 7, .mode = Mode::Lookup});
    CHECK(clerk.script.focused(ControlKind::Identity));
    clerk.script.press(ControlKind::Submit);
    CHECK(findingAt(clerk.script.dialog(), Field::Identity) != nullptr);
    CHECK(fieldsInError(clerk.script.dialog()) == 1);  // it needs no user
    clerk.script.happen(ImageOffered{"stamp.png", 10});
    CHECK(clerk.script.requests("defaults") == 0);
    CHECK_FALSE(clerk.script.dialog().signature.preparation);
}

TEST_CASE("its button looks up, nothing is ticked, no create is sent, and it closes without a question") {
    Clerk clerk({.userId = 7, .mode = Mode::Lookup});
    clerk.script.type(ControlKind::Identity, std::string(kIdentity));
    clerk.script.press(ControlKind::Submit);
    CHECK(clerk.script.request("lookups").body.find("\"userId\":7") != std::string::npos);
    CHECK(foot(clerk.script) == "Looking up…");
    answerLookup(clerk.script);
    CHECK(clerk.script.raised("lookedup"));
    CHECK(clerk.script.announced("5 certificates at VNPT SmartCA"));
    CHECK(clerk.script.dialog().draft.serials.empty());
    CHECK(foot(clerk.script).empty());
    clerk.script.press(ControlKind::Submit);  // asks once more
    answerLookup(clerk.script);
    CHECK(clerk.script.requests("certificates") == 0);
    clerk.script.happen(CloseRequested{});
    CHECK(clerk.script.state.confirm.question == Question::None);
    CHECK(clerk.script.effect<RequestCancel>());
}

TEST_CASE("the embedding page hears that the dialog is open once it is known for whom") {
    SUBCASE("the token's user, in the place of the one that was asked for") {
        Script script(Opening::Dialog, Script::Loading::Pending);
        script.happen(OpenRequested{.userId = 8});
        CHECK_FALSE(opened(script));
        Session session = sessionOf(Rights::all());
        session.prefill.values.userId = 7;
        session.prefill.locked = {Field::User};
        script.answer("session", 200, bodyOf(session));
        CHECK(script.raised("opened"));
        CHECK(opened(script)->detail == R"({"userId":7})");
    }
    SUBCASE("a user who was named by code") {
        Script script(Opening::Dialog);
        script.happen(OpenRequested{.userCode = "USER07"});
        CHECK_FALSE(script.raised("opened"));
        User user = userNamed(7, "Nguyễn Văn A");
        user.code = "USER07";
        script.answer("users", 200, bodyOf(std::vector{user}));
        CHECK(script.raised("opened"));
    }
    SUBCASE("nobody, where the code is nobody's or the session cannot be read; once alone") {
        Script script(Opening::Dialog, Script::Loading::Pending);
        script.happen(OpenRequested{.userCode = "USER07"});
        script.fail("session", ProblemCode::Internal);
        CHECK_FALSE(script.raised("opened"));
        script.answer("users", 200, bodyOf(std::vector<User>{}));
        CHECK(script.raised("opened"));
        script.answer("defaults", 200, bodyOf(Defaults{}));
        CHECK_FALSE(script.raised("opened"));
    }
    SUBCASE("before what was found is told, however late the rest comes") {
        Script script(Opening::Dialog, Script::Loading::Pending);
        script.happen(OpenRequested{.identity = std::string(kIdentity)});
        answerLookup(script);
        CHECK(opened(script));  // the first of the two
        CHECK(script.raised("lookedup"));
    }
}
