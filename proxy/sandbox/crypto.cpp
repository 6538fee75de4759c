#include "proxy/sandbox/crypto.h"

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <array>

namespace smartca::sandbox {
namespace {

using Bio = std::unique_ptr<BIO, OpenSslFree>;

const unsigned char* unsignedOf(std::string_view octets) {
    return reinterpret_cast<const unsigned char*>(octets.data());
}

std::string contentOf(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

// RFC 4514 §2.4: these characters anywhere, '#' and space at the start, space at the end.
std::string escapedValue(std::string_view value) {
    std::string escaped;
    for (std::size_t at = 0; at < value.size(); ++at) {
        const char character = value[at];
        const bool special = std::string_view(",+\"\\<>;=").find(character) != std::string_view::npos;
        const bool first = at == 0 && (character == '#' || character == ' ');
        const bool last = at + 1 == value.size() && character == ' ';
        if (special || first || last) escaped += '\\';
        escaped += character;
    }
    return escaped;
}

std::string utf8Of(const ASN1_STRING* value) {
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, value);
    if (size < 0) return {};
    std::string result(reinterpret_cast<char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    return result;
}

std::string attributeTypeOf(const ASN1_OBJECT* object) {
    switch (OBJ_obj2nid(object)) {
        case NID_userId:
            return "UID";
        case NID_title:
            return "T";  // OpenSSL's own short name for it is "title"
        case NID_undef: {
            std::array<char, 80> oid{};
            OBJ_obj2txt(oid.data(), static_cast<int>(oid.size()), object, 1);
            return oid.data();
        }
        default:
            return OBJ_nid2sn(OBJ_obj2nid(object));
    }
}

std::int64_t secondsOf(const ASN1_TIME* time) {
    const std::unique_ptr<ASN1_TIME, void (*)(ASN1_TIME*)> epoch(ASN1_TIME_set(nullptr, 0), ASN1_TIME_free);
    int days = 0;
    int seconds = 0;
    if (!epoch || ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1) return 0;
    return std::int64_t{days} * 86'400 + seconds;
}

}  // namespace

Key makeKey(KeyKind kind) {
    return Key(kind == KeyKind::Rsa2048 ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256"));
}

Key sameKey(EVP_PKEY* key) {
    return Key(EVP_PKEY_up_ref(key) == 1 ? key : nullptr);
}

std::string pemOf(const X509& certificate) {
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || PEM_write_bio_X509(bio.get(), &certificate) != 1) return {};
    return contentOf(bio.get());
}

std::string pemOf(const Credential& credential) {
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || PEM_write_bio_X509(bio.get(), credential.certificate.get()) != 1) return {};
    if (PEM_write_bio_PKCS8PrivateKey(bio.get(), credential.key.get(), nullptr, nullptr, 0, nullptr,
                                      nullptr) != 1) {
        return {};
    }
    return contentOf(bio.get());
}

std::optional<Credential> credentialFromPem(const std::string& pem) {
    const Bio forCertificate(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const Bio forKey(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (!forCertificate || !forKey) return std::nullopt;
    Credential credential;
    credential.certificate.reset(PEM_read_bio_X509(forCertificate.get(), nullptr, nullptr, nullptr));
    credential.key.reset(PEM_read_bio_PrivateKey(forKey.get(), nullptr, nullptr, nullptr));
    if (!credential.certificate || !credential.key) return std::nullopt;
    if (X509_check_private_key(credential.certificate.get(), credential.key.get()) != 1) return std::nullopt;
    return credential;
}

std::string derOf(const X509& certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(&certificate, &der);
    if (size <= 0) return {};
    std::string result(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return result;
}

std::string serialOf(const X509& certificate) {
    const std::unique_ptr<BIGNUM, OpenSslFree> number(
        ASN1_INTEGER_to_BN(X509_get0_serialNumber(&certificate), nullptr));
    if (!number) return {};
    std::string octets(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
    BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(octets.data()));
    return hexOf(octets);
}

std::string subjectOf(const X509& certificate) {
    const X509_NAME* name = X509_get_subject_name(&certificate);
    std::string text;
    for (int at = 0; at < X509_NAME_entry_count(name); ++at) {
        const X509_NAME_ENTRY* entry = X509_NAME_get_entry(name, at);
        if (!text.empty()) text += ',';
        text += attributeTypeOf(X509_NAME_ENTRY_get_object(entry));
        text += '=';
        text += escapedValue(utf8Of(X509_NAME_ENTRY_get_data(entry)));
    }
    return text;
}

std::int64_t validFromOf(const X509& certificate) {
    return secondsOf(X509_get0_notBefore(&certificate));
}
std::int64_t validToOf(const X509& certificate) {
    return secondsOf(X509_get0_notAfter(&certificate));
}

std::string base64Of(std::string_view octets, LineBreaks breaks) {
    if (octets.empty()) return {};
    std::string text((octets.size() + 2) / 3 * 4 + 1, '\0');  // EVP_EncodeBlock ends with a NUL
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), unsignedOf(octets),
                                     static_cast<int>(octets.size()));
    text.resize(static_cast<std::size_t>(size));
    if (breaks == LineBreaks::None) return text;
    constexpr std::size_t kLine = 76;
    std::string lines;
    for (std::size_t at = 0; at < text.size(); at += kLine)
        lines += text.substr(at, kLine) + "\r\n";
    return lines;
}

std::optional<std::string> fromBase64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0) return std::nullopt;
    std::string octets(text.size() / 4 * 3, '\0');
    const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(octets.data()), unsignedOf(text),
                                     static_cast<int>(text.size()));
    if (size < 0) return std::nullopt;
    // EVP_DecodeBlock counts the padding's octets in.
    const std::size_t padding = text.size() - text.find_last_not_of('=') - 1;
    if (padding > 2) return std::nullopt;
    octets.resize(static_cast<std::size_t>(size) - padding);
    return octets;
}

std::string hexOf(std::string_view octets) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(octets.size() * 2);
    for (const char octet : octets) {
        const auto value = static_cast<unsigned char>(octet);
        text += kDigits[value >> 4U];
        text += kDigits[value & 15U];
    }
    return text;
}

std::string dashed(std::string hexadecimal) {
    for (const std::size_t at : {20U, 16U, 12U, 8U})
        hexadecimal.insert(at, 1, '-');
    return hexadecimal;
}

std::optional<std::string> fromHex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string octets;
    for (std::size_t at = 0; at < text.size(); at += 2) {
        const int high = OPENSSL_hexchar2int(static_cast<unsigned char>(text[at]));
        const int low = OPENSSL_hexchar2int(static_cast<unsigned char>(text[at + 1]));
        if (high < 0 || low < 0) return std::nullopt;
        octets += static_cast<char>(high * 16 + low);
    }
    return octets;
}

std::string sha256Of(std::string_view octets) {
    std::string digest(32, '\0');
    unsigned int size = 0;
    EVP_Digest(octets.data(), octets.size(), reinterpret_cast<unsigned char*>(digest.data()), &size,
               EVP_sha256(), nullptr);
    return digest;
}

std::string randomOctets(std::size_t count) {
    std::string octets(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(octets.data()), static_cast<int>(count)) != 1) return {};
    return octets;
}

bool sameSecret(std::string_view left, std::string_view right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace smartca::sandbox
