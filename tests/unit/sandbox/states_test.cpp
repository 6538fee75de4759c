// The identities that show what else a gateway says: certificates that cannot be read, odd states, contradictions.
#include <set>

#include "fixture.h"
#include "proxy/sandbox/files.h"

namespace smartca::sandbox {
namespace {

Json itemsUnder(const std::string& identity, const std::string& service = {}) {
    Json request = requestFor(identity);
    if (!service.empty()) request["service_type"] = service;
    const Answer answer = Gateway(demoVault(), demoOptions()).certificates(WireRequest(request.dump()));
    REQUIRE(answer.status == 200);
    return answer.data.at("user_certificates");
}

std::multiset<std::string> texts(const Json& items, const char* key) {
    std::multiset<std::string> all;
    for (const Json& item : items)
        all.insert(item.at(key).dump());
    return all;
}

std::string commonNameOf(const RegisteredCertificate& certificate) {
    for (const auto& [type, value] : certificate.plan.subject) {
        if (type == "CN") return value;
    }
    return {};
}

}  // namespace

TEST_CASE("picture 14: two active ones of the user, one of another name, one expired, one revoked") {
    const Json items = itemsUnder("001099001014");
    CHECK(texts(items, "cert_status_code") == std::multiset<std::string>{R"("VALID")", R"("VALID")",
                                                                         R"("VALID")", R"("EXPIRED")",
                                                                         R"("REVOKED")"});
    CHECK(commonNameOf(demoIdentity("001099001014").certificates.at(2)) == "Trần Quốc Bảo");
}

TEST_CASE("picture 15: two hundred certificates, seven of them of somebody called Hằng") {
    const auto& certificates = demoIdentity("0999999013").certificates;
    CHECK(certificates.size() == 200);
    std::set<std::string> names;
    int called = 0;
    for (const RegisteredCertificate& certificate : certificates) {
        names.insert(commonNameOf(certificate));
        if (commonNameOf(certificate).find("Hằng") != std::string::npos) ++called;
    }
    CHECK(names.size() == 200);
    CHECK(called == 7);
}

TEST_CASE("\"wire\" makes items that cannot be read, with or without good ones beside them") {
    const auto& good = demoIdentity("001099001001").certificates;
    const Json some = itemsUnder("001099001001");
    CHECK(some.size() == 3);
    CHECK(some.at(0).at("cert_data") == base64Of(derOf(*good.at(0).credential.certificate)));
    CHECK(some.at(1).at("cert_data").get<std::string>().size() == 64);
    CHECK(some.at(1).at("serial_number") == good.at(1).serial);
    const Json none = itemsUnder("001099001002");
    CHECK(none.size() == 2);
    CHECK_FALSE(none.at(1).contains("cert_data"));
}

TEST_CASE("the odd certificates of the cases are given octet by octet") {
    const Json items = itemsUnder("001099001016");
    CHECK(items.size() == 11);
    for (const Json& item : items) {
        const std::string name = item.at("service_name");
        const auto file = readFile(SMARTCA_VECTORS "/../cases/certificates/" + name + ".der");
        REQUIRE(file.has_value());
        CHECK(item.at("cert_data") == base64Of(*file));
    }
}

TEST_CASE("a status is a word, an unknown word, or a number") {
    const Json items = itemsUnder("001099001003");
    CHECK(items.at(1).at("cert_status_code") == "SUSPENDED");
    CHECK(items.at(3).at("cert_status") == "Đang chuyển vùng");
    CHECK(items.at(4).at("cert_status") == 0);
    CHECK_FALSE(items.at(4).contains("cert_status_code"));
}

TEST_CASE("what stands beside a certificate may differ from it") {
    const Json items = itemsUnder("001099001006");
    CHECK(items.at(0).at("serial_number") == "540101ffffffffffffffffffffff1006");
    CHECK(demoIdentity("001099001006").certificates.at(0).serial != "540101ffffffffffffffffffffff1006");
    CHECK(items.at(1).at("cert_valid_to") == "2031-01-01T00:00:00Z");
}

TEST_CASE("service_type picks the certificates of that service") {
    CHECK(itemsUnder("001099000001", "ESEAL").size() == 1);
    CHECK(itemsUnder("001099000001", "SMARTCA").size() == 2);
    CHECK(itemsUnder("001099000001", "ESIGN").empty());
}

TEST_CASE("subscribers have RSA keys of 2048 bits, unless their plan says otherwise") {
    const auto sizeOf = [](const char* id) {
        return EVP_PKEY_get_bits(demoIdentity(id).certificates.at(0).credential.key.get());
    };
    CHECK(sizeOf("001099000001") == 2048);
    CHECK(sizeOf("048201000002") == 2048);
    CHECK(sizeOf("001099001015") == 256);
}

TEST_CASE("a certificate keeps its serial when its key becomes another kind") {
    const auto serialWith = [](const std::string& key) {
        const TemporaryDirectory directory;
        auto plans = parseIdentities(R"({"identities":[{"id":"1","certificates":[{"service":"SMARTCA",
            "package":"P","subject":["CN=A"],"from":-1,"to":9,"key":")" +
                                     key + R"("}]}]})");
        REQUIRE(plans.ok());
        const auto vault = openVault(directory.path, std::move(plans).value(), systemClock());
        REQUIRE(vault.ok());
        return vault.value().identities.at("1").certificates.at(0).serial;
    };
    CHECK(serialWith("rsa") == serialWith("ec"));
}

TEST_CASE_FIXTURE(RunningSandbox, "an identity may take its time") {
    RawRequest request{demoRoot(), port};
    request.method = "POST";
    request.path = "/sca/sp769/v1/credentials/get_certificate";
    request.body = requestFor("001099001010").dump();
    request.deadline = std::chrono::milliseconds(300);
    CHECK(sendRaw(request).ending == Ending::Deadline);
}

}  // namespace smartca::sandbox
