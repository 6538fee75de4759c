#include "shared/prefill.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/identity.h"
#include "shared/json_writer.h"
#include "shared/object_reader.h"
#include "shared/signature_text.h"
#include "shared/validation.h"

namespace smartca {

bool Prefill::locks(Field field) const {
    return std::ranges::find(locked, field) != locked.end();
}

bool sameValue(const Draft& left, const Draft& right, Field field) {
    switch (field) {
        case Field::User:
            return left.userId == right.userId;
        case Field::Identity:
            return parseIdentity(left.identity).canonical == parseIdentity(right.identity).canonical;
        case Field::Serial:
            return std::ranges::is_permutation(pickedSerials(left), pickedSerials(right));
        case Field::SignatureText:
            return left.signatureText.has_value() == right.signatureText.has_value() &&
                   withLineFeeds(left.signatureText.value_or("")) ==
                       withLineFeeds(right.signatureText.value_or(""));
        case Field::DisplayMode:
            return left.displayMode == right.displayMode;
        default:
            return true;
    }
}

void setPrefill(nlohmann::json& object, const Prefill& prefill) {
    using nlohmann::json;
    const Draft& draft = prefill.values;
    json values(json::value_t::object);
    if (draft.userId != 0) setInteger(values, "userId", draft.userId);
    if (!draft.identity.empty()) setText(values, "identity", draft.identity);
    if (!draft.serial.empty()) setText(values, "serial", draft.serial);
    if (draft.signatureText) setText(values, "signatureText", *draft.signatureText);
    if (draft.displayMode) setText(values, "displayMode", nameOf(*draft.displayMode));
    if (!values.empty()) setValue(object, "prefill", std::move(values));
    json locked(json::value_t::array);
    for (const Field field : prefill.locked)
        locked.push_back(json(std::string(ruleOf(field).key)));
    if (!locked.empty()) setValue(object, "lock", std::move(locked));
}

Prefill readPrefill(ObjectReader& reader, UnknownKeys unknown) {
    Prefill prefill;
    Draft& draft = prefill.values;
    if (const auto* values = reader.has("prefill") ? reader.value("prefill") : nullptr) {
        ObjectReader fields(*values, reader, "prefill");
        draft.userId = fields.optionalInteger("userId", 0, kLargestUserId);
        draft.identity = fields.optionalText("identity");
        draft.serial = fields.optionalText("serial");
        if (fields.has("signatureText")) draft.signatureText = fields.text("signatureText");
        if (fields.has("displayMode")) {
            draft.displayMode = displayModeOfName(fields.text("displayMode"));
            if (!draft.displayMode) fields.fail("displayMode", "is not one of the known values");
        }
        if (unknown == UnknownKeys::Refused) fields.refuseUnknownKeys();
    }
    if (!reader.has("lock")) return prefill;
    reader.eachText("lock", [&](std::string_view key) {
        const Field field = fieldOfKey(key);
        if (!sameValue(draft, {}, field))
            prefill.locked.push_back(field);
        else if (unknown == UnknownKeys::Refused)
            reader.fail("lock", "names what `prefill` does not fill in");
    });
    return prefill;
}

Findings lockFindings(const Draft& draft, const Prefill& prefill) {
    Findings findings;
    for (const Field field : prefill.locked)
        if (!sameValue(draft, prefill.values, field))
            findings.push_back({field, FindingCode::FieldLocked, {}});
    return findings;
}

}  // namespace smartca
