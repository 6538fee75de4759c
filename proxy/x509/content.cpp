#include "proxy/x509/certificate.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <utility>

#include "proxy/base/crypto.h"
#include "proxy/x509/fields.h"
#include "shared/text.h"

namespace smartca::x509 {
namespace {

constexpr std::size_t kMostOfAKind = 16;  // purposes, addresses
constexpr std::size_t kLongestAddress = 500;

std::string curveOf(const EVP_PKEY* key) {
    std::array<char, 64> name{};
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &size) != 1) return {};
    // NIST's names, which people know (FIPS 186-4), in place of X9.62's and SEC 2's.
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kNist = {
        {{"prime256v1", "P-256"}, {"secp384r1", "P-384"}, {"secp521r1", "P-521"}}};
    for (const auto& [own, known] : kNist) {
        if (own == name.data()) return std::string(known);
    }
    return name.data();
}

PublicKey publicKeyOf(std::string_view der) {
    PublicKey result;
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const std::unique_ptr<X509_PUBKEY, Free<X509_PUBKEY, X509_PUBKEY_free>> owner(
        d2i_X509_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
    if (!owner) return result;
    const EVP_PKEY* key = X509_PUBKEY_get0(owner.get());
    if (key == nullptr) {  // an algorithm or parameters that OpenSSL does not know
        ASN1_OBJECT* algorithm = nullptr;
        X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, owner.get());
        result.algorithm = objectName(algorithm);
        return result;
    }
    const int kind = EVP_PKEY_get_base_id(key);
    const char* known = OBJ_nid2sn(kind);
    if (kind == EVP_PKEY_RSA) {
        result.algorithm = "RSA";
    } else if (kind == EVP_PKEY_EC) {
        result.algorithm = "EC";
        result.curve = curveOf(key);
    } else {
        result.algorithm = known != nullptr ? known : "";
    }
    result.bits = std::max(EVP_PKEY_get_bits(key), 0);
    return result;
}

// An extension's value; null where it is absent, broken or there twice.
template <class T, void (*free)(T*)>
std::unique_ptr<T, Free<T, free>> extensionOf(const X509_EXTENSIONS* extensions, int nid) {
    return std::unique_ptr<T, Free<T, free>>(
        static_cast<T*>(X509V3_get_d2i(extensions, nid, nullptr, nullptr)));
}

std::vector<KeyUsage> keyUsageOf(const X509_EXTENSIONS* extensions) {
    std::vector<KeyUsage> usage;
    const auto bits = extensionOf<ASN1_BIT_STRING, ASN1_BIT_STRING_free>(extensions, NID_key_usage);
    for (int i = 0; bits && i < static_cast<int>(KeyUsage::Count); ++i) {
        if (ASN1_BIT_STRING_get_bit(bits.get(), i) == 1) usage.push_back(static_cast<KeyUsage>(i));
    }
    return usage;
}

std::string purposeName(const ASN1_OBJECT* purpose) {
    // RFC 9336, and Microsoft's from before it: both say "signs documents".
    constexpr std::array<std::string_view, 2> kDocumentSigning = {"1.3.6.1.5.5.7.3.36",
                                                                  "1.3.6.1.4.1.311.10.3.12"};
    std::array<char, 80> number{};
    OBJ_obj2txt(number.data(), static_cast<int>(number.size()), purpose, 1);
    if (std::find(kDocumentSigning.begin(), kDocumentSigning.end(), number.data()) != kDocumentSigning.end())
        return "documentSigning";
    return objectName(purpose);
}

std::vector<std::string> purposesOf(const X509_EXTENSIONS* extensions) {
    std::vector<std::string> purposes;
    const auto list = extensionOf<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>(extensions, NID_ext_key_usage);
    const int count = list ? sk_ASN1_OBJECT_num(list.get()) : 0;
    for (int i = 0; i < count && purposes.size() < kMostOfAKind; ++i)
        purposes.push_back(purposeName(sk_ASN1_OBJECT_value(list.get(), i)));
    return purposes;
}

void addAddress(std::vector<std::string>& addresses, const GENERAL_NAME* name) {
    if (name == nullptr || name->type != GEN_URI || addresses.size() >= kMostOfAKind) return;
    addresses.push_back(shownText(octetsOf(name->d.uniformResourceIdentifier), kLongestAddress));
}

std::vector<std::string> accessAddressesOf(const X509_EXTENSIONS* extensions, int method) {
    std::vector<std::string> addresses;
    const auto list =
        extensionOf<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>(extensions, NID_info_access);
    const int count = list ? sk_ACCESS_DESCRIPTION_num(list.get()) : 0;
    for (int i = 0; i < count; ++i) {
        const ACCESS_DESCRIPTION* access = sk_ACCESS_DESCRIPTION_value(list.get(), i);
        if (OBJ_obj2nid(access->method) == method) addAddress(addresses, access->location);
    }
    return addresses;
}

std::vector<std::string> crlAddressesOf(const X509_EXTENSIONS* extensions) {
    std::vector<std::string> addresses;
    const auto points =
        extensionOf<CRL_DIST_POINTS, CRL_DIST_POINTS_free>(extensions, NID_crl_distribution_points);
    const int count = points ? sk_DIST_POINT_num(points.get()) : 0;
    for (int i = 0; i < count; ++i) {
        const DIST_POINT* point = sk_DIST_POINT_value(points.get(), i);
        if (point->distpoint == nullptr || point->distpoint->type != 0) continue;  // relative to the issuer
        const GENERAL_NAMES* names = point->distpoint->name.fullname;
        for (int j = 0; j < sk_GENERAL_NAME_num(names); ++j)
            addAddress(addresses, sk_GENERAL_NAME_value(names, j));
    }
    return addresses;
}

}  // namespace

std::optional<CertificateContent> readContent(std::string_view der) {
    const ErrorsCleared errors;
    auto facts = readFacts(der);
    if (!facts) return std::nullopt;
    const CertificateBody& body = *facts->certificate->body;
    const X509Extensions owner = extensionsOf(body.extensions);
    const X509_EXTENSIONS* extensions = owner.get();
    CertificateContent content;
    content.subject = shownName(facts->subject);
    content.issuer = shownName(facts->issuer);
    content.serial = std::move(facts->serial);
    content.validFrom = facts->validFrom;
    content.validTo = facts->validTo;
    content.publicKey = publicKeyOf(octetsOf(body.key));
    content.signatureAlgorithm = objectName(body.signature->algorithm);
    content.keyUsage = keyUsageOf(extensions);
    content.extendedKeyUsage = purposesOf(extensions);
    content.fingerprint = hexadecimalOf(base::sha256(facts->der));
    content.ocsp = accessAddressesOf(extensions, NID_ad_OCSP);
    content.caIssuers = accessAddressesOf(extensions, NID_ad_ca_issuers);
    content.crl = crlAddressesOf(extensions);
    return content;
}

}  // namespace smartca::x509
