#include "proxy/upstream/redaction.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "proxy/upstream/certificate_answer.h"

namespace smartca::upstream {
namespace {

constexpr const char* kPassword = "Sandb0x-sp-Passw0rd-XYZZY";

TEST_CASE("a secret that is quoted whole is replaced where it stands") {
    CHECK(redacted("sp_password Sandb0x-sp-Passw0rd-XYZZY invalid", {kPassword}) ==
          "sp_password *** invalid");
}

TEST_CASE("a text that holds most of a secret is dropped, however it is cut or spread out") {
    for (const char* text :
         {"...Sandb0x-sp-Passw0rd-XY", "Sandb0x-sp\n-Passw0rd-XYZZY", "b0x-sp-Passw0rd-XYZZY",
          "Sandb0x-sp\u200b-Passw0rd-XYZZY", "S a n d b 0 x - s p - P a s s w 0 r d - X Y Z Z Y"}) {
        CAPTURE(text);
        CHECK(redacted(text, {kPassword}) == "***");
    }
}

TEST_CASE("ordinary words stay, and so does everything when there is no secret") {
    CHECK(redacted("Wrong password", {kPassword}) == "Wrong password");
    CHECK(redacted("sandbox", {"sandbox-sp-password"}) == "sandbox");
    CHECK(redacted("words", {""}) == "words");
}

TEST_CASE("a refusal that ends in the password, cut or broken by a line, says nothing of it") {
    for (const std::string& words :
         {std::string(178, 'x') + kPassword, std::string("Sandb0x-sp\n-Passw0rd-XYZZY")}) {
        const auto read = readCertificateAnswer(
            200, nlohmann::json{{"status_code", 500}, {"message", words}}.dump(), kPassword);
        REQUIRE(!read);
        CHECK(read.error().message.find("Sandb0x") == std::string::npos);
    }
}

TEST_CASE("every text of an answer is looked through, at any depth") {
    nlohmann::json value = {{"data", {{{"cert_status", kPassword}}, {{"n", 1}}}}};
    redact(value, {kPassword});
    CHECK(value == nlohmann::json{{"data", {{{"cert_status", "***"}}, {{"n", 1}}}}});
}

}  // namespace
}  // namespace smartca::upstream
