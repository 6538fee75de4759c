#include "shared/certificate_name.h"

#include "shared/text.h"

namespace smartca {

std::string certificateNameOf(std::string_view typed) {
    const std::string_view name = trimmed(typed);
    // Folding drops invisible characters too: what holds one is left for the check to name.
    const bool visible = foldedTyping(name).find_first_not_of(' ') != std::string::npos;
    return visible || hasForbiddenCharacter(name, LineBreaks::Forbidden) ? std::string(name) : std::string();
}

std::optional<Finding> faultOfCertificateName(std::string_view name) {
    if (!isUtf8(name) || hasForbiddenCharacter(name, LineBreaks::Forbidden))
        return Finding{Field::Form, FindingCode::InvalidText};
    if (codePointCount(name) > kLongestCertificateName)
        return Finding{
            Field::Form, FindingCode::TooLong, {{"maximum", std::to_string(kLongestCertificateName)}}};
    return std::nullopt;
}

}  // namespace smartca
