// The CA, what it issues, and that it stays.
#include <openssl/x509v3.h>

#include "fixture.h"
#include "proxy/sandbox/files.h"

namespace smartca::sandbox {
namespace {

using Store = std::unique_ptr<X509_STORE, void (*)(X509_STORE*)>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, void (*)(X509_STORE_CTX*)>;

// X509_V_OK, or why `leaf` does not lead to the root at `when`.
int verify(X509* leaf, std::int64_t when, X509* intermediate, int purpose) {
    const Store store(X509_STORE_new(), X509_STORE_free);
    X509_STORE_add_cert(store.get(), demoVault().root.certificate.get());
    STACK_OF(X509)* between = sk_X509_new_null();
    if (intermediate != nullptr) sk_X509_push(between, intermediate);
    const StoreContext context(X509_STORE_CTX_new(), X509_STORE_CTX_free);
    X509_STORE_CTX_init(context.get(), store.get(), leaf, between);
    X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(context.get()), X509_V_FLAG_X509_STRICT);
    X509_STORE_CTX_set_time(context.get(), 0, when);
    X509_STORE_CTX_set_purpose(context.get(), purpose);
    X509_verify_cert(context.get());
    sk_X509_free(between);
    return X509_STORE_CTX_get_error(context.get());
}

const X509& firstOf(const char* id) {
    return *demoIdentity(id).certificates.at(0).credential.certificate;
}

}  // namespace

TEST_CASE("every subscriber's certificate leads to the root while it is valid") {
    X509* intermediate = demoVault().intermediate.certificate.get();
    for (const auto& [id, identity] : demoVault().identities) {
        for (const RegisteredCertificate& certificate : identity.certificates) {
            X509* leaf = certificate.credential.certificate.get();
            CHECK(verify(leaf, validFromOf(*leaf) + kDay, intermediate, X509_PURPOSE_SMIME_SIGN) ==
                  X509_V_OK);
        }
    }
}

