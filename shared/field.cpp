#include "shared/field.h"

#include "shared/table.h"

namespace smartca {
namespace {

// Lengths have no published limit upstream; these hold every spelling of the longest real value (a serial of
// 20 octets in pairs, a secret key of 64 bytes in base32 with blanks) and stay far below what would slow a
// form down. "new-password" keeps the browser from filling in the password that the person uses for the
// portal itself.
constexpr FieldRule kTable[] = {
    {Field::Form, "form", Entry::Line, Requirement::Optional, Secrecy::Public, 0, "off", "none",
     Message::None, Message::None},
    {Field::User, "userId", Entry::Search, Requirement::Required, Secrecy::Public, 0, "off", "search",
     Message::UserLabel, Message::UserPlaceholder},
    {Field::Identity, "identity", Entry::Line, Requirement::Required, Secrecy::Public, 64, "off", "text",
     Message::IdentityLabel, Message::IdentityPlaceholder, &Draft::identity},
    {Field::Serial, "serial", Entry::Line, Requirement::RequiredForBusinessWithSeveral, Secrecy::Public, 128,
     "off", "text", Message::SerialLabel, Message::SerialPlaceholder, &Draft::serial},
    {Field::BusinessAccount, "businessAccount", Entry::Switch, Requirement::Optional, Secrecy::Public, 0,
     "off", "none", Message::BusinessLabel, Message::None},
    {Field::Password, "password", Entry::Password, Requirement::RequiredForBusiness, Secrecy::Secret, 128,
     "new-password", "text", Message::PasswordLabel, Message::PasswordPlaceholder, &Draft::password},
    {Field::SecretKey, "secretKey", Entry::Password, Requirement::RequiredForBusiness, Secrecy::Secret, 256,
     "off", "text", Message::SecretKeyLabel, Message::SecretKeyPlaceholder, &Draft::secretKey},
    {Field::SignatureText, "signatureText", Entry::Lines, Requirement::Optional, Secrecy::Public, 1000, "off",
     "text", Message::SignatureTextLabel, Message::SignatureTextPlaceholder},
    {Field::DisplayMode, "displayMode", Entry::Choice, Requirement::Optional, Secrecy::Public, 0, "off",
     "none", Message::DisplayModeLabel, Message::None},
    {Field::SignatureImage, "signatureImage", Entry::Image, Requirement::Optional, Secrecy::Public, 0, "off",
     "none", Message::SignatureImageLabel, Message::None},
};

static_assert(isIndexedBy(kTable, &FieldRule::field, Field::Count));

}  // namespace

std::span<const FieldRule> fieldTable() {
    return std::span(kTable).subspan(1);
}

const FieldRule& ruleOf(Field field) {
    const auto index = static_cast<std::size_t>(field);
    return kTable[index < std::size(kTable) ? index : 0];
}

Field fieldOfKey(std::string_view key) {
    for (const FieldRule& rule : kTable)
        if (rule.key == key) return rule.field;
    return Field::Form;
}

bool isEntered(const Draft& draft, Field field) {
    switch (field) {
        case Field::User:
            return draft.userId != 0;
        case Field::BusinessAccount:
        case Field::Password:
        case Field::SecretKey:
            return draft.businessAccount == Switch::On;
        case Field::SignatureText:
            return draft.signatureText.has_value();
        case Field::DisplayMode:
            return draft.displayMode.has_value();
        case Field::SignatureImage:
            return draft.signatureImage.has_value();
        default: {
            const auto text = ruleOf(field).text;
            return text != nullptr && !(draft.*text).empty();
        }
    }
}

}  // namespace smartca
