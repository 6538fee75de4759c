// The few OpenSSL pieces the sandbox needs, each handle owned: keys, certificates as text, base64, files that
// hold keys.
//
// Threads: free functions without state. Failure of OpenSSL itself (no memory, no randomness) gives a null
// handle or an empty string; callers turn that into words.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace smartca::sandbox {

struct OpenSslFree {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(BIGNUM* number) const { BN_free(number); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
using Key = std::unique_ptr<EVP_PKEY, OpenSslFree>;
using Certificate = std::unique_ptr<X509, OpenSslFree>;

enum class KeyKind : std::uint8_t { Rsa2048, EcP256 };
Key makeKey(KeyKind kind);
// Another handle of the same key.
Key sameKey(EVP_PKEY* key);

// One certificate with its private key.
struct Credential {
    Key key;
    Certificate certificate;
};

// Certificate first, then the key in PKCS#8, unencrypted: for files of mode 0600 in a state directory of a
// test tool.
std::string pemOf(const Credential& credential);
std::string pemOf(const X509& certificate);
// Both parts must be there and belong together.
std::optional<Credential> credentialFromPem(const std::string& pem);

std::string derOf(const X509& certificate);
// Lower-case hex with two digits an octet, without the sign octet: "540101014e46…".
std::string serialOf(const X509& certificate);
// In the order of the encoding, as SmartCA prints it: "C=VN,ST=HÀ NỘI,CN=Nguyễn Văn A,UID=CMND:000000000";
// the characters of RFC 4514 §2.4 escaped.
std::string subjectOf(const X509& certificate);
// Seconds since 1970-01-01T00:00:00Z.
std::int64_t validFromOf(const X509& certificate);
std::int64_t validToOf(const X509& certificate);

enum class LineBreaks : std::uint8_t { None, CrLf };
// CrLf: a line break after every 76 characters (RFC 2045 §6.8), as some of SmartCA's answers have it.
std::string base64Of(std::string_view octets, LineBreaks breaks = LineBreaks::None);
std::optional<std::string> fromBase64(std::string_view text);
std::string hexOf(std::string_view octets);
// 32 hexadecimal digits with the hyphens of a UUID.
std::string dashed(std::string hexadecimal);
std::optional<std::string> fromHex(std::string_view text);

std::string sha256Of(std::string_view octets);
// `count` octets from OpenSSL's generator.
std::string randomOctets(std::size_t count);
// In constant time for equal lengths, so that a wrong password cannot be felt out.
bool sameSecret(std::string_view left, std::string_view right);

}  // namespace smartca::sandbox
