// The names of everything a person can operate. The view paints one item for each, the platform lays a DOM
// element over it, and what happens to that element comes back to update() under the same name.
#pragma once

#include <cstdint>
#include <iterator>

#include "shared/field.h"

namespace smartca::app {

enum class ControlKind : std::uint8_t {
    None,
    // page
    SwitchLanguage,
    SwitchTheme,
    SwitchLayout,
    OpenCreate,
    OpenCreateFromEmpty,
    FilterSearch,
    FilterUser,
    FilterUserOption,  // index: 0 is "all", then the results
    FilterType,
    FilterTypeOption,  // index: 0 all, 1 SmartCA, 2 business
    FilterStatus,
    FilterStatusOption,  // index: 0 all, then CertificateStatus
    FilterValidFrom,
    FilterValidTo,
    FilterReset,
    RetryList,
    ShowAll,     // the rows beside those that a notice led to
    RowOpen,     // index: row on the page; a press anywhere in the row
    RowCopy,     // index: row; its serial number
    RowMenu,     // index: row
    RowDetails,  // items of the open row menu
    RowRename,
    RowSetDefault,
    RowDelete,
    PreviousPage,
    NextPage,
    // dialog, in reading order
    DialogClose,
    BannerRetry,
    BannerDismiss,
    User,
    UserClear,
    UserOption,  // index: position among the loaded results
    UserMore,
    Identity,
    IdentitySuggestion,  // takes over the corrected check digit
    Serial,
    LookUp,
    LookUpAgain,  // in the list, where nothing of it could be read
    PickAll,      // the box in the list's head
    PickSearch,
    PickSearchClear,
    Pick,  // index: position among the certificates found
    Business,
    Password,
    RevealPassword,
    SecretKey,
    RevealSecretKey,
    SignatureText,
    ResetSignatureText,
    InsertPlaceholder,
    PlaceholderOption,  // index: position among the placeholders that match what is typed
    DisplayMode,        // index: position of the segment; 0 text & image, 1 image, 2 text
    ResetDisplayMode,
    ImageChoose,  // a file input; drop and paste land here too
    ResetImage,
    StopImage,  // in its place while a file is being prepared
    DoubtBack,  // answers of what Create asks
    DoubtWithout,
    DoubtWith,
    Cancel,
    Submit,
    // what a certificate says of itself
    DetailsClose,
    DetailsRetry,
    DetailsCopySerial,
    DetailsCopyFingerprint,
    // another name for it
    RenameClose,
    RenameName,
    RenameCancel,
    RenameSubmit,
    // over everything
    ConfirmAccept,
    ConfirmReject,
    NoticeDismiss,  // index: position among the notices
    NoticeAct,      // the same
    LeftOpen,       // index: number of a create that goes on without its dialog
};

// Where each field of the form is entered.
struct FieldControl {
    Field field;
    ControlKind control;
};
inline constexpr FieldControl kFieldControls[] = {
    {Field::User, ControlKind::User},
    {Field::Identity, ControlKind::Identity},
    {Field::Serial, ControlKind::Serial},
    {Field::BusinessAccount, ControlKind::Business},
    {Field::Password, ControlKind::Password},
    {Field::SecretKey, ControlKind::SecretKey},
    {Field::SignatureText, ControlKind::SignatureText},
    {Field::DisplayMode, ControlKind::DisplayMode},
    {Field::SignatureImage, ControlKind::ImageChoose},
};
static_assert(std::size(kFieldControls) == static_cast<std::size_t>(Field::Count) - 1, "all but Field::Form");

struct Control {
    ControlKind kind = ControlKind::None;
    std::uint16_t index = 0;
    bool operator==(const Control&) const = default;
};

// One number for a control, never 0 but for None, below 2^24.
constexpr std::uint32_t numberOf(Control control) {
    return static_cast<std::uint32_t>(control.kind) << 16 | control.index;
}
constexpr Control controlOf(std::uint32_t number) {
    return {static_cast<ControlKind>(number >> 16), static_cast<std::uint16_t>(number & 0xFFFF)};
}

}  // namespace smartca::app
