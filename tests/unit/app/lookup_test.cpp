// The identity, its look-up at SmartCA, and picking a serial.
#include <doctest/doctest.h>

#include "looking.h"
#include "web/app/picks.h"

using namespace smartca;
using namespace smartca::app;

namespace {

std::vector<RegisteredCertificate> two() {
    return {registered(std::string(kSerialA)), registered(std::string(kSerialB))};
}
bool finds(const DialogState& dialog, FindingCode code) {
    for (const Finding& finding : dialog.validation.findings)
        if (finding.code == code) return true;
    return false;
}

}  // namespace

TEST_CASE("why a create was refused is not talked over by the look-up that follows it") {
    for (const FindingCode why : {FindingCode::CertificateUnusable, FindingCode::SerialNotRegistered}) {
        Script script;
        script.fill();
        script.press(ControlKind::Submit);
        script.fail("certificates", ProblemCode::Findings, {{Field::Serial, why, {}}});
        CHECK(script.announced("1 field needs attention."));
        script.answer("lookups", 200,
                      bodyOf(LookupAnswer{std::string(kIdentity), {registered(std::string(kSerialB))}}));
        CHECK_FALSE(script.effect<Announce>());
    }
}

TEST_CASE("what was said of what is found is taken back with the number, the user and the choice") {
    const auto isTakenBack = [](const auto& change) {
        Script script;
        script.fill();
        change(script);
        const auto* said = script.effect<Announce>();
        return said != nullptr && said->text.find("Adds 1") == std::string::npos;
    };
    CHECK(isTakenBack([](Script& script) { script.type(ControlKind::Identity, "00109900000"); }));
    CHECK(isTakenBack([](Script& script) { script.type(ControlKind::Serial, "54"); }));
    CHECK(isTakenBack([](Script& script) { script.press(ControlKind::UserClear); }));
}

TEST_CASE("what VNPT itself said of a failure is heard, too") {
    Script script;
    script.open();
    script.type(ControlKind::Identity, std::string(kIdentity));
    script.press(ControlKind::LookUp);
    Problem problem;
    problem.code = ProblemCode::UpstreamRefused;
    problem.upstreamMessage = "Không có quyền";
    script.answer("lookups", 502, bodyOf(problem));
    CHECK(
        script.announced("VNPT SmartCA refused the request. “Không có quyền”. VNPT's support can tell why."));
}

TEST_CASE("leaving the identity looks it up once") {
    Script script;
    script.open();
    script.type(ControlKind::Identity, "001 099 000 001");
    CHECK(script.dialog().identity.kind == IdentityKind::CitizenCard);
    CHECK(script.requests("lookups") == 0);
    script.leave(ControlKind::Identity);
    CHECK(script.request("lookups").body == "{\"identity\":\"001099000001\"}");
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), two()}));
    CHECK(script.announced("2 certificates at VNPT SmartCA"));
    REQUIRE(registeredCertificates(script.dialog()));
    script.leave(ControlKind::Identity);
    CHECK(script.requests("lookups") == 1);
}

TEST_CASE("the second press of a double click creates nothing that the first has only just brought") {
    Script script;
    script.open();
    script.choose(userNamed(7, "Nguyễn Văn A"));
    script.type(ControlKind::Identity, std::string(kIdentity));
    const auto press = [&](ControlKind kind) { script.happen(Activated{{kind}}); };
    press(ControlKind::Submit);
    RegisteredCertificate held = registered(std::string(kSerialA));
    held.heldBy = {"Trần Thị Bích Ngọc"};
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), {held}}));
    press(ControlKind::Submit);
    CHECK_FALSE(script.waitsFor("certificates"));
    CHECK(script.dialog().doubt == Doubt::None);
    script.fire(Timer::Seen);
    press(ControlKind::Submit);
    REQUIRE(script.dialog().doubt == Doubt::Asked);
    press(ControlKind::DoubtWith);
    CHECK_FALSE(script.waitsFor("certificates"));
    script.fire(Timer::Seen);
    press(ControlKind::DoubtWith);
    CHECK(script.waitsFor("certificates"));
}

TEST_CASE("what a refused Create has looked up is seen before a press agrees to it") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active)});
    script.press(ControlKind::Submit);
    script.fail("certificates", ProblemCode::Findings,
                {{Field::Serial, FindingCode::SerialNotRegistered, {}}});
    script.answer("lookups", 200,
                  bodyOf(LookupAnswer{std::string(kIdentity), {found("aa02", CertificateStatus::Active)}}));
    script.happen(Activated{{ControlKind::Submit}});
    CHECK_FALSE(sends(script));
    script.press(ControlKind::Submit);
    CHECK(sends(script));
}

