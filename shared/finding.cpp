#include "shared/finding.h"

#include <algorithm>
#include <iterator>

#include "shared/certificate_status.h"
#include "shared/table.h"

namespace smartca {
namespace {

struct CodeRule {
    FindingCode code;
    Severity severity;
    std::string_view name;
    Message message;
};

constexpr CodeRule kCodes[] = {
    {FindingCode::Required, Severity::Error, "required", Message::FindingRequired},
    {FindingCode::TooLong, Severity::Error, "tooLong", Message::FindingTooLong},
    {FindingCode::InvalidText, Severity::Error, "invalidText", Message::FindingInvalidText},
    {FindingCode::IdentityUnknownShape, Severity::Warning, "identityUnknownShape",
     Message::FindingIdentityUnknownShape},
    {FindingCode::IdentityCheckDigit, Severity::Warning, "identityCheckDigit",
     Message::FindingIdentityCheckDigit},
    {FindingCode::IdentityCheckDigitNone, Severity::Warning, "identityCheckDigitNone",
     Message::FindingIdentityCheckDigitNone},
    {FindingCode::IdentityBranchUnassigned, Severity::Warning, "identityBranchUnassigned",
     Message::FindingIdentityBranchUnassigned},
    {FindingCode::IdentityZerosDropped, Severity::Warning, "identityZerosDropped",
     Message::FindingIdentityZerosDropped},
    {FindingCode::IdentityZerosMaybe, Severity::Warning, "identityZerosMaybe",
     Message::FindingIdentityZerosMaybe},
    {FindingCode::IdentityTwoReadings, Severity::Warning, "identityTwoReadings",
     Message::FindingIdentityTwoReadings},
    {FindingCode::IdentityShortened, Severity::Error, "identityShortened", Message::FindingIdentityShortened},
    {FindingCode::IdentityImpossible, Severity::Error, "identityImpossible",
     Message::FindingIdentityImpossible},
    {FindingCode::SerialNotHexadecimal, Severity::Error, "serialNotHexadecimal",
     Message::FindingSerialNotHexadecimal},
    {FindingCode::SerialTooLong, Severity::Error, "serialTooLong", Message::FindingSerialTooLong},
    {FindingCode::SerialZero, Severity::Error, "serialZero", Message::FindingSerialZero},
    {FindingCode::SerialLooksDecimal, Severity::Error, "serialLooksDecimal",
     Message::FindingSerialLooksDecimal},
    {FindingCode::SerialRequired, Severity::Error, "serialRequired", Message::FindingSerialRequired},
    {FindingCode::SerialNotRegistered, Severity::Error, "serialNotRegistered",
     Message::FindingSerialNotRegisteredOther},
    {FindingCode::SerialMaybeUnreadable, Severity::Error, "serialMaybeUnreadable",
     Message::FindingSerialMaybeUnreadable},
    {FindingCode::SerialShared, Severity::Error, "serialShared", Message::FindingSerialShared},
    {FindingCode::SecretKeyUndecodable, Severity::Error, "secretKeyUndecodable",
     Message::FindingSecretKeyUndecodable},
    {FindingCode::SecretKeyTooShort, Severity::Error, "secretKeyTooShort", Message::FindingSecretKeyTooShort},
    {FindingCode::SecretKeyTooLong, Severity::Error, "secretKeyTooLong", Message::FindingSecretKeyTooLong},
    {FindingCode::SecretKeyLooksOtherwise, Severity::Warning, "secretKeyLooksOtherwise",
     Message::FindingSecretKeyLooksOtherwise},
    {FindingCode::SecretKeyOtherCodes, Severity::Warning, "secretKeyOtherCodes",
     Message::FindingSecretKeyOtherCodes},
    {FindingCode::PlaceholderUnknown, Severity::Warning, "placeholderUnknown",
     Message::FindingPlaceholderUnknown},
    {FindingCode::PlaceholderUnnamed, Severity::Warning, "placeholderUnnamed",
     Message::FindingPlaceholderUnnamed},
    {FindingCode::PlaceholderUnclosed, Severity::Warning, "placeholderUnclosed",
     Message::FindingPlaceholderUnclosed},
    {FindingCode::SignatureTextMissing, Severity::Warning, "signatureTextMissing",
     Message::FindingSignatureTextMissing},
    {FindingCode::SignatureImageMissing, Severity::Warning, "signatureImageMissing",
     Message::FindingSignatureImageMissing},
    {FindingCode::ImageNotPngOrJpeg, Severity::Error, "imageNotPngOrJpeg", Message::FindingImageNotPngOrJpeg},
    {FindingCode::ImageTooLarge, Severity::Error, "imageTooLarge", Message::FindingImageTooLarge},
    {FindingCode::ImageTooManyPixels, Severity::Error, "imageTooManyPixels",
     Message::FindingImageTooManyPixels},
    {FindingCode::UserUnknown, Severity::Error, "userUnknown", Message::FindingUserUnknown},
    {FindingCode::NoCertificate, Severity::Error, "noCertificate", Message::FindingNoCertificate},
    {FindingCode::AllAlreadyOnList, Severity::Warning, "allAlreadyOnList", Message::FindingAllAlreadyOnList},
    {FindingCode::CertificateExpired, Severity::Warning, "certificateExpired",
     Message::FindingCertificateExpired},
    {FindingCode::BusinessAccountNeedsOne, Severity::Warning, "businessAccountNeedsOne",
     Message::FindingBusinessAccountNeedsOne},
    {FindingCode::PersonUnknown, Severity::Error, "personUnknown", Message::FindingPersonUnknown},
    {FindingCode::CertificateUnusable, Severity::Error, "certificateUnusable",
     Message::FindingCertificateUnusable},
    {FindingCode::NoneUsable, Severity::Error, "noneUsable", Message::FindingNoneUsable},
    {FindingCode::CertificatesUnreadable, Severity::Error, "certificatesUnreadable",
     Message::FindingCertificatesUnreadable},
    {FindingCode::CertificateUnreadable, Severity::Error, "certificateUnreadable",
     Message::FindingCertificateUnreadable},
    {FindingCode::ImageUndecodable, Severity::Error, "imageUndecodable", Message::FindingImageUndecodable},
    {FindingCode::FieldLocked, Severity::Error, "fieldLocked", Message::FindingFieldLocked},
};

static_assert(isIndexedBy(kCodes, &CodeRule::code, FindingCode::Count));

const CodeRule& codeRuleOf(FindingCode code) {
    return kCodes[std::min(static_cast<std::size_t>(code), std::size(kCodes) - 1)];
}

Message requiredMessageOf(Field field) {
    switch (field) {
        case Field::User:
            return Message::FindingRequiredUser;
        case Field::Identity:
            return Message::FindingRequiredIdentity;
        case Field::Password:
            return Message::FindingRequiredPassword;
        case Field::SecretKey:
            return Message::FindingRequiredSecretKey;
        default:
            return Message::FindingRequired;
    }
}

// The number that a decimal argument holds, or -1: an answer's arguments are not ours and may be anything.
std::int64_t numberOf(std::string_view decimal) {
    constexpr std::size_t kSafeDigits = 18;
    if (decimal.empty() || decimal.size() > kSafeDigits) return -1;
    std::int64_t number = 0;
    for (const char c : decimal) {
        if (c < '0' || c > '9') return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

Message messageOf(const Finding& finding) {
    if (finding.code == FindingCode::Required) return requiredMessageOf(finding.field);
    const bool onlyOne = finding.code == FindingCode::SerialNotRegistered && !finding.arguments.empty() &&
                         finding.arguments.front() == Argument{"count", "1"};
    return onlyOne ? Message::FindingSerialNotRegisteredOne : codeRuleOf(finding.code).message;
}

}  // namespace

std::string_view nameOf(Severity severity) {
    return severity == Severity::Error ? "error" : "warning";
}

Severity severityOf(FindingCode code) {
    return codeRuleOf(code).severity;
}

std::string_view nameOf(FindingCode code) {
    return codeRuleOf(code).name;
}

std::optional<FindingCode> findingCodeOfName(std::string_view name) {
    for (const CodeRule& rule : kCodes)
        if (rule.name == name) return rule.code;
    return std::nullopt;
}

bool hasError(const Findings& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return severityOf(finding.code) == Severity::Error; });
}

std::string describe(Locale locale, const Finding& finding) {
    Arguments arguments = finding.arguments;
    for (Argument& argument : arguments) {
        if (argument.name == "status") {
            const auto status = certificateStatusOfName(argument.value);
            if (status) argument.value = text(locale, labelOf(*status));
        }
        if (argument.name != "maximum" && argument.name != "count") continue;
        const std::int64_t number = numberOf(argument.value);
        if (number < 0) continue;
        argument.value =
            finding.code == FindingCode::ImageTooLarge ? sizeText(locale, number) : countText(locale, number);
    }
    return format(locale, messageOf(finding), arguments);
}

}  // namespace smartca
