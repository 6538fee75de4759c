// Every sentence the product says, in Vietnamese and English.
//
//   std::string line = format(Locale::English, Message::CertificatesAdded, {{"count", "2"}, {"user", "Nguyễn
//   Văn A"}});
//
// The texts stand in messages_*.def, each in both languages on one line, so that a language cannot be
// forgotten; a test holds the `{arguments}` of the two against each other. Pure data, no locale of the C
// library.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smartca {

enum class Locale : std::uint8_t { Vietnamese, English };

enum class Message : std::uint16_t {
    None,
#define SMARTCA_MESSAGE(id, english, vietnamese) id,
#include "shared/messages_certificate.def"
#include "shared/messages_dialog.def"
#include "shared/messages_finding.def"
#include "shared/messages_page.def"
#include "shared/messages_problem.def"
#undef SMARTCA_MESSAGE
    Count,
};

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

// English has a singular, Vietnamese has none: `one` is chosen for a count of 1 in English only.
Message plural(Locale locale, std::int64_t count, Message one, Message other);

// "1,000" or "1.000".
std::string countText(Locale locale, std::int64_t count);

// "640 B", "38 KB", "1.5 MB" or "1,5 MB": powers of 1024, rounded. Precondition: bytes >= 0.
std::string sizeText(Locale locale, std::int64_t bytes);

// "vi" or "en", the BCP 47 tag. Any tag that begins with "en" is English; everything else is Vietnamese, the
// portal's language.
std::string_view tagOf(Locale locale);
Locale localeOfTag(std::string_view tag);

}  // namespace smartca
