// What opens over the rest: a white card with a shadow on a surface of its own, so that it lies above fields
// that show their own text.
#pragma once

#include "web/view/input.h"

namespace smartca::view {

// The look of such a card.
constexpr float kPopupPadding = 7;

// A layer for a popup at `box`, within the parent's content `bounds`; its coordinates stay the parent's.
// What follows is painted on it and is its child.
class PopupLayer {
  public:
    PopupLayer(Painter& painter, std::uint32_t id, const Rectangle& box, const Rectangle& bounds);
    // The box in the layer's own coordinates.
    const Rectangle& box() const { return box_; }

  private:
    static Rectangle report(Painter& painter, std::uint32_t id, const Rectangle& box,
                            const Rectangle& bounds);

    Rectangle layer_;
    Rectangle box_;
    Painter::Scope scope_;
};

// Where a popup of that height goes: under the field, above it where it does not fit, and never taller than
// the room there is.
Rectangle popupPlace(const Rectangle& field, float width, float height, const Rectangle& bounds);

// A list of short options under a select button.
struct OptionsList {
    std::uint32_t list = 0;
    std::uint32_t layer = 0;
    app::ControlKind option = app::ControlKind::None;
    std::string_view name = {};
    std::vector<std::string> words = {};
    int selected = 0;
    int active = -1;
};
void drawOptions(Painter& painter, const Rectangle& field, const Rectangle& bounds,
                 const OptionsList& options);
float optionHeight(const Painter& painter);

// The back of an option: highlighted by the keyboard, or under the pointer.
void paintOptionBack(Painter& painter, app::Control control, const Rectangle& box, bool active);

// ---- user_list.cpp: the users that match what is typed, in the dialog and among the page's filters

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
