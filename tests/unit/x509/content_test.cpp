#include "proxy/x509/certificate.h"

#include <doctest/doctest.h>
#include <openssl/sha.h>

#include "issuing.h"
#include "shared/text.h"

using namespace smartca;
using namespace smartca::x509;
using namespace smartca::x509::test;

namespace {

CertificateContent contentOf(const Spec& spec) {
    const auto content = readContent(issue(spec).der());
    REQUIRE(content);
    return *content;
}
std::string firstValue(const CertificateName& name) {
    REQUIRE_FALSE(name.parts.empty());
    return name.parts.front().value;
}
using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a certificate tells its names, in text and in parts, its serial number and its validity") {
    const auto content = contentOf({});
    CHECK(content.subject.text == "UID=CCCD:001099000001,CN=Nguyễn Văn A,ST=HÀ NỘI,C=VN");
    REQUIRE(content.subject.parts.size() == 4);
    CHECK(content.subject.parts[0].type == "C");
    CHECK(content.subject.parts[2].type == "CN");
    CHECK(content.subject.parts[2].value == "Nguyễn Văn A");
    CHECK(content.subject.parts[3].type == "UID");
    CHECK(content.issuer.text == content.subject.text);
    CHECK(content.serial == "540101014e4653549c5a6fdcb9c89999");
    CHECK(content.validFrom == kNow - kYear);
    CHECK(content.validTo == kNow + kYear);
}

TEST_CASE("the key is told by algorithm, size and curve, the signature by algorithm") {
    const auto ec = contentOf({});
    CHECK(ec.publicKey.algorithm == "EC");
    CHECK(ec.publicKey.bits == 256);
    CHECK(ec.publicKey.curve == "P-256");
    CHECK(ec.signatureAlgorithm == "ecdsa-with-SHA256");
    Spec spec;
    spec.key = Key::Ec384;
    CHECK(contentOf(spec).publicKey.curve == "P-384");
    spec.key = Key::Rsa2048;
    const auto rsa = contentOf(spec);
    CHECK(rsa.publicKey.algorithm == "RSA");
    CHECK(rsa.publicKey.bits == 2048);
    CHECK(rsa.publicKey.curve.empty());
    CHECK(rsa.signatureAlgorithm == "RSA-SHA256");
    spec.key = Key::Ed25519;
    CHECK(contentOf(spec).publicKey.algorithm == "ED25519");
}

TEST_CASE("usages, purposes and addresses are listed, and where they are absent nothing is") {
    Spec spec;
    spec.extensions = {
        {"keyUsage", "critical,digitalSignature,nonRepudiation,decipherOnly,keyAgreement"},
        {"extendedKeyUsage", "clientAuth,emailProtection,1.3.6.1.5.5.7.3.36,2.999.5"},
        {"authorityInfoAccess",
         "OCSP;URI:http://ocsp.example.vn,caIssuers;URI:http://ca.example.vn/ca.cer,OCSP;email:a@example.vn"},
        {"crlDistributionPoints", "URI:http://crl.example.vn/a.crl,URI:ldap://crl.example.vn/b"}};
    const auto content = contentOf(spec);
    CHECK((content.keyUsage == std::vector{KeyUsage::DigitalSignature, KeyUsage::NonRepudiation,
                                           KeyUsage::KeyAgreement, KeyUsage::DecipherOnly}));
    CHECK((content.extendedKeyUsage == Texts{"clientAuth", "emailProtection", "documentSigning", "2.999.5"}));
    CHECK((content.ocsp == Texts{"http://ocsp.example.vn"}));
    CHECK((content.caIssuers == Texts{"http://ca.example.vn/ca.cer"}));
    CHECK((content.crl == Texts{"http://crl.example.vn/a.crl", "ldap://crl.example.vn/b"}));
    const auto bare = contentOf({});
    CHECK(bare.keyUsage.empty());
    CHECK(bare.extendedKeyUsage.empty());
    CHECK(bare.ocsp.empty());
    CHECK(bare.caIssuers.empty());
    CHECK(bare.crl.empty());
}

TEST_CASE("the fingerprint is SHA-256 of the certificate as it is") {
    const std::string der = issue().der();
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(der.data()), der.size(), digest);
    const auto fingerprint = readContent(der)->fingerprint;
    REQUIRE(fingerprint.size() == 64);
    for (std::size_t i = 0; i < sizeof digest; ++i)
        CHECK(std::stoi(fingerprint.substr(2 * i, 2), nullptr, 16) == digest[i]);
}

TEST_CASE("UTF-16 names are read as text, and compatible encodings too") {
    CHECK(firstValue(contentOf({.subject = {{"CN", utf16(u"Nguyễn Thị Ánh"), V_ASN1_BMPSTRING}}}).subject) ==
          "Nguyễn Thị Ánh");
    CHECK(firstValue(contentOf({.subject = {{"CN", "Caf\xE9", V_ASN1_T61STRING}}}).subject) == "Café");
    CHECK(firstValue(contentOf({.subject = {{"CN", "Hanoi", V_ASN1_PRINTABLESTRING}}}).subject) == "Hanoi");
}

TEST_CASE("a name typed with combining marks is shown composed") {
    CHECK(firstValue(contentOf({.subject = {{"CN", "Nguye\xCC\x82\xCC\x83n"}}}).subject) == "Nguyễn");
}

