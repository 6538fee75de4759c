#include "shared/message.h"

#include <algorithm>

#include "shared/api.h"
#include "shared/language.h"
#include "shared/text.h"

namespace smartca {
namespace {

struct Language {
    std::string_view tag;
    std::string_view ownName;
};

#define SMARTCA_LANGUAGE(name, tag, ownName) {tag, ownName},
constexpr Language kLanguages[] = {SMARTCA_LANGUAGES(SMARTCA_LANGUAGE)};
#undef SMARTCA_LANGUAGE

const Argument* argumentNamed(const Arguments& arguments, std::string_view name) {
    for (const Argument& argument : arguments)
        if (argument.name == name) return &argument;
    return nullptr;
}

// The digits of a number that is not negative, in groups of three.
std::string grouped(std::int64_t number, std::string_view separator) {
    std::string digits = std::to_string(number);
    for (std::size_t end = digits.size(); end > 3; end -= 3)
        digits.insert(end - 3, separator);
    return digits;
}

}  // namespace

Texts splitTexts(std::string_view joined) {
    Texts texts;
    for (std::string_view& text : texts) {
        const std::size_t end = joined.find('\n');
        text = joined.substr(0, end);
        joined.remove_prefix(end == std::string_view::npos ? joined.size() : end + 1);
    }
    return texts;
}

std::string_view text(Locale locale, Message message) {
    if (message >= Message::Count) return {};
    return textsOf(locale)[static_cast<std::size_t>(message)];
}

std::string format(Locale locale, Message message, const Arguments& arguments) {
    std::string_view rest = text(locale, message);
    std::string line;
    line.reserve(rest.size() + 32);
    for (;;) {
        const std::size_t open = rest.find('{');
        const std::size_t close = open == std::string_view::npos ? open : rest.find('}', open);
        if (close == std::string_view::npos) return line += rest;
        line += rest.substr(0, open);
        const Argument* argument = argumentNamed(arguments, rest.substr(open + 1, close - open - 1));
        line += argument != nullptr ? std::string_view(argument->value) : rest.substr(open, close + 1 - open);
        rest.remove_prefix(close + 1);
    }
}

Message plural(std::int64_t count, Message one, Message other) {
    return count == 1 ? one : other;
}

std::string countText(Locale locale, std::int64_t count) {
    if (count < 0) return std::to_string(count);
    return grouped(count, text(locale, Message::DigitSeparator));
}

std::string tallyText(Locale locale, std::int64_t count) {
    if (count <= kMostCounted) return countText(locale, count);
    return format(locale, Message::MoreThan, {{"count", countText(locale, kMostCounted)}});
}

std::string sizeText(Locale locale, std::int64_t bytes) {
    constexpr std::int64_t kKilo = 1024;
    constexpr std::int64_t kMega = kKilo * kKilo;
    if (bytes < kKilo) return countText(locale, bytes) + " B";
    if (bytes < kMega - kKilo / 2) return countText(locale, (bytes + kKilo / 2) / kKilo) + " KB";
    const std::int64_t tenths = bytes / kMega * 10 + (bytes % kMega * 10 + kMega / 2) / kMega;
    std::string size = countText(locale, tenths / 10);
    if (tenths % 10 != 0) size.append(text(locale, Message::DecimalSeparator)) += std::to_string(tenths % 10);
    return size + " MB";
}

std::string_view tagOf(Locale locale) {
    return kLanguages[static_cast<std::size_t>(locale)].tag;
}

std::string_view ownNameOf(Locale locale) {
    return kLanguages[static_cast<std::size_t>(locale)].ownName;
}

std::optional<Locale> findLocale(std::string_view tag) {
    const std::string_view language = tag.substr(0, tag.find_first_of("-_"));
    const auto isSame = [](char a, char b) { return asciiLower(a) == b; };
    for (const Locale locale : kLocales)
        if (std::ranges::equal(language, tagOf(locale), isSame)) return locale;
    return std::nullopt;
}

Locale localeOfTag(std::string_view tag) {
    return findLocale(tag).value_or(Locale{});
}

Locale nextLocale(Locale locale) {
    return kLocales[(static_cast<std::size_t>(locale) + 1) % kLocales.size()];
}

}  // namespace smartca
