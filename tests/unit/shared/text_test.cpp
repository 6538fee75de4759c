#include "shared/text.h"

#include <doctest/doctest.h>

#include "vectors.h"

namespace smartca {

TEST_CASE("UTF-8 is valid exactly where RFC 3629 says so") {
    for (const char* valid :
         {"", "a", "Đỗ Thị Hường", "😀", "\x7F", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"})
        CHECK(isUtf8(valid));
    for (const char* invalid :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3", "\xE1\xBB", "\xF0\x9F\x98", "a\xC3z"})
        CHECK_FALSE(isUtf8(invalid));
}

TEST_CASE("every code point is written and read as itself") {
    for (char32_t codePoint = 0; codePoint <= 0x10FFFF; ++codePoint) {
        if (codePoint >= 0xD800 && codePoint <= 0xDFFF) continue;
        std::string text;
        appendCodePoint(text, codePoint);
        std::size_t offset = 0;
        const bool same = nextCodePoint(text, offset) == codePoint && offset == text.size();
        if (!same || !isUtf8(text) || codePointCount(text) != 1)
            FAIL_CHECK(static_cast<std::uint32_t>(codePoint));
    }
}

TEST_CASE("what is no code point is written as U+FFFD") {
    for (const char32_t bad : {0xD800U, 0xDFFFU, 0x110000U, 0xFFFFFFFFU}) {
        std::string text;
        appendCodePoint(text, bad);
        CHECK(text == "\uFFFD");
    }
}

TEST_CASE("each invalid byte becomes one U+FFFD") {
    CHECK(validUtf8("a\xFF\xFE"
                    "b") ==
          "a\uFFFD\uFFFD"
          "b");
    CHECK(validUtf8("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");
    CHECK(validUtf8("\xE1\xBB") == "\uFFFD\uFFFD");
    CHECK(validUtf8("Đỗ") == "Đỗ");
}

TEST_CASE(
    "control, invisible and direction-turning characters are forbidden, line breaks where the field is one "
    "line") {
    for (const char* bad :
         {"a\x01", "\x7F", "\u0080", "\u009F", "\u200B", "\u200D", "\u200E", "\u202E", "\u2066", "\uFEFF",
          "\u061C", "\u00AD", "\u034F", "\u115F", "\u180E", "\u3164", "\uFFA0", "\uFFFB", "\U000E0041"}) {
        CHECK(hasForbiddenCharacter(bad, LineBreaks::Allowed));
        CHECK(hasForbiddenCharacter(bad, LineBreaks::Forbidden));
    }
    CHECK(hasForbiddenCharacter(std::string_view("\0", 1), LineBreaks::Allowed));
    for (const char* lines : {"a\nb", "a\r\nb", "a\tb"}) {
        CHECK_FALSE(hasForbiddenCharacter(lines, LineBreaks::Allowed));
        CHECK(hasForbiddenCharacter(lines, LineBreaks::Forbidden));
    }
    CHECK_FALSE(hasForbiddenCharacter("Nguyễn Văn A – 50 % “x” 😀 ❤\uFE0F\u00A0", LineBreaks::Forbidden));
}

TEST_CASE("typing is folded to ASCII where it has a look-alike") {
    CHECK(foldedTyping("０１ａＺ：") == "01aZ:");
    CHECK(foldedTyping("a\u2011b\u2212c\u2014d") == "a-b-c-d");
    CHECK(foldedTyping("a\u00A0b\u3000c\td\r\n") == "a b c d  ");
    CHECK(foldedTyping("\uFEFF\u200Ea\u00ADb\u200B") == "ab");
    CHECK(foldedTyping("Đỗ\xFF") == "Đỗ\uFFFD");
}

TEST_CASE("trimming takes blanks and no-break spaces off both ends only") {
    CHECK(trimmed(" \u00A0\t a b \u00A0\r\n") == "a b");
    CHECK(trimmed("\u00A0").empty());
    CHECK(trimmed("").empty());
}

TEST_CASE("a text is cut after whole code points, and says so") {
    CHECK(shortenedTo("Đỗ Văn", 2) == "Đỗ…");
    CHECK(shortenedTo("Đỗ", 2) == "Đỗ");
    CHECK(shortenedTo("", 0).empty());
}

TEST_CASE("of a long name its middle goes, and the code that stands behind it stays whole") {
    const std::string branch = "Công ty Trách nhiệm Hữu hạn Một thành viên Vận tải Chi nhánh ";
    CHECK(withoutMiddle(branch + "Hồ Chí Minh · USER05", 40) == "Công ty Trách nhiệm… Hồ Chí Minh · USER05");
    CHECK(withoutMiddle(branch + "Đà Nẵng · USER06", 40) == "Công ty Trách nhiệm… Đà Nẵng · USER06");
    CHECK(withoutMiddle(branch + "Đà Nẵng", 40) == "Công ty Trách nhiệm Hữu… nhánh Đà Nẵng");
    CHECK(withoutMiddle("Nguyễn Văn An · USER05", 40) == "Nguyễn Văn An · USER05");
    CHECK(withoutMiddle("Anbinhvantaixuatnhapkhau · U5", 12) == "Anbin…au · U5");
    CHECK(withoutMiddle("An · 0123456789", 9) == "An · 0…789");  // a code that is too long itself
    for (std::size_t count = 0; count < 80; ++count)
        CHECK(codePointCount(withoutMiddle(branch + "Đà Nẵng · USER06", count)) <= count + 1);
}

TEST_CASE("hexadecimal is written in lower case and read in both") {
    CHECK(hexadecimalOf(std::string_view("\x00\x7F\xAB", 3)) == "007fab");
    std::string bytes;
    CHECK(decodeHexadecimal("007fAb", bytes));
    CHECK(bytes == std::string("\x00\x7F\xAB", 3));
    for (const char* bad : {"0", "0g", " 0", "0x00", "00:11"})
        CHECK_FALSE(decodeHexadecimal(bad, bytes));
}

TEST_CASE("percent encoding leaves only the unreserved characters") {
    CHECK(percentEncoded("aZ09-._~") == "aZ09-._~");
    CHECK(percentEncoded("a b/đ+%") == "a%20b%2F%C4%91%2B%25");
}

TEST_CASE("base64 is RFC 4648's, written and read") {
    const std::pair<const char*, const char*> pairs[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : pairs) {
        CHECK(base64Of(bytes) == text);
        std::string back;
        CHECK(decodeBase64(text, back));
        CHECK(back == bytes);
    }
    std::string every;
    for (int i = 0; i < 256; ++i)
        every.push_back(static_cast<char>(i));
    std::string back;
    CHECK(decodeBase64(base64Of(every), back));
    CHECK(back == every);
}

TEST_CASE("what no encoder writes is not base64") {
    std::string bytes;
    for (const char* bad : {"Zg", "Zg=", "Zg===", "Z===", "====", "=", "Zh==", "Zm9=", "Zm 9v", "Zm9v\n",
                            "Zm-_", "Zg==Zg==", "Zm9vé"})
        CHECK_FALSE(decodeBase64(bad, bytes));
}

}  // namespace smartca
