#include "shared/distinguished_name.h"

#include <algorithm>
#include <utility>

#include "shared/text.h"

namespace smartca {
namespace {

bool isAttributeSeparator(char c) {
    return c == ',' || c == '+' || c == ';';
}

std::string canonicalType(std::string_view written) {
    std::string type(trimmed(written));
    std::transform(type.begin(), type.end(), type.begin(), asciiUpper);
    if (type.starts_with("OID.")) type.erase(0, 4);
    constexpr std::pair<std::string_view, std::string_view> kAliases[] = {
        {"0.9.2342.19200300.100.1.1", "UID"},
        {"UNIQUEIDENTIFIER", "UID"},
        {"TITLE", "T"},
        {"2.5.4.3", "CN"},
        {"2.5.4.10", "O"},
        {"2.5.4.11", "OU"},
        {"2.5.4.12", "T"}};
    for (const auto& [alias, name] : kAliases)
        if (type == alias) return std::string(name);
    return type;
}

bool isType(std::string_view text) {
    text = trimmed(text);
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return isAsciiLetter(c) || isAsciiDigit(c) || c == '.' || c == '-';
    });
}

// The end of the attribute that begins at the front: the first separator outside escapes and outside a quoted
// value. A quotation mark inside a value quotes nothing.
std::size_t endOfAttribute(std::string_view text) {
    bool quoted = false;
    bool atValue = false;  // only blanks since the equals sign
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\')
            ++i;
        else if (c == '"' && (quoted || atValue))
            quoted = !quoted;
        else if (!quoted && isAttributeSeparator(c))
            return i;
        atValue = c == '=' || (atValue && c == ' ');
    }
    return text.size();
}

// An escaped blank at the end is part of the value, an unescaped one is not.
std::string_view withoutBlanks(std::string_view text) {
    const std::string_view shorter = trimmed(text);
    const auto end = static_cast<std::size_t>(shorter.data() - text.data()) + shorter.size();
    const bool keepsBlank = shorter.ends_with('\\') && !shorter.ends_with("\\\\") && end < text.size();
    return keepsBlank ? std::string_view(shorter.data(), shorter.size() + 1) : shorter;
}

std::string unescaped(std::string_view written) {
    std::string_view text = withoutBlanks(written);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    std::string value;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            value.push_back(text[i]);
            continue;
        }
        const int high = hexadecimalValue(text[i + 1]);
        const int low = i + 2 < text.size() ? hexadecimalValue(text[i + 2]) : -1;
        if (high >= 0 && low >= 0) {
            value.push_back(static_cast<char>(static_cast<unsigned char>(high * 16 + low)));
            i += 2;
        } else {
            value.push_back(text[++i]);
        }
    }
    return validUtf8(value);
}

}  // namespace

std::vector<Argument> parseDistinguishedName(std::string_view subject) {
    std::vector<Argument> attributes;
    std::size_t valueBegin = 0;  // of the last attribute's value
    std::size_t begin = 0;
    const auto endValue = [&](std::size_t end) {
        if (!attributes.empty())
            attributes.back().value = unescaped(subject.substr(valueBegin, end - valueBegin));
    };
    while (begin < subject.size()) {
        const std::string_view attribute = subject.substr(begin, endOfAttribute(subject.substr(begin)));
        const std::size_t equals = attribute.find('=');
        if (equals != std::string_view::npos && isType(attribute.substr(0, equals))) {
            endValue(begin == 0 ? 0 : begin - 1);
            attributes.push_back({canonicalType(attribute.substr(0, equals)), {}});
            valueBegin = begin + equals + 1;
        }
        begin += attribute.size() + 1;
    }
    endValue(subject.size());
    return attributes;
}

std::string attributeOf(const std::vector<Argument>& name, std::string_view type) {
    for (const Argument& attribute : name)
        if (attribute.name == type) return attribute.value;
    return {};
}

Arguments placeholderValues(std::string_view subject) {
    const std::vector<Argument> name = parseDistinguishedName(subject);
    Arguments values;
    for (const std::string_view type : {"CN", "O", "OU", "UID", "T"})
        values.push_back({"SubjectDN." + std::string(type), attributeOf(name, type)});
    std::string& number = values[3].value;
    number.erase(0, number.find(':') + 1);
    values.push_back({"SubjectDN", std::string(subject)});
    values.push_back({"Name", attributeOf(name, "CN")});
    return values;
}

}  // namespace smartca
