#include "proxy/registry/demo_data.h"

#include "fixture.h"

namespace smartca::registry {
namespace {

struct DemoFixture {
    Place place;
    std::shared_ptr<store::Store> store = openStore({.path = place.path()});
    CompanyId company = companyIn(*store);
    SqlRegistry registry{store, company, std::nullopt};

    std::string refusal(const std::string& json) {
        writeFile(place.file("demo.json"), json);
        auto loaded = loadDemoData(*store, company, place.file("demo.json"), kNow);
        REQUIRE_FALSE(loaded);
        CHECK(registry.users({}).value().allCount == 0);
        return loaded.error();
    }
};

}  // namespace

TEST_CASE_FIXTURE(DemoFixture, "the demo that is delivered loads whole") {
    auto loaded = loadDemoData(*store, company, SMARTCA_DEMO_DATA, kNow);
    if (!loaded) FAIL(loaded.error());
    CHECK(loaded.value() == Seeding::Loaded);
    CHECK(registry.users({}).value().allCount == 214);
    CHECK(registry.user(14).value().name == "Nguyễn Văn An");
    CHECK(registry.users({.search = "nguyễn v"}).value().totalCount == 3);
    CHECK(registry.companySettings().value().mode == DisplayMode::TextAndImage);
    CHECK(registry.companySettings().value().image->width == 640);
    CHECK(registry.userImage(1).value().mediaType == "image/png");
}

TEST_CASE_FIXTURE(DemoFixture, "the demo's certificates are of today, whenever it is loaded") {
    REQUIRE(loadDemoData(*store, company, SMARTCA_DEMO_DATA, kNow));
    CertificateQuery query;
    query.now = kNow;
    const CertificatePage page = registry.certificates(query).value();
    CHECK(page.totalCount == 4);
    CHECK(page.userCount == 4);
    query.status = CertificateStatus::Expired;
    const CertificatePage expired = registry.certificates(query).value();
    REQUIRE(expired.totalCount == 1);
    CHECK(expired.items[0].userName == "Trần Thị Bích Ngọc");
    CHECK_FALSE(expired.items[0].isDefault);
    CHECK(registry.certificates({.search = "Le Hoang Phuc", .now = kNow}).value().items.at(0).validTo ==
          kNow + 20 * kDay);
}

TEST_CASE_FIXTURE(DemoFixture, "a database that has users is left as it is") {
    addUser(*store, {.id = 1, .code = "USER01", .name = "Nguyễn Văn A"});
    CHECK(loadDemoData(*store, company, SMARTCA_DEMO_DATA, kNow).value() == Seeding::AlreadyThere);
    CHECK(registry.users({}).value().allCount == 1);
}

TEST_CASE_FIXTURE(DemoFixture, "a wrong file loads nothing and says where it is wrong") {
    CHECK(contains(refusal("{"), "no JSON"));
    CHECK(contains(refusal("[]"), "an object is expected"));
    CHECK(contains(refusal(R"({"users": {}})"), "/users: "));
    CHECK(contains(refusal(R"({"users": [{"id": 1, "code": "A"}, {"id": "2"}]})"), "/users/1/id: "));
    CHECK(contains(refusal(R"({"users": [{"id": 1, "code": "A"}, {"id": 2, "code": "A"}]})"), "/users/1: "));
    CHECK(contains(refusal(R"({"company": {"mode": "loud"}})"), "/company/mode: is none of"));
    CHECK(
        contains(refusal(R"({"company": {"image": "absent.png"}})"), "/company/image: absent.png is no PNG"));
    CHECK(contains(refusal(R"({"certificates": [{"userId": 1}]})"), "/certificates/0/"));
    for (const auto& [json, where] :
         {std::pair{R"({"user": []})", "/user"},
          std::pair{R"({"company": {"texts": "a"}})", "/company/texts"},
          std::pair{R"({"users": [{"id": 1, "code": "A", "mail": "a@b.vn"}]})", "/users/0/mail"},
          std::pair{R"({"users": [{"id": 1, "code": "A"}], "certificates": [{"userId": 1, "serial": "540101",
                 "identity": "001099000001", "commonName": "A", "subject": "A", "issuer": "B", "serviceName": "C",
                 "type": "smartCa", "validFromDays": -1, "validToDays": 1, "default": true}]})",
                    "/certificates/0/default"},
          std::pair{R"({"companies": [{"name": "second", "user": []}]})", "/companies/0/user"}})
        CHECK(contains(refusal(json), std::string(where) + ": is not a known member"));
    CHECK(contains(loadDemoData(*store, company, place.file("absent.json"), kNow).error(), "absent.json"));
}

TEST_CASE_FIXTURE(DemoFixture, "the company's settings are those of the file, whatever was there before") {
    const auto load = [&](const std::string& json) {
        writeFile(place.file("company.json"), json);
        const auto loaded = loadCompanySettings(*store, company, place.file("company.json"));
        return loaded ? std::string("loaded") : loaded.error();
    };
    CHECK(load(R"({"text": "Ký bởi", "mode": "imageOnly"})") == "loaded");
    CHECK(registry.companySettings().value() == SignatureSettings{"Ký bởi", DisplayMode::ImageOnly, {}});
    CHECK(load(R"({"txt": "Ký bởi"})").find("/txt: ") != std::string::npos);
    CHECK(load(R"({"mode": "both"})").ends_with("/mode: is none of textAndImage, imageOnly, textOnly"));
    CHECK(load(R"({"image": "nowhere.png"})").ends_with("is no PNG or JPEG file beside the JSON file"));
    CHECK(load("[]").ends_with("an object is expected"));
    CHECK(registry.companySettings().value().text == "Ký bởi");
    CHECK(load("{}") == "loaded");
    CHECK(registry.companySettings().value() == SignatureSettings{});
    const auto example = std::filesystem::path(SMARTCA_DEMO_DATA).parent_path() / "company-settings.json";
    REQUIRE(loadCompanySettings(*store, company, example.string()));
    CHECK(registry.companySettings().value().mode == DisplayMode::TextAndImage);
    CHECK(registry.companySettings().value().image->width == 640);
    CHECK(loadCompanySettings(*store, company, "/nowhere").error().ends_with("cannot be read"));
}

}  // namespace smartca::registry
