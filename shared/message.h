// Every sentence the product says, in each of its languages.
//
//   std::string line = format(Locale::English, Message::CertificatesAdded, {{"count", "2"}, {"user", "An"}});
//
// The messages are named in message_id.h, and said in messages_TAG.cpp, one file for each language. A test
// holds the `{arguments}` of the languages against each other. Pure data, no locale of the C library.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/message_id.h"

namespace smartca {

// The languages, one line each: a name, the BCP 47 tag that also names the file of texts, and what the language
// calls itself. The first is spoken where no other is asked for: the portal's.
#define SMARTCA_LANGUAGES(LANGUAGE)          \
    LANGUAGE(Vietnamese, "vi", "Tiếng Việt") \
    LANGUAGE(English, "en", "English")

#define SMARTCA_NAME(name, tag, ownName) name,
enum class Locale : std::uint8_t { SMARTCA_LANGUAGES(SMARTCA_NAME) };
#undef SMARTCA_NAME

#define SMARTCA_LOCALE(name, tag, ownName) Locale::name,
inline constexpr std::array kLocales = {SMARTCA_LANGUAGES(SMARTCA_LOCALE)};
#undef SMARTCA_LOCALE

// "vi", "en".
std::string_view tagOf(Locale locale);
// "Tiếng Việt", "English".
std::string_view ownNameOf(Locale locale);
// The language that a tag begins with, in any case and with any region: "en", "EN-us", "vi_VN".
std::optional<Locale> findLocale(std::string_view tag);
// The same, or the first language.
Locale localeOfTag(std::string_view tag);
// The one that a button offers beside this one: the next in the list.
Locale nextLocale(Locale locale);

// A named value that a message shows where its text says `{name}`.
struct Argument {
    std::string name;
    std::string value;
    bool operator==(const Argument&) const = default;
};
using Arguments = std::vector<Argument>;

// The text as it stands in the table, with its `{arguments}` unfilled. UTF-8, NFC.
std::string_view text(Locale locale, Message message);

// The text with each `{name}` replaced by the argument of that name. Values are inserted as they are and are
// not searched again; a name without a value stays visible as `{name}`.
std::string format(Locale locale, Message message, const Arguments& arguments);

// `one` for a count of 1. A language without a singular says the same in both.
Message plural(std::int64_t count, Message one, Message other);

// "1,000" or "1.000".
std::string countText(Locale locale, std::int64_t count);

// The same of a count that a Page has: "more than 1,000" beyond what is counted.
std::string tallyText(Locale locale, std::int64_t count);

// "640 B", "38 KB", "1.5 MB" or "1,5 MB": powers of 1024, rounded. Precondition: bytes >= 0.
std::string sizeText(Locale locale, std::int64_t bytes);

}  // namespace smartca
