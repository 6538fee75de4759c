#include "proxy/x509/fields.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "proxy/base/unicode.h"
#include "shared/serial.h"
#include "shared/text.h"

namespace smartca::x509 {
namespace {

constexpr std::size_t kMostParts = 64;
constexpr std::size_t kLongestValue = 300;
constexpr std::size_t kLongestName = 2000;
// Beyond what is shown, and little enough to compose.
constexpr std::size_t kMostBytes = 8 * 1024;

// RFC 4514 §2.4: what has no text is written as its octets.
std::string octetsOf(const ASN1_STRING* value) {
    const auto* bytes = reinterpret_cast<const char*>(ASN1_STRING_get0_data(value));
    const auto size = std::min(static_cast<std::size_t>(ASN1_STRING_length(value)), kLongestValue);
    return '#' + hexadecimalOf({bytes, size});
}

std::string shownValue(const ASN1_STRING* value) {
    const auto text = utf8Of(value);
    return shownText(text ? *text : octetsOf(value), kLongestValue);
}

std::string typeOf(const X509_NAME_ENTRY* entry) {
    const ASN1_OBJECT* object = X509_NAME_ENTRY_get_object(entry);
    return OBJ_obj2nid(object) == NID_title ? "T" : objectName(object);
}

}  // namespace

X509Handle decoded(std::string_view der) {
    constexpr std::size_t kLongest = 64 * 1024;
    if (der.empty() || der.size() > kLongest) return nullptr;
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const unsigned char* end = bytes;
    X509Handle certificate(d2i_X509(nullptr, &end, static_cast<long>(der.size())));
    return end == bytes + der.size() ? std::move(certificate) : nullptr;
}

std::optional<std::string> serialOf(const ASN1_INTEGER* number) {
    const BigNumber value(ASN1_INTEGER_to_BN(number, nullptr));
    if (!value || BN_is_negative(value.get()) != 0) return std::nullopt;
    const OpenSslMemory<char> hexadecimal(BN_bn2hex(value.get()));
    if (!hexadecimal) return std::nullopt;
    const auto serial = parseSerial(hexadecimal.get());
    if (!serial || serial.value().hexadecimal.empty()) return std::nullopt;
    return serial.value().hexadecimal;
}

std::optional<Instant> instantOf(const ASN1_TIME* time) {
    std::tm broken{};
    if (ASN1_TIME_to_tm(time, &broken) != 1) return std::nullopt;
    return ::timegm(&broken);
}

std::string objectName(const ASN1_OBJECT* object) {
    const int nid = OBJ_obj2nid(object);
    if (nid != NID_undef) return OBJ_nid2sn(nid);
    std::array<char, 80> number{};
    OBJ_obj2txt(number.data(), static_cast<int>(number.size()), object, 1);
    return number.data();
}

std::optional<std::string> utf8Of(const ASN1_STRING* value) {
    unsigned char* utf8 = nullptr;
    // BMPString, UniversalString and T61String (read as Latin-1, as everybody does) become UTF-8.
    const int size = ASN1_STRING_to_UTF8(&utf8, value);
    if (size < 0) return std::nullopt;
    const OpenSslMemory<unsigned char> owner(utf8);
    return std::string(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
}

const ASN1_STRING* attributeOf(const X509_NAME* name, int nid) {
    const int index = X509_NAME_get_index_by_NID(name, nid, -1);
    return index < 0 ? nullptr : X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index));
}

std::string textOf(const X509_NAME* name) {
    // RFC 2253 as OpenSSL has it, except that letters beyond ASCII stay UTF-8 instead of becoming "\C3\A0".
    constexpr unsigned long kFlags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || X509_NAME_print_ex(bio.get(), name, 0, kFlags) < 0) return {};
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string shownText(std::string_view text, std::size_t maximumCodePoints) {
    const std::string known = base::composed(validUtf8(text.substr(0, kMostBytes))).value_or(std::string());
    std::string shown;
    std::size_t count = 0;
    for (std::size_t offset = 0; offset < known.size() && count <= maximumCodePoints; ++count) {
        const std::size_t start = offset;
        const char32_t codePoint = nextCodePoint(known, offset);
        const bool hidden = hasForbiddenCharacter(std::string_view(known).substr(start, offset - start),
                                                  LineBreaks::Forbidden);
        appendCodePoint(shown, hidden ? U'\uFFFD' : codePoint);
    }
    return shortenedTo(shown, maximumCodePoints);
}

CertificateName nameOf(const X509_NAME* name) {
    CertificateName result;
    result.text = shownText(textOf(name), kLongestName);
    const auto count =
        std::min(static_cast<std::size_t>(std::max(X509_NAME_entry_count(name), 0)), kMostParts);
    for (std::size_t i = 0; i < count; ++i) {
        const X509_NAME_ENTRY* entry = X509_NAME_get_entry(name, static_cast<int>(i));
        result.parts.push_back({typeOf(entry), shownValue(X509_NAME_ENTRY_get_data(entry))});
    }
    return result;
}

std::string shortNameOf(const X509_NAME* name) {
    for (const int nid : {NID_commonName, NID_organizationName}) {
        const ASN1_STRING* value = attributeOf(name, nid);
        auto shown = value != nullptr ? shownValue(value) : std::string();
        if (!shown.empty()) return shown;
    }
    return shownText(textOf(name), kLongestName);
}

}  // namespace smartca::x509
