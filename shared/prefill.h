// What a portal's server fills in for a person: a session token's `prefill`, and in `lock` which fields stay as they
// are. GET session tells both to the page; the proxy refuses a locked field that arrives with another value.
//
// No secret: what may be filled in is a field of kPrefillFields.
#pragma once

#include <array>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "shared/draft.h"
#include "shared/finding.h"

namespace smartca {

// Of object_reader.h, which includes this file with the rest of the API.
class ObjectReader;
enum class UnknownKeys : std::uint8_t;

inline constexpr std::array kPrefillFields = {Field::User, Field::Identity, Field::Serial,
                                              Field::SignatureText, Field::DisplayMode};

struct Prefill {
    Draft values{};               // of kPrefillFields alone
    std::vector<Field> locked{};  // of those that have a value above
    bool locks(Field field) const;
    bool operator==(const Prefill&) const = default;
};

// Whether the field means the same in both, however it is written.
bool sameValue(const Draft& left, const Draft& right, Field field);

// Sets the members `prefill` and `lock`, each where there is something in it.
void setPrefill(nlohmann::json& object, const Prefill& prefill);
// Reads both; absent: nothing. With UnknownKeys::Refused it is an error to name another
// field, or to lock one that is not filled in.
Prefill readPrefill(ObjectReader& reader, UnknownKeys unknown);

// FieldLocked at each locked field that has another value.
Findings lockFindings(const Draft& draft, const Prefill& prefill);

}  // namespace smartca
