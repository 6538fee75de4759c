#include "shared/identity.h"

#include <algorithm>

#include "shared/text.h"
#include "shared/unaccented.h"

namespace smartca {
namespace {

bool allDigits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), isAsciiDigit);
}

bool isBranch(std::string_view text) {
    return text.size() == 14 && std::string_view("-/_").find(text[10]) != std::string_view::npos &&
           allDigits(text.substr(0, 10)) && allDigits(text.substr(11));
}

bool isForeignPassport(std::string_view text) {
    constexpr std::size_t kShortest = 5;
    constexpr std::size_t kLongest = 20;
    constexpr std::size_t kMachineReadable = 9;
    if (text.size() < kShortest || text.size() > kLongest) return false;
    const auto isAlphanumeric = [](char c) { return isAsciiDigit(c) || isAsciiLetter(c); };
    return std::all_of(text.begin(), text.end(), isAlphanumeric) &&
           std::any_of(text.begin(), text.end(), isAsciiLetter) &&
           (text.size() <= kMachineReadable || isAsciiLetter(text.front()));
}

// "O01099000001": a number of another kind, typed with a letter for a 0 or a 1.
bool hasLettersForDigits(std::string_view text) {
    return (text.size() == 10 || text.size() == 12 || text.size() == 13) &&
           text.find_first_not_of("0123456789OIL") == std::string_view::npos;
}

IdentityKind kindOf(std::string_view text) {
    if (text.empty()) return IdentityKind::Empty;
    if (allDigits(text)) {
        switch (text.size()) {
            case 9:
                return IdentityKind::OldIdentityCard;
            case 10:
                return IdentityKind::TaxCode;
            case 12:
                return IdentityKind::CitizenCard;
            case 13:
                return IdentityKind::TaxCodeBranch;
            default:
                return IdentityKind::Unknown;
        }
    }
    if (isBranch(text)) return IdentityKind::TaxCodeBranch;
    const bool letterAndDigits = isAsciiLetter(text.front()) && allDigits(text.substr(1));
    if (letterAndDigits && (text.size() == 8 || text.size() == 9)) return IdentityKind::VietnamesePassport;
    return isForeignPassport(text) && !hasLettersForDigits(text) ? IdentityKind::ForeignPassport
                                                                 : IdentityKind::Unknown;
}

// Without a colon a prefix is taken off only where what remains is a number of that prefix's own kind, and so
// long that the whole cannot be a passport number that happens to begin with these letters.
bool canFollowWithoutColon(std::string_view prefix, IdentityKind rest) {
    if (prefix == "CCCD" || prefix == "CC") return rest == IdentityKind::CitizenCard;
    if (prefix == "CMND") return rest == IdentityKind::CitizenCard || rest == IdentityKind::OldIdentityCard;
    if (prefix == "MST" || prefix == "VN")
        return rest == IdentityKind::TaxCode || rest == IdentityKind::TaxCodeBranch;
    return false;
}

std::string_view withoutPrefix(std::string_view text) {
    if (text.starts_with("UID=")) text.remove_prefix(4);
    for (const std::string_view prefix : {"CCCD", "CC", "CMND", "MST", "HC", "VN"}) {
        if (!text.starts_with(prefix)) continue;
        const std::string_view rest = text.substr(prefix.size());
        if (rest.starts_with(':')) return rest.substr(1);
        if (canFollowWithoutColon(prefix, kindOf(rest))) return rest;
    }
    return text;
}

// The words of labels, without accents: "Số định danh cá nhân", "Giấy CMND/CCCD số", "Tax code", "Passport No.".
constexpr std::string_view kLabelWords =
    " so cccd cmnd cmt cmtnd hc mst uid can cuoc cong dan the giay chung minh nhan thu ma thue dinh danh ca "
    "ho chieu tax code id no card of number passport citizen identity identification personal doanh nghiep "
    "dn cn la tin cc ddcn sdd gan chip cu gttt msdn mscn vneid vat vn ";

bool isLabelWord(std::string_view word) {
    const std::string plain = unaccented(word);
    // "VATVN-0100684378", "PNOVN-001099000001": a kind of number and its country (ETSI EN 319 412-1).
    if (plain.size() == 5 && plain.ends_with("vn")) return true;
    return kLabelWords.find(' ' + plain + ' ') != std::string_view::npos;
}

bool isSeparator(char c) {
    return std::string_view(" :=./-#,;()_").find(c) != std::string_view::npos;
}

// Without what a column of numbers puts behind each: "100684378.0", "100.684.378,00".
std::string_view withoutDecimals(std::string_view text) {
    constexpr std::size_t kMostDecimals = 2;
    const std::size_t point = text.find_last_not_of('0');
    if (point == std::string_view::npos || (text[point] != '.' && text[point] != ',')) return text;
    const std::size_t zeros = text.size() - point - 1;
    if (zeros == 0 || zeros > kMostDecimals) return text;
    return text.find_first_not_of("0123456789.") < point ? text : text.substr(0, point);
}

