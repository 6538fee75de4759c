#include "shared/validation.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

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
    if (const std::size_t count = codePointCount(value); count > maximum) {
        add(findings, field, FindingCode::TooLong, {number("count", count), number("maximum", maximum)});
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

void checkTaxCode(Findings& findings, const std::string& code, const std::string& withZeros) {
    const std::optional<char> digit = taxCodeCheckDigit(std::string_view(code).substr(0, 9));
    const bool right = digit == code[9], isSeries = isTaxCodeSeries(code);
    std::string corrected = code;
    if (digit) corrected[9] = *digit;
    if (!withZeros.empty() && (right || !digit || !isSeries)) {
        add(findings, Field::Identity,
            right ? FindingCode::IdentityZerosMaybe : FindingCode::IdentityZerosDropped,
            {{"suggestion", withZeros}});
    } else if (!withZeros.empty()) {
        add(findings, Field::Identity, FindingCode::IdentityTwoReadings,
            {{"suggestion", withZeros}, {"other", std::move(corrected)}});
    } else if (!digit) {
        add(findings, Field::Identity, FindingCode::IdentityCheckDigitNone);
    } else if (!right) {
        add(findings, Field::Identity, FindingCode::IdentityCheckDigit,
            {{"suggestion", std::move(corrected)}});
    }
    if (code.ends_with("-000")) add(findings, Field::Identity, FindingCode::IdentityBranchUnassigned);
}

void checkNumber(Findings& findings, const Identity& identity) {
    if (isImpossibleNumber(identity.canonical))
        return add(findings, Field::Identity, FindingCode::IdentityImpossible);
    if (isShortenedNumber(identity.canonical))
        return add(findings, Field::Identity, FindingCode::IdentityShortened);
    const std::string withZeros = withDroppedZeros(identity);
    if (identity.kind == IdentityKind::TaxCode || identity.kind == IdentityKind::TaxCodeBranch)
        return checkTaxCode(findings, identity.canonical, withZeros);
    const bool known = identity.kind != IdentityKind::Unknown;
    if (!withZeros.empty())
        add(findings, Field::Identity,
            known ? FindingCode::IdentityZerosMaybe : FindingCode::IdentityZerosDropped,
            {{"suggestion", withZeros}});
    else if (!known)
        add(findings, Field::Identity, FindingCode::IdentityUnknownShape);
}

void checkIdentity(Findings& findings, const Draft& draft, const ValidationContext& context) {
    const Identity identity = parseIdentity(draft.identity);
    if (identity.kind == IdentityKind::Empty) return add(findings, Field::Identity, FindingCode::Required);
    // Blanks and invisible characters fall away in the canonical form, so only what is left can be wrong.
    if (!isUtf8(draft.identity)) return add(findings, Field::Identity, FindingCode::InvalidText);
    if (!checkText(findings, Field::Identity, identity.canonical, LineBreaks::Forbidden)) return;
    if (context.registered && context.registered->certificates.empty() &&
        context.registered->unreadable.empty())
        add(findings, Field::Identity,
            context.registered->personUnknown ? FindingCode::PersonUnknown : FindingCode::NoCertificate);
    checkNumber(findings, identity);
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

// Of the serial numbers of one issuer most begin alike, and end otherwise.
bool isSame(const std::string& one, const std::string& other) {
    return !one.empty() && !other.empty() && one.back() == other.back() && one == other;
}

bool hasAgreed(const Draft& draft, Agreement agreement) {
    return std::find(draft.agreed.begin(), draft.agreed.end(), agreement) != draft.agreed.end();
}

void checkAll(Findings& findings, const Draft& draft, const Registered& registered) {
    const auto& certificates = registered.certificates;
    const Arguments count{number("count", certificates.size())};
    if (draft.businessAccount == Switch::On && certificates.size() > 1)
        return add(findings, Field::Serial, FindingCode::SerialRequired, count);
    if (!registered.unreadable.empty() && (certificates.empty() || !hasAgreed(draft, Agreement::Unreadable)))
        add(findings, Field::Serial, FindingCode::CertificatesUnreadable,
            {number("count", registered.unreadable.size())});
    const auto usable = [](const RegisteredSerial& each) { return joinsAll(each.status); };
    if (!certificates.empty() && std::none_of(certificates.begin(), certificates.end(), usable))
        add(findings, Field::Serial, FindingCode::NoneUsable, count);
    const auto shared = std::find_if(certificates.begin(), certificates.end(),
                                     [](const RegisteredSerial& each) { return each.isShared; });
    if (shared != certificates.end())
        add(findings, Field::Serial, FindingCode::SerialShared, {{"serial", shared->serial}});
}

// `written` is the serial as the person knows it.
void checkPicked(Findings& findings, const std::string& serial, std::string_view written, const Draft& draft,
                 const Registered& registered) {
    const auto& certificates = registered.certificates;
    const auto& unreadable = registered.unreadable;
    const auto found =
        std::find_if(certificates.begin(), certificates.end(),
                     [&](const RegisteredSerial& each) { return isSame(each.serial, serial); });
    if (found == certificates.end()) {
        if (std::find(unreadable.begin(), unreadable.end(), serial) != unreadable.end())
            return add(findings, Field::Serial, FindingCode::CertificateUnreadable,
                       {{"serial", std::string(written)}});
        // Each of those without a serial number may be the one.
        const auto unknown = static_cast<std::size_t>(std::count(unreadable.begin(), unreadable.end(), ""));
        const std::size_t known = certificates.size() + unreadable.size() - unknown;
        if (unknown > 0)
            add(findings, Field::Serial, FindingCode::SerialMaybeUnreadable,
                {number("count", unknown), {"serial", std::string(written)}});
        else if (known > 0)
            add(findings, Field::Serial, FindingCode::SerialNotRegistered,
                {number("count", known), {"serial", std::string(written)}});
        return;
    }
    if (!joinsAll(found->status) && !hasAgreed(draft, Agreement::Unusable))
        add(findings, Field::Serial, FindingCode::CertificateUnusable,
            {{"serial", std::string(written)}, {"status", std::string(nameOf(found->status))}});
    if (found->isShared)
        add(findings, Field::Serial, FindingCode::SerialShared, {{"serial", std::string(written)}});
}

// False where one of them is no serial, and says so.
bool checkSpelling(Findings& findings, std::string_view typed) {
    if (!isUtf8(typed)) {
        add(findings, Field::Serial, FindingCode::InvalidText);
        return false;
    }
    const auto serial = parseSerial(typed);
    if (serial) return true;
    Arguments arguments;
    if (serial.error() == SerialError::LooksDecimal)
        arguments.push_back({"hexadecimal", hexadecimalOfDecimal(typed)});
    add(findings, Field::Serial, findingOf(serial.error()), std::move(arguments));
    return false;
}

// One that was picked from the list, as a certificate has it: it may be one that nobody would type. Empty for
// what is no serial.
std::string pickedSerial(std::string_view picked) {
    if (isSerialOctets(picked) && !picked.starts_with("00")) return std::string(picked);  // as most are
    const auto serial = parseSerial(picked);
    if (serial) return serial.value().hexadecimal;
    return isSerialOctets(picked) ? std::string(picked) : std::string();
}

void checkSerial(Findings& findings, const Draft& draft, const ValidationContext& context) {
    if (!checkSpelling(findings, draft.serial)) return;
    for (const std::string& serial : draft.serials) {
        if (!pickedSerial(serial).empty()) continue;
        // Blank would stand for all of them.
        if (checkSpelling(findings, serial)) add(findings, Field::Serial, FindingCode::SerialNotHexadecimal);
        findings.back().arguments.push_back({"serial", serial});  // which of them
        return;
    }
    const auto picked = pickedSerials(draft);
    if (draft.businessAccount == Switch::On && picked.size() > 1)
        return add(findings, Field::Serial, FindingCode::SerialRequired, {number("count", picked.size())});
    if (!context.registered) return;
    if (picked.empty()) return checkAll(findings, draft, *context.registered);
    for (const std::string& serial : picked)
        checkPicked(findings, serial, isGiven(draft.serial) ? trimmed(draft.serial) : serial, draft,
                    *context.registered);
}

void checkBusinessAccount(Findings& findings, const Draft& draft, const ValidationContext& context) {
    if (draft.businessAccount == Switch::Off || context.registered) return;
    if (isGiven(draft.identity) && !isGiven(draft.serial) && draft.serials.empty())
        add(findings, Field::BusinessAccount, FindingCode::BusinessAccountNeedsOne);
}

void checkPassword(Findings& findings, const Draft& draft) {
    if (draft.password.empty()) return add(findings, Field::Password, FindingCode::Required);
    checkText(findings, Field::Password, draft.password, LineBreaks::Forbidden);
}

void checkDoubt(Findings& findings, SecretKeyDoubt doubt) {
    if (doubt == SecretKeyDoubt::LooksOtherwise)
        add(findings, Field::SecretKey, FindingCode::SecretKeyLooksOtherwise);
    if (doubt == SecretKeyDoubt::OtherCodes)
        add(findings, Field::SecretKey, FindingCode::SecretKeyOtherCodes);
}

void checkSecretKey(Findings& findings, const Draft& draft) {
    if (!isGiven(draft.secretKey)) return add(findings, Field::SecretKey, FindingCode::Required);
    // Upstream gets the key alone: what stands around it, and invisible characters in it, do no harm.
    if (!isUtf8(draft.secretKey)) return add(findings, Field::SecretKey, FindingCode::InvalidText);
    const std::string text = foldedTyping(secretKeyText(draft.secretKey));
    if (!checkText(findings, Field::SecretKey, text, LineBreaks::Forbidden)) return;
    const auto key = readSecretKey(draft.secretKey);
    if (key) return checkDoubt(findings, key.value().doubt);
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
    bool unnamed = false;
    for (const SignatureTextPart& part : parsed.parts) {
        if (part.kind != SignatureTextPart::Kind::UnknownPlaceholder) continue;
        if (std::find(reported.begin(), reported.begin() + static_cast<std::ptrdiff_t>(count), part.text) !=
            reported.begin() + static_cast<std::ptrdiff_t>(count))
            continue;
        if (count == reported.size()) return;
        reported[count++] = part.text;
        if (!isGiven(part.text)) {
            if (!std::exchange(unnamed, true))
                add(findings, Field::SignatureText, FindingCode::PlaceholderUnnamed);
            continue;
        }
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
    if (!isUtf8(image.name) || hasForbiddenCharacter(image.name, LineBreaks::Forbidden))
        return add(findings, Field::SignatureImage, FindingCode::InvalidText);
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

Registered registeredOf(const LookupAnswer& answer) {
    Registered registered;
    for (const RegisteredCertificate& certificate : answer.certificates)
        registered.certificates.push_back({certificate.serial, certificate.status});
    for (const UnreadableCertificate& certificate : answer.unreadable)
        registered.unreadable.push_back(certificate.serial);
    registered.personUnknown = answer.personUnknown;
    markShared(registered.certificates);
    return registered;
}

void markShared(std::vector<RegisteredSerial>& certificates) {
    for (auto one = certificates.begin(); one != certificates.end(); ++one)
        for (auto other = one + 1; other != certificates.end(); ++other)
            if (other->serial == one->serial) one->isShared = other->isShared = true;
}

std::vector<std::string> pickedSerials(const Draft& draft) {
    std::vector<std::string> picked;
    const auto pick = [&picked](std::string serial) {
        if (serial.empty()) return;
        const auto same = [&](const std::string& other) { return isSame(other, serial); };
        if (std::none_of(picked.begin(), picked.end(), same)) picked.push_back(std::move(serial));
    };
    if (const auto typed = parseSerial(draft.serial)) pick(typed.value().hexadecimal);
    for (const std::string& serial : draft.serials)
        pick(pickedSerial(serial));
    return picked;
}

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
    if (const std::size_t count = codePointCount(name); count > kLongestCertificateName)
        return Finding{Field::Form,
                       FindingCode::TooLong,
                       {number("count", count), number("maximum", kLongestCertificateName)}};
    return std::nullopt;
}

}  // namespace smartca
