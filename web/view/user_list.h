// The list of users under a field that searches them: in the dialog and among the page's filters.
#pragma once

#include "web/view/dialog_fields.h"
#include "web/view/popup.h"

namespace smartca::view {

struct UserOptions {
    std::uint32_t list = 0, layer = 0, note = 0, keys = 0;  // ids
    app::ControlKind option = app::ControlKind::None;
    app::ControlKind more = app::ControlKind::None;  // "Show more", where there is such a control
    std::string_view name = {};
    std::string all = {};  // the first option, which chooses none
};

void drawUserOptions(Painter& painter, const app::UserSearch& search, const Rectangle& field,
                     const Rectangle& bounds, const UserOptions& options);

}  // namespace smartca::view
