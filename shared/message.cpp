#include "shared/message.h"

#include "shared/text.h"

namespace smartca {
namespace {

constexpr std::string_view kEnglish[] = {
    "",
#define SMARTCA_MESSAGE(id, english, vietnamese) english,
#include "shared/messages_certificate.def"
#include "shared/messages_dialog.def"
#include "shared/messages_finding.def"
#include "shared/messages_page.def"
#include "shared/messages_problem.def"
#undef SMARTCA_MESSAGE
};

constexpr std::string_view kVietnamese[] = {
    "",
#define SMARTCA_MESSAGE(id, english, vietnamese) vietnamese,
#include "shared/messages_certificate.def"
#include "shared/messages_dialog.def"
#include "shared/messages_finding.def"
#include "shared/messages_page.def"
#include "shared/messages_problem.def"
#undef SMARTCA_MESSAGE
};

const Argument* argumentNamed(const Arguments& arguments, std::string_view name) {
    for (const Argument& argument : arguments)
        if (argument.name == name) return &argument;
    return nullptr;
}

// The digits of a number that is not negative, in groups of three.
std::string grouped(std::int64_t number, char separator) {
    std::string digits = std::to_string(number);
    for (std::size_t end = digits.size(); end > 3; end -= 3)
        digits.insert(end - 3, 1, separator);
    return digits;
}

}  // namespace

std::string_view text(Locale locale, Message message) {
    if (message >= Message::Count) return {};
    const auto index = static_cast<std::size_t>(message);
    return locale == Locale::English ? kEnglish[index] : kVietnamese[index];
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

Message plural(Locale locale, std::int64_t count, Message one, Message other) {
    return locale == Locale::English && count == 1 ? one : other;
}

std::string countText(Locale locale, std::int64_t count) {
    if (count < 0) return std::to_string(count);
    return grouped(count, locale == Locale::English ? ',' : '.');
}

std::string sizeText(Locale locale, std::int64_t bytes) {
    constexpr std::int64_t kKilo = 1024;
    constexpr std::int64_t kMega = kKilo * kKilo;
    if (bytes < kKilo) return countText(locale, bytes) + " B";
    if (bytes < kMega - kKilo / 2) return countText(locale, (bytes + kKilo / 2) / kKilo) + " KB";
    const std::int64_t tenths = bytes / kMega * 10 + (bytes % kMega * 10 + kMega / 2) / kMega;
    std::string size = countText(locale, tenths / 10);
    if (tenths % 10 != 0) {
        size += locale == Locale::English ? '.' : ',';
        size += std::to_string(tenths % 10);
    }
    return size + " MB";
}

std::string_view tagOf(Locale locale) {
    return locale == Locale::English ? "en" : "vi";
}

Locale localeOfTag(std::string_view tag) {
    const bool english = tag.size() >= 2 && asciiLower(tag[0]) == 'e' && asciiLower(tag[1]) == 'n';
    return english ? Locale::English : Locale::Vietnamese;
}

}  // namespace smartca
