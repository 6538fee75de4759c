#include "shared/message.h"

#include <doctest/doctest.h>

#include <set>

#include "shared/text.h"

namespace smartca {
namespace {

std::set<std::string> argumentsIn(std::string_view line) {
    std::set<std::string> names;
    for (std::size_t open = line.find('{'); open != std::string_view::npos; open = line.find('{', open + 1)) {
        const std::size_t close = line.find('}', open);
        REQUIRE(close != std::string_view::npos);
        names.emplace(line.substr(open + 1, close - open - 1));
    }
    return names;
}

template <class Check>
void forEachMessage(Check check) {
    for (std::uint16_t i = 1; i < static_cast<std::uint16_t>(Message::Count); ++i)
        check(static_cast<Message>(i));
}

}  // namespace

TEST_CASE("no message names an option or a file of the proxy, which only its log does") {
    forEachMessage([](Message message) {
        for (const Locale locale : kLocales) {
            const std::string_view words = text(locale, message);
            CAPTURE(words);
            CHECK(words.find("--") == std::string_view::npos);
            CHECK(words.find("-file") == std::string_view::npos);
        }
    });
}

TEST_CASE("every message has the same arguments in all languages, well named") {
    forEachMessage([](Message message) {
        CAPTURE(text(Locale::English, message));
        const auto names = argumentsIn(text(Locale::English, message));
        for (const Locale locale : kLocales)
            CHECK((names == argumentsIn(text(locale, message))));
        for (const std::string& name : names) {
            CHECK_FALSE(name.empty());
            for (const char c : name)
                CHECK(isAsciiLetter(c));
        }
    });
}

TEST_CASE("every message has a text without double blanks, blank ends or three dots for an ellipsis") {
    for (const Locale locale : kLocales) {
        forEachMessage([&](Message message) {
            const std::string_view line = text(locale, message);
            CAPTURE(line);
            CHECK_FALSE(line.empty());
            CHECK(trimmed(line) == line);
            CHECK(line.find("  ") == std::string_view::npos);
            CHECK(line.find("...") == std::string_view::npos);
        });
    }
}

TEST_CASE("every text is valid UTF-8 and NFC: Vietnamese needs no combining mark") {
    for (const Locale locale : kLocales) {
        forEachMessage([&](Message message) {
            const std::string_view line = text(locale, message);
            CAPTURE(line);
            REQUIRE(isUtf8(line));
            for (std::size_t offset = 0; offset < line.size();) {
                const char32_t c = nextCodePoint(line, offset);
                CHECK_FALSE((c >= 0x300 && c <= 0x36F));
                CHECK(c != 0xFFFD);
            }
            CHECK_FALSE(hasForbiddenCharacter(line, LineBreaks::Forbidden));
        });
    }
}

TEST_CASE("arguments are filled by name, as they are, once") {
    const Message message = Message::ProspectAddsOther;
    CHECK(format(Locale::English, message, {{"count", "2"}, {"user", "{count}"}}) ==
          "Adds 2 certificates to the list of {count}.");
    CHECK(format(Locale::English, message, {{"user", "A"}}) == "Adds {count} certificates to the list of A.");
    CHECK(format(Locale::English, message, {}) == text(Locale::English, message));
    CHECK(format(Locale::Vietnamese, message, {{"count", "2"}, {"user", "Nguyễn Văn A"}}) ==
          "Thêm 2 chứng thư số vào danh sách của Nguyễn Văn A.");
}

TEST_CASE("what is no message is empty") {
    CHECK(text(Locale::English, Message::None).empty());
    CHECK(text(Locale::English, Message::Count).empty());
    CHECK(format(Locale::English, Message::None, {{"a", "b"}}).empty());
}

TEST_CASE("one thing is said in the singular, which in Vietnamese is no other than the plural") {
    CHECK(plural(1, Message::UsersOne, Message::UsersOther) == Message::UsersOne);
    CHECK(plural(0, Message::UsersOne, Message::UsersOther) == Message::UsersOther);
    CHECK(plural(2, Message::UsersOne, Message::UsersOther) == Message::UsersOther);
    CHECK(text(Locale::Vietnamese, Message::UsersOne) ==
          format(Locale::Vietnamese, Message::UsersOther, {{"count", "1"}}));
}

TEST_CASE("counts and sizes are written as each language writes them") {
    CHECK(countText(Locale::English, 0) == "0");
    CHECK(countText(Locale::English, 999) == "999");
    CHECK(countText(Locale::English, 4'000'000) == "4,000,000");
    CHECK(countText(Locale::Vietnamese, 1'000) == "1.000");
    CHECK(countText(Locale::English, -5) == "-5");
    CHECK(tallyText(Locale::English, 1'000) == "1,000");
    CHECK(tallyText(Locale::English, 1'001) == "more than 1,000");
    CHECK(tallyText(Locale::Vietnamese, 4'000'000) == "hơn 1.000");
    CHECK(sizeText(Locale::English, 0) == "0 B");
    CHECK(sizeText(Locale::English, 1'023) == "1,023 B");
    CHECK(sizeText(Locale::English, 1'024) == "1 KB");
    CHECK(sizeText(Locale::English, 38'912) == "38 KB");
    CHECK(sizeText(Locale::English, 1'048'575) == "1 MB");
    CHECK(sizeText(Locale::English, 1'048'576) == "1 MB");
    CHECK(sizeText(Locale::English, 1'572'864) == "1.5 MB");
    CHECK(sizeText(Locale::Vietnamese, 1'572'864) == "1,5 MB");
    CHECK(sizeText(Locale::English, 2'097'151) == "2 MB");
}

TEST_CASE("a tag chooses the language it begins with, in any case and region, else the portal's") {
    for (const char* tag : {"en", "EN", "en-US", "en_GB"})
        CHECK(localeOfTag(tag) == Locale::English);
    for (const char* tag : {"vi", "vi-VN", "", "e", "zz", "zz-en", "english"})
        CHECK(localeOfTag(tag) == Locale::Vietnamese);
    for (const char* tag : {"", "e", "zz", "zz-en", "english"})
        CHECK_FALSE(findLocale(tag).has_value());
    for (const Locale locale : kLocales)
        CHECK(localeOfTag(tagOf(locale)) == locale);
}

TEST_CASE("every language can be reached by switching to the next") {
    std::set<Locale> reached;
    for (Locale locale{}; reached.insert(locale).second;)
        locale = nextLocale(locale);
    CHECK(reached.size() == kLocales.size());
}

}  // namespace smartca
