#include "proxy/http/etag.h"

#include <openssl/evp.h>

#include <array>

namespace smartca::http {

// Half of a SHA-256: nobody who could make two files collide in it would gain anything.
std::string etagOf(std::string_view bytes) {
    std::array<unsigned char, 32> digest{};
    unsigned int size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string tag = "\"";
    for (std::size_t i = 0; i < 16; ++i) {
        tag += kDigits[digest[i] >> 4];
        tag += kDigits[digest[i] & 15];
    }
    return tag + '"';
}

bool matchesEtag(std::string_view field, std::string_view etag) {
    return field == "*" || field.find(etag) != std::string_view::npos;
}

}  // namespace smartca::http
