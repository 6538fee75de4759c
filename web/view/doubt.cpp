// What Create asks once, in a bar over the end of the form: nothing moves for it.
#include <algorithm>
#include <array>

#include "web/app/picks.h"
#include "web/view/dialogs.h"
#include "web/view/form.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

struct Answer {
    app::ControlKind kind;
    std::string_view name;
};

}  // namespace

void drawDoubt(const Form& form, const Rectangle& above) {
    Painter& painter = form.painter;
    const app::DoubtWords words = app::doubtWords(painter.locale(), form.dialog);
    const bool narrow = painter.narrow();
    const float side = narrow ? 16.f : 24.f, left = side + 32, action = buttonHeight(painter);
    std::array<Answer, 3> answers = {{{app::ControlKind::DoubtBack, painter.say(Message::DoubtGoBack)},
                                      {app::ControlKind::DoubtWithout, words.without},
                                      {app::ControlKind::DoubtWith, words.with}}};
    const std::size_t ways = words.without.empty() ? 2 : 3;
    if (ways == 2) answers[1] = answers[2];
    std::array<FlexItem, 3> widths;
    float actions = 1 - 12;  // in one row
    for (std::size_t i = 0; i < ways; ++i) {
        widths[i].basis = buttonWidth(painter, answers[i].name);
        actions += widths[i].basis + 12;
    }
    const float textWidth = above.width - left - side - (narrow ? 0 : actions + 24);
    const float texts = painter.type().height(TextFace::BodyStrong, words.title, textWidth) +
                        painter.type().height(TextFace::Help, words.text, textWidth);
    Rectangle row = {side, 17 + texts + 12, above.width - 2 * side, 0};
    if (!narrow) row = {above.width - side - actions, 17 + std::max(0.f, texts - action) / 2, actions, 0};
    const std::vector<Rectangle> places = wrapped({widths.data(), ways}, row, action, 12);
    const float height = std::max(17 + texts, bottom(places.back())) + 16;
    const Rectangle box = {above.x, bottom(above) - height, above.width, height};
    Item& item = painter.item(Role::AlertDialog, idOf(Part::Doubt), box, words.title);
    item.labelledBy = idOf(Part::DoubtTitle);
    item.describedBy = {idOf(Part::DoubtText)};
    const auto surface = painter.onto(idOf(Part::Doubt), box.width, box.height);
    painter.brush().fill({0, 0, box.width, box.height}, 0, painter.ink(ColorToken::WarnSoft));
    painter.brush().horizontal(0, 0, box.width, painter.ink(ColorToken::Line));
    const float top = 17 + (narrow ? 0 : std::max(0.f, action - texts) / 2);
    icon::warningLarge(painter.brush(), {side + 10, top + texts / 2}, painter.ink(ColorToken::Warn));
    Column column(painter, {left, top, textWidth, 0});
    column.text(idOf(Part::DoubtTitle), words.title, {.face = TextFace::BodyStrong}, Role::Heading3);
    column.text(idOf(Part::DoubtText), words.text, {.face = TextFace::Help});
    for (std::size_t i = 0; i < ways; ++i) {
        const app::Control control = {answers[i].kind, 0};
        button(painter, control, places[i], answers[i].name);
        // The focus came here by itself, so it is shown to who works with the mouse, too.
        if (control.kind == words.safe && painter.focuses(control))
            focusRing(painter, places[i], kControlRadius);
    }
}

}  // namespace smartca::view
