// POST certificates: what is attached, what is refused, and that it happens once for each key.
#include <doctest/doctest.h>

#include <tuple>

#include "fakes.h"
#include "shared/text.h"

using namespace smartca;
using namespace smartca::api::test;
using nlohmann::json;

namespace {

json draft(json more = json::object()) {
    json value = {{"userId", 7}, {"identity", kIdentity}, {"serial", ""}, {"businessAccount", nullptr}};
    value.update(more);
    return value;
}
json business() {
    return {{"password", "Geheim@769"}, {"secretKey", "MDAxMTIyMzM0NDU1NjY3Nzg4OTlBQUJCQ0NEREVFRkY="}};
}

std::vector<std::string> findingsIn(const http::Response& response) {
    std::vector<std::string> found;
    const auto body = bodyOf(response);
    for (const auto& finding : body.at("findings"))
        found.push_back(finding.at("field").get<std::string>() + ":" + finding.at("code").get<std::string>());
    return found;
}
bool contains(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

struct RegisteredPerson {
    Bench bench;
    RegisteredPerson() {
        bench.smartCa.registered[kIdentity] = {registeredWith("5401aa"), registeredWith("5401bb", kNow - 1)};
    }
};

}  // namespace

TEST_CASE_FIXTURE(RegisteredPerson,
                  "without a serial all certificates of the identity are attached, and expired ones named") {
    const auto response = bench.create(draft());
    CHECK(response.status == 201);
    const auto answer = bodyOf(response);
    CHECK(answer.at("added").size() == 2);
    CHECK(answer.at("expired").size() == 1);
    CHECK(answer.at("expired").at(0).at("serial") == "5401bb");
    CHECK(answer.at("alreadyOnList").empty());
}

TEST_CASE_FIXTURE(RegisteredPerson, "with a serial, however it is written, that one is attached") {
    CHECK(bench.create(draft({{"serial", "54:01:AA"}})).status == 201);
    REQUIRE(bench.registry.attachments.size() == 1);
    REQUIRE(bench.registry.attachments[0].certificates.size() == 1);
    CHECK(bench.registry.attachments[0].certificates[0].serial == "5401aa");
}

TEST_CASE_FIXTURE(RegisteredPerson,
                  "several serials are one create, and what is not picked is not attached") {
    bench.smartCa.registered[kIdentity].push_back(registeredWith("5401cc"));
    const auto response = bench.create(draft({{"serials", {"54:01:CC", "5401aa", "5401cc"}}}));
    CHECK(response.status == 201);
    REQUIRE(bench.registry.attachments.size() == 1);
    const auto& attachment = bench.registry.attachments[0];
    REQUIRE(attachment.certificates.size() == 2);
    CHECK(attachment.certificates[0].serial == "5401aa");
    CHECK(attachment.certificates[1].serial == "5401cc");
    CHECK(attachment.extent == registry::Extent::Some);
    CHECK(bodyOf(response).at("added").size() == 2);
    CHECK_FALSE(bodyOf(response).contains("leftOut"));
}

TEST_CASE_FIXTURE(RegisteredPerson, "all are asked for as all only where SmartCA has no others") {
    bench.create(draft());
    CHECK(bench.registry.attachments.back().extent == registry::Extent::All);
    bench.create(draft({{"userId", 7}, {"serials", {"5401aa", "5401bb"}}}), "picked");
    CHECK(bench.registry.attachments.back().extent == registry::Extent::Some);
    bench.smartCa.unreadable = {{{"5401cc", "", ""}}};
    bench.create(draft({{"agreed", {"unreadable"}}}), "unreadable");
    CHECK(bench.registry.attachments.back().extent == registry::Extent::Some);
    bench.smartCa.unreadable.clear();
    bench.smartCa.registered[kIdentity][0].status = CertificateStatus::Pending;
    bench.create(draft(), "pending");
    CHECK(bench.registry.attachments.back().extent == registry::Extent::Some);
}

TEST_CASE_FIXTURE(RegisteredPerson,
                  "all leaves out what is revoked, suspended, pending or unknown, and names it") {
    auto& registered = bench.smartCa.registered[kIdentity];
    for (const auto& [serial, status] : {std::pair{"5401c1", CertificateStatus::Revoked},
                                         {"5401c2", CertificateStatus::Suspended},
                                         {"5401c3", CertificateStatus::Pending},
                                         {"5401c4", CertificateStatus::Unknown}}) {
        registered.push_back(registeredWith(serial));
        registered.back().status = status;
    }
    bench.registry.list.push_back({.id = 90, .serial = "5401c4"});
    const auto response = bench.create(draft());
    const auto answer = bodyOf(response);
    CHECK(answer.at("added").size() == 2);
    REQUIRE(answer.at("leftOut").size() == 3);
    CHECK(answer.at("leftOut")[0].at("status") == "revoked");
    CHECK(answer.at("alreadyOnList").at(0).at("serial") == "5401c4");
    CHECK(bench.registry.attachments[0].certificates[0].told.at == kNow);
    CHECK(bench.records.auditLog().back().reason == "someLeftOut");
    CHECK(bench.records.auditLog().back().serials == "5401aa 5401bb");
    CHECK(*bench.create(draft()).body == *response.body);
}

TEST_CASE_FIXTURE(RegisteredPerson, "a picked certificate that is not usable is attached only after a yes") {
    bench.smartCa.registered[kIdentity][0].status = CertificateStatus::Revoked;
    const json picked = {{"serials", {"5401aa", "5401bb"}}};
    CHECK(contains(findingsIn(bench.create(draft(picked))), "serial:certificateUnusable"));
    CHECK(bench.registry.attachments.empty());
    json agreed = picked;
    agreed["agreed"] = {"unusable"};
    CHECK(bench.create(draft(agreed)).status == 201);
    const auto& told = bench.registry.attachments.at(0).certificates.at(0).told;
    CHECK(told.status == CertificateStatus::Revoked);
}

TEST_CASE_FIXTURE(RegisteredPerson, "what cannot be read blocks all until a yes, and is named then") {
    bench.smartCa.unreadable = {{{"5401cc", "Nguyễn Văn A", "SMARTCA"}}};
    CHECK(contains(findingsIn(bench.create(draft())), "serial:certificatesUnreadable"));
    CHECK(contains(findingsIn(bench.create(draft({{"serial", "5401cc"}}))), "serial:certificateUnreadable"));
    CHECK(bench.create(draft({{"serial", "5401aa"}}), "one").status == 201);
    const auto response = bench.create(draft({{"agreed", {"unreadable"}}}));
    CHECK(response.status == 201);
    CHECK(bodyOf(response).at("unreadable").at(0).at("serial") == "5401cc");
    CHECK(bench.records.auditLog().back().reason == "someAlreadyOnList someUnreadable");
}

TEST_CASE_FIXTURE(RegisteredPerson, "where nothing can be read nothing is created, whatever was agreed to") {
    bench.smartCa.registered.clear();
    bench.smartCa.unreadable = {{{"5401cc", "", ""}}};
    for (const auto& more : {json::object(), json{{"agreed", {"unreadable"}}}}) {
        const auto findings = findingsIn(bench.create(draft(more)));
        CHECK(contains(findings, "serial:certificatesUnreadable"));
        CHECK_FALSE(contains(findings, "identity:noCertificate"));
    }
}

TEST_CASE_FIXTURE(RegisteredPerson, "when the user has them all, the answer is 200 and says so") {
    bench.create(draft());
    const auto response = bench.create(draft(), "key-2");
    CHECK(response.status == 200);
    CHECK(bodyOf(response).at("added").empty());
    CHECK(bodyOf(response).at("alreadyOnList").size() == 2);
}

TEST_CASE_FIXTURE(RegisteredPerson,
                  "a business account with several certificates and no serial gets a finding on the serial") {
    const auto response = bench.create(draft({{"businessAccount", business()}}));
    CHECK(response.status == 422);
    CHECK(contains(findingsIn(response), "serial:serialRequired"));
    CHECK(bench.registry.attachments.empty());
}

TEST_CASE_FIXTURE(RegisteredPerson, "a business account's secrets reach the registry and nothing else") {
    const auto response = bench.create(draft({{"serial", "5401aa"}, {"businessAccount", business()}}));
    CHECK(response.status == 201);
    CHECK(bench.registry.attachments.at(0).draft.password == "Geheim@769");
    CHECK(bench.registry.attachments.at(0).certificates.at(0).type == CertificateType::Business);
    CHECK(response.body->find("Geheim") == std::string::npos);
    for (const auto& body : bench.records.column("body"))
        CHECK(body.find("Geheim") == std::string::npos);
    REQUIRE(bench.records.count() == 1);
    CHECK(bench.records.column("fingerprint").front().size() == 64);
}

TEST_CASE_FIXTURE(RegisteredPerson, "what the rules refuse is told with its fields before SmartCA is asked") {
    const auto response = bench.create({{"userId", 0}, {"identity", " "}, {"serial", "xyz"}});
    CHECK(response.status == 422);
    CHECK(codeOf(response) == "findings");
    CHECK(contains(findingsIn(response), "userId:required"));
    CHECK(contains(findingsIn(response), "identity:required"));
    CHECK(contains(findingsIn(response), "serial:serialNotHexadecimal"));
    CHECK(bench.smartCa.asked.empty());
    CHECK(bench.records.count() == 0);
}

TEST_CASE_FIXTURE(RegisteredPerson, "an image that does not decode is refused before SmartCA is asked") {
    const std::string header("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x02\0\0\0\x02", 24);
    const json image = {{"name", "a.png"}, {"mediaType", "image/png"}, {"data", base64Of(header)}};
    CHECK(findingsIn(bench.create(draft({{"signatureImage", image}}))) ==
          std::vector<std::string>{"signatureImage:imageUndecodable"});
    CHECK(bench.smartCa.asked.empty());
    CHECK(bench.records.count() == 0);
}

TEST_CASE_FIXTURE(RegisteredPerson,
                  "an unknown user, identity or serial is a finding, and the key stays free") {
    CHECK(contains(findingsIn(bench.create(draft({{"userId", 8}}))), "userId:userUnknown"));
    CHECK(
        contains(findingsIn(bench.create(draft({{"identity", "001099999999"}}))), "identity:noCertificate"));
    CHECK(contains(findingsIn(bench.create(draft({{"serial", "5401cc"}}))), "serial:serialNotRegistered"));
    CHECK(bench.records.count() == 0);
    CHECK(bench.create(draft()).status == 201);
}

TEST_CASE_FIXTURE(
    RegisteredPerson,
    "a serial that two certificates share is refused, alone and among all, and nothing is attached") {
    bench.smartCa.registered[kIdentity].push_back(registeredWith("5401aa"));
    for (const char* serial : {"5401aa", ""})
        CHECK(contains(findingsIn(bench.create(draft({{"serial", serial}}))), "serial:serialShared"));
    CHECK(bench.registry.attachments.empty());
    CHECK(bench.create(draft({{"serial", "5401bb"}})).status == 201);
}

TEST_CASE_FIXTURE(RegisteredPerson,
                  "the same key and body get the stored answer, and nothing happens again") {
    const auto first = bench.create(draft());
    const auto second = bench.create(draft());
    CHECK(second.status == first.status);
    CHECK(*second.body == *first.body);
    CHECK(headerOf(second, "Idempotency-Replayed") == "true");
    CHECK(headerOf(first, "Idempotency-Replayed").empty());
    CHECK(bench.registry.attachments.size() == 1);
    CHECK(bench.smartCa.asked.size() == 1);
}

TEST_CASE_FIXTURE(RegisteredPerson, "the same key with another body is refused") {
    bench.create(draft());
    const auto response = bench.create(draft({{"serial", "5401aa"}}));
    CHECK(response.status == 422);
    CHECK(codeOf(response) == "keyReused");
}

TEST_CASE_FIXTURE(RegisteredPerson, "a key that is being worked on is told to come back") {
    bench.beginOnly(draft());
    const auto response = bench.create(draft());
    CHECK(response.status == 409);
    CHECK(codeOf(response) == "inProgress");
    CHECK(headerOf(response, "Retry-After") == "2");
}

TEST_CASE_FIXTURE(RegisteredPerson, "the keys of different callers never meet") {
    bench.create(draft());
    const auto other = bench.call("POST", "certificates",
                                  {.body = draft({{"serial", "5401aa"}}).dump(),
                                   .headers = {{"idempotency-key", "key-1"}},
                                   .caller = {.company = "main", .subject = "server"}});
    CHECK(other.status == 200);
}

TEST_CASE_FIXTURE(RegisteredPerson, "a key must be there, of visible ASCII and 128 characters at most") {
    const auto with = [&](std::vector<http::HeaderField> headers) {
        return bench.call("POST", "certificates", {.body = draft().dump(), .headers = std::move(headers)})
            .status;
    };
    CHECK(with({}) == 400);
    CHECK(with({{"idempotency-key", ""}}) == 400);
    CHECK(with({{"idempotency-key", "a b"}}) == 400);
    CHECK(with({{"idempotency-key", "\xC3\xA1"}}) == 400);
    CHECK(with({{"idempotency-key", std::string(129, 'a')}}) == 400);
    CHECK(with({{"idempotency-key", std::string(128, 'a')}}) == 201);
}

TEST_CASE_FIXTURE(RegisteredPerson,
                  "each fault of SmartCA has its code, nothing is attached, and the key stays free") {
    const std::vector<std::tuple<ProblemCode, int, std::string>> faults = {
        {ProblemCode::UpstreamUnreachable, 504, "upstreamUnreachable"},
        {ProblemCode::UpstreamUntrusted, 502, "upstreamUntrusted"},
        {ProblemCode::UpstreamTimeout, 504, "upstreamTimeout"},
        {ProblemCode::UpstreamNonsense, 502, "upstreamNonsense"},
        {ProblemCode::UpstreamCredentials, 502, "upstreamCredentials"},
        {ProblemCode::UpstreamRefused, 502, "upstreamRefused"},
        {ProblemCode::UpstreamBlocked, 502, "upstreamBlocked"},
    };
    for (const auto& [fault, status, code] : faults) {
        bench.smartCa.error = base::Fault{fault, "Tài khoản bị khóa", "step 3"};
        const auto response = bench.create(draft());
        CHECK(response.status == status);
        CHECK(codeOf(response) == code);
        CHECK(bodyOf(response).at("upstreamMessage") == "Tài khoản bị khóa");
        CHECK(response.body->find("step 3") == std::string::npos);
        CHECK(response.detail.starts_with("step 3"));
        CHECK(bench.records.count() == 0);
    }
    CHECK(bench.registry.attachments.empty());
    bench.smartCa.error.reset();
    CHECK(bench.create(draft()).status == 201);
}

TEST_CASE_FIXTURE(RegisteredPerson,
                  "a registry or journal that is away is told as such, and the key stays free") {
    bench.records.execute("ALTER TABLE creates RENAME TO elsewhere");
    CHECK(codeOf(bench.create(draft())) == "unavailable");
    CHECK(bench.smartCa.asked.empty());
    bench.records.execute("ALTER TABLE elsewhere RENAME TO creates");
    bench.registry.fault = ProblemCode::Unavailable;
    const auto response = bench.create(draft());
    CHECK(response.status == 503);
    CHECK_FALSE(headerOf(response, "Retry-After").empty());
    CHECK(bench.records.count() == 0);
}

TEST_CASE_FIXTURE(RegisteredPerson,
                  "fields that this deployment cannot store are named, not silently dropped") {
    const auto response = bench.create(draft({{"signatureText", "Ký bởi"}, {"displayMode", "textOnly"}}));
    CHECK(bodyOf(response).at("notSaved") == json({"signatureText", "displayMode"}));
}

TEST_CASE("a branch's tax code that SmartCA knows without its hyphen is found and kept as SmartCA knows it") {
    Bench bench;
    bench.smartCa.registered["0101243150001"] = {registeredWith("5401aa")};
    CHECK(bench.create(draft({{"identity", "0101243150-001"}})).status == 201);
    CHECK(bench.smartCa.asked == std::vector<std::string>{"0101243150-001", "0101243150001"});
    CHECK(bench.registry.attachments.at(0).certificates.at(0).identity == "0101243150001");
}

TEST_CASE("decomposed Vietnamese is composed before it is judged and stored") {
    Bench bench;
    bench.smartCa.registered[kIdentity] = {registeredWith("5401aa")};
    bench.create(draft({{"signatureText", "Nguye\xCC\x82\xCC\x83n"}}));
    CHECK(bench.registry.attachments.at(0).draft.signatureText == "Nguy\xE1\xBB\x85n");
}

TEST_CASE_FIXTURE(RegisteredPerson, "hostile bodies are refused as malformed and change nothing") {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    const std::vector<std::string> bodies = {
        "",
        "null",
        "[]",
        "\"a\"",
        "{",
        deep,
        "{\"userId\":7,\"userId\":8,\"identity\":\"1\"}",
        "{\"userId\":7,\"identity\":\"" + kIdentity + "\"} x",
        "{\"userId\":7,\"identity\":\"\xFF\xFE\"}",
        "{\"userId\":7,\"identity\":\"\\ud800\"}",
        "{\"userId\":\"7\",\"identity\":\"1\"}",
        "{\"userId\":7.5,\"identity\":\"1\"}",
        "{\"userId\":1e400,\"identity\":\"1\"}",
        "{\"userId\":99999999999999999999,\"identity\":\"1\"}",
        "{\"userId\":-1,\"identity\":\"1\"}",
        "{\"userId\":7,\"identity\":{}}",
        "{\"userId\":7,\"identity\":\"1\",\"admin\":true}",
        "{\"userId\":7,\"identity\":\"1\",\"businessAccount\":true}",
        "{\"userId\":7,\"identity\":\"1\",\"businessAccount\":{\"password\":\"a\"}}",
        "{\"userId\":7,\"identity\":\"1\",\"displayMode\":\"both\"}",
        "{\"userId\":7,\"identity\":\"1\",\"signatureImage\":{\"name\":\"a\",\"mediaType\":\"image/"
        "svg+xml\",\"data\":\"\"}}",
        "{\"userId\":7,\"identity\":\"1\",\"signatureImage\":{\"name\":\"a\",\"mediaType\":\"image/"
        "png\",\"data\":\"%%%\"}}",
    };
    for (const auto& body : bodies) {
        CAPTURE(body.substr(0, 80));
        const auto response =
            bench.call("POST", "certificates", {.body = body, .headers = {{"idempotency-key", "k"}}});
        CHECK(response.status == 400);
        CHECK(codeOf(response) == "malformedRequest");
        CHECK_FALSE(bodyOf(response).at("reason").get<std::string>().empty());
    }
    CHECK(bench.records.count() == 0);
    CHECK(bench.smartCa.asked.empty());
}
