#include "shared/identity.h"

#include <doctest/doctest.h>

#include <map>

#include "vectors.h"

namespace smartca {
namespace {

IdentityKind kindOfName(const std::string& name) {
    static const std::map<std::string, IdentityKind> kinds{
        {"empty", IdentityKind::Empty},
        {"citizenCard", IdentityKind::CitizenCard},
        {"oldIdentityCard", IdentityKind::OldIdentityCard},
        {"vietnamesePassport", IdentityKind::VietnamesePassport},
        {"foreignPassport", IdentityKind::ForeignPassport},
        {"taxCode", IdentityKind::TaxCode},
        {"taxCodeBranch", IdentityKind::TaxCodeBranch},
        {"unknown", IdentityKind::Unknown}};
    return kinds.at(name);
}

}  // namespace

TEST_CASE("an identity is brought to the form that SmartCA is asked with, and recognised by its shape") {
    for (const auto& vectorCase : vectorCases("identity")) {
        CAPTURE(lineOf(vectorCase));
        const Identity identity = parseIdentity(inputOf(vectorCase, "typed"));
        std::string canonical;
        for (int i = vectorCase.value("canonicalRepeat", 1); i > 0; --i)
            canonical += vectorCase.at("canonical");
        CHECK((identity.canonical == canonical));
        CHECK((identity.kind == kindOfName(vectorCase.at("kind"))));
        CHECK(alternativeSpelling(identity) ==
              vectorCase.value("alternative", alternativeSpelling(identity)));
    }
}

TEST_CASE("parsing the canonical form again changes nothing") {
    for (const auto& vectorCase : vectorCases("identity")) {
        CAPTURE(lineOf(vectorCase));
        const Identity once = parseIdentity(inputOf(vectorCase, "typed"));
        const Identity twice = parseIdentity(once.canonical);
        CHECK((twice.canonical == once.canonical));
        CHECK((twice.kind == once.kind));
    }
}

TEST_CASE("the check digit of a tax code follows from its first nine digits") {
    for (const auto& vectorCase : vectorCases("identity")) {
        if (!vectorCase.contains("checkDigit")) continue;
        CAPTURE(lineOf(vectorCase));
        const std::optional<char> digit =
            taxCodeCheckDigit(parseIdentity(inputOf(vectorCase, "typed")).canonical.substr(0, 9));
        REQUIRE(digit.has_value() == !vectorCase.at("checkDigit").is_null());
        if (digit) CHECK(std::string(1, *digit) == vectorCase.at("checkDigit").get<std::string>());
    }
}

TEST_CASE("only nine digits have a check digit") {
    CHECK_FALSE(taxCodeCheckDigit(""));
    CHECK_FALSE(taxCodeCheckDigit("01006843"));
    CHECK_FALSE(taxCodeCheckDigit("0100684378"));
    CHECK_FALSE(taxCodeCheckDigit("01006843x"));
}

TEST_CASE("only a branch code has another spelling") {
    CHECK(alternativeSpelling(parseIdentity("0100686209-199")) == "0100686209199");
    CHECK(alternativeSpelling(parseIdentity("0100686209")).empty());
    CHECK(alternativeSpelling(parseIdentity("AB-123")).empty());
}

}  // namespace smartca
