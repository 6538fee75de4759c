#include "shared/finding.h"

#include <doctest/doctest.h>

#include <set>

namespace smartca {
namespace {

template <class Check>
void forEachCode(Check check) {
    for (std::uint8_t i = 0; i < static_cast<std::uint8_t>(FindingCode::Count); ++i)
        check(static_cast<FindingCode>(i));
}

}  // namespace

TEST_CASE("every finding has a name of its own, a severity and a sentence in both languages") {
    std::set<std::string_view> names;
    forEachCode([&](FindingCode code) {
        CAPTURE(nameOf(code));
        CHECK(names.insert(nameOf(code)).second);
        CHECK(findingCodeOfName(nameOf(code)) == code);
        for (const Locale locale : kLocales) {
            const std::string sentence = describe(locale, {Field::Serial, code, {}});
            CHECK_FALSE(sentence.empty());
            CHECK((sentence.ends_with('.') || sentence.ends_with('?')));
        }
        CHECK(describe(Locale::English, {Field::Serial, code, {}}) !=
              describe(Locale::Vietnamese, {Field::Serial, code, {}}));
    });
    CHECK_FALSE(findingCodeOfName("Required"));
    CHECK_FALSE(findingCodeOfName(""));
}

TEST_CASE("what is missing is named by field") {
    const auto required = [](Field field) {
        return describe(Locale::English, {field, FindingCode::Required, {}});
    };
    CHECK(required(Field::User) == "Choose a user.");
    CHECK(required(Field::Identity) == "Enter the CCCD, passport or tax number.");
    CHECK(required(Field::Password) == "Enter the password of the business account.");
    CHECK(required(Field::SecretKey) == "Enter the secret key of the business account.");
    CHECK(describe(Locale::Vietnamese, {Field::Password, FindingCode::Required, {}}) ==
          "Hãy nhập mật khẩu của tài khoản doanh nghiệp.");
}

TEST_CASE("numbers in a finding are plain, and written for the reader in the sentence") {
    const Finding tooLarge{Field::SignatureImage, FindingCode::ImageTooLarge, {{"maximum", "1572864"}}};
    CHECK(describe(Locale::English, tooLarge) == "This file is too large: at most 1.5 MB.");
    CHECK(describe(Locale::Vietnamese, tooLarge) == "Tệp này quá lớn: tối đa 1,5 MB.");
    const Finding tooLong{
        Field::SignatureText, FindingCode::TooLong, {{"count", "1200"}, {"maximum", "1000"}}};
    CHECK(describe(Locale::English, tooLong) == "Too long: 1,200 characters, at most 1,000.");
    CHECK(describe(Locale::Vietnamese, tooLong) == "Quá dài: 1.200 ký tự, tối đa 1.000.");
}

TEST_CASE("one certificate is spoken of differently than several") {
    const auto line = [](const char* count) {
        return describe(
            Locale::English,
            {Field::Serial, FindingCode::SerialNotRegistered, {{"count", count}, {"serial", "aa01"}}});
    };
    CHECK(line("1") == "The one certificate of this number has another serial number than aa01.");
    CHECK(line("3") == "None of the 3 certificates of this number has the serial number aa01.");
}

TEST_CASE("an argument that is no number, as an answer may hold, is shown as it is") {
    for (const char* odd : {"", "-1", "1e9", "9999999999999999999999", "{maximum}"})
        CHECK(describe(Locale::English,
                       {Field::SignatureImage, FindingCode::ImageTooManyPixels, {{"maximum", odd}}}) ==
              "This file is too large: at most " + std::string(odd) + " pixels.");
}

TEST_CASE("warnings do not block, one error does") {
    const Finding warning{Field::Identity, FindingCode::IdentityUnknownShape, {}};
    const Finding error{Field::Serial, FindingCode::SerialZero, {}};
    CHECK_FALSE(hasError({}));
    CHECK_FALSE(hasError({warning, warning}));
    CHECK(hasError({warning, error}));
}

}  // namespace smartca