TEST_CASE("a look-up that began as the number was left is seen before a press agrees to it") {
    Script script;
    look(script, {found("aa01", CertificateStatus::Active)});
    script.happen(Activated{{ControlKind::Submit}});
    CHECK_FALSE(sends(script));
    script.press(ControlKind::Submit);
    CHECK(sends(script));
}

TEST_CASE("an identity that looks mistyped waits for the button") {
    Script script;
    script.open();
    script.type(ControlKind::Identity, "0100684379");  // its check digit should be 8
    script.leave(ControlKind::Identity);
    CHECK(script.requests("lookups") == 0);
    script.press(ControlKind::LookUp);
    CHECK(script.requests("lookups") == 1);
    script.press(ControlKind::LookUp);  // it runs already
    CHECK(script.requests("lookups") == 1);
}

TEST_CASE("a number that is nobody's is refused at its field, and SmartCA is not asked") {
    Script script;
    script.open();
    for (const char* typed : {"😀", "abc", "7"}) {
        CAPTURE(typed);
        script.type(ControlKind::Identity, typed);
        script.leave(ControlKind::Identity);
        CHECK(script.requests("lookups") == 0);
        script.press(ControlKind::LookUp);
        CHECK(script.requests("lookups") == 0);
        CHECK(script.announced("5 to 20 characters"));
        CHECK(script.focused(ControlKind::Identity));
    }
}

TEST_CASE("full-width digits are shown as they are understood once the field is left") {
    Script script;
    script.open();
    script.type(ControlKind::Identity, "００１０９９０００００１");
    CHECK(script.dialog().draft.identity.starts_with("０"));  // an input method is not disturbed
    script.leave(ControlKind::Identity);
    CHECK(script.dialog().draft.identity == "001099000001");
    CHECK(script.requests("lookups") == 1);
    script.type(ControlKind::Serial, "５４ａ");
    script.leave(ControlKind::Serial);
    CHECK(script.dialog().draft.serial == "54a");
}

TEST_CASE("the suggestion takes over the corrected tax code") {
    Script script;
    script.open();
    script.press(ControlKind::IdentitySuggestion);
    CHECK(script.last.effects.empty());
    script.type(ControlKind::Identity, "0100684379");
    script.press(ControlKind::IdentitySuggestion);
    CHECK(script.dialog().draft.identity == "0100684378");
    CHECK(script.focused(ControlKind::Identity));
    REQUIRE(script.effect<InsertText>());  // as if it were typed, so that the browser can undo it
    CHECK(script.effect<InsertText>()->text == "0100684378");
    CHECK(script.effect<InsertText>()->insertion == Insertion::All);
    script.leave(ControlKind::Identity);
    CHECK(script.waitsFor("lookups"));
}

TEST_CASE("looking up nothing points at the field instead") {
    Script script;
    script.open();
    script.press(ControlKind::LookUp);
    CHECK(script.requests("lookups") == 0);
    CHECK(script.focused(ControlKind::Identity));
    CHECK(findingAt(script.dialog(), Field::Identity));
}

TEST_CASE("a look-up of a number that has changed since is dropped") {
    Script script;
    script.open();
    script.type(ControlKind::Identity, std::string(kIdentity));
    script.leave(ControlKind::Identity);
    const RequestNumber first = script.request("lookups").number;
    script.type(ControlKind::Identity, "079305123456");
    REQUIRE(script.effect<CancelRequest>());
    CHECK(script.effect<CancelRequest>()->number == first);
    script.happen(Answered{first, 200, bodyOf(LookupAnswer{std::string(kIdentity), two()})});
    CHECK_FALSE(registeredCertificates(script.dialog()));
    script.leave(ControlKind::Identity);
    CHECK(script.requests("lookups") == 2);
}

TEST_CASE("certificates are shown only under the number they were found under") {
    Script script;
    script.open();
    script.lookUp(std::string(kIdentity), two());
    script.type(ControlKind::Identity, "00109900000");
    CHECK_FALSE(registeredCertificates(script.dialog()));
    script.type(ControlKind::Identity, std::string(kIdentity));
    REQUIRE(registeredCertificates(script.dialog()));
    script.leave(ControlKind::Identity);
    CHECK(script.requests("lookups") == 1);
}