// Without decimals, blanks and dots, in capitals.
std::string compacted(std::string_view text) {
    std::string compact(withoutDecimals(text));
    const bool keepsDots = isShortenedNumber(compact);
    std::erase_if(compact, [&](char c) { return c == ' ' || (c == '.' && !keepsDots); });
    std::transform(compact.begin(), compact.end(), compact.begin(), asciiUpper);
    return compact;
}

// What a label may stand before where no colon says that it is one.
bool canFollowLabel(std::string_view rest, std::size_t words, std::size_t longestWord) {
    constexpr std::size_t kShortestNumber = 8, kShortLabel = 4;
    const std::string number = compacted(rest);
    if (number.size() >= kShortestNumber && allDigits(number)) return true;
    switch (kindOf(number)) {
        case IdentityKind::Empty:
        case IdentityKind::Unknown:
            return isShortenedNumber(number);
        case IdentityKind::ForeignPassport:  // a short label may be the passport's own letters
            return words > 1 || longestWord > kShortLabel;
        default:
            return true;
    }
}

// What follows the label in front, or all where there is none.
std::string_view afterLabel(std::string_view text) {
    std::size_t words = 0, longest = 0, after = 0;
    bool colon = false;
    for (std::size_t at = 0;;) {
        const std::size_t begin = std::min(text.find_first_not_of(" ./-#,;()_", at), text.size());
        std::size_t end = begin;
        while (end < text.size() && !isSeparator(text[end]) && !isAsciiDigit(text[end]))
            ++end;
        if (end == begin || (end < text.size() && isAsciiDigit(text[end]))) break;
        if (!isLabelWord(text.substr(begin, end - begin))) break;
        ++words;
        longest = std::max(longest, end - begin);
        at = std::min(text.find_first_not_of(' ', end), text.size());
        colon = at < text.size() && (text[at] == ':' || text[at] == '=');
        if (colon) ++at;
        after = at;
        if (at == text.size()) break;
    }
    if (words == 0) return text;
    std::string_view rest = text.substr(after);
    while (!rest.empty() && isSeparator(rest.front()))
        rest.remove_prefix(1);
    rest = withoutFrame(rest);
    return colon || canFollowLabel(rest, words, longest) ? rest : text;
}

// The 63 provinces of the cards that are about, by their codes; mergers have not changed them.
bool isProvince(std::string_view three) {
    constexpr std::string_view kCodes =
        "0010020040060080100110120140150170190200220240250260270300310330340350360370380400420440450460480490"
        "51"
        "052054056058060062064066067068070072074075077079080082083084086087089091092093094095096";
    for (std::size_t at = 0; at < kCodes.size(); at += 3)
        if (kCodes.substr(at, 3) == three) return true;
    return false;
}

// A CCCD of a province, of somebody born since 1920 and before 2031: the fourth digit has the century, the next
// two the year.
bool isPlausibleCard(std::string_view number) {
    if (number.size() != 12 || !allDigits(number) || !isProvince(number.substr(0, 3))) return false;
    const int year = (number[4] - '0') * 10 + number[5] - '0';
    if (number[3] == '0' || number[3] == '1') return year >= 20;
    return (number[3] == '2' || number[3] == '3') && year <= 30;
}

bool isPlausibleTaxCode(std::string_view code) {
    return !code.starts_with("00") && hasRightCheckDigit(code);
}

// Thirteen digits as no tax code begins, but a card's with a slip of the finger.
bool isCardWithDigitMore(std::string_view number) {
    return number.starts_with("00") && isPlausibleCard(number.substr(0, 12));
}

constexpr std::size_t kCodeDigits = 10;  // of a tax code, before its suffix

// How much of it is the number: behind a card's may stand what else its code says,
// "001099000001|123456789|NguyễnVănA|…", or something in brackets; behind each a name without a digit,
// "0100684378-CôngtyA". A few letters, or a hyphen alone, may be of another number.
std::size_t lengthOfNumber(std::string_view text) {
    constexpr std::size_t kShortestName = 3;
    const std::size_t end = text.find_first_of("|(-,;", isBranch(text.substr(0, 14)) ? 14 : 0);
    if (end == std::string_view::npos) return text.size();
    const IdentityKind kind = kindOf(text.substr(0, end));
    const std::string_view name = text.substr(end + 1);
    if (kind == IdentityKind::CitizenCard && (text[end] == '|' || text[end] == '(' || name.empty()))
        return end;
    const bool isOurs = kind != IdentityKind::Unknown && kind != IdentityKind::ForeignPassport;
    const bool isName =
        name.size() >= kShortestName && name.find_first_of("0123456789") == std::string_view::npos;
    return isOurs && isName ? end : text.size();
}

