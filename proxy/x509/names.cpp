#include "proxy/x509/names.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "proxy/base/unicode.h"
#include "proxy/x509/fields.h"
#include "shared/text.h"

namespace smartca::x509 {
namespace {

constexpr std::size_t kMostParts = 64;
constexpr std::size_t kLongestValue = 300;
constexpr std::size_t kLongestName = 2000;
// Of one value: beyond what is shown, and little enough to compose.
constexpr std::size_t kMostBytes = 8 * 1024;

struct Element {
    int tag = 0;  // 0: not one of ASN.1's own types
    std::string_view content;
    std::string_view whole;
};

// The element at the front of `octets`, which begin behind it afterwards. Nothing where there is none.
std::optional<Element> takeElement(std::string_view& octets) {
    constexpr int kBroken = 0x80;
    constexpr int kWithoutLength = 0x01;
    const auto* begin = reinterpret_cast<const unsigned char*>(octets.data());
    const unsigned char* content = begin;
    long size = 0;
    int tag = 0;
    int kind = 0;
    const int form = ASN1_get_object(&content, &size, &tag, &kind, static_cast<long>(octets.size()));
    if ((form & (kBroken | kWithoutLength)) != 0) return std::nullopt;
    const auto head = static_cast<std::size_t>(content - begin);
    const std::size_t end = head + static_cast<std::size_t>(size);
    const Element element{kind == V_ASN1_UNIVERSAL ? tag : 0,
                          octets.substr(head, static_cast<std::size_t>(size)), octets.substr(0, end)};
    octets.remove_prefix(end);
    return element;
}

// Big-endian code units: UTF-16 for a width of two octets, else UTF-32.
std::string textOfUnits(std::string_view octets, std::size_t width) {
    std::string text;
    char32_t high = 0;
    for (std::size_t at = 0; at < octets.size(); at += width) {
        char32_t unit = 0;
        for (const char octet : octets.substr(at, width))
            unit = unit << 8U | static_cast<unsigned char>(octet);
        const bool isHigh = width == 2 && unit >= 0xD800 && unit < 0xDC00;
        const bool isLow = unit >= 0xDC00 && unit < 0xE000;
        const bool isWhole = at + width <= octets.size() && unit <= 0x10FFFF;
        if (high != 0 && isLow) {
            appendCodePoint(text, 0x10000 + ((high - 0xD800) << 10U) + (unit - 0xDC00));
        } else {
            if (high != 0) appendCodePoint(text, U'\uFFFD');
            if (!isHigh) appendCodePoint(text, isWhole && !isLow ? unit : U'\uFFFD');
        }
        high = isHigh ? unit : 0;
    }
    if (high != 0) appendCodePoint(text, U'\uFFFD');
    return text;
}

// What claims one octet a character holds UTF-8 now and then, and is Latin-1 otherwise, as everybody reads
// T61String.
std::string textOfOctets(std::string_view octets) {
    if (isUtf8(octets)) return std::string(octets);
    std::string text;
    for (const char octet : octets)
        appendCodePoint(text, static_cast<unsigned char>(octet));
    return text;
}

// Nothing for a value that is no text.
std::optional<std::string> textOf(const Element& value) {
    const std::string_view octets = value.content.substr(0, kMostBytes);
    switch (value.tag) {
        case V_ASN1_UTF8STRING:
            return validUtf8(octets);
        case V_ASN1_BMPSTRING:
            return textOfUnits(octets, 2);
        case V_ASN1_UNIVERSALSTRING:
            return textOfUnits(octets, 4);
        case V_ASN1_PRINTABLESTRING:
        case V_ASN1_T61STRING:
        case V_ASN1_IA5STRING:
        case V_ASN1_VISIBLESTRING:
        case V_ASN1_NUMERICSTRING:
        case V_ASN1_GENERALSTRING:
        case V_ASN1_GRAPHICSTRING:
        case V_ASN1_VIDEOTEXSTRING:
            return textOfOctets(octets);
        default:
            return std::nullopt;
    }
}

// RFC 4514 §2.4.
std::string escaped(std::string_view text) {
    std::string written;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool atEdge = (c == ' ' && (i == 0 || i + 1 == text.size())) || (c == '#' && i == 0);
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            written += '\\' + hexadecimalOf({&c, 1});
            continue;
        }
        if (atEdge || std::string_view(",+\"\\<>;").find(c) != std::string_view::npos) written += '\\';
        written += c;
    }
    return written;
}

std::optional<Attribute> readAttribute(std::string_view octets) {
    const auto number = takeElement(octets);
    const auto value = number ? takeElement(octets) : std::nullopt;
    if (!value) return std::nullopt;
    const auto* at = reinterpret_cast<const unsigned char*>(number->whole.data());
    const std::unique_ptr<ASN1_OBJECT, Free<ASN1_OBJECT, ASN1_OBJECT_free>> type(
        d2i_ASN1_OBJECT(nullptr, &at, static_cast<long>(number->whole.size())));
    if (!type) return std::nullopt;
    // What has no text, or a type that has only a number, is written as its octets.
    const std::string octetsOfIt = '#' + hexadecimalOf(value->whole.substr(0, kLongestValue));
    auto text = textOf(*value);
    if (!text) return Attribute{objectName(type.get()), octetsOfIt, octetsOfIt};
    text = base::composed(*text).value_or(*text);
    const bool isNamed = OBJ_obj2nid(type.get()) != NID_undef;
    return Attribute{objectName(type.get()), *text, isNamed ? escaped(*text) : octetsOfIt};
}

}  // namespace

Name readName(std::string_view der) {
    Name name;
    const auto sequence = takeElement(der);
    std::string_view relativeNames = sequence ? sequence->content : std::string_view();
    while (const auto relative = takeElement(relativeNames)) {
        std::string_view attributes = relative->content;
        for (bool isFirst = true; const auto element = takeElement(attributes); isFirst = false) {
            auto attribute = readAttribute(element->content);
            if (!attribute) continue;
            attribute->joinsPrevious = !isFirst;
            name.push_back(*std::move(attribute));
        }
    }
    return name;
}

std::string firstOf(const Name& name, std::string_view type) {
    const auto found = std::ranges::find_if(name, [type](const Attribute& attribute) {
        return attribute.type == type && !base::cleaned(attribute.value, 1).empty();
    });
    return found == name.end() ? std::string() : found->value;
}

std::string textOf(const Name& name) {
    std::string text;
    for (auto attribute = name.rbegin(); attribute != name.rend(); ++attribute) {
        text += attribute->type + '=' + attribute->written;
        if (attribute + 1 != name.rend()) text += attribute->joinsPrevious ? '+' : ',';
    }
    return text;
}

CertificateName shownName(const Name& name) {
    CertificateName result;
    result.text = shownText(textOf(name), kLongestName);
    for (const Attribute& attribute : name) {
        if (result.parts.size() == kMostParts) break;
        result.parts.push_back(
            {attribute.type == "title" ? "T" : attribute.type, shownText(attribute.value, kLongestValue)});
    }
    return result;
}

std::string shortNameOf(const Name& name) {
    for (const std::string_view type : {"CN", "O"}) {
        auto shown = shownText(firstOf(name, type), kLongestValue);
        if (!shown.empty()) return shown;
    }
    return shownText(textOf(name), kLongestName);
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

}  // namespace smartca::x509
