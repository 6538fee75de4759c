#include "shared/signature_text.h"

#include <doctest/doctest.h>

#include "vectors.h"

namespace smartca {
namespace {

std::string nameOf(SignatureTextPart::Kind kind) {
    switch (kind) {
        case SignatureTextPart::Kind::Literal:
            return "literal";
        case SignatureTextPart::Kind::KnownPlaceholder:
            return "known";
        case SignatureTextPart::Kind::UnknownPlaceholder:
            return "unknown";
    }
    return "";
}

}  // namespace

TEST_CASE("a signature text is taken apart into literals and placeholders, and filled in one pass") {
    const auto file = vectorFile("signature_text");
    Arguments values;
    for (const auto& [name, value] : file.at("values").items())
        values.push_back({name, value});
    for (const auto& vectorCase : file.at("cases")) {
        CAPTURE(lineOf(vectorCase));
        const std::string text = vectorCase.at("text");
        const ParsedSignatureText parsed = parseSignatureText(text);
        CHECK(parsed.unclosed == vectorCase.at("unclosed"));
        auto parts = nlohmann::json::array();
        for (const SignatureTextPart& part : parsed.parts)
            parts.push_back({nameOf(part.kind), std::string(part.text)});
        CHECK(parts == vectorCase.at("parts"));
        CHECK(fillSignatureText(text, values) == vectorCase.at("filled").get<std::string>());
    }
}

TEST_CASE("the parts of a text together are the text") {
    for (const auto& vectorCase : vectorCases("signature_text")) {
        const std::string text = vectorCase.at("text");
        std::string joined;
        for (const SignatureTextPart& part : parseSignatureText(text).parts) {
            const bool literal = part.kind == SignatureTextPart::Kind::Literal;
            joined += literal ? std::string(part.text) : "{{" + std::string(part.text) + "}}";
        }
        CHECK(joined == text);
    }
}

TEST_CASE("a megabyte of braces is taken apart in linear time") {
    for (const std::string_view piece : {"{", "}", "{{", "{{a}}", "{{a", "}}{{"}) {
        std::string text;
        while (text.size() < 1'000'000)
            text += piece;
        CHECK_FALSE(parseSignatureText(text).parts.empty());
    }
}

TEST_CASE("line breaks are converted between a text area's and eContract's") {
    CHECK(withLineFeeds("a\r\nb\rc\nd\r\r\n") == "a\nb\nc\nd\n\n");
    CHECK(withCarriageReturns("a\r\nb\rc\nd") == "a\r\nb\r\nc\r\nd");
    CHECK(withCarriageReturns(withLineFeeds("a\r\n\r\nb")) == "a\r\n\r\nb");
    CHECK(withLineFeeds("").empty());
}

}  // namespace smartca