// Without the hyphens or commas between groups of digits, as in "001-099-000-001". Behind what is a number by itself they part it
// from something else.
std::string withoutGroups(std::string number) {
    if (number.find_first_not_of("0123456789-_,") != std::string::npos ||
        kindOf(number.substr(0, number.find_first_of("-_,"))) != IdentityKind::Unknown)
        return number;
    std::string digits = number;
    std::erase_if(digits, [](char c) { return !isAsciiDigit(c); });
    return kindOf(digits) != IdentityKind::Unknown ? digits : number;
}

}  // namespace

Identity parseIdentity(std::string_view typed) {
    const std::string folded = foldedTyping(typed);
    std::string_view text = withoutFrame(folded);
    if (text.starts_with('=')) text = withoutFrame(text.substr(1));  // a spreadsheet's ="001099000001"
    std::string number = compacted(afterLabel(text));
    number.resize(lengthOfNumber(number));

    Identity identity;
    identity.canonical = withoutGroups(std::string(withoutPrefix(number)));
    identity.kind =
        isShortenedNumber(identity.canonical) ? IdentityKind::Unknown : kindOf(identity.canonical);
    if (identity.kind == IdentityKind::TaxCodeBranch) {
        const bool isJoined = allDigits(identity.canonical);
        if (isJoined && isCardWithDigitMore(identity.canonical))
            identity.kind = IdentityKind::Unknown;
        else
            identity.canonical.replace(kCodeDigits, isJoined ? 0 : 1, "-");
    }
    return identity;
}

bool isImpossibleNumber(std::string_view canonical) {
    constexpr std::size_t kShortest = 5, kLongest = 20;
    const bool isSeveral = canonical.size() > kLongest && std::ranges::all_of(canonical, isAsciiDigit);
    return canonical.size() < kShortest || isSeveral ||
           std::none_of(canonical.begin(), canonical.end(), isAsciiDigit) ||
           std::any_of(
               canonical.begin(), canonical.end(),
               [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool isShortenedNumber(std::string_view text) {
    const auto skipDigits = [&text] {
        const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(count);
        return count;
    };
    if (skipDigits() != 1) return false;
    const bool point = text.starts_with('.') || text.starts_with(',');
    if (point) text.remove_prefix(1);
    if (point && skipDigits() == 0) return false;
    if (!text.starts_with('E') && !text.starts_with('e')) return false;
    text.remove_prefix(1);
    const bool plus = text.starts_with('+');
    if (plus) text.remove_prefix(1);
    const std::size_t exponent = skipDigits();
    return text.empty() && (point || plus) && exponent > 0 && exponent <= 2;
}

std::string withDroppedZeros(const Identity& identity) {
    const std::string& typed = identity.canonical;
    if (!allDigits(typed)) {
        const std::string code = "0" + typed;
        return isBranch(code) && isPlausibleTaxCode(code) ? code : std::string();
    }
    std::string number = "0" + typed;
    switch (typed.size()) {
        case 8:  // of an old identity card
            return typed.front() == '0' ? std::string() : number;
        case 9:
            return isPlausibleTaxCode(number) ? number : std::string();
        case 10:
            number.insert(0, 1, '0');
            if (hasRightCheckDigit(typed) && isTaxCodeSeries(typed)) return {};
            return isPlausibleCard(number) ? number : std::string();
        case 11:
            return isPlausibleCard(number) ? number : std::string();
        case 12:
            if (isProvince(std::string_view(typed).substr(0, 3)) || !isPlausibleTaxCode(number)) return {};
            return number.insert(10, 1, '-');
        default:
            return {};
    }
}

bool isTaxCodeSeries(std::string_view code) {
    // Persons had theirs with an 8 in front, and those go on without series.
    return code.size() >= 4 && (code[0] == '8' || code[0] == '0' || code[2] == '0');
}

bool hasRightCheckDigit(std::string_view code) {
    return code.size() >= 10 && taxCodeCheckDigit(code.substr(0, 9)) == code[9];
}

std::optional<char> taxCodeCheckDigit(std::string_view nine) {
    constexpr int kWeights[] = {31, 29, 23, 19, 17, 13, 7, 5, 3};
    if (nine.size() != std::size(kWeights) || !allDigits(nine)) return std::nullopt;
    int sum = 0;
    for (std::size_t i = 0; i < nine.size(); ++i)
        sum += kWeights[i] * (nine[i] - '0');
    const int digit = 10 - sum % 11;
    if (digit == 10) return std::nullopt;
    return static_cast<char>('0' + digit);
}

std::string alternativeSpelling(const Identity& identity) {
    if (identity.kind != IdentityKind::TaxCodeBranch) return {};
    std::string joined = identity.canonical;
    std::erase(joined, '-');
    return joined;
}

}  // namespace smartca