TEST_CASE("a serial ticked under another number goes, a typed one stays") {
    Script script;
    script.open();
    script.lookUp(std::string(kIdentity), two());
    script.press(ControlKind::Pick, 1);
    script.lookUp("079305123456", {registered("aa01")});
    CHECK(script.dialog().draft.serials == std::vector<std::string>{"aa01"});
    script.type(ControlKind::Serial, "5401");
    script.lookUp(std::string(kIdentity), two());
    CHECK(script.dialog().draft.serial == "5401");
    CHECK(script.dialog().draft.serials.empty());
}

TEST_CASE(
    "what is already on the list is asked again when the user changes, and what is left to add is said") {
    Script script;
    script.open();
    script.lookUp(std::string(kIdentity), two());
    script.type(ControlKind::User, "a");
    script.fire(Timer::UserSearch);
    script.answer("users", 200, bodyOf({userNamed(7, "A")}));
    script.press(ControlKind::UserOption, 0);
    CHECK(script.request("lookups").body == "{\"identity\":\"001099000001\",\"userId\":7}");
    CHECK(registeredCertificates(script.dialog()));  // nothing jumps meanwhile
    auto certificates = two();
    certificates[0].onList = true;
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), certificates}));
    CHECK(script.dialog().lookup.answer.value.certificates[0].onList);
    CHECK(script.effect<Announce>()->text == prospectWords(Locale::English, script.dialog()));
    CHECK_FALSE(script.effect<Announce>()->text.empty());
}

TEST_CASE("a number that SmartCA does not know is told from one that has no certificate") {
    Script script;
    script.open();
    script.type(ControlKind::Identity, std::string(kIdentity));
    script.leave(ControlKind::Identity);
    LookupAnswer answer;
    answer.identity = kIdentity;
    answer.personUnknown = true;
    script.answer("lookups", 200, bodyOf(answer));
    CHECK(finds(script.dialog(), FindingCode::PersonUnknown));
    CHECK_FALSE(finds(script.dialog(), FindingCode::NoCertificate));
    CHECK(script.announced("does not know this number"));
}

TEST_CASE("no certificate under a number is said at the field") {
    Script script;
    script.open();
    script.lookUp(std::string(kIdentity), {});
    CHECK(finds(script.dialog(), FindingCode::NoCertificate));
    CHECK(script.announced("no certificate"));
    script.press(ControlKind::LookUp);  // its owner may have registered one since
    CHECK(script.waitsFor("lookups"));
}

TEST_CASE("Create asks SmartCA again about a number that had nothing: it may have by now") {
    Script script;
    script.open();
    script.choose(userNamed(7, "Nguyễn Văn A"));
    script.lookUp(std::string(kIdentity), {});
    script.press(ControlKind::Submit);
    CHECK(script.waitsFor("lookups"));
    CHECK_FALSE(script.waitsFor("certificates"));
}

TEST_CASE("a look-up that fails says so and can be repeated") {
    Script script;
    script.open();
    script.type(ControlKind::Identity, std::string(kIdentity));
    script.leave(ControlKind::Identity);
    script.fail("lookups", ProblemCode::UpstreamTimeout);
    REQUIRE(script.dialog().banner.trouble);
    CHECK(script.dialog().banner.trouble->code == ProblemCode::UpstreamTimeout);
    CHECK(script.dialog().banner.trouble->requestId == "7f3a-91c2");
    CHECK(script.announced("VNPT SmartCA does not answer. Try again in a moment;"));  // nothing of a create
    script.leave(ControlKind::Identity);
    CHECK(script.requests("lookups") == 1);
    script.press(ControlKind::BannerRetry);
    CHECK(script.requests("lookups") == 2);
    CHECK(script.focused(ControlKind::LookUp));  // the button that had it goes with its banner
    CHECK_FALSE(script.dialog().banner.trouble);
    script.answer("lookups", 200, "{\"certificates\":7}");
    CHECK(script.dialog().banner.trouble->origin == Origin::Foreign);
    script.press(ControlKind::BannerDismiss);
    CHECK_FALSE(script.dialog().banner.trouble);
}

TEST_CASE("a number that the proxy refuses is marked at its field") {
    Script script;
    script.open();
    script.type(ControlKind::Identity, std::string(kIdentity));
    script.leave(ControlKind::Identity);
    script.fail("lookups", ProblemCode::Findings, {{Field::Identity, FindingCode::InvalidText, {}}});
    CHECK_FALSE(script.dialog().banner.trouble);
    REQUIRE(findingAt(script.dialog(), Field::Identity));
    CHECK(findingAt(script.dialog(), Field::Identity)->code == FindingCode::InvalidText);
    script.type(ControlKind::Identity, "079305123456");
    CHECK_FALSE(findingAt(script.dialog(), Field::Identity));
}

