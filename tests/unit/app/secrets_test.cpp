// Numbers and secret keys in the forms that people have them in, and the one-time code.
#include <doctest/doctest.h>

#include "script.h"

using namespace smartca;
using namespace smartca::app;

namespace {

constexpr const char* kLink = "otpauth://totp/SmartCA:0100684378?secret=JBSWY3DPEHPK3PXP&issuer=SmartCA";

void openBusiness(Script& script) {
    script.open();
    script.press(ControlKind::Business);
}

}  // namespace

TEST_CASE("of an otpauth link the field keeps the key alone, and it is known whose it is") {
    Script script;
    openBusiness(script);
    script.type(ControlKind::SecretKey, kLink);
    CHECK(script.dialog().draft.secretKey == "JBSWY3DPEHPK3PXP");
    REQUIRE(script.dialog().secrets.link);
    CHECK(script.dialog().secrets.link->issuer == "SmartCA");
    CHECK(script.effect<ComputeCode>());
    CHECK_FALSE(findingAt(script.dialog(), Field::SecretKey));
    script.type(ControlKind::SecretKey, "JBSWY3DPEHPK3PX");
    CHECK_FALSE(script.dialog().secrets.link);
}

TEST_CASE("secrets that were typed for another user or number are asked about before they are sent") {
    enum class Other { None, User, Number, NumberThatWasNobodys };
    for (const Other other : {Other::None, Other::User, Other::Number, Other::NumberThatWasNobodys}) {
        CAPTURE(static_cast<int>(other));
        Script script;
        script.open();
        script.choose(userNamed(7, "Nguyễn Văn A"));
        const bool wasNobodys = other == Other::NumberThatWasNobodys;
        script.lookUp("0100684378", wasNobodys ? std::vector<RegisteredCertificate>{}
                                               : std::vector{registered(std::string(kSerialA))});
        script.press(ControlKind::Business);
        script.type(ControlKind::Password, "of the company");
        script.type(ControlKind::SecretKey, "JBSWY3DPEHPK3PXP");
        if (other == Other::User) {
            script.press(ControlKind::UserClear);
            script.choose(userNamed(8, "Nguyễn Văn A"));
            script.answer("lookups", 200,
                          bodyOf(LookupAnswer{"0100684378", {registered(std::string(kSerialA))}}));
        }
        if (other == Other::Number || wasNobodys)
            script.lookUp(std::string(kIdentity), {registered(std::string(kSerialB))});
        script.press(ControlKind::Submit);
        const bool asks = other == Other::User || other == Other::Number;
        CHECK((script.dialog().doubt == Doubt::Asked) == asks);
        CHECK(script.announced("Use this password and secret key?") == asks);
        CHECK(script.dialog().busy() == !asks);
        if (!asks) continue;
        script.type(ControlKind::Password, "their own");
        CHECK(script.dialog().doubt == Doubt::None);
        script.press(ControlKind::Submit);
        CHECK(script.dialog().doubt == Doubt::Asked);  // the key is still the other's
        script.type(ControlKind::SecretKey, "JBSWY3DPEHPK3PXQ");
        script.press(ControlKind::Submit);
        CHECK(script.dialog().busy());
    }
}

TEST_CASE("a link for codes of another kind is warned of although the field keeps the key alone") {
    Script script;
    openBusiness(script);
    script.type(ControlKind::SecretKey, std::string(kLink) + "&digits=8");
    REQUIRE(findingAt(script.dialog(), Field::SecretKey));
    CHECK(findingAt(script.dialog(), Field::SecretKey)->code == FindingCode::SecretKeyOtherCodes);
    script.type(ControlKind::SecretKey, kLink);
    CHECK_FALSE(findingAt(script.dialog(), Field::SecretKey));
}

TEST_CASE("a key that is no link stays as it was copied") {
    Script script;
    openBusiness(script);
    script.type(ControlKind::SecretKey, "Khóa bí mật: MDAxMTIyMzM0NDU1NjY3Nzg4OTlBQUJCQ0NEREVFRkY");
    CHECK(script.dialog().draft.secretKey == "Khóa bí mật: MDAxMTIyMzM0NDU1NjY3Nzg4OTlBQUJCQ0NEREVFRkY");
    CHECK_FALSE(script.dialog().secrets.link);
    REQUIRE(script.effect<ComputeCode>());
    CHECK(script.effect<ComputeCode>()->key == "00112233445566778899AABBCCDDEEFF");
}

