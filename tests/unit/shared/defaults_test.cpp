#include "shared/defaults.h"

#include <doctest/doctest.h>

#include <array>

#include "shared/api.h"
#include "shared/signature_text.h"
#include "vectors.h"

namespace smartca {
namespace {

std::string nameOf(Provenance provenance) {
    return std::array{"builtIn", "company", "user", "edited"}[static_cast<std::size_t>(provenance)];
}

// Settings of a vector, read as the proxy's answer would be.
std::optional<SignatureSettings> settingsOf(const nlohmann::json& value) {
    if (value.is_null()) return std::nullopt;
    const auto defaults = parseDefaults({{"company", value}});
    REQUIRE(defaults.ok());
    return defaults.value().company;
}

const SignatureSettings* pointerTo(const std::optional<SignatureSettings>& settings) {
    return settings ? &*settings : nullptr;
}

}  // namespace

TEST_CASE("text, mode and image each come from the strongest source that says something") {
    for (const auto& vectorCase : vectorCases("defaults")) {
        CAPTURE(vectorCase.at("name"));
        const auto draft = parseDraft(vectorCase.at("draft"));
        REQUIRE(draft.ok());
        const auto user = settingsOf(vectorCase.at("user"));
        const auto company = settingsOf(vectorCase.at("company"));
        const ResolvedSignature resolved =
            resolveSignature(draft.value(), pointerTo(user), pointerTo(company));
        CHECK(nlohmann::json({resolved.text.value, nameOf(resolved.text.provenance)}) ==
              vectorCase.at("text"));
        CHECK(nlohmann::json({nameOf(resolved.mode.value), nameOf(resolved.mode.provenance)}) ==
              vectorCase.at("mode"));
        const std::string path = resolved.image.value ? resolved.image.value->path : "";
        CHECK(nlohmann::json({path, nameOf(resolved.image.provenance)}) == vectorCase.at("image"));
    }
}

TEST_CASE("the built-in text has known placeholders only") {
    for (const SignatureTextPart& part : parseSignatureText(builtInSignatureText()).parts)
        CHECK(part.kind != SignatureTextPart::Kind::UnknownPlaceholder);
}

TEST_CASE("display modes have names") {
    for (const DisplayMode mode : {DisplayMode::TextAndImage, DisplayMode::ImageOnly, DisplayMode::TextOnly})
        CHECK(displayModeOfName(nameOf(mode)) == mode);
    CHECK_FALSE(displayModeOfName("text"));
    CHECK((showsText(DisplayMode::TextAndImage) && showsImage(DisplayMode::TextAndImage)));
    CHECK_FALSE(showsText(DisplayMode::ImageOnly));
    CHECK_FALSE(showsImage(DisplayMode::TextOnly));
}

}  // namespace smartca
