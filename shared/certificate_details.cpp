#include "shared/certificate_details.h"

#include <algorithm>
#include <array>
#include <utility>

namespace smartca {
namespace {

struct Labelled {
    std::string_view name;
    Message label;
};

constexpr std::array kUsages = {
    Labelled{"digitalSignature", Message::UsageDigitalSignature},
    Labelled{"nonRepudiation", Message::UsageNonRepudiation},
    Labelled{"keyEncipherment", Message::UsageKeyEncipherment},
    Labelled{"dataEncipherment", Message::UsageDataEncipherment},
    Labelled{"keyAgreement", Message::UsageKeyAgreement},
    Labelled{"certificateSigning", Message::UsageCertificateSigning},
    Labelled{"crlSigning", Message::UsageCrlSigning},
    Labelled{"encipherOnly", Message::UsageEncipherOnly},
    Labelled{"decipherOnly", Message::UsageDecipherOnly},
};
static_assert(kUsages.size() == static_cast<std::size_t>(KeyUsage::Count));

constexpr std::array kNameTypes = {
    Labelled{"CN", Message::NameTypeCommonName},
    Labelled{"O", Message::NameTypeOrganization},
    Labelled{"OU", Message::NameTypeUnit},
    Labelled{"L", Message::NameTypeLocality},
    Labelled{"ST", Message::NameTypeState},
    Labelled{"C", Message::NameTypeCountry},
    Labelled{"UID", Message::NameTypeUserId},
    Labelled{"T", Message::NameTypeTitle},
    Labelled{"emailAddress", Message::NameTypeEmail},
    Labelled{"E", Message::NameTypeEmail},
    Labelled{"organizationIdentifier", Message::NameTypeOrganizationId},
    Labelled{"2.5.4.97", Message::NameTypeOrganizationId},  // the same (ITU-T X.520, 6.4.4)
};

constexpr std::array kPurposes = {
    Labelled{"clientAuth", Message::PurposeClientAuthentication},
    Labelled{"serverAuth", Message::PurposeServerAuthentication},
    Labelled{"emailProtection", Message::PurposeEmailProtection},
    Labelled{"codeSigning", Message::PurposeCodeSigning},
    Labelled{"timeStamping", Message::PurposeTimeStamping},
    Labelled{"documentSigning", Message::PurposeDocumentSigning},
};

constexpr std::array kVerdicts = {
    Labelled{"verified", Message::ChainVerified},
    Labelled{"notConfigured", Message::ChainNotConfigured},
    Labelled{"notKept", Message::ChainNotKept},
    Labelled{"expired", Message::ChainExpired},
    Labelled{"notYetValid", Message::ChainNotYetValid},
    Labelled{"issuerUnknown", Message::ChainIssuerUnknown},
    Labelled{"selfSigned", Message::ChainSelfSigned},
    Labelled{"issuerNotValid", Message::ChainIssuerNotValid},
    Labelled{"signatureWrong", Message::ChainSignatureWrong},
    Labelled{"weak", Message::ChainWeak},
    Labelled{"ruleBroken", Message::ChainRuleBroken},
    Labelled{"notChecked", Message::ChainNotChecked},
};
static_assert(kVerdicts.size() == static_cast<std::size_t>(ChainVerdict::Count));

template <std::size_t N>
Message labelIn(const std::array<Labelled, N>& table, std::string_view name) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const Labelled& row) { return row.name == name; });
    return found == table.end() ? Message::None : found->label;
}

}  // namespace

std::string_view nameOf(KeyUsage usage) {
    return kUsages[static_cast<std::size_t>(usage)].name;
}

Message labelOf(KeyUsage usage) {
    return kUsages[static_cast<std::size_t>(usage)].label;
}

Message labelOfNameType(std::string_view type) {
    return labelIn(kNameTypes, type);
}

Message labelOfPurpose(std::string_view purpose) {
    return labelIn(kPurposes, purpose);
}

std::string_view nameOf(ChainVerdict verdict) {
    return kVerdicts[static_cast<std::size_t>(verdict)].name;
}

std::string sentenceOf(const CertificateChain& chain, Locale locale) {
    return format(
        locale, kVerdicts[static_cast<std::size_t>(chain.verdict)].label,
        {{"root", chain.path.empty() ? std::string() : chain.path.back()}, {"issuer", chain.missingIssuer}});
}

}  // namespace smartca
