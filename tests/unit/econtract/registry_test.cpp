// What only eContract does: tokens, oddities of the wire, what it cannot save.
#include <algorithm>
#include <thread>

#include "worlds.h"

namespace smartca::econtract {
namespace {

constexpr const char* kSettings = "/api/users/smart-ca/settings";

RegistryOptions mapped(const std::string& map) {
    auto parsed = FieldMap::parse(map);
    REQUIRE(parsed.ok());
    RegistryOptions options;
    options.fieldMap = std::move(parsed).value();
    return options;
}
PortalOptions version2(std::int64_t company) {
    PortalOptions options;
    options.login = {LoginVersion::V2, company};
    return options;
}

Attachment business(UserId user) {
    Attachment made = attachment(user, {certificatesOf(kCompany)[0]});
    made.certificates[0].type = CertificateType::Business;
    made.draft.password = "Mật khẩu canary 7f3a";
    made.draft.secretKey = "MDAxMTIyMzM0NDU1NjY3Nzg4OTlBQUJCQ0NEREVFRkY=";
    made.draft.signatureText = "Ký bởi: canary";
    made.draft.displayMode = DisplayMode::ImageOnly;
    return made;
}

Attached attachTo(PortalWorld& world, const Attachment& attachment) {
    auto attached = world.tryToAttach(attachment);
    REQUIRE(attached.ok());
    return std::move(attached).value();
}

bool hasKey(const Json& entry, const char* key) {
    const auto keys = entry.at("keys").get<std::vector<std::string>>();
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

TEST_CASE("one log-in serves every call, in version 1 with the company") {
    PortalWorld world;
    CHECK(world.registry().user(1).ok());
    CHECK(world.registry().users({}).ok());
    CHECK(world.logins() == 1);
    CHECK(hasKey(world.asked("/api/auth/password-login").at(0), "companyId"));
}

TEST_CASE("in version 2 a company is chosen, whether that gives a new token or keeps the old one") {
    for (const bool keeps : {false, true}) {
        PortalWorld world({}, version2(102));
        world.account.username = sandbox::kDemoGroupUsername;
        world.quirk("chooseKeepsToken", keeps);
        CHECK(world.registry().user(90).ok());
        CHECK(world.registry().user(1).error().code == ProblemCode::NotFound);  // of the other company
    }
}

TEST_CASE("in version 2 an account of one company needs none, and one of several is told to choose") {
    PortalWorld one({}, version2(0));
    CHECK(one.registry().user(1).ok());
    PortalWorld several({}, version2(0));
    several.account.username = sandbox::kDemoGroupUsername;
    const auto refused = several.registry().user(1);
    CHECK(refused.error().code == ProblemCode::PortalCredentials);
    CHECK(refused.error().detail.find("(101, 102); choose one with --econtract-company") !=
          std::string::npos);
}

TEST_CASE("a log-in's data may be an object that holds the token") {
    for (const char* key : {"token", "accessToken", "access_token", "access"}) {
        CAPTURE(key);
        PortalWorld world;
        world.quirk("loginKey", key);
        CHECK(world.registry().user(1).ok());
    }
    PortalWorld other;
    other.quirk("loginKey", "refreshToken");
    const auto refused = other.registry().user(1);
    CHECK(refused.error().code == ProblemCode::PortalNonsense);
    CHECK(refused.error().detail == "log-in: the answer holds no token");
}

TEST_CASE("a wrong password is told in the portal's words, and not tried again until it changes") {
    PortalWorld world;
    world.account.password = "wrong canary";
    for (int i = 0; i < 3; ++i) {
        const auto refused = world.registry().users({});
        CHECK(refused.error().code == ProblemCode::PortalCredentials);
        CHECK(refused.error().message == "Tên đăng nhập hoặc mật khẩu không đúng");
        CHECK(refused.error().detail.find("canary") == std::string::npos);
        CHECK(refused.error().detail.find("correct --econtract-username-file or") != std::string::npos);
    }
    CHECK(world.control("/sandbox/econtract").at("refusedLogins") == 1);
    world.account.password = sandbox::kDemoPortalPassword;
    CHECK(world.registry().users({}).ok());
}

TEST_CASE(
    "a token that was revoked is replaced once, for a question and for a change, in both ways of saying so") {
    for (const bool asHttp200 : {false, true}) {
        PortalWorld world;
        world.quirk("unauthorizedAsHttp200", asHttp200);
        REQUIRE(world.registry().user(1).ok());
        world.quirk("revokeTokens", true);
        CHECK(world.registry().user(1).ok());
        CHECK(world.logins() == 2);
        world.quirk("revokeTokens", true);
        CHECK(attachTo(world, attachment(1, certificatesOf(kPerson))).added.size() == 1);
        CHECK(world.logins() == 3);
        CHECK(world.asked("/smart-ca/add").size() == 1);  // the read before it had met the 401
    }
}

TEST_CASE("401 after a fresh log-in is an error, not a loop") {
    PortalWorld world;
    world.quirk("tokenSeconds", 0);
    const auto refused = world.registry().user(1);
    CHECK(refused.error().code == ProblemCode::PortalCredentials);
    CHECK(world.logins() == 2);
    CHECK(world.asked("/api/users/1").size() == 2);
}

TEST_CASE("of many requests whose token ended, one logs in for all") {
    PortalWorld world;
    REQUIRE(world.registry().user(1).ok());
    world.quirk("revokeTokens", true);
    std::atomic<int> served{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] { served += world.registry().user(2).ok() ? 1 : 0; });
    }
    CHECK(served == 8);
    CHECK(world.logins() == 2);
}

TEST_CASE("every documented oddity of the wire is understood") {
    for (const char* quirk :
         {"idsAsText", "singleMessage", "successSays200", "errorsAsHttp400", "answersWithoutList"}) {
        CAPTURE(quirk);
        PortalWorld world;
        world.quirk(quirk, true);
        const auto added = attachTo(world, attachment(1, certificatesOf(kCompany))).added;
        CHECK(added.size() == 3);
        CHECK(world.registry()
                  .change(added[0].id, {.name = "Tên", .isDefault = true}, wallClock(), {})
                  .value()
                  .name == "Tên");
        CHECK(world.registry().remove(added[1].id, {}).ok());
        CHECK(world.registry().certificates({.now = wallClock()}).value().totalCount == 2);
        CHECK(world.registry().user(99).error().message == "Không tìm thấy người dùng");
    }
}

TEST_CASE("where SmartCA has more than what is wanted, the portal is never asked for all of the identity") {
    PortalWorld world;
    Attachment some = attachment(1, certificatesOf(kCompany));
    some.certificates.pop_back();
    some.extent = registry::Extent::Some;
    CHECK(attachTo(world, some).added.size() == 2);
    const auto adds = world.asked("/smart-ca/add");
    REQUIRE(adds.size() == 2);
    CHECK(adds[0].at("serialNumber") == some.certificates[0].serial);
    CHECK(adds[1].at("serialNumber") == some.certificates[1].serial);
    CHECK(world.registry().certificates({.now = wallClock()}).value().totalCount == 2);
}

TEST_CASE("what the portal adds beyond what was asked for is told and audited, and gets no secrets") {
    PortalWorld world(mapped(R"({"password": {"path": "/api/users/smart-ca/settings", "key": "p"}})"));
    world.quirk("passesOverSerials", true);
    const Attached attached = attachTo(world, business(1));
    CHECK(attached.added.size() == 3);
    CHECK(attached.missing.empty());
    CHECK(world.asked(kSettings).size() == 1);
    const auto entry = world.auditLog().back();
    CHECK(entry.reason == "moreThanAsked");
    for (const auto& certificate : certificatesOf(kCompany))
        CHECK(entry.serials.find(certificate.serial) != std::string::npos);
}

TEST_CASE("other holders are those who were seen lately, and nobody is asked for them") {
    PortalWorld world;
    const std::string serial = certificatesOf(kPerson)[0].serial;
    using Names = std::vector<std::vector<std::string>>;
    CHECK(world.registry().holdersOf({serial}, 1).value() == Names{{}});
    attachTo(world, attachment(2, certificatesOf(kPerson)));
    const auto asked = world.asked("/api/users/2").size();
    CHECK(world.registry().holdersOf({serial, "5401"}, 1).value() == Names{{"Trần Thị Bích Ngọc"}, {}});
    CHECK(world.registry().holdersOf({serial}, 2).value() == Names{{}});
    CHECK(world.asked("/api/users/2").size() == asked);
}

TEST_CASE("userName is what the identity is sent as, and the serial number only where one is meant") {
    PortalWorld world;
    attachTo(world, attachment(1, certificatesOf(kPerson)));
    attachTo(world, attachment(1, certificatesOf(kCompany)));
    const auto adds = world.asked("/smart-ca/add");
    REQUIRE(adds.size() == 2);
    CHECK(hasKey(adds[0], "userName"));
    CHECK(adds[0].at("serialNumber") == certificatesOf(kPerson)[0].serial);
    CHECK(adds[1].at("serialNumber") == "");  // all of the identity, in one call
    CHECK(adds[1].at("added").size() == 3);
}

TEST_CASE("what is there already is not sent again, and the rest goes one by one") {
    PortalWorld world;
    world.quirk("refuseDuplicates", true);
    const auto all = certificatesOf(kCompany);
    attachTo(world, attachment(1, {all[1]}));
    const Attached attached = attachTo(world, attachment(1, all));
    CHECK(attached.added.size() == 2);
    CHECK(attached.alreadyOnList == std::vector{all[1].serial});
    CHECK(world.asked("/smart-ca/add").size() == 3);
    attachTo(world, attachment(1, all));
    CHECK(world.asked("/smart-ca/add").size() == 3);
}

TEST_CASE("the list of an add's answer counts, though reads lag behind it") {
    PortalWorld world;
    world.quirk("staleReads", 1);
    CHECK(attachTo(world, attachment(1, certificatesOf(kPerson))).added.size() == 1);
}

TEST_CASE("a read that lags behind a change of ours is asked again, and what others do shows") {
    PortalWorld world;
    const auto ids = attachTo(world, attachment(1, certificatesOf(kCompany))).added;
    REQUIRE(ids.size() == 3);
    const auto list = [&] {
        return world.registry().certificates({.userId = 1, .now = wallClock()}).value().items;
    };
    const auto named = [&](std::string_view name) {
        const auto rows = list();
        return std::ranges::count(rows, name, &Certificate::name);
    };
    const auto rename = [&](std::string name) {
        CHECK(world.registry()
                  .change(ids[1].id, {.name = std::move(name), .isDefault = {}}, wallClock(), {})
                  .ok());
    };
    world.quirk("staleReads", 2);
    rename("Mới");
    CHECK(named("Mới") == 1);
    CHECK(named("Mới") == 1);
    rename("Cũ");
    rename("Mới");
    CHECK(named("Mới") == 1);
    CHECK(world.registry().remove(ids[0].id, {}).ok());
    CHECK(list().size() == 2);
    CHECK(world.registry().certificates({.now = wallClock()}).value().totalCount == 2);
    world.quirk("staleReads", 0);
    REQUIRE(world.portal().change("/api/users/smart-ca/delete", {{"id", ids[1].id}, {"userId", 1}}).ok());
    CHECK(list().size() == 1);
}

TEST_CASE("without a map nothing but the documented keys is sent, and nothing is claimed") {
    PortalWorld world;
    CHECK(world.registry().saves().empty());
    const Attached attached = attachTo(world, business(1));
    CHECK(attached.added.at(0).type == CertificateType::SmartCa);
    CHECK(world.asked("/smart-ca/add").at(0).at("keys") == Json({"serialNumber", "userId", "userName"}));
    CHECK(world.asked("/api/users/update").empty());
}

TEST_CASE("mapped fields travel in the add or after it, and are saved") {
    PortalWorld world(
        mapped(R"({"businessAccount": {"path": "/api/users/smart-ca/add", "key": "isBusinessSmartCaAccount"},
        "password": {"path": "/api/users/smart-ca/settings", "key": "smartCaPassword"},
        "displayMode": {"path": "/api/users/smart-ca/settings", "key": "signatureDisplayMode"}})"));
    CHECK(world.registry().saves() ==
          std::vector{Field::BusinessAccount, Field::Password, Field::DisplayMode});
    const Attached attached = attachTo(world, business(1));
    CHECK(attached.added.at(0).type == CertificateType::Business);
    CHECK(attached.notSaved.empty());
    const auto settings = world.asked(kSettings);
    REQUIRE(settings.size() == 1);
    CHECK(settings[0].at("keys") == Json({"id", "signatureDisplayMode", "smartCaPassword", "userId"}));
}

TEST_CASE("a mapped field that could not be written is told, though the certificate is attached") {
    PortalWorld world(mapped(R"({"password": {"path": "/api/users/smart-ca/nowhere", "key": "p"}})"));
    const Attached attached = attachTo(world, business(1));
    CHECK(attached.added.size() == 1);
    CHECK(attached.notSaved == std::vector{Field::Password});
    REQUIRE(world.notes.size() == 1);
    CHECK(world.notes[0].find("canary") == std::string::npos);
}

TEST_CASE("why the portal refuses a mapped field is told in its words") {
    PortalWorld world(
        mapped(R"({"password": {"path": "/api/users/smart-ca/settings", "key": "smartCaPassword"}})"));
    world.fault({{"mode", "status403"}, {"path", kSettings}, {"count", 1}});
    const Attached attached = attachTo(world, business(1));
    CHECK(attached.notSaved == std::vector{Field::Password});
    REQUIRE(attached.refusal);
    CHECK_FALSE(attached.refusal->message.empty());
}

TEST_CASE("a mapped field that the portal takes and does not keep is told, where the portal shows it") {
    PortalWorld world(mapped(R"({"businessAccount": {"path": "/api/users/smart-ca/add", "key": "wrongKey"},
        "displayMode": {"path": "/api/users/smart-ca/settings", "key": "wrongKeyToo"}})"));
    CHECK(attachTo(world, business(1)).notSaved == std::vector{Field::BusinessAccount, Field::DisplayMode});
}

TEST_CASE("the signature text is written where the operator allows it, and the rest of the user stays") {
    PortalWorld world({.signatureTexts = SignatureTexts::Written});
    CHECK(world.registry().saves() == std::vector{Field::SignatureText});
    CHECK(attachTo(world, business(2)).notSaved.empty());
    CHECK(world.registry().userSettings(2).value().text == "Ký bởi: canary");
    const User user = world.registry().user(2).value();
    CHECK(user.name == "Trần Thị Bích Ngọc");
    CHECK(user.phone == "0919000222");
    CHECK(user.email == "ngoc@example.vn");
}

TEST_CASE("how many certificates a user has is not told from longer ago than a list would be") {
    RegistryOptions options;
    options.directory.fresh = std::chrono::milliseconds(0);
    PortalWorld world(std::move(options));
    attachTo(world, attachment(1, certificatesOf(kPerson)));
    CHECK(world.registry().users({.search = "USER01"}).value().items.at(0).certificateCount == kCountUnknown);
}

TEST_CASE("how many certificates a user has is told once it has been seen, and not before") {
    PortalWorld world;
    CHECK(world.registry().users({.search = "USER01"}).value().items.at(0).certificateCount == kCountUnknown);
    attachTo(world, attachment(1, certificatesOf(kPerson)));
    CHECK(world.registry().users({.search = "USER01"}).value().items.at(0).certificateCount == 1);
}

}  // namespace smartca::econtract