TEST_CASE("Enter at a number that nobody has looked up looks it up; it sends the form once that is seen") {
    Script script;
    script.open();
    CHECK_FALSE(
        script.key(ControlKind::Identity, Key::Enter));  // nothing to look up: the form says what is missing
    script.type(ControlKind::Identity, std::string(kIdentity));
    CHECK(script.key(ControlKind::Identity, Key::Enter));
    CHECK(script.requests("lookups") == 1);
    CHECK(script.key(ControlKind::Serial, Key::Enter));  // it runs
    CHECK(script.requests("lookups") == 1);
    script.answer("lookups", 200, bodyOf(LookupAnswer{std::string(kIdentity), two()}));
    CHECK_FALSE(script.key(ControlKind::Identity, Key::Enter));
    CHECK_FALSE(script.key(ControlKind::Serial, Key::Enter));
}

TEST_CASE(
    "a serial that was written is looked up before it is sent, and a look-up that failed is tried again") {
    Script script;
    script.open();
    script.type(ControlKind::Identity, std::string(kIdentity));
    script.type(ControlKind::Serial, std::string(kSerialA));
    CHECK(script.key(ControlKind::Serial, Key::Enter));
    script.fail("lookups", ProblemCode::UpstreamTimeout);
    CHECK(script.key(ControlKind::Identity, Key::Enter));
    CHECK(script.requests("lookups") == 2);
}

TEST_CASE("a look-up that fails does not hide what became of a create") {
    Script script;
    look(script, several());
    script.press(ControlKind::Submit);
    SUBCASE("a part was added") {
        CreateAnswer answer;
        answer.added = {listed(11, "A")};
        answer.missing = {registered("aa05")};
        script.answer("certificates", 201, bodyOf(answer));
        script.fail("lookups", ProblemCode::UpstreamMaintenance);
        CHECK(script.dialog().banner.outcomeTitle == "Digital certificate created");
    }
    SUBCASE("nobody knows") {
        script.lose();
        script.press(ControlKind::LookUp);
        script.fail("lookups", ProblemCode::UpstreamMaintenance);
        CHECK(script.dialog().banner.trouble->origin == Origin::Lost);
        CHECK(script.dialog().banner.retry == Retry::Create);
        script.press(ControlKind::BannerRetry);
        CHECK(script.waitsFor("creates"));
        script.lose();
        script.press(ControlKind::LookUp);
        script.fail("lookups", ProblemCode::UpstreamMaintenance);
    }
    CHECK(script.announced("VNPT SmartCA is out of service"));
    CHECK(script.dialog().banner.also.starts_with(" VNPT SmartCA is out of service"));
    script.press(ControlKind::LookUp);
    CHECK(script.dialog().banner.isShown());
    CHECK(script.dialog().banner.also.empty());
}

TEST_CASE("what a banner advises already is not said twice in it") {
    Script script;
    look(script, several());
    script.press(ControlKind::Submit);
    script.lose();
    script.press(ControlKind::LookUp);
    script.answer("lookups", 0, "");
    CHECK(script.dialog().banner.trouble->origin == Origin::Lost);
    CHECK(script.dialog().banner.also == " No answer from the server.");
    script.press(ControlKind::LookUp);
    script.answer("lookups", 200, "<html>");
    CHECK(script.dialog().banner.also.starts_with(
        " The server's answer could not be read. Something on the way may have answered instead."));
}

TEST_CASE("what is too large need not have an image in it") {
    Script script;
    look(script, several());
    script.press(ControlKind::LookUp);
    script.answer("lookups", 413, "");
    CHECK(
        script.announced("What was sent is too large. Shorten what was typed, or choose a smaller image if "
                         "there is one."));
}

TEST_CASE("settings that do not load do not hide that a create is not known of") {
    Script script;
    script.fill();
    script.press(ControlKind::Submit);
    script.lose();
    script.type(ControlKind::User, "B");
    script.fire(Timer::UserSearch);
    script.answer("users", 200, bodyOf(std::vector<User>{userNamed(8, "Trần Thị B")}));
    script.press(ControlKind::UserOption, 0);
    script.answer("defaults?userId=", 0, "");
    CHECK(script.dialog().banner.trouble->origin == Origin::Lost);
    CHECK(script.dialog().banner.also == " No answer from the server. Check the connection, then try again.");
}
