#include "proxy/upstream/certificate_data.h"

#include <doctest/doctest.h>

#include "issuing.h"
#include "shared/text.h"

using namespace smartca;
using namespace smartca::upstream;

namespace {

const IssuedCertificate& issued() {
    static const IssuedCertificate certificate = issue();
    return certificate;
}

std::string decoded(std::string_view text) {
    std::string der;
    return decodeCertificateData(text, der) ? der : std::string();
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

// In lines of 64 characters, each of which ends so.
std::string inLines(const std::string& text, const std::string& end) {
    std::string lines;
    for (std::size_t at = 0; at < text.size(); at += 64)
        lines += text.substr(at, 64) + end;
    return lines;
}

}  // namespace

TEST_CASE("base64 is read with line breaks of any kind, and without its padding") {
    const std::string text = base64Of(issued().der);
    for (const char* end : {"\n", "\r\n", "\r", " ", "\t", "\\n", "\\r\\n", "\u2028", "\u00A0"})
        CHECK(decoded(inLines(text, end)) == issued().der);
    CHECK(decoded("\n " + text + "\n\n") == issued().der);
    for (const std::size_t tail : {0U, 1U, 2U}) {
        const std::string octets = issued().der + std::string(tail, 'x');
        CHECK(decoded(replaced(base64Of(octets), "=", "")) == octets);
    }
}

TEST_CASE("base64url and hexadecimal are read") {
    CHECK(decoded(replaced(replaced(base64Of(issued().der), "+", "-"), "/", "_")) == issued().der);
    CHECK(decoded(hexadecimalOf(issued().der)) == issued().der);
}

TEST_CASE("PEM is read: with Windows' line ends, with headers, within other text, in one line") {
    const std::string pem = issued().pem;
    CHECK(decoded(pem) == issued().der);
    CHECK(decoded(replaced(pem, "\n", "\r\n")) == issued().der);
    CHECK(decoded(replaced(pem, "\n", "\\n")) == issued().der);
    CHECK(decoded(replaced(pem, "\n", " ")) == issued().der);
    CHECK(decoded("Bag Attributes\n  friendlyName: a\nsubject=CN = A\n" + pem) == issued().der);
    CHECK(decoded(replaced(pem, "-----BEGIN CERTIFICATE-----\n",
                           "-----BEGIN X509 CERTIFICATE-----\r\nVersion: 1\r\nComment: two\r\n\r\n")) ==
          issued().der);
    const IssuedCertificate other = issue({.serial = "02"});
    CHECK(decoded(pem + other.pem) == issued().der + other.der);
    CHECK(decoded(pem + "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n") == issued().der);
    CHECK(decoded(pem.substr(0, pem.find("-----END"))) == issued().der);
}

TEST_CASE("base64 of PEM, and of base64, is read") {
    CHECK(decoded(base64Of(issued().pem)) == issued().der);
    CHECK(decoded(base64Of(base64Of(issued().der))) == issued().der);
    CHECK(decoded(inLines(base64Of(replaced(issued().pem, "\n", "\r\n")), "\r\n")) == issued().der);
}

TEST_CASE("what is none of these is nothing") {
    for (const char* text : {"", " ", "garbage", "MII...", "-----BEGIN CERTIFICATE-----", "-----BEGIN ", "=",
                             "30", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----", "aGVsbG8="}) {
        CAPTURE(text);
        CHECK(decoded(text).size() <= 1);
    }
}
