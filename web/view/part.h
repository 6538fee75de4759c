// The names of what is shown but not operated: containers and runs of words. With the controls' own numbers
// they give every item an id that stays the same from frame to frame.
#pragma once

#include <cstdint>

#include "web/app/control.h"

namespace smartca::view {

enum class Part : std::uint16_t {
    // page
    Page,
    Header,
    Logo,
    ProductName,
    Main,
    ListTitle,
    ListCount,
    ListIncomplete,
    Filters,
    FilterUserList,
    FilterUserPopup,
    FilterUserNote,
    FilterTypeList,
    FilterTypePopup,
    FilterStatusList,
    FilterStatusPopup,
    FilterFinding,  // index: 0 from, 1 to
    Table,
    TableHead,
    TableBody,
    HeadRow,
    ColumnHeader,  // index: column
    Row,           // index: row
    Cell,          // index: row * 8 + column
    CellText,      // index: row * 16 + piece
    Card,          // index: row
    CardText,      // index: row * 16 + piece
    News,          // above the rows
    NewsText,      // index: 0 title, 1 words
    Blank,         // the state instead of a list
    BlankTitle,
    BlankText,
    BlankNote,
    Loading,
    RowMenu,
    RowMenuPopup,
    Paging,
    PagingRange,
    // dialog
    Overlay,
    Dialog,
    DialogTitle,
    DialogSubtitle,
    Form,
    FormColumn,
    PreviewColumn,
    Footer,
    FooterNote,
    Banner,
    BannerTitle,
    BannerText,
    Label,        // index: Field
    Mark,         // index: Field; the star, "(optional)" or the provenance beside a label; * 8 + piece
    Help,         // index: Field
    Finding,      // index: Field
    Switchboard,  // the business account's card
    UserList,
    UserPopup,
    UserNote,
    UserKeys,
    Code,  // index: 0 digits, 8 words
    CodeCard,
    CodeClock,
    Lookup,
    LookupTitle,
    LookupNote,
    LookupList,
    LookupWindow,  // what is painted of a list that scrolls
    LookupShown,
    LookupText,  // index: piece
    Doubt,
    DoubtTitle,
    DoubtText,
    PlaceholderPopup,
    PlaceholderList,
    PlaceholderNote,  // index: 0 title, 1 whose, 2 keys
    ModeGroup,
    PreviewTitle,
    PreviewSubtitle,
    PreviewPaper,
    PreviewLine,  // index: line
    PreviewImage,
    PreviewNote,
    PreviewFit,
    PreviewGrey,
    LeftOut,
    ImageName,
    ImageSize,
    ImageHint,
    ImageThumbnail,
    ImageChanges,
    ImageDropWords,
    ImageDrop,  // index: 0 the card, 1 the preview
    // what a certificate says of itself
    DetailsOverlay,
    Details,
    DetailsTitle,
    DetailsSubtitle,
    DetailsStatus,
    DetailsBody,
    DetailsLoading,
    DetailsFailure,
    DetailsFailureText,  // index: 0 title, 1 words
    DetailsChain,
    DetailsChainText,  // index: 0 verdict, 1 path, 2 revocation
    DetailsNote,
    DetailsStatusCard,
    DetailsStatusText,  // index: 0 status, 1 where it comes from
    DetailsHeading,     // index: section
    DetailsList,        // index: section
    DetailsTerm,        // index: entry
    DetailsValue,       // index: entry
    DetailsText,        // index: entry
    DetailsCopyFailed,
    // another name for it
    RenameOverlay,
    Rename,
    RenameTitle,
    RenameWhich,
    RenameForm,
    RenameLabel,
    RenameNote,
    RenameBanner,
    RenameBannerText,  // index: 0 title, 1 words
    // over the page, under its dialogs
    Notices,
    Notice,
    NoticeTitle,
    NoticeText,
    // over everything
    ConfirmOverlay,
    Confirm,
    ConfirmTitle,
    ConfirmWhich,
    ConfirmText,
    // The last one, since its index has no bound.
    LookupWords,  // index: place * 32 + piece
};

// Above all numbers of controls. `index` below 2^14.
constexpr std::uint32_t idOf(Part part, std::uint32_t index = 0) {
    return (1u << 24) + (static_cast<std::uint32_t>(part) << 14) + index;
}
constexpr std::uint32_t idOf(app::Control control) {
    return app::numberOf(control);
}
constexpr std::uint32_t idOf(app::ControlKind kind, std::size_t index = 0) {
    return app::numberOf({kind, static_cast<std::uint16_t>(index)});
}

}  // namespace smartca::view
