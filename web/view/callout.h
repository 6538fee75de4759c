// A card across a column that says one thing and what can be done about it: what went wrong, what a create did, why
// not all rows are shown. It is announced by update().
#pragma once

#include <string>

#include "web/view/button.h"

namespace smartca::view {

struct Callout {
    std::uint32_t id = 0, titleId = 0, textId = 0;
    ColorToken tone = ColorToken::Accent, ground = ColorToken::AccentSoft, titleColor = ColorToken::Text;
    std::string title{}, words{};
    app::ControlKind control = app::ControlKind::None;  // None: there is nothing to press
    std::string_view action{};                          // empty: the control puts the card away
    Availability availability = Availability::Enabled;
};

// Draws it from its upper left corner and returns its height.
float calloutHeight(const Painter& painter, float width, const Callout& callout);
float drawCallout(Painter& painter, Point at, float width, const Callout& callout);

}  // namespace smartca::view
