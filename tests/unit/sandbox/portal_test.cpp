// The portal as a client of eContract's API meets it.
#include <algorithm>

#include "fixture.h"

namespace smartca::sandbox {
namespace {

// A portal with a clock of its own, called as the server's routes call it.
struct PortalBench {
    std::int64_t now = systemClock();
    Portal portal{demoVault(), demoPlan(), {60, [this] { return now; }}};
    std::string token{};

    PortalBench() { token = logIn(); }

    PortalRequest request(const Json& body = Json::object()) const {
        PortalRequest made;
        made.token = token;
        made.query = [](const char*) { return std::string(); };
        made.body = PortalBody(body.dump());
        return made;
    }
    std::string logIn() {
        auto login = request(
            {{"username", kDemoPortalUsername}, {"password", kDemoPortalPassword}, {"companyId", 101}});
        return portal.login(login, Portal::LoginVersion::V1).envelope.at("data");
    }
    Json user(std::int64_t id) {
        auto asked = request();
        asked.id = id;
        return portal.user(asked).envelope.at("data");
    }
    Reply add(const Json& body) {
        auto asked = request(body);
        return portal.addCertificates(asked);
    }
    void configure(const Json& change) { REQUIRE_FALSE(portal.configure(change)); }
};

std::size_t countIn(const Json& user) {
    return user.at("userCertificates").size();
}

}  // namespace

TEST_CASE_FIXTURE(PortalBench, "a wrong password and a token that is over are HTTP 401 with code 401") {
    auto login = request({{"username", kDemoPortalUsername}, {"password", "wrong"}, {"companyId", 101}});
    const Reply refused = portal.login(login, Portal::LoginVersion::V1);
    CHECK(refused.status == 401);
    CHECK(refused.envelope.at("code") == 401);
    now += 61;
    auto users = request();
    CHECK(portal.users(users).status == 401);
}

TEST_CASE_FIXTURE(PortalBench, "in version 2 an account of several companies chooses one") {
    configure({{"chooseKeepsToken", true}});
    auto login = request({{"username", kDemoGroupUsername}, {"password", kDemoPortalPassword}});
    token = portal.login(login, Portal::LoginVersion::V2).envelope.at("data");
    auto choose = request({{"comId", 101}});
    CHECK(portal.chooseCompany(choose).envelope.at("data") == true);
    CHECK(user(1).at("code") == "USER01");
    auto other = request({{"comId", 999}});
    CHECK(portal.chooseCompany(other).envelope.at("success") == false);
}

TEST_CASE_FIXTURE(PortalBench, "a blank serial number attaches every certificate of the identity, once") {
    const std::size_t before = countIn(user(5));
    CHECK(countIn(add({{"userId", 5}, {"userName", "0100684378"}}).envelope.at("data")) == before + 3);
    CHECK(countIn(add({{"userId", "5"}, {"UserName", "0100684378"}}).envelope.at("data")) == before + 3);
    configure({{"refuseDuplicates", true}});
    CHECK(add({{"userId", 5}, {"userName", "0100684378"}}).envelope.at("success") == false);
}

TEST_CASE_FIXTURE(PortalBench,
                  "a serial number attaches that certificate, and an unknown one is refused with words") {
    const std::string serial = demoIdentity("0100684378").certificates.at(1).serial;
    const Json added = add({{"userId", 6}, {"username", "0100684378"}, {"serialNumber", serial}}).envelope;
    CHECK(added.at("data").at("userCertificates").at(0).at("serialNumber") == serial);
    const Reply refused = add({{"userId", 6}, {"userName", "0100684378"}, {"serialNumber", "5401"}});
    CHECK(refused.status == 200);
    CHECK(refused.envelope.at("success") == false);
    CHECK(refused.envelope.at("messages").at(0) == "Không tìm thấy chứng thư số 5401");
}

TEST_CASE_FIXTURE(PortalBench, "reads may lag behind a change") {
    configure({{"staleReads", 1}});
    const std::size_t before = countIn(user(7));
    CHECK(countIn(add({{"userId", 7}, {"userName", "B1234567"}}).envelope.at("data")) == before + 1);
    CHECK(countIn(user(7)) == before);
    CHECK(countIn(user(7)) == before + 1);
}

TEST_CASE_FIXTURE(PortalBench, "deleting the default makes another certificate the default") {
    const Json both = add({{"userId", 8}, {"userName", "0100684378"}}).envelope.at("data");
    const std::int64_t first = both.at("defaultSmartCa").at("id");
    auto request = this->request({{"userId", 8}, {"id", std::to_string(first)}});
    const Json after = portal.deleteCertificate(request).envelope.at("data");
    CHECK(countIn(after) == 2);
    CHECK(after.at("defaultSmartCa").at("id") != first);
}

TEST_CASE_FIXTURE(PortalBench, "in version 2 an account of one company needs to choose none") {
    auto login = request({{"username", kDemoPortalUsername}, {"password", kDemoPortalPassword}});
    token = portal.login(login, Portal::LoginVersion::V2).envelope.at("data");
    CHECK(user(1).at("code") == "USER01");
}

TEST_CASE_FIXTURE(PortalBench, "a log-in may answer an object, with the token under a key of its own") {
    configure({{"loginKey", "accessToken"}});
    auto login = request({{"username", kDemoPortalUsername}, {"password", kDemoPortalPassword}});
    token = portal.login(login, Portal::LoginVersion::V2).envelope.at("data").at("accessToken");
    CHECK(user(1).at("code") == "USER01");
}

TEST_CASE_FIXTURE(PortalBench, "a process code logs its recipient in, and an unknown one is refused") {
    auto login = request({{"processCode", "USER02"}});
    token = portal.processCodeLogin(login).envelope.at("data").at("token");
    CHECK(user(1).at("code") == "USER01");
    auto unknown = request({{"processCode", ""}});
    CHECK(portal.processCodeLogin(unknown).envelope.at("success") == false);
}

TEST_CASE_FIXTURE(PortalBench, "what public clients read as booleans of a user is never null") {
    for (const char* key : {"waitingChangeRequest", "twoFactorEnabled", "isValid", "isAccountLocked"})
        CHECK(user(1).at(key).is_boolean());
}

TEST_CASE_FIXTURE(PortalBench, "create-or-update makes one user and changes another") {
    auto both = request(Json::array({{{"code", "NEW01"}, {"name", "Người Mới"}},
                                     {{"code", "USER05"}, {"name", "Đinh Quốc Toàn Hai"}, {"status", 1}}}));
    const Json made = portal.createOrUpdateUsers(both).envelope.at("data");
    CHECK(user(made.at(0).at("id")).at("name") == "Người Mới");
    CHECK(made.at(1).at("id") == 5);
    CHECK(user(5).at("name") == "Đinh Quốc Toàn Hai");
    auto nameless = request(Json::array({Json{{"name", "Ai"}}}));
    CHECK(portal.createOrUpdateUsers(nameless).envelope.at("success") == false);
}

TEST_CASE_FIXTURE(PortalBench, "smart-ca/update takes ids as texts, and a name of null") {
    const std::int64_t id = add({{"userId", 9}, {"userName", "B1234567"}})
                                .envelope.at("data")
                                .at("userCertificates")
                                .at(0)
                                .at("id");
    auto named = request({{"userId", "9"}, {"id", std::to_string(id)}, {"name", "Ký tắt"}});
    CHECK(portal.updateCertificate(named).envelope.at("data").at("userCertificates").at(0).at("name") ==
          "Ký tắt");
    auto nameless =
        request({{"userId", "9"}, {"id", std::to_string(id)}, {"isSetDefault", true}, {"name", nullptr}});
    const Json after = portal.updateCertificate(nameless).envelope;
    CHECK(after.at("success") == true);
    CHECK(after.at("data").at("defaultSmartCa").at("name").is_null());
}

TEST_CASE_FIXTURE(PortalBench, "the documented oddities can be switched on") {
    configure({{"idsAsText", true}, {"singleMessage", true}, {"successSays200", true}});
    auto users = request();
    const Json envelope = portal.users(users).envelope;
    CHECK(envelope.at("code") == 200);
    CHECK(envelope.at("message") == "");
    CHECK(envelope.at("data").at("items").at(0).at("id") == "1");
    CHECK(portal.configure({{"idsAsTxt", true}}).has_value());
}

TEST_CASE_FIXTURE(RunningSandbox,
                  "a fault for one path leaves the others alone, and the ledger tells what was done") {
    setFault({{"mode", "dropUndone"}, {"path", "/api/users/smart-ca/add"}});
    CHECK(lookUp().status() == 200);
    CHECK(send("POST", "/api/users/smart-ca/add", R"({"userId":1,"userName":"B1234567"})").ending ==
          Ending::Cut);
    const Json ledger = Json::parse(send("GET", "/sandbox/econtract/ledger").body());
    CHECK(ledger.at("total") == 1);
    CHECK(ledger.at("entries").at(0).at("done") == false);
    CHECK(ledger.at("entries").at(0).at("userName") == "B1234567");
}

}  // namespace smartca::sandbox
