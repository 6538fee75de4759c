#include "proxy/companies.h"

#include <doctest/doctest.h>

namespace smartca {
namespace {

std::string refusal(const std::string& companies) {
    const auto read = readCompanies(R"({"companies": )" + companies + "}");
    return read ? "" : read.error();
}

struct Opened {
    std::vector<std::string> names;
    std::map<std::string, upstream::AccountSource> accounts;
    std::optional<std::string> wrong;
    Companies companies{
        [this](const CompanyEntry& entry,
               const Companies::Accounts& own) -> Result<std::unique_ptr<Company>, std::string> {
            if (wrong) return *wrong;
            names.push_back(entry.name);
            accounts[entry.name] = own.smartCa;
            return std::make_unique<Company>();
        },
        {.smartCa = [] { return upstream::Account{"usual", "secret"}; }, .portal = {}}};

    std::optional<std::string> take(const std::string& json) {
        auto entries = readCompanies(json);
        REQUIRE(entries);
        return companies.take(std::move(entries).value());
    }
};

}  // namespace

TEST_CASE("the file names companies, each with the accounts that are its own") {
    const auto read = readCompanies(R"({"companies": [{"name": "main"},
        {"name": "Bưu điện Hà Nội", "smartca": {"id": "a", "password": "b"},
         "econtract": {"company": 102, "username": "c", "password": "d"}, "settings": "settings.json"}]})");
    REQUIRE(read);
    REQUIRE(read.value().size() == 2);
    CHECK_FALSE(read.value()[0].smartCa);
    const auto& second = read.value()[1];
    CHECK(second.name == "Bưu điện Hà Nội");
    CHECK(second.smartCa->password == "b");
    CHECK(second.portal->name == "c");
    CHECK(second.portalCompany == 102);
    CHECK(second.settings == "settings.json");
}

TEST_CASE("what is wrong with the file is said with its place, and without a secret") {
    CHECK(refusal("[]") == "it names no company");
    CHECK(refusal(R"([{"name": ""}])") == "/companies/0/name is no name of 1 to 64 characters");
    CHECK(refusal(R"([{"name": "a\nb"}])") == "/companies/0/name is no name of 1 to 64 characters");
    CHECK(refusal(R"([{"name": "a"}, {"name": "a"}])") ==
          "/companies/1/name is that of another company, too");
    CHECK(refusal(R"([{"name": "a", "smartca": {"id": "x"}}])") ==
          "/companies/0/smartca/password is missing");
    CHECK(refusal(R"([{"name": "a", "smartca": {"id": "x", "password": ""}}])") ==
          "/companies/0/smartca/password is empty");
    CHECK(refusal(R"([{"name": "a", "smartca": {"id": "x", "password": "canary", "more": 1}}])") ==
          "/companies/0/smartca/more is not a known member");
    CHECK(refusal(R"([{"name": "a", "econtract": {}}])") == "/companies/0/econtract/company is missing");
    CHECK(
        refusal(
            R"([{"name": "a", "econtract": {"company": 1}}, {"name": "b", "econtract": {"company": 1}}])") ==
        "/companies/1/econtract is that of another company, too");
    CHECK(readCompanies("{").error().find("line 1") != std::string::npos);
}

TEST_CASE("a company without an account of its own has the usual one, and a changed one counts at once") {
    Opened opened;
    REQUIRE_FALSE(opened.take(
        R"({"companies": [{"name": "a"}, {"name": "b", "smartca": {"id": "b1", "password": "x"}}]})"));
    CHECK(opened.accounts.at("a")().name == "usual");
    CHECK(opened.accounts.at("b")().name == "b1");
    REQUIRE_FALSE(opened.take(
        R"({"companies": [{"name": "a"}, {"name": "b", "smartca": {"id": "b2", "password": "y"}}]})"));
    CHECK(opened.accounts.at("b")().name == "b2");
    REQUIRE_FALSE(opened.take(R"({"companies": [{"name": "a"}, {"name": "b"}]})"));
    CHECK(opened.accounts.at("b")().name == "usual");
    CHECK(opened.names == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a company that is left out is not served, and is the same one when it comes back") {
    Opened opened;
    REQUIRE_FALSE(opened.take(R"({"companies": [{"name": "a"}, {"name": "b"}]})"));
    const Company* const b = opened.companies.find("b");
    REQUIRE(b != nullptr);
    REQUIRE_FALSE(opened.take(R"({"companies": [{"name": "a"}, {"name": "c"}]})"));
    CHECK_FALSE(opened.companies.serves("b"));
    CHECK(opened.companies.serves("c"));
    REQUIRE_FALSE(opened.take(R"({"companies": [{"name": "a"}, {"name": "b"}]})"));
    CHECK(opened.companies.find("b") == b);
}

TEST_CASE("what cannot be taken up changes nothing") {
    Opened opened;
    const std::string both =
        R"({"name": "a", "econtract": {"company": 1, "username": "u", "password": "p"}})";
    REQUIRE_FALSE(opened.take(R"({"companies": [)" + both + "]}"));
    CHECK(
        opened
            .take(
                R"({"companies": [{"name": "b"}, {"name": "a", "econtract": {"company": 2, "username": "u", "password": "p"}}]})")
            .value_or("")
            .find("takes a restart") != std::string::npos);
    CHECK(opened.take(R"({"companies": [{"name": "a", "econtract": {"company": 1}}]})")
              .value_or("")
              .find("no account") != std::string::npos);
    opened.wrong = "the database is away";
    CHECK(opened.take(R"({"companies": [{"name": "b"}]})") == "the database is away");
    CHECK(opened.companies.serves("a"));
    CHECK_FALSE(opened.companies.serves("b"));
}

}  // namespace smartca
