#include "shared/calendar.h"

#include <algorithm>

#include "shared/text.h"

namespace smartca {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kVietnam = 7 * 3'600;  // UTC+7 since 1975, without daylight saving
constexpr Instant kFirst = -62'167'219'200;   // 0000-01-01T00:00:00Z
constexpr Instant kLast = 253'402'300'799;    // 9999-12-31T23:59:59Z

struct Date {
    int year;
    int month;
    int day;
};

// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in March, so that
// the leap day comes last.
std::int64_t daysOf(const Date& date) {
    const std::int64_t year = date.month > 2 ? date.year : date.year - 1;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t yearOfEra = year - era * 400;
    const std::int64_t dayOfYear =
        (153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5 + date.day - 1;
    return era * 146'097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719'468;
}

Date dateOf(std::int64_t days) {
    days += 719'468;
    const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
    const std::int64_t dayOfEra = days - era * 146'097;
    const std::int64_t yearOfEra =
        (dayOfEra - dayOfEra / 1'460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t shifted = (5 * dayOfYear + 2) / 153;
    const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    return {static_cast<int>(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), static_cast<int>(month),
            static_cast<int>(dayOfYear - (153 * shifted + 2) / 5 + 1)};
}

bool exists(const Date& date) {
    if (date.month < 1 || date.month > 12 || date.day < 1) return false;
    const Date back = dateOf(daysOf(date));
    return back.month == date.month && back.day == date.day;
}

// Reads fixed shapes from the front of a text; after a failure everything that follows fails too.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    int number(std::size_t fewest, std::size_t most) {
        int value = 0;
        std::size_t digits = 0;
        while (digits < most && digits < rest_.size() && isAsciiDigit(rest_[digits]))
            value = value * 10 + (rest_[digits++] - '0');
        if (digits < fewest) failed_ = true;
        rest_.remove_prefix(digits);
        return value;
    }
    bool take(char c) {
        if (rest_.empty() || asciiUpper(rest_.front()) != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(char c) {
        if (!take(c)) failed_ = true;
    }
    void skipDigits() {
        if (rest_.empty() || !isAsciiDigit(rest_.front())) failed_ = true;
        while (!rest_.empty() && isAsciiDigit(rest_.front()))
            rest_.remove_prefix(1);
    }
    bool atEnd() const { return rest_.empty(); }
    bool complete() const { return !failed_ && rest_.empty(); }

  private:
    std::string_view rest_;
    bool failed_ = false;
};

// The seconds that a local time with this zone is ahead of UTC.
std::int64_t zoneOf(Scanner& scan) {
    if (scan.atEnd() || scan.take('Z')) return 0;
    const bool west = scan.take('-');
    if (!west) scan.expect('+');
    const int hours = scan.number(2, 2);
    int minutes = 0;
    if (!scan.atEnd()) {
        scan.take(':');
        minutes = scan.number(2, 2);
    }
    const std::int64_t ahead = hours * 3'600 + minutes * 60;
    return west ? -ahead : ahead;
}

Instant clamped(Instant instant) {
    return instant < kFirst ? kFirst : instant > kLast ? kLast : instant;
}

std::int64_t dayCount(Instant instant) {
    return (instant >= 0 ? instant : instant - (kDay - 1)) / kDay;
}

void put(std::string& text, int value, std::size_t digits) {
    const std::string decimal = std::to_string(value);
    text.append(digits > decimal.size() ? digits - decimal.size() : 0, '0').append(decimal);
}

void putTime(std::string& text, Instant instant) {
    const auto second = static_cast<int>(instant - dayCount(instant) * kDay);
    put(text, second / 3'600, 2);
    text += ':';
    put(text, second / 60 % 60, 2);
}

}  // namespace

std::optional<Instant> parseInstant(std::string_view iso) {
    Scanner scan(iso);
    Date date{};
    date.year = scan.number(4, 4);
    scan.expect('-');
    date.month = scan.number(2, 2);
    scan.expect('-');
    date.day = scan.number(2, 2);
    scan.expect('T');
    const int hour = scan.number(2, 2);
    scan.expect(':');
    const int minute = scan.number(2, 2);
    int second = 0;
    if (scan.take(':')) {
        second = scan.number(2, 2);
        if (scan.take('.')) scan.skipDigits();
    }
    const std::int64_t ahead = zoneOf(scan);
    constexpr int kLeapSecond = 60;
    if (!scan.complete() || !exists(date) || hour > 23 || minute > 59 || second > kLeapSecond)
        return std::nullopt;
    return daysOf(date) * kDay + hour * 3'600 + minute * 60 + second - ahead;
}

std::string isoOf(Instant instant) {
    instant = clamped(instant);
    const Date date = dateOf(dayCount(instant));
    std::string iso;
    put(iso, date.year, 4);
    iso += '-';
    put(iso, date.month, 2);
    iso += '-';
    put(iso, date.day, 2);
    iso += 'T';
    putTime(iso, instant);
    iso += ':';
    put(iso, static_cast<int>((instant - kFirst) % 60), 2);
    return iso + 'Z';
}

std::string dateInVietnam(Instant instant) {
    const Date date = dateOf(dayCount(clamped(clamped(instant) + kVietnam)));
    std::string text;
    put(text, date.day, 2);
    text += '/';
    put(text, date.month, 2);
    text += '/';
    put(text, date.year, 4);
    return text;
}

std::string dateAndTimeInVietnam(Instant instant) {
    std::string text = dateInVietnam(instant) + ' ';
    putTime(text, clamped(clamped(instant) + kVietnam));
    return text;
}

std::optional<Instant> parseDay(std::string_view written) {
    const std::string folded = foldedTyping(written);
    const std::string_view typed = trimmed(folded);
    const std::size_t first = std::min(typed.find_first_not_of("0123456789"), typed.size());
    const bool bare = first == 8 && typed.size() == 8;
    const char separator = first < typed.size() ? typed[first] : '/';
    if (std::string_view("/-. ").find(separator) == std::string_view::npos) return std::nullopt;
    // The middle of eight digits is a month, or the first half of a year, which no month is as large as.
    const bool yearFirst = bare ? typed.substr(4, 2) <= "12" : first == 4;
    const bool shortYear = !bare && typed.size() > 2 && typed[typed.size() - 3] == separator;
    Scanner scan(typed);
    Date date{};
    const auto pair = [&] { return scan.number(bare ? 2 : 1, 2); };
    const auto separate = [&] {
        if (!bare) scan.expect(separator);
    };
    if (yearFirst) {
        date.year = scan.number(4, 4);
        separate();
        date.month = pair();
        separate();
        date.day = pair();
    } else {
        date.day = pair();
        separate();
        date.month = pair();
        separate();
        date.year = shortYear ? 2000 + scan.number(2, 2) : scan.number(4, 4);
    }
    if (!scan.complete() || !exists(date)) return std::nullopt;
    return daysOf(date) * kDay - kVietnam;
}

std::int64_t daysUntil(Instant now, Instant then) {
    return dayCount(clamped(clamped(then) + kVietnam)) - dayCount(clamped(clamped(now) + kVietnam));
}

}  // namespace smartca