TEST_CASE("an expired certificate is refused today, and none verifies without the intermediate") {
    X509* intermediate = demoVault().intermediate.certificate.get();
    X509* expired = demoIdentity("079305123456").certificates.at(0).credential.certificate.get();
    CHECK(verify(expired, systemClock(), intermediate, X509_PURPOSE_SMIME_SIGN) ==
          X509_V_ERR_CERT_HAS_EXPIRED);
    X509* active = demoIdentity("001099000001").certificates.at(0).credential.certificate.get();
    CHECK(verify(active, systemClock(), nullptr, X509_PURPOSE_SMIME_SIGN) ==
          X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
}

TEST_CASE("the server's certificate is the same root's, for localhost and the loopback addresses") {
    X509* server = demoVault().server.certificate.get();
    CHECK(verify(server, systemClock(), nullptr, X509_PURPOSE_SSL_SERVER) == X509_V_OK);
    CHECK(X509_check_host(server, "localhost", 0, 0, nullptr) == 1);
    CHECK(X509_check_ip_asc(server, "127.0.0.1", 0) == 1);
    CHECK(X509_check_ip_asc(server, "::1", 0) == 1);
    CHECK(X509_check_host(server, "gwsca.example", 0, 0, nullptr) == 0);
}

TEST_CASE("serials have 16 octets, begin 540101 and are unique") {
    std::map<std::string, int> seen;
    for (const auto& [id, identity] : demoVault().identities) {
        for (const RegisteredCertificate& certificate : identity.certificates) {
            CHECK(certificate.serial.size() == 32);
            CHECK(certificate.serial.rfind("540101", 0) == 0);
            CHECK(++seen[certificate.serial] == 1);
        }
    }
    CHECK(seen.size() > 80);
}

TEST_CASE("subjects are printed in the order of the encoding, in Vietnamese") {
    CHECK(subjectOf(firstOf("001099000001")) == "C=VN,ST=Hà Nội,CN=Nguyễn Văn A,UID=CCCD:001099000001");
    CHECK(subjectOf(firstOf("012345678")) == "C=VN,ST=Thừa Thiên Huế,CN=Phạm Ẫn Khuê,UID=CMND:012345678");
    CHECK(subjectOf(firstOf("0100684378")) ==
          "C=VN,ST=Hà Nội,L=Đống Đa,O=Tập đoàn Bưu chính Viễn thông Việt Nam,CN=Tập đoàn Bưu chính Viễn "
          "thông Việt "
          "Nam,UID=MST:0100684378");
}

TEST_CASE("a person in an organisation has two UIDs and a title") {
    const X509& certificate = *demoIdentity("0100684378").certificates.at(2).credential.certificate;
    CHECK(subjectOf(certificate) ==
          "C=VN,ST=Hà Nội,O=Tập đoàn Bưu chính Viễn thông Việt Nam,OU=Ban Kế toán,T=Kế toán trưởng,CN=Vũ Thị "
          "Thu "
          "Hằng,UID=MST:0100684378,UID=CCCD:001185000042");
}

TEST_CASE("Vietnamese names are UTF8String and the country PrintableString") {
    const X509_NAME* subject = X509_get_subject_name(&firstOf("001099000001"));
    const auto typeOf = [&](int at) {
        return ASN1_STRING_type(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    };
    CHECK(typeOf(0) == V_ASN1_PRINTABLESTRING);
    CHECK(typeOf(1) == V_ASN1_UTF8STRING);
    CHECK(typeOf(2) == V_ASN1_UTF8STRING);
}

TEST_CASE("a subscriber's key signs and stands for its owner, and is no CA") {
    X509& certificate = *demoIdentity("001099000001").certificates.at(0).credential.certificate;
    CHECK(X509_get_key_usage(&certificate) == (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION));
    CHECK(X509_check_ca(&certificate) == 0);
}

TEST_CASE("the next start finds the same certificates, and keys that only their owner may read") {
    const TemporaryDirectory directory;
    const auto plansOf = [](const char* json) {
        auto plans = parseIdentities(json);
        REQUIRE(plans.ok());
        return std::move(plans).value();
    };
    const char* before = R"({"identities":[{"id":"1","certificates":[
        {"service":"SMARTCA","package":"P","subject":["CN=A"],"from":-1,"to":9},
        {"service":"SMARTCA","package":"P","subject":["CN=B"],"from":-1,"to":9}]}]})";
    const char* after = R"({"identities":[{"id":"1","certificates":[
        {"service":"SMARTCA","package":"P","subject":["CN=A"],"from":-1,"to":9},
        {"service":"SMARTCA","package":"P","subject":["CN=C"],"from":-1,"to":9}]}]})";
    const auto first = openVault(directory.path, plansOf(before), systemClock());
    const auto second = openVault(directory.path, plansOf(after), systemClock());
    REQUIRE(first.ok());
    REQUIRE(second.ok());
    const auto& then = first.value().identities.at("1").certificates;
    const auto& now = second.value().identities.at("1").certificates;
    CHECK(then.at(0).serial == now.at(0).serial);
    CHECK(then.at(0).id == now.at(0).id);
    CHECK(then.at(1).serial != now.at(1).serial);  // its plan was edited
    CHECK(subjectOf(*now.at(1).credential.certificate) == "CN=C");
    for (const auto& file : std::filesystem::directory_iterator(directory.path)) {
        const auto name = file.path().filename();
        const bool open = name == "ca.pem" || name == "subscriber-ca.pem";
        const auto mode = static_cast<unsigned>(file.status().permissions());
        CHECK_MESSAGE(mode == (open ? 0644U : 0600U), file.path());
    }
}

TEST_CASE("a damaged key file is named, not replaced") {
    const TemporaryDirectory directory;
    REQUIRE(openVault(directory.path, {}, systemClock()).ok());
    REQUIRE(writeFile(directory.path / "root.pem", "not a key", Readers::OwnerOnly).ok());
    const auto opened = openVault(directory.path, {}, systemClock());
    REQUIRE(!opened.ok());
    CHECK(opened.error().find("root.pem") != std::string::npos);
}

TEST_CASE("an identities file with a mistake says where it is") {
    const auto errorOf = [](const char* json) {
        const auto plans = parseIdentities(json);
        return plans.ok() ? std::string() : plans.error();
    };
    CHECK(errorOf("[]") == "not a JSON object with \"identities\"");
    CHECK(errorOf(R"({"identities":[{"id":"../x","certificates":[]}]})") ==
          "identity 1: \"id\" must be 1 to 40 letters, digits and hyphens");
    CHECK(errorOf(R"({"identities":[{"id":"1","certificates":[]},{"id":"1","certificates":[]}]})") ==
          "identity 2: 1 stands twice");
    CHECK(errorOf(R"({"identities":[{"id":"1","item":"odd","certificates":[]}]})") ==
          "identity 1: \"item\" cannot be \"odd\"");
}

}  // namespace smartca::sandbox
