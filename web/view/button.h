// Buttons of all looks.
#pragma once

#include "web/view/painter.h"

namespace smartca::view {

enum class Look : std::uint8_t { Primary, Secondary, Quiet, Danger, Link };
// Fixed: it cannot be changed for a while, and looks as ever: a field can still be read, selected and copied.
// Locked: the same for good, and it looks so.
enum class Availability : std::uint8_t { Enabled, Fixed, Locked, Disabled };

struct ButtonOptions {
    Look look = Look::Secondary;
    TextFace face = TextFace::BodyStrong;
    Availability availability = Availability::Enabled;
    Role role = Role::Button;
    std::uint32_t flags = 0;
    std::uint32_t target = 0;     // the menu it opens
    std::uint32_t active = 0;     // and its highlighted item
    std::string_view words = {};  // what is painted, where it is not the whole name
    std::string_view accept = {};
};

// The height of the form's buttons: 36, or 44 for fingers.
float buttonHeight(const Painter& painter);
// Of the small ones: 32, or 44.
float smallButtonHeight(const Painter& painter);
// The width that the words need in a button.
float buttonWidth(const Painter& painter, std::string_view words, TextFace face = TextFace::BodyStrong);

void button(Painter& painter, app::Control control, const Rectangle& box, std::string_view name,
            const ButtonOptions& options = {});

// A button that shows a sign. Reports the item and paints hover, press and focus; the caller draws the sign
// with the colour it gets.
Ink iconButton(Painter& painter, app::Control control, const Rectangle& box, std::string_view name,
               const ButtonOptions& options = {});

// The ring around what has the keyboard.
void focusRing(Painter& painter, const Rectangle& box, float radius, ColorToken line = ColorToken::Accent);

}  // namespace smartca::view
