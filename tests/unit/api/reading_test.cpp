// The routes that only read.
#include <doctest/doctest.h>

#include "fakes.h"

using namespace smartca;
using namespace smartca::api::test;
using nlohmann::json;

TEST_CASE("the session tells the language, the limits, the clock and what can be stored") {
    Bench bench;
    const auto session = bodyOf(bench.call("GET", "session"));
    CHECK(session.at("locale") == "en");
    CHECK(session.at("now") == isoOf(kNow));
    CHECK(session.at("saves") == json({"businessAccount", "password", "secretKey"}));
}

TEST_CASE("users are searched by page, and wrong parameters refused") {
    Bench bench;
    CHECK(bench.call("GET", "users", {.query = "search=nguy%E1%BB%85n&page=2&pageSize=20"}).status == 200);
    CHECK(bench.registry.userQuery.search == "nguyễn");
    CHECK(bench.registry.userQuery.page == 2);
    CHECK(bench.registry.userQuery.pageSize == 20);
    CHECK(bench.call("GET", "users", {.query = "pageSize=101"}).status == 400);
    CHECK(bench.call("GET", "users", {.query = "pageSize=30&page=334"}).status ==
          200);  // has the 10 000th row
    CHECK(bench.call("GET", "users", {.query = "pageSize=30&page=335"}).status == 400);
    CHECK(bench.call("GET", "users", {.query = "sort=name"}).status == 400);
}

TEST_CASE("one user is read by id, and an unknown or impossible id is not found") {
    Bench bench;
    const auto found = bench.call("GET", "users/:id=7");
    CHECK(found.status == 200);
    CHECK(bodyOf(found).at("id") == 7);
    CHECK(bodyOf(found).at("name") == "Nguyễn Văn A");
    for (const auto* id : {"8", "0", "-7", "x", "2147483648"}) {
        CAPTURE(id);
        const auto missing = bench.call("GET", std::string("users/:id=") + id);
        CHECK(missing.status == 404);
        CHECK(codeOf(missing) == "notFound");
    }
}

TEST_CASE("defaults are the company's, and with a user also the user's") {
    Bench bench;
    CHECK(bodyOf(bench.call("GET", "defaults")).at("user").is_null());
    CHECK(bodyOf(bench.call("GET", "defaults", {.query = "userId=7"})).at("user").is_object());
    CHECK(bench.call("GET", "defaults", {.query = "userId=8"}).status == 404);
}

TEST_CASE("defaults of a user name the numbers that the user's certificates are registered under") {
    Bench bench;
    CHECK_FALSE(bodyOf(bench.call("GET", "defaults")).contains("identities"));
    CHECK(bodyOf(bench.call("GET", "defaults", {.query = "userId=7"})).at("identities") ==
          nlohmann::json({"0100684378", kIdentity}));
}

TEST_CASE("the list is filtered by what its screen offers") {
    Bench bench;
    CHECK(bench
              .call("GET", "certificates",
                    {.query = "type=business&status=expired&userId=7&validTo=2026-11-22"})
              .status == 200);
    CHECK(bench.registry.certificateQuery.type == CertificateType::Business);
    CHECK(bench.registry.certificateQuery.status == CertificateStatus::Expired);
    CHECK(bench.registry.certificateQuery.userId == 7);
    CHECK(bench.registry.certificateQuery.now == kNow);
    CHECK(bench.call("GET", "certificates", {.query = "status=inactive"}).status == 400);
}

TEST_CASE("a stored image is given as its type, may do nothing by itself, and is not sent twice") {
    Bench bench;
    const auto first = bench.call("GET", "users/:id=7/signature-image");
    CHECK(first.status == 200);
    CHECK(first.contentType == "image/png");
    CHECK(*first.body == bench.registry.image.data);
    CHECK(headerOf(first, "Content-Security-Policy").find("sandbox") != std::string::npos);
    const auto again = bench.call("GET", "users/:id=7/signature-image",
                                  {.headers = {{"if-none-match", headerOf(first, "ETag")}}});
    CHECK(again.status == 304);
    CHECK(again.body == nullptr);
    CHECK(bench.call("GET", "users/:id=8/signature-image").status == 404);
    CHECK(bench.call("GET", "company/signature-image").status == 404);
}

TEST_CASE("an image of another type never goes out, whatever the store holds") {
    Bench bench;
    bench.registry.image.mediaType = "text/html";
    CHECK(bench.call("GET", "users/:id=7/signature-image").status == 500);
}

TEST_CASE("a registry that is away is told as unavailable") {
    Bench bench;
    bench.registry.fault = ProblemCode::Unavailable;
    CHECK(codeOf(bench.call("GET", "users")) == "unavailable");
    bench.registry.fault = ProblemCode::Internal;
    CHECK(codeOf(bench.call("GET", "users")) == "internal");
}

TEST_CASE("which options an operator has to look at stands in the log, and not in the answer") {
    Bench bench;
    for (const auto code :
         {ProblemCode::UpstreamUntrusted, ProblemCode::UpstreamCredentials, ProblemCode::UpstreamBlocked}) {
        bench.smartCa.error = base::Fault{code, "", "a step"};
        const auto response = bench.call("POST", "lookups", {.body = R"({"identity": "001099000001"})"});
        CHECK(response.detail.starts_with("a step; see --smartca-"));
        CHECK(response.body->find("--") == std::string::npos);
    }
}
