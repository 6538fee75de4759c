#include "generator.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "shared/api.h"
#include "shared/json_guard.h"
#include "shared/text.h"

// Every draw of a random number is a statement of its own: the order of evaluation within an expression is
// the compiler's.
namespace smartca {
namespace {

constexpr std::string_view kHostile[] = {"\u00A0",
                                         "\u200B",
                                         "\u200E",
                                         "\u202E",
                                         "\uFEFF",
                                         "\u00AD",
                                         "\u2013",
                                         "\u2212",
                                         "\uFF0D",
                                         "\uFF11",
                                         "\uFF21",
                                         "\u3000",
                                         "\r\n",
                                         "\n",
                                         "\t",
                                         "\x01",
                                         "\x7F",
                                         "\xFF",
                                         "\xED\xA0\x80",
                                         "\xC0\xB0",
                                         "\xF4\x90\x80\x80",
                                         "\xE1\xBB",
                                         "{{",
                                         "}}",
                                         "{{SignTime}}",
                                         "\"",
                                         "\\",
                                         "/",
                                         "\u0301",
                                         "\U0001F600",
                                         "%s",
                                         "'",
                                         "<b>",
                                         "Đỗ"};

std::string digits(Random& random, std::uint32_t count) {
    std::string text;
    for (; count > 0; --count)
        text.push_back(static_cast<char>('0' + random.below(10)));
    return text;
}

std::string charactersOf(Random& random, std::string_view alphabet, std::uint32_t count) {
    std::string text;
    for (; count > 0; --count)
        text.push_back(alphabet[random.below(static_cast<std::uint32_t>(alphabet.size()))]);
    return text;
}

// Now and then a hostile piece at any byte, even inside a character.
std::string disturbed(Random& random, std::string text) {
    while (random.oneIn(4)) {
        const std::string_view piece = random.pick(kHostile);
        text.insert(random.below(static_cast<std::uint32_t>(text.size() + 1)), piece);
    }
    if (random.oneIn(16) && !text.empty())
        text.erase(random.below(static_cast<std::uint32_t>(text.size())), 1);
    if (random.oneIn(64)) text.append(random.below(3'000), text.empty() ? 'x' : text.back());
    return text;
}

std::string identity(Random& random) {
    constexpr std::string_view kPrefixes[] = {"", "", "", "CCCD:", "cmnd: ", "MST ", "HC:", "UID=MST:"};
    std::string text(random.pick(kPrefixes));
    switch (random.below(7)) {
        case 0:
            text += digits(random, 12);
            break;
        case 1:
            text += digits(random, 9);
            break;
        case 2:
            text += digits(random, 10);
            break;
        case 3:
            text += digits(random, 10);
            if (random.oneIn(2)) text += '-';
            text += digits(random, 3);
            break;
        case 4:
            text += charactersOf(random, "ABCxyz", 1);
            text += digits(random, 7 + random.below(2));
            break;
        case 5:
            text += charactersOf(random, "AB12 .-_", random.below(24));
            break;
        default:
            break;
    }
    return disturbed(random, std::move(text));
}

std::string serial(Random& random) {
    constexpr std::string_view kSeparators[] = {"", ":", " ", "-"};
    const std::string_view separator = random.pick(kSeparators);
    std::string text = random.oneIn(8) ? "0x" : "";
    if (random.oneIn(6)) return disturbed(random, text + digits(random, random.below(56)));
    for (std::uint32_t pairs = random.below(23); pairs > 0; --pairs)
        text.append(charactersOf(random, "0123456789abcdefABCDEF", 2)).append(pairs > 1 ? separator : "");
    return disturbed(random, std::move(text));
}

std::string secretKey(Random& random) {
    std::string bytes;
    for (std::uint32_t count = random.below(72); count > 0; --count)
        bytes.push_back(static_cast<char>(static_cast<unsigned char>(random.below(256))));
    switch (random.below(4)) {
        case 0:
            return disturbed(random, base64Of(charactersOf(random, "0123456789ABCDEFabcdef", 32)));
        case 1:
            return disturbed(random, base64Of(bytes));
        case 2:
            return disturbed(random,
                             charactersOf(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", random.below(110)));
        default:
            return disturbed(random, charactersOf(random, "abcxyz234567 -=", random.below(64)));
    }
}

std::string signatureText(Random& random) {
    constexpr std::string_view kPieces[] = {
        "Ký bởi: ", "{{SubjectDN.CN}}", "{{SignTime}}",  "\r\n", "\n", "{{", "}}", "{", "}", "{{Unknown}}",
        " / ",      "Giám đốc",         "{{ SignTime }}"};
    std::string text;
    for (std::uint32_t count = random.below(12); count > 0; --count)
        text += random.pick(kPieces);
    return disturbed(random, std::move(text));
}

std::string imageBytes(Random& random) {
    using namespace std::string_view_literals;
    std::string bytes;
    if (random.oneIn(2)) {
        bytes = "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"sv;
        bytes.append(random.oneIn(2) ? 2 : 1, '\0');
    } else {
        bytes = "\xFF\xD8\xFF\xE0\0\x04xx\xFF\xC0\0\x11\x08"sv;
    }
    for (std::uint32_t count = random.below(40); count > 0; --count)
        bytes.push_back(static_cast<char>(static_cast<unsigned char>(random.below(256))));
    return bytes;
}

Draft draftOf(Random& random) {
    Draft draft;
    draft.userId = random.oneIn(6) ? 0 : static_cast<UserId>(random.below(0x7FFF'FFFF));
    draft.identity = identity(random);
    if (random.oneIn(2)) draft.serial = serial(random);
    if (random.oneIn(2)) {
        draft.businessAccount = Switch::On;
        draft.password = disturbed(random, charactersOf(random, "aA1 !é", random.below(20)));
        draft.secretKey = secretKey(random);
    }
    if (random.oneIn(2)) draft.signatureText = signatureText(random);
    if (random.oneIn(3)) draft.displayMode = static_cast<DisplayMode>(random.below(3));
    if (random.oneIn(4))
        draft.signatureImage = SignatureImage{disturbed(random, "a.png"), "image/png", imageBytes(random)};
    return draft;
}

ValidationContext contextOf(Random& random, Draft& draft) {
    ValidationContext context;
    if (random.oneIn(2)) {
        Registered registered;
        auto& certificates = registered.certificates;
        for (std::uint32_t count = random.below(4); count > 0; --count)
            certificates.push_back({charactersOf(random, "0123456789abcdef", 32),
                                    static_cast<CertificateStatus>(random.below(7))});
        if (!certificates.empty() && random.oneIn(4)) certificates.push_back(certificates.front());
        if (!certificates.empty() && random.oneIn(3)) draft.serials.push_back(certificates.back().serial);
        if (random.oneIn(4)) registered.unreadable.emplace_back();
        registered.personUnknown = random.oneIn(4);
        markShared(certificates);
        context.registered = std::make_shared<const Registered>(std::move(registered));
    }
    if (random.oneIn(2)) {
        const SignatureSettings company{signatureText(random), static_cast<DisplayMode>(random.below(3)),
                                        std::nullopt};
        context.signature = resolveSignature(draft, nullptr, random.oneIn(2) ? &company : nullptr);
    }
    return context;
}

// A draft's JSON, whole or damaged, or a soup of tokens.
std::string jsonOf(Random& random, const Draft& draft) {
    constexpr std::string_view kTokens[] = {
        "{",           "}",           "[",   "]",           ",",     ":",    "\"a\"", "\"b\":",
        "1",           "-0",          "1e9", "2.5",         "1e999", "true", "null",  "\"\\ud83d\\ude00\"",
        "\"\\ud800\"", "\"\\u0061\"", " ",   "\"userId\":7"};
    std::string text;
    if (random.oneIn(3)) {
        for (std::uint32_t count = random.below(24); count > 0; --count)
            text += random.pick(kTokens);
        if (random.oneIn(32)) text.insert(0, random.below(40), '[');
        return text;
    }
    text = writeJson(toJson(draft));
    for (std::uint32_t count = random.below(3); count > 0 && random.oneIn(2); --count) {
        const std::size_t place = random.below(static_cast<std::uint32_t>(text.size()));
        const std::size_t length = random.below(3);
        text.replace(place, length, random.pick(kTokens));
    }
    return text;
}

std::string subject(Random& random) {
    constexpr std::string_view kPieces[] = {"CN=",
                                            "UID=",
                                            "O=",
                                            "Nguyễn Văn A",
                                            "CCCD:001099000001",
                                            ",",
                                            "+",
                                            ";",
                                            "\\,",
                                            "\\C4\\90",
                                            "\"",
                                            "\\",
                                            " ",
                                            "0.9.2342.19200300.100.1.1=",
                                            "title=",
                                            "=",
                                            "#0402"};
    std::string text;
    for (std::uint32_t count = random.below(14); count > 0; --count)
        text += random.pick(kPieces);
    return disturbed(random, std::move(text));
}

std::string instant(Random& random) {
    constexpr std::string_view kZones[] = {"Z", "", "+07:00", "-0530", "+07", "+7"};
    std::string text = digits(random, 4);
    text.append("-0").append(digits(random, 1));
    text.append("-").append(charactersOf(random, "0123", 1));
    text.append(digits(random, 1));
    text.append("T1").append(digits(random, 1));
    text.append(":").append(charactersOf(random, "0123456", 1));
    text.append(digits(random, 1)).append(":00");
    if (random.oneIn(3)) text.append(".").append(digits(random, 7));
    text += random.pick(kZones);
    return random.oneIn(8) ? disturbed(random, std::move(text)) : text;
}

}  // namespace

ParityInput inputOfNumber(std::uint64_t seed, std::uint64_t number) {
    Random random(seed * 0x2545F4914F6CDD1DU + number);
    ParityInput input;
    input.draft = draftOf(random);
    input.context = contextOf(random, input.draft);
    input.json = jsonOf(random, input.draft);
    input.subject = subject(random);
    input.instant = instant(random);
    return input;
}

}  // namespace smartca
