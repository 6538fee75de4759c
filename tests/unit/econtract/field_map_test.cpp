// The operator's map of fields to keys and paths.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "proxy/econtract/field_map.h"
#include "shared/text.h"

namespace smartca::econtract {
namespace {

FieldMap parsed(const std::string& text) {
    auto map = FieldMap::parse(text);
    if (!map) FAIL(map.error());
    return std::move(map).value();
}
std::string refusalOf(const std::string& text) {
    const auto map = FieldMap::parse(text);
    return map ? "accepted" : map.error();
}

registry::Attachment everything() {
    registry::Attachment attachment;
    attachment.certificates.emplace_back().type = CertificateType::Business;
    attachment.draft.password = "mật khẩu";
    attachment.draft.secretKey = "MDAx";
    attachment.draft.signatureText = "Ký bởi\nNgày\r\n";
    attachment.draft.displayMode = DisplayMode::ImageOnly;
    attachment.draft.signatureImage = SignatureImage{"a.png", "image/png", "bytes", 1, 1};
    return attachment;
}

constexpr const char* kWhole = R"({
  "businessAccount": {"path": "/api/users/smart-ca/add", "key": "isBusinessSmartCaAccount"},
  "password": {"path": "/api/x", "key": "p"}, "secretKey": {"path": "/api/x", "key": "s"},
  "signatureText": {"path": "/api/y", "key": "t"}, "displayMode": {"path": "/api/y", "key": "m"},
  "signatureImage": {"path": "/api/y", "key": "i"}})";

}  // namespace

std::string contentOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST_CASE("the manual's examples are the files that it names, and the map is one that is taken") {
    const std::string root = SMARTCA_SOURCE, manual = contentOf(root + "/proxy/econtract/README.md");
    for (const char* name : {"field-map.json", "company-settings.json"}) {
        CAPTURE(name);
        const std::string example = contentOf(root + "/assets/demo/" + name);
        REQUIRE_FALSE(example.empty());
        CHECK(manual.find("```json\n" + example + "```\n") != std::string::npos);
    }
    CHECK(parsed(contentOf(root + "/assets/demo/field-map.json")).fields().size() == 6);
}

TEST_CASE("each path gets its own fields, in eContract's own values") {
    const FieldMap map = parsed(kWhole);
    CHECK(map.fields().size() == 6);
    CHECK(map.pathsAfterAdd() == std::vector<std::string>{"/api/y", "/api/x"});
    Json body = Json::object();
    CHECK(map.fill(body, kAddPath, everything()) == std::vector{Field::BusinessAccount});
    CHECK(body == Json{{"isBusinessSmartCaAccount", true}});
    body = Json::object();
    map.fill(body, "/api/x", everything());
    CHECK(body == Json{{"p", "mật khẩu"}, {"s", "MDAx"}});
    body = Json::object();
    map.fill(body, "/api/y", everything());
    CHECK(body == Json{{"t", "Ký bởi\r\nNgày\r\n"}, {"m", 3}, {"i", base64Of("bytes")}});
}

TEST_CASE("what a person did not give is not sent") {
    registry::Attachment little;
    little.certificates.emplace_back();
    Json body = Json::object();
    for (const char* path : {kAddPath, "/api/x", "/api/y"})
        CHECK(parsed(kWhole).fill(body, path, little).empty());
    CHECK(body.empty());
}

TEST_CASE("a map that cannot be meant is refused with what is wrong") {
    CHECK(refusalOf("{\n\"password\" 1}") ==
          "The field map is no JSON: line 2, column 12: this cannot stand here.");
    CHECK(refusalOf("[]") == "The field map must be a JSON object.");
    CHECK(refusalOf(R"({"pasword": {"path": "/a", "key": "b"}})")
              .starts_with("The field map names \"pasword\""));
    CHECK(
        refusalOf(R"({"serial": {"path": "/a", "key": "b"}})").starts_with("The field map names \"serial\""));
    const std::string shape =
        "The field map must give \"password\" a \"path\" and a \"key\", and nothing else.";
    for (const char* target : {"3", "{}", R"({"path": "/a"})", R"({"path": "/a", "key": ""})",
                               R"({"path": "/a", "key": "b", "more": 1})"})
        CHECK(refusalOf(std::string(R"({"password": )") + target + "}") == shape);
    for (const char* path :
         {"a", "/", "//elsewhere.example", "/a/../b", "/a?b", "/a b", "https://elsewhere.example"})
        CHECK(refusalOf(std::string(R"({"password": {"path": ")") + path + R"(", "key": "b"}})")
                  .find("path of") != std::string::npos);
    CHECK(refusalOf(R"({"password": {"path": "/a", "key": "UserId"}})").find("uses for itself") !=
          std::string::npos);
}

}  // namespace smartca::econtract
