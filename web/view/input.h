// Fields that take text, and buttons that look like them.
#pragma once

#include <vector>

#include "shared/field.h"
#include "web/view/button.h"

namespace smartca::view {

struct InputOptions {
    Role role = Role::TextField;
    std::string_view value = {};
    std::string_view placeholder = {};
    ColorToken placeholderColor = ColorToken::Placeholder;
    std::uint32_t flags = 0;
    std::uint32_t target = 0;  // its list
    std::uint32_t active = 0;
    std::uint32_t labelledBy = 0;
    std::vector<std::uint32_t> describedBy = {};
    float insetRight = 13;     // what lies over the field's right end, with its distances
    Field rule = Field::Form;  // where the form's data come from; Form: none
    std::string_view inputMode = {};
    Availability availability = Availability::Enabled;
    enum class Words : std::uint8_t {
        Painted,
        Elsewhere
    } words = Words::Painted;  // Elsewhere: by the caller
};

float inputHeight(const Painter& painter);
TextFace inputFace(const Painter& painter);

// Reports the field and paints its frame and, unless it has the focus and so shows its text itself, what
// stands in it.
void input(Painter& painter, app::Control control, const Rectangle& box, std::string_view name,
           const InputOptions& options);

// The frame alone.
void inputFrame(Painter& painter, app::Control control, const Rectangle& box, std::uint32_t flags);

// A closed choice: "Type: all ▾".
void selectButton(Painter& painter, app::Control control, const Rectangle& box, std::string_view name,
                  std::string_view words, const InputOptions& options);

}  // namespace smartca::view