TEST_CASE("a link that is odd is not warned of while the business account is off") {
    Script script;
    openBusiness(script);
    script.type(ControlKind::SecretKey, std::string(kLink) + "&digits=8");
    script.press(ControlKind::Business);
    CHECK_FALSE(findingAt(script.dialog(), Field::SecretKey));
    script.press(ControlKind::Business);
    CHECK(findingAt(script.dialog(), Field::SecretKey));
    CHECK(script.dialog().secrets.link->issuer == "SmartCA");
}

TEST_CASE("the one-time code is made with the server's time") {
    Script script(Opening::Page, Script::Loading::Pending);
    Session session;
    session.now = script.state.now - 600;  // this computer is ten minutes fast
    script.answer("session", 200, bodyOf(session));
    openBusiness(script);
    script.type(ControlKind::SecretKey, kLink);
    REQUIRE(script.effect<ComputeCode>());
    CHECK(script.effect<ComputeCode>()->ahead == -600);
    script.fire(Timer::Code);
    CHECK(script.effect<ComputeCode>()->ahead == -600);
}

TEST_CASE("an empty identity field offers the numbers of the user's certificates, two at most") {
    Script script;
    script.open();
    CHECK(identitySuggestions(script.dialog()).empty());
    script.type(ControlKind::User, "a");
    script.fire(Timer::UserSearch);
    script.answer("users", 200, bodyOf(std::vector<User>{userNamed(7, "Nguyễn Văn A")}));
    script.press(ControlKind::UserOption, 0);
    Defaults defaults;
    defaults.user.emplace();
    defaults.identities = {"001099000001", "0100684378", "B1234567"};
    script.answer("defaults?userId=", 200, bodyOf(defaults));
    CHECK(identitySuggestions(script.dialog()) == std::vector<std::string>{"001099000001", "0100684378"});
    script.press(ControlKind::IdentitySuggestion, 1);
    CHECK(script.dialog().draft.identity == "0100684378");
    CHECK(identitySuggestions(script.dialog()).empty());
    script.press(ControlKind::UserClear);
    script.type(ControlKind::Identity, "");
    CHECK(identitySuggestions(script.dialog()).empty());
}

TEST_CASE("where a number may be read in two ways each can be taken over") {
    Script script;
    script.open();
    script.type(ControlKind::Identity, "1200123456");
    CHECK(identitySuggestions(script.dialog()) == std::vector<std::string>{"001200123456", "1200123459"});
    script.press(ControlKind::IdentitySuggestion, 0);
    CHECK(script.dialog().draft.identity == "001200123456");
}

TEST_CASE("a number that a spreadsheet shortened is not asked for, and it is said why") {
    Script script;
    script.open();
    script.type(ControlKind::Identity, "1.099E+11");
    script.press(ControlKind::LookUp);
    CHECK(script.requests("lookups") == 0);
    CHECK(script.focused(ControlKind::Identity));
    CHECK(script.announced("A spreadsheet shortened this number"));
}

TEST_CASE("what is odd about a link is warned of still when a create that was left is opened again") {
    Script script;
    script.fill();
    script.press(ControlKind::Business);
    script.press(ControlKind::Pick, 0);
    script.type(ControlKind::Password, "secret");
    script.type(ControlKind::SecretKey, std::string(kLink) + "&digits=8");
    script.press(ControlKind::Submit);
    REQUIRE(script.dialog().busy());
    script.press(ControlKind::Cancel);
    script.fail("certificates", ProblemCode::UpstreamTimeout);
    script.press(ControlKind::NoticeAct, 0);
    REQUIRE(findingAt(script.dialog(), Field::SecretKey));
    CHECK(findingAt(script.dialog(), Field::SecretKey)->code == FindingCode::SecretKeyOtherCodes);
}
