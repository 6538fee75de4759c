#include "shared/field.h"

#include <doctest/doctest.h>

#include <set>

namespace smartca {

TEST_CASE(
    "the field table holds every field but the form, in reading order, with a label and a key of its own") {
    std::set<std::string_view> keys;
    int expected = 1;
    for (const FieldRule& rule : fieldTable()) {
        CHECK(static_cast<int>(rule.field) == expected++);
        CHECK(rule.label != Message::None);
        CHECK(keys.insert(rule.key).second);
        CHECK(fieldOfKey(rule.key) == rule.field);
        CHECK(&ruleOf(rule.field) == &rule);
    }
    CHECK(expected == static_cast<int>(Field::Count));
}

TEST_CASE("an unknown key is the form as a whole") {
    CHECK(fieldOfKey("form") == Field::Form);
    CHECK(fieldOfKey("Serial") == Field::Form);
    CHECK(fieldOfKey("") == Field::Form);
    CHECK(ruleOf(Field::Form).label == Message::None);
}

TEST_CASE("secrets are entered as passwords, and only secrets") {
    for (const FieldRule& rule : fieldTable())
        CHECK((rule.secrecy == Secrecy::Secret) == (rule.entry == Entry::Password));
}

TEST_CASE("text fields have a length, others none") {
    for (const FieldRule& rule : fieldTable()) {
        const bool text =
            rule.entry == Entry::Line || rule.entry == Entry::Lines || rule.entry == Entry::Password;
        CHECK((rule.maximumLength > 0) == text);
    }
}

}  // namespace smartca
