#include "shared/validation.h"

#include <algorithm>
#include <array>
#include <limits>

#include "shared/identity.h"
#include "shared/secret_key.h"
#include "shared/serial.h"
#include "shared/signature_text.h"
#include "shared/text.h"

namespace smartca {
namespace {

void add(Findings& findings, Field field, FindingCode code, Arguments arguments = {}) {
    findings.push_back({field, code, std::move(arguments)});
}

Argument number(const char* name, std::size_t value) {
    return {name, std::to_string(value)};
}

bool isGiven(std::string_view value) {
    return foldedTyping(value).find_first_not_of(' ') != std::string::npos;
}

// What holds for the text of every field; true when the field's own rules may look further.
bool checkText(Findings& findings, Field field, std::string_view value, LineBreaks lines) {
    const std::size_t maximum = ruleOf(field).maximumLength;
    if (!isUtf8(value)) {
        add(findings, field, FindingCode::InvalidText);
        return false;
    }
    if (codePointCount(value) > maximum) {
        add(findings, field, FindingCode::TooLong, {number("maximum", maximum)});
        return false;
    }
    if (!hasForbiddenCharacter(value, lines)) return true;
    add(findings, field, FindingCode::InvalidText);
    return false;
}

void checkUser(Findings& findings, const Draft& draft) {
    if (draft.userId <= 0)
        add(findings, Field::User, FindingCode::Required);
    else if (draft.userId > std::numeric_limits<std::int32_t>::max())
        add(findings, Field::User, FindingCode::UserUnknown);
}

void checkTaxCode(Findings& findings, const std::string& code) {
    const std::optional<char> digit = taxCodeCheckDigit(std::string_view(code).substr(0, 9));
    if (!digit) {
        add(findings, Field::Identity, FindingCode::IdentityCheckDigitNone);
    } else if (code[9] != *digit) {
        std::string suggestion = code;
        suggestion[9] = *digit;
        add(findings, Field::Identity, FindingCode::IdentityCheckDigit,
            {{"suggestion", std::move(suggestion)}});
    }
    if (code.ends_with("-000")) add(findings, Field::Identity, FindingCode::IdentityBranchUnassigned);
}

void checkIdentity(Findings& findings, const Draft& draft, const ValidationContext& context) {
    const Identity identity = parseIdentity(draft.identity);
    if (identity.kind == IdentityKind::Empty) return add(findings, Field::Identity, FindingCode::Required);
    // Blanks and invisible characters fall away in the canonical form, so only what is left can be wrong.
    if (!isUtf8(draft.identity)) return add(findings, Field::Identity, FindingCode::InvalidText);
    if (!checkText(findings, Field::Identity, identity.canonical, LineBreaks::Forbidden)) return;
    if (context.registeredSerials && context.registeredSerials->empty())
        add(findings, Field::Identity, FindingCode::NoCertificate);
    if (identity.kind == IdentityKind::Unknown)
        add(findings, Field::Identity, FindingCode::IdentityUnknownShape);
    else if (identity.kind == IdentityKind::TaxCode || identity.kind == IdentityKind::TaxCodeBranch)
        checkTaxCode(findings, identity.canonical);
}

FindingCode findingOf(SerialError error) {
    switch (error) {
        case SerialError::NotHexadecimal:
            return FindingCode::SerialNotHexadecimal;
        case SerialError::TooLong:
            return FindingCode::SerialTooLong;
        case SerialError::Zero:
            return FindingCode::SerialZero;
        case SerialError::LooksDecimal:
            return FindingCode::SerialLooksDecimal;
    }
    return FindingCode::SerialNotHexadecimal;
}

// A serial number that two certificates have, of those that would be attached: empty where there is none.
std::string sharedSerial(const std::vector<std::string>& registered, const std::string& wanted) {
    for (auto one = registered.begin(); one != registered.end(); ++one) {
        if (!wanted.empty() && *one != wanted) continue;
        if (std::find(one + 1, registered.end(), *one) != registered.end()) return *one;
    }
    return {};
}

void checkSerial(Findings& findings, const Draft& draft, const ValidationContext& context) {
    if (!isUtf8(draft.serial)) return add(findings, Field::Serial, FindingCode::InvalidText);
    const auto serial = parseSerial(draft.serial);
    if (!serial) {
        Arguments arguments;
        if (serial.error() == SerialError::LooksDecimal)
            arguments.push_back({"hexadecimal", hexadecimalOfDecimal(draft.serial)});
        return add(findings, Field::Serial, findingOf(serial.error()), std::move(arguments));
    }
    if (!context.registeredSerials) return;
    const std::vector<std::string>& registered = *context.registeredSerials;
    const std::string& hexadecimal = serial.value().hexadecimal;
    const Arguments count{number("count", registered.size())};
    if (hexadecimal.empty()) {
        if (draft.businessAccount == Switch::On && registered.size() > 1)
            return add(findings, Field::Serial, FindingCode::SerialRequired, count);
    } else if (!registered.empty() &&
               std::find(registered.begin(), registered.end(), hexadecimal) == registered.end()) {
        add(findings, Field::Serial, FindingCode::SerialNotRegistered, count);
    }
    if (auto shared = sharedSerial(registered, hexadecimal); !shared.empty())
        add(findings, Field::Serial, FindingCode::SerialShared, {{"serial", std::move(shared)}});
}

void checkBusinessAccount(Findings& findings, const Draft& draft, const ValidationContext& context) {
    if (draft.businessAccount == Switch::Off || context.registeredSerials) return;
    if (isGiven(draft.identity) && !isGiven(draft.serial))
        add(findings, Field::BusinessAccount, FindingCode::BusinessAccountNeedsOne);
}

void checkPassword(Findings& findings, const Draft& draft) {
    if (draft.password.empty()) return add(findings, Field::Password, FindingCode::Required);
    checkText(findings, Field::Password, draft.password, LineBreaks::Forbidden);
}

void checkSecretKey(Findings& findings, const Draft& draft) {
    if (!isGiven(draft.secretKey)) return add(findings, Field::SecretKey, FindingCode::Required);
    // Upstream gets the key as it was typed, so an invisible character in it must not pass.
    if (!checkText(findings, Field::SecretKey, draft.secretKey, LineBreaks::Forbidden)) return;
    const auto key = decodeSecretKey(draft.secretKey);
    if (key) return;
    switch (key.error()) {
        case SecretKeyError::Undecodable:
            return add(findings, Field::SecretKey, FindingCode::SecretKeyUndecodable);
        case SecretKeyError::TooShort:
            return add(findings, Field::SecretKey, FindingCode::SecretKeyTooShort);
        case SecretKeyError::TooLong:
            return add(findings, Field::SecretKey, FindingCode::SecretKeyTooLong);
    }
}

// Each unknown name once, and no more of them than a person can read under a field.
void checkPlaceholders(Findings& findings, const ParsedSignatureText& parsed) {
    std::array<std::string_view, 3> reported;
    std::size_t count = 0;
    for (const SignatureTextPart& part : parsed.parts) {
        if (part.kind != SignatureTextPart::Kind::UnknownPlaceholder) continue;
        if (std::find(reported.begin(), reported.begin() + static_cast<std::ptrdiff_t>(count), part.text) !=
            reported.begin() + static_cast<std::ptrdiff_t>(count))
            continue;
        if (count == reported.size()) return;
        reported[count++] = part.text;
        constexpr std::size_t kReadable = 40;  // code points
        add(findings, Field::SignatureText, FindingCode::PlaceholderUnknown,
            {{"name", shortenedTo(part.text, kReadable)}});
    }
}

void checkSignatureText(Findings& findings, const Draft& draft, const ValidationContext& context) {
    if (draft.signatureText) {
        if (!checkText(findings, Field::SignatureText, *draft.signatureText, LineBreaks::Allowed)) return;
        const ParsedSignatureText parsed = parseSignatureText(*draft.signatureText);
        checkPlaceholders(findings, parsed);
        if (parsed.unclosed) add(findings, Field::SignatureText, FindingCode::PlaceholderUnclosed);
    }
    if (!context.signature || !showsText(context.signature->mode.value)) return;
    if (!isGiven(context.signature->text.value))
        add(findings, Field::SignatureText, FindingCode::SignatureTextMissing);
}

void checkImage(Findings& findings, const SignatureImage& image, const Limits& limits) {
    if (image.data.size() > limits.imageBytes)
        return add(findings, Field::SignatureImage, FindingCode::ImageTooLarge,
                   {number("maximum", limits.imageBytes)});
    const auto header = readImageHeader(image.data);
    if (!header) return add(findings, Field::SignatureImage, FindingCode::ImageNotPngOrJpeg);
    if (std::int64_t{header->width} * header->height > limits.imagePixels)
        add(findings, Field::SignatureImage, FindingCode::ImageTooManyPixels,
            {number("maximum", static_cast<std::size_t>(limits.imagePixels))});
}

void checkSignatureImage(Findings& findings, const Draft& draft, const ValidationContext& context) {
    if (draft.signatureImage) return checkImage(findings, *draft.signatureImage, context.limits);
    if (context.signature && showsImage(context.signature->mode.value) && !context.signature->image.value)
        add(findings, Field::SignatureImage, FindingCode::SignatureImageMissing);
}

// The rules of one field. No default: the compiler names a field that has none.
void check(Findings& findings, Field field, const Draft& draft, const ValidationContext& context) {
    const bool business = draft.businessAccount == Switch::On;
    switch (field) {
        case Field::User:
            return checkUser(findings, draft);
        case Field::Identity:
            return checkIdentity(findings, draft, context);
        case Field::Serial:
            return checkSerial(findings, draft, context);
        case Field::BusinessAccount:
            return checkBusinessAccount(findings, draft, context);
        case Field::Password:
            if (business) checkPassword(findings, draft);
            return;
        case Field::SecretKey:
            if (business) checkSecretKey(findings, draft);
            return;
        case Field::SignatureText:
            return checkSignatureText(findings, draft, context);
        case Field::SignatureImage:
            return checkSignatureImage(findings, draft, context);
        case Field::DisplayMode:  // nothing but its three values can be chosen
        case Field::Form:
        case Field::Count:
            return;
    }
}

}  // namespace

Findings validate(const Draft& draft, const ValidationContext& context) {
    Findings findings;
    for (const FieldRule& rule : fieldTable())
        check(findings, rule.field, draft, context);
    return findings;
}

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
