#include "shared/defaults.h"

#include "shared/signature_text.h"

namespace smartca {
namespace {

// The strongest of three sources for one value, and where it stood.
template <class T>
Resolved<T> strongest(const std::optional<T>& edited, const std::optional<T>& user,
                      const std::optional<T>& company, T builtIn) {
    if (edited) return {*edited, Provenance::Edited};
    if (user) return {*user, Provenance::User};
    if (company) return {*company, Provenance::Company};
    return {std::move(builtIn), Provenance::BuiltIn};
}

}  // namespace

std::string_view builtInSignatureText() {
    return "Ký bởi: {{SubjectDN.CN}}\nKý ngày: {{SignTime}}";
}

ResolvedSignature resolveSignature(const Draft& draft, const SignatureSettings* user,
                                   const SignatureSettings* company) {
    const SignatureSettings silent;
    const SignatureSettings& ofUser = user != nullptr ? *user : silent;
    const SignatureSettings& ofCompany = company != nullptr ? *company : silent;

    ResolvedSignature resolved{
        strongest(draft.signatureText, ofUser.text, ofCompany.text, std::string(builtInSignatureText())),
        strongest(draft.displayMode, ofUser.mode, ofCompany.mode, DisplayMode::TextAndImage),
        {std::nullopt, Provenance::BuiltIn}};
    resolved.text.value = withLineFeeds(resolved.text.value);
    if (draft.signatureImage)
        resolved.image.provenance = Provenance::Edited;
    else if (ofUser.image)
        resolved.image = {ofUser.image, Provenance::User};
    else if (ofCompany.image)
        resolved.image = {ofCompany.image, Provenance::Company};
    return resolved;
}

}  // namespace smartca
