// The form's field table: the one list from which the dialog is drawn, its DOM twins are built, findings are
// placed and the proxy's JSON is named. Adding a field starts here and in draft.h; the compiler then names
// the rules that it lacks (validation.cpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "shared/draft.h"
#include "shared/message.h"

namespace smartca {

enum class Field : std::uint8_t {
    Form,  // the form as a whole: findings that belong to no single field
    User,
    Identity,
    Serial,
    BusinessAccount,
    Password,
    SecretKey,
    SignatureText,
    DisplayMode,
    SignatureImage,
    Count,
};

enum class Requirement : std::uint8_t {
    Optional,
    Required,
    RequiredForBusiness,             // while the business account is on
    RequiredForBusinessWithSeveral,  // while it is on and the identity has more than one certificate
};

enum class Secrecy : std::uint8_t { Public, Secret };

// How a person enters the field; the twin's element and its `inputmode` follow from it.
enum class Entry : std::uint8_t { Search, Line, Lines, Password, Switch, Choice, Image };

struct FieldRule {
    Field field;
    std::string_view key;  // name in JSON and of the form control, camelCase
    Entry entry;
    Requirement requirement;
    Secrecy secrecy;
    std::size_t maximumLength;      // in Unicode code points; 0 where the field is not text
    std::string_view autocomplete;  // HTML autofill token, "off" where none fits
    std::string_view inputMode;     // HTML inputmode
    Message label;
    Message placeholder;                  // Message::None where there is none
    std::string Draft::* text = nullptr;  // where the draft has it; null where it is more than a plain text
};

// All fields but Form, in reading order.
std::span<const FieldRule> fieldTable();

// The rule of one field. Field::Form has a rule with an empty label.
const FieldRule& ruleOf(Field field);

// What a create is about, so every deployment saves it; the others a deployment may have no place for.
constexpr bool isSavedEverywhere(Field field) {
    return field == Field::User || field == Field::Identity || field == Field::Serial;
}

// Whether the person gave the field a value; defaults are none.
bool isEntered(const Draft& draft, Field field);

// The field with that JSON key, or Field::Form when there is none.
Field fieldOfKey(std::string_view key);

}  // namespace smartca
