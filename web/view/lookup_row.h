// One of the certificates found: what its row says, how high it is, and its picture.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/view/certificate_words.h"
#include "web/view/check_box.h"
#include "web/view/form.h"

namespace smartca::view {

// A line below the words of a row, with a small sign before it.
struct RowNote {
    enum class Kind : std::uint8_t { Warning, Done } kind = Kind::Warning;
    std::string words;
};

struct LookupRow {
    std::uint16_t place = 0;
    std::string name, service, serial, until;
    std::vector<RowNote> notes;
    StatusWords status;
    std::optional<StatusWords> adding{};  // in the status's stead, while the create is under way
    bool ticked = false;
    bool mayBeTicked = true;
    bool doubted = false;  // the question asked is about it
    float height = 0;
};

// What is the same for all rows of a list.
struct RowSettings {
    Role role = Role::CheckBox;  // Radio: one alone can be ticked; Text: none, they are words to read
    std::string searched{};      // unaccented; marked where it stands
};

LookupRow rowOf(const Form& form, std::uint16_t place);
float heightOf(const Form& form, const LookupRow& row, float width);
// Its words as items.
void reportWords(const Form& form, const LookupRow& row, const Rectangle& box);
// The whole of it in words, for assistive technology.
std::string spoken(const LookupRow& row);
// `last`: its lower corners are the card's.
enum class RowPlace : std::uint8_t { Middle, Last };
void paintRow(const Form& form, const LookupRow& row, const Rectangle& box, const RowSettings& settings,
              RowPlace place);

// A row of what could not be read; returns its height.
float drawUnreadable(const Form& form, const UnreadableCertificate& certificate, std::uint32_t index,
                     Point at, float width);

}  // namespace smartca::view
