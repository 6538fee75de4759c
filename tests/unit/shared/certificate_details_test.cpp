#include "shared/certificate_details.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "shared/json_guard.h"
#include "shared/validation.h"

namespace smartca {
namespace {

CertificateDetails fullDetails() {
    CertificateDetails details;
    details.certificate = {.id = 12, .name = "A", .userId = 7, .serial = "01", .validFrom = 1, .validTo = 2};
    details.source = CertificateSource::Kept;
    details.statusSource = StatusSource::Gone;
    details.content =
        CertificateContent{.subject = {"CN=Nguyễn Văn A,C=VN", {{"C", "VN"}, {"CN", "Nguyễn Văn A"}}},
                           .issuer = {"CN=VNPT SmartCA RS", {{"CN", "VNPT SmartCA RS"}}},
                           .serial = "01",
                           .validFrom = 1,
                           .validTo = 2,
                           .publicKey = {"EC", 256, "P-256"},
                           .signatureAlgorithm = "RSA-SHA256",
                           .keyUsage = {KeyUsage::DigitalSignature, KeyUsage::DecipherOnly},
                           .extendedKeyUsage = {"clientAuth", "2.999.5"},
                           .fingerprint = std::string(64, 'a'),
                           .ocsp = {"http://ocsp.example.vn"},
                           .caIssuers = {"http://ca.example.vn"},
                           .crl = {"http://crl.example.vn"}};
    details.chain = {ChainVerdict::IssuerUnknown, {"Nguyễn Văn A", "RS"}, "Root"};
    return details;
}

void checkThroughTheWire(const CertificateDetails& details) {
    const std::string text = writeJson(toJson(details));
    const auto back = parseCertificateDetails(parseJson(text).value());
    REQUIRE(back.ok());
    CHECK(writeJson(toJson(back.value())) == text);
}

}  // namespace

TEST_CASE("details go through the wire, with a certificate and without") {
    checkThroughTheWire(fullDetails());
    CertificateDetails bare = fullDetails();
    bare.content.reset();
    bare.source = CertificateSource::NotKept;
    bare.chain = {ChainVerdict::NotKept};
    checkThroughTheWire(bare);
    for (std::size_t i = 0; i < static_cast<std::size_t>(StatusSource::Count); ++i) {
        bare.statusSource = static_cast<StatusSource>(i);
        checkThroughTheWire(bare);
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(ChainVerdict::Count); ++i) {
        bare.chain.verdict = static_cast<ChainVerdict>(i);
        checkThroughTheWire(bare);
    }
    CHECK(toJson(bare).at("chain").at("revocation") == "notChecked");
}

TEST_CASE("an answer that is not as it should be is refused with the place") {
    const auto faultAt = [](const char* key, nlohmann::json value) {
        auto json = toJson(fullDetails());
        json[key] = std::move(value);
        const auto parsed = parseCertificateDetails(json);
        return parsed.ok() ? std::string("none") : parsed.error().pointer;
    };
    CHECK(faultAt("source", "elsewhere") == "/source");
    CHECK(faultAt("chain", nlohmann::json::object()) == "/chain/verdict");
    CHECK(faultAt("certificate", nlohmann::json::object()) == "/certificate/id");
    CHECK(faultAt("content", nlohmann::json::object()) == "/content/subject");
    CHECK(faultAt("content", 5) == "/content");
    CHECK(faultAt("more", 5) == "none");
}

TEST_CASE("a key usage of a later program is left out") {
    auto json = toJson(fullDetails());
    json["content"]["keyUsage"].push_back("timeTravel");
    CHECK(parseCertificateDetails(json).value().content->keyUsage.size() == 2);
}

TEST_CASE("the verdict is a sentence that claims no more than was found out") {
    CertificateChain chain{ChainVerdict::Verified, {"Nguyễn Văn A", "RS", "Root"}, {}};
    CHECK(sentenceOf(chain, Locale::English) == "Verified up to “Root”.");
    CHECK(sentenceOf(chain, Locale::Vietnamese) == "Đã xác minh tới “Root”.");
    CHECK(sentenceOf(fullDetails().chain, Locale::English) ==
          "Not verified: its issuer “Root” is not among the trusted authorities.");
    std::set<std::string> sentences;
    for (std::size_t i = 0; i < static_cast<std::size_t>(ChainVerdict::Count); ++i) {
        chain.verdict = static_cast<ChainVerdict>(i);
        const std::string sentence = sentenceOf(chain, Locale::English);
        CHECK(sentence.starts_with("Verified") == (chain.verdict == ChainVerdict::Verified));
        sentences.insert(sentence);
    }
    CHECK(sentences.size() == static_cast<std::size_t>(ChainVerdict::Count));
}

TEST_CASE("attributes, usages and purposes have labels; what nobody knows is its own") {
    CHECK(labelOfNameType("CN") == Message::NameTypeCommonName);
    for (const char* type : {"E", "emailAddress"})
        CHECK(labelOfNameType(type) == Message::NameTypeEmail);
    for (const char* type : {"organizationIdentifier", "2.5.4.97"})
        CHECK(labelOfNameType(type) == Message::NameTypeOrganizationId);
    CHECK(labelOfNameType("2.999.1") == Message::None);
    CHECK(labelOfPurpose("clientAuth") == Message::PurposeClientAuthentication);
    CHECK(labelOfPurpose("2.999.5") == Message::None);
    CHECK(labelOf(KeyUsage::NonRepudiation) == Message::UsageNonRepudiation);
    CHECK(nameOf(KeyUsage::CrlSigning) == "crlSigning");
}

TEST_CASE("a name on the list has no blanks around it, and is none where it shows nothing") {
    CHECK(certificateNameOf("  Chữ ký giám đốc ") == "Chữ ký giám đốc");
    CHECK(certificateNameOf("").empty());
    CHECK(certificateNameOf(" \xE3\x80\x80 ").empty());
    CHECK_FALSE(faultOfCertificateName(""));
    CHECK_FALSE(faultOfCertificateName("Chữ ký giám đốc"));
}

TEST_CASE("a name that is too long or hides something is refused with a sentence") {
    std::string longest;
    for (std::size_t i = 0; i < kLongestCertificateName; ++i)
        longest += "ữ";
    CHECK_FALSE(faultOfCertificateName(longest));
    CHECK(describe(Locale::English, faultOfCertificateName(longest + "a").value()) ==
          "Too long: 201 characters, at most 200.");
    for (const char* hidden : {"a\xE2\x80\xAE"
                               "b",
                               "\xE2\x80\x8B", "a\tb", "a\nb", "\xFF"})
        CHECK(faultOfCertificateName(certificateNameOf(hidden)).value().code == FindingCode::InvalidText);
}

}  // namespace smartca
