#include "shared/validation.h"

#include <doctest/doctest.h>

#include <memory>

#include "shared/api.h"
#include "vectors.h"

namespace smartca {
namespace {

// "serial error serialRequired count=2"
std::string lineOf(const Finding& finding) {
    std::string line(ruleOf(finding.field).key);
    line.append(" ").append(nameOf(severityOf(finding.code))).append(" ").append(nameOf(finding.code));
    for (const Argument& argument : finding.arguments)
        line += " " + argument.name + "=" + argument.value;
    return line;
}

Registered registeredOf(const nlohmann::json& said) {
    Registered registered;
    for (const auto& [serial, status] : said.at("certificates").items())
        registered.certificates.push_back({serial, *certificateStatusOfName(status.get<std::string>())});
    if (said.contains("unreadable")) said.at("unreadable").get_to(registered.unreadable);
    registered.personUnknown = said.value("personUnknown", false);
    return registered;
}

ValidationContext contextOf(const nlohmann::json& vectorCase) {
    ValidationContext context;
    if (vectorCase.contains("limits")) context.limits.imageBytes = vectorCase.at("limits").at("imageBytes");
    if (vectorCase.contains("registeredSerials")) {
        Registered registered;
        for (const std::string serial : vectorCase.at("registeredSerials"))
            registered.certificates.push_back({serial});
        markShared(registered.certificates);
        context.registered = std::make_shared<const Registered>(std::move(registered));
    }
    if (vectorCase.contains("registered"))
        context.registered = std::make_shared<const Registered>(registeredOf(vectorCase.at("registered")));
    if (vectorCase.contains("signature")) {
        const auto& signature = vectorCase.at("signature");
        context.signature = ResolvedSignature{{signature.at("text"), Provenance::User},
                                              {*displayModeOfName(signature.at("mode")), Provenance::User},
                                              {std::nullopt, Provenance::BuiltIn}};
        if (signature.contains("image"))
            context.signature->image.value = StoredImage{signature.at("image"), "", 1, 1, 1};
    }
    return context;
}

Draft completeDraft() {
    Draft draft;
    draft.userId = 7;
    draft.identity = "001099000001";
    return draft;
}

std::vector<std::string> linesOf(const Draft& draft) {
    std::vector<std::string> lines;
    for (const Finding& finding : validate(draft, {}))
        lines.push_back(lineOf(finding));
    return lines;
}

}  // namespace

TEST_CASE("a draft is judged as the form's rules say") {
    for (const auto& vectorCase : vectorCases("validation")) {
        CAPTURE(vectorCase.at("name"));
        const auto draft = parseDraft(vectorCase.at("draft"));
        REQUIRE(draft.ok());
        auto lines = nlohmann::json::array();
        for (const Finding& finding : validate(draft.value(), contextOf(vectorCase)))
            lines.push_back(lineOf(finding));
        CHECK(lines == vectorCase.at("findings"));
    }
}

TEST_CASE("findings stand in the form's order, a field's errors before its warnings") {
    for (const auto& vectorCase : vectorCases("validation")) {
        const auto draft = parseDraft(vectorCase.at("draft"));
        const Findings findings = validate(draft.value(), contextOf(vectorCase));
        for (std::size_t i = 1; i < findings.size(); ++i) {
            CHECK(findings[i - 1].field <= findings[i].field);
            if (findings[i - 1].field == findings[i].field)
                CHECK(severityOf(findings[i - 1].code) <= severityOf(findings[i].code));
        }
    }
}

TEST_CASE("text that is not UTF-8 is refused in every field") {
    for (std::string Draft::* member :
         {&Draft::identity, &Draft::serial, &Draft::password, &Draft::secretKey}) {
        Draft draft = completeDraft();
        draft.businessAccount = Switch::On;
        draft.serial = "01";
        draft.password = "p";
        draft.secretKey = "JBSWY3DPEHPK3PXP";
        draft.*member = "ab\xED\xA0\x80";
        const Findings findings = validate(draft, {});
        REQUIRE(findings.size() == 1);
        CHECK(findings.front().code == FindingCode::InvalidText);
    }
    Draft draft = completeDraft();
    draft.signatureText = "\xFF";
    CHECK(linesOf(draft) == std::vector<std::string>{"signatureText error invalidText"});
}

TEST_CASE("what stands in the business account's fields does not count while it is off") {
    Draft draft = completeDraft();
    draft.password = "\xFF";
    draft.secretKey = "!";
    CHECK(validate(draft, {}).empty());
}

TEST_CASE("a user's number is positive and has 32 bits") {
    Draft draft = completeDraft();
    for (const UserId none : {UserId{0}, UserId{-1}, INT64_MIN}) {
        draft.userId = none;
        CHECK(linesOf(draft) == std::vector<std::string>{"userId error required"});
    }
    draft.userId = kLargestUserId;
    CHECK(validate(draft, {}).empty());
    draft.userId = kLargestUserId + 1;
    CHECK(linesOf(draft) == std::vector<std::string>{"userId error userUnknown"});
}

TEST_CASE(
    "a serial that nobody would type can be picked where a certificate has it, and a blank picks not all") {
    Draft draft{.userId = 7, .identity = "001099000001"};
    const std::string longer(42, '5');
    draft.serials = {"00", longer, "AE:B7"};
    CHECK(pickedSerials(draft) == std::vector<std::string>{"00", longer, "aeb7"});
    ValidationContext context;
    context.registered = std::make_shared<const Registered>(Registered{{{"00"}, {longer}, {"aeb7"}}});
    CHECK(validate(draft, context).empty());
    for (const char* wrong : {"", " ", "xyz", "0:0", "0"}) {
        draft.serials = {wrong};
        CHECK(hasError(validate(draft, context)));
    }
}

TEST_CASE("fields as large as a request may be are judged at once") {
    const std::size_t size = 300'000;
    Draft draft = completeDraft();
    draft.businessAccount = Switch::On;
    for (const char c : {'a', '1', '{', ' ', '\\', '-', '\xFF'}) {
        draft.identity = draft.serial = draft.password = draft.secretKey = std::string(size, c);
        draft.signatureText = std::string(size, c);
        CHECK(hasError(validate(draft, {})));
    }
}

TEST_CASE("the same draft gives the same findings") {
    for (const auto& vectorCase : vectorCases("validation")) {
        const auto draft = parseDraft(vectorCase.at("draft"));
        const ValidationContext context = contextOf(vectorCase);
        CHECK((validate(draft.value(), context) == validate(draft.value(), context)));
    }
}

}  // namespace smartca