TEST_CASE("a value that is no text is shown as its octets") {
    CHECK(firstValue(contentOf({.subject = {{"CN", "\x01\xAB", V_ASN1_BIT_STRING}}}).subject) ==
          "#03030001ab");
}

TEST_CASE("octets that are no UTF-8 are shown as what is missing, and lose nothing else") {
    std::string der = issue().der();
    const std::size_t at = der.rfind("\xE1\xBB\x85");  // the ễ of the subject's Nguyễn
    REQUIRE(at != std::string::npos);
    der[at + 2] = '\xFF';
    const auto content = readContent(der);
    REQUIRE(content);
    CHECK(content->subject.text.find("CN=Nguy\uFFFD\uFFFD\uFFFDn Văn A,ST=HÀ NỘI") != std::string::npos);
    CHECK(content->issuer.parts.at(2).value == "Nguyễn Văn A");
    CHECK(content->publicKey.curve == "P-256");
}

TEST_CASE("text that breaks its type's rules is read as what it most likely is") {
    const auto nameIn = [](const std::string& octets, int type) {
        return firstValue(contentOf({.subject = {{"CN", octets, type}}}).subject);
    };
    CHECK(nameIn("Nguyễn", V_ASN1_PRINTABLESTRING) == "Nguyễn");
    CHECK(nameIn("Nguyễn", V_ASN1_IA5STRING) == "Nguyễn");
    CHECK(nameIn("Nguyễn", V_ASN1_T61STRING) == "Nguyễn");
    CHECK(nameIn("Mu\xF1oz", V_ASN1_PRINTABLESTRING) == "Muñoz");
    CHECK(nameIn(utf16(u"A\xD83D\xDE00\xDC00\xD800"), V_ASN1_BMPSTRING) == "A\U0001F600\uFFFD\uFFFD");
    CHECK(nameIn(std::string("\0\0\0A\0\x11\0\0", 8), V_ASN1_UNIVERSALSTRING) == "A\uFFFD");
}

TEST_CASE("control, invisible and direction-turning characters show as what they are: something hidden") {
    const auto subject = contentOf({.subject = {{"CN", std::string("A\x01"
                                                                   "B\x1b[2J\0C",
                                                                   9) +
                                                           "\u202Egnp\u200B.exe\r\n"}}})
                             .subject;
    CHECK(firstValue(subject) == "A\uFFFDB\uFFFD[2J\uFFFDC\uFFFDgnp\uFFFD.exe\uFFFD\uFFFD");
    CHECK_FALSE(hasForbiddenCharacter(subject.text, LineBreaks::Forbidden));
}

TEST_CASE("huge names are cut, in length and in number, and say so") {
    const auto content = contentOf({.subject = {{"CN", std::string(20'000, 'x')}, {"O", "VNPT"}}});
    CHECK(codePointCount(firstValue(content.subject)) == 301);
    CHECK(firstValue(content.subject).ends_with("x…"));
    CHECK(codePointCount(content.subject.text) == 2001);
    CHECK(content.subject.parts.at(1).value == "VNPT");
    Spec crowd;
    crowd.subject.assign(500, {"OU", "Phòng"});
    CHECK(contentOf(crowd).subject.parts.size() == 64);
}

TEST_CASE("an attribute that nobody knows is told by its number") {
    const auto content = contentOf({.subject = {{"2.999.1.2", "một"}, {"title", "Giám đốc"}}});
    CHECK(content.subject.parts[0].type == "2.999.1.2");
    CHECK(content.subject.parts[1].type == "T");
}

TEST_CASE("an extension that is broken counts as absent") {
    Spec spec;
    spec.extensions = {{"2.5.29.15", "DER:0405"}, {"2.5.29.37", "DER:3000"}, {"2.5.29.31", "DER:FF"}};
    const auto content = contentOf(spec);
    CHECK(content.keyUsage.empty());
    CHECK(content.extendedKeyUsage.empty());
    CHECK(content.crl.empty());
}

TEST_CASE("what is no certificate is nothing, whatever is cut off or changed") {
    Spec spec;
    spec.extensions = {{"keyUsage", "digitalSignature"},
                       {"crlDistributionPoints", "URI:http://crl.example.vn/a.crl"},
                       {"authorityInfoAccess", "OCSP;URI:http://ocsp.example.vn"}};
    const std::string der = issue(spec).der();
    CHECK_FALSE(readContent(""));
    CHECK_FALSE(readContent("MII"));
    CHECK_FALSE(readContent(std::string(300'000, '\x30')));
    for (std::size_t size = 0; size < der.size(); ++size)
        CHECK_FALSE(readContent(der.substr(0, size)));
    for (std::size_t i = 0; i < der.size(); ++i) {
        for (const int mask : {0xff, 0x01, 0x80}) {
            std::string changed = der;
            changed[i] = static_cast<char>(changed[i] ^ mask);
            static_cast<void>(readContent(changed));  // must not crash; some changes still are a certificate
        }
    }
}

TEST_CASE("what stands after a certificate is not in its fingerprint") {
    const std::string der = issue().der();
    CHECK(readContent(der + "\n")->fingerprint == readContent(der)->fingerprint);
}
