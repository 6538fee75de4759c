#include "shared/signature_text.h"

#include <algorithm>

namespace smartca {
namespace {

constexpr std::string_view kKnown[] = {"SubjectDN.CN",  "SubjectDN.O", "SubjectDN.OU",
                                       "SubjectDN.UID", "SubjectDN.T", "SignTime",
                                       "Name",          "SubjectDN",   "Reason"};
constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";

using Kind = SignatureTextPart::Kind;

void addLiteral(ParsedSignatureText& parsed, std::string_view literal) {
    if (literal.empty()) return;
    if (literal.find(kOpen) != std::string_view::npos) parsed.unclosed = true;
    parsed.parts.push_back({Kind::Literal, literal});
}

std::string withLineBreaks(std::string_view text, std::string_view lineBreak) {
    std::string changed;
    changed.reserve(text.size() + text.size() / 16);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r' && text[i] != '\n') {
            changed.push_back(text[i]);
            continue;
        }
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
        changed += lineBreak;
    }
    return changed;
}

}  // namespace

std::span<const std::string_view> knownPlaceholders() {
    return kKnown;
}

ParsedSignatureText parseSignatureText(std::string_view text) {
    ParsedSignatureText parsed;
    std::size_t begin = 0;  // of what stands in no part yet
    std::size_t from = 0;   // of the search: no byte is searched twice
    for (std::size_t close = 0; (close = text.find(kClose, from)) != std::string_view::npos;) {
        const std::size_t inside = text.substr(from, close - from).rfind(kOpen);
        if (inside != std::string_view::npos) {
            const std::size_t open = from + inside;
            const std::string_view name = text.substr(open + kOpen.size(), close - open - kOpen.size());
            const bool known = std::find(std::begin(kKnown), std::end(kKnown), name) != std::end(kKnown);
            addLiteral(parsed, text.substr(begin, open - begin));
            parsed.parts.push_back({known ? Kind::KnownPlaceholder : Kind::UnknownPlaceholder, name});
            begin = close + kClose.size();
        }
        from = close + kClose.size();
    }
    addLiteral(parsed, text.substr(begin));
    return parsed;
}

std::string fillSignatureText(std::string_view text, const Arguments& values) {
    std::string filled;
    filled.reserve(text.size());
    for (const SignatureTextPart& part : parseSignatureText(text).parts) {
        if (part.kind == Kind::Literal) {
            filled += part.text;
        } else if (part.kind == Kind::UnknownPlaceholder) {
            filled.append(kOpen).append(part.text).append(kClose);
        } else {
            const auto value = std::find_if(values.begin(), values.end(), [&](const Argument& argument) {
                return argument.name == part.text;
            });
            if (value != values.end()) filled += value->value;
        }
    }
    return filled;
}

std::string withLineFeeds(std::string_view text) {
    return withLineBreaks(text, "\n");
}

std::string withCarriageReturns(std::string_view text) {
    return withLineBreaks(text, "\r\n");
}

}  // namespace smartca
