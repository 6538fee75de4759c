#include <doctest/doctest.h>

#include "fakes.h"

using namespace smartca;
using namespace smartca::api::test;

TEST_CASE("a look-up tells each certificate with its state and whether it is on the list") {
    Bench bench;
    auto revoked = registeredWith("5401cc");
    revoked.status = CertificateStatus::Revoked;
    auto early = registeredWith("5401dd");
    early.validFrom = kNow + 1;
    bench.smartCa.registered["001099000001"] = {registeredWith("5401aa"), registeredWith("5401bb", kNow - 1),
                                                revoked, early};
    bench.registry.list.push_back({});
    bench.registry.list[0].serial = "5401aa";
    const auto response =
        bench.call("POST", "lookups", {.body = R"({"identity": " cccd: 001 099 000 001 ", "userId": 7})"});
    CHECK(response.status == 200);
    const auto answer = bodyOf(response);
    CHECK(answer.at("identity") == "001099000001");
    const auto& certificates = answer.at("certificates");
    REQUIRE(certificates.size() == 4);
    CHECK(certificates[0].at("status") == "active");
    CHECK(certificates[0].at("onList") == true);
    CHECK(certificates[1].at("status") == "expired");
    CHECK(certificates[1].at("onList") == false);
    CHECK(certificates[2].at("status") == "revoked");
    CHECK(certificates[3].at("status") == "notYetValid");
}

TEST_CASE("an identity without certificates is an empty answer, after every spelling was tried") {
    Bench bench;
    const auto response = bench.call("POST", "lookups", {.body = R"({"identity": "0100686209-199"})"});
    CHECK(response.status == 200);
    CHECK(bodyOf(response).at("certificates").empty());
    CHECK(bench.smartCa.asked.size() == 2);
}

TEST_CASE("a person whom no spelling names is told as unknown") {
    Bench bench;
    bench.smartCa.personUnknown = true;
    const auto response = bench.call("POST", "lookups", {.body = R"({"identity": "0100686209-199"})"});
    CHECK(bodyOf(response).at("personUnknown") == true);
    CHECK((bench.smartCa.asked == std::vector<std::string>{"0100686209-199", "0100686209199"}));
}

TEST_CASE("certificates that cannot be read are told, and no other spelling is tried") {
    Bench bench;
    bench.smartCa.unreadable = {{{"5401ee", "Nguyễn Văn A", "ESEAL"}}};
    const auto response = bench.call("POST", "lookups", {.body = R"({"identity": "0100686209-199"})"});
    REQUIRE(bodyOf(response).at("unreadable").size() == 1);
    CHECK(bodyOf(response).at("unreadable")[0].at("serial") == "5401ee");
    CHECK(bench.smartCa.asked.size() == 1);
}

TEST_CASE("no other spelling is tried after a refusal") {
    for (const auto code : {ProblemCode::UpstreamRefused, ProblemCode::UpstreamAccessDenied,
                            ProblemCode::UpstreamCredentials, ProblemCode::UpstreamBusy}) {
        Bench bench;
        bench.smartCa.error = base::Fault{code};
        bench.call("POST", "lookups", {.body = R"({"identity": "0100686209-199"})"});
        CHECK(bench.smartCa.asked.size() == 1);
    }
}

TEST_CASE("a number that is refused as it is written is tried in its other spelling") {
    const std::string body = R"({"identity": "0100686209-199"})";
    const base::Fault first{ProblemCode::UpstreamRefused, "no hyphen", {}, 0, true};
    Bench bench;
    bench.smartCa.refused["0100686209-199"] = first;
    bench.smartCa.registered["0100686209199"] = {registeredWith("5401aa")};
    const auto found = bodyOf(bench.call("POST", "lookups", {.body = body}));
    CHECK(found.at("identity") == "0100686209199");
    CHECK(found.at("certificates").size() == 1);

    bench.smartCa.registered.clear();
    bench.smartCa.personUnknown = true;
    CHECK(bodyOf(bench.call("POST", "lookups", {.body = body})).at("personUnknown") == true);

    bench.smartCa.refused["0100686209199"] = {ProblemCode::UpstreamRefused, "too long", {}, 0, true};
    CHECK(bodyOf(bench.call("POST", "lookups", {.body = body})).at("upstreamMessage") == "no hyphen");
    bench.smartCa.refused["0100686209199"] = {ProblemCode::UpstreamBusy};
    CHECK(codeOf(bench.call("POST", "lookups", {.body = body})) == "upstreamBusy");

    bench.smartCa.asked.clear();
    bench.smartCa.refused["001099000001"] = first;
    CHECK(codeOf(bench.call("POST", "lookups", {.body = R"({"identity": "001099000001"})"})) ==
          "upstreamRefused");
    CHECK(bench.smartCa.asked.size() == 1);
}

TEST_CASE("when SmartCA wants to be asked again is passed on") {
    Bench bench;
    bench.smartCa.error = base::Fault{ProblemCode::UpstreamMaintenance, {}, {}, 120};
    const auto response = bench.call("POST", "lookups", {.body = R"({"identity": "001099000001"})"});
    CHECK(codeOf(response) == "upstreamMaintenance");
    CHECK(bodyOf(response).at("retryAfterSeconds") == 120);
    const std::pair<std::string, std::string> wanted{"Retry-After", "120"};
    CHECK(std::find(response.headers.begin(), response.headers.end(), wanted) != response.headers.end());
}

TEST_CASE("a look-up tells who else has a certificate, what is odd about it and what could not be read") {
    Bench bench;
    auto odd = registeredWith("5401aa");
    odd.notes = {CertificateNote::SerialDiffers};
    bench.smartCa.registered["001099000001"] = {odd, registeredWith("5401bb")};
    bench.smartCa.unreadable = {{{"5401cc", "Nguyễn Văn A", "SMARTCA"}}};
    bench.registry.holders["5401aa"] = {"Trần Thị Bích Ngọc"};
    const auto answer = bodyOf(bench.call("POST", "lookups", {.body = R"({"identity": "001099000001"})"}));
    CHECK(answer.at("certificates")[0].at("heldBy") == nlohmann::json({"Trần Thị Bích Ngọc"}));
    CHECK(answer.at("certificates")[0].at("notes") == nlohmann::json({"serialDiffers"}));
    CHECK_FALSE(answer.at("certificates")[1].contains("heldBy"));
    CHECK(answer.at("unreadable")[0].at("serial") == "5401cc");
    CHECK_FALSE(answer.contains("personUnknown"));
}

TEST_CASE("a look-up tells a number that SmartCA does not know from one without certificates") {
    Bench bench;
    bench.smartCa.personUnknown = true;
    CHECK(bodyOf(bench.call("POST", "lookups", {.body = R"({"identity": "001099000001"})"}))
              .at("personUnknown") == true);
}

TEST_CASE("a blank identity is a finding, and SmartCA is not asked") {
    Bench bench;
    const auto response = bench.call("POST", "lookups", {.body = R"({"identity": "  "})"});
    CHECK(response.status == 422);
    CHECK(bodyOf(response).at("findings").size() == 1);
    CHECK(bodyOf(response).at("findings").at(0).at("field") == "identity");
    CHECK(bench.smartCa.asked.empty());
}

TEST_CASE("a SmartCA that does not answer is told as such") {
    Bench bench;
    bench.smartCa.error = base::Fault{ProblemCode::UpstreamTimeout, "", ""};
    CHECK(codeOf(bench.call("POST", "lookups", {.body = R"({"identity": "001099000001"})"})) ==
          "upstreamTimeout");
}
