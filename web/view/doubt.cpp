// What Create asks once, in a bar over the end of the form: nothing moves for it.
#include <algorithm>

#include "web/app/picks.h"
#include "web/view/dialogs.h"
#include "web/view/form.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

void drawDoubt(const Form& form, const Rectangle& above) {
    Painter& painter = form.painter;
    const app::DoubtWords words = app::doubtWords(painter.locale(), form.dialog);
    const bool narrow = painter.narrow();
    const float side = narrow ? 16.f : 24.f, left = side + 32, action = buttonHeight(painter);
    const float withWidth = buttonWidth(painter, words.with),
                withoutWidth = buttonWidth(painter, words.without);
    const float actions = withWidth + 12 + withoutWidth;
    const float textWidth = above.width - left - side - (narrow ? 0 : actions + 24);
    const float texts = painter.type().height(TextFace::BodyStrong, words.title, textWidth) +
                        painter.type().height(TextFace::Help, words.text, textWidth);
    const float height = 1 + 16 + (narrow ? texts + 12 + action : std::max(texts, action)) + 16;
    const Rectangle box = {above.x, bottom(above) - height, above.width, height};
    Item& item = painter.item(Role::AlertDialog, idOf(Part::Doubt), box, words.title);
    item.labelledBy = idOf(Part::DoubtTitle);
    item.describedBy = {idOf(Part::DoubtText)};
    const auto surface = painter.onto(idOf(Part::Doubt), box.width, box.height);
    painter.brush().fill({0, 0, box.width, box.height}, 0, painter.ink(ColorToken::WarnSoft));
    painter.brush().horizontal(0, 0, box.width, painter.ink(ColorToken::Line));
    const float top = 17 + (narrow ? 0 : (std::max(texts, action) - texts) / 2);
    icon::warningLarge(painter.brush(), {side + 10, top + texts / 2}, painter.ink(ColorToken::Warn));
    Column column(painter, {left, top, textWidth, 0});
    column.text(idOf(Part::DoubtTitle), words.title, {.face = TextFace::BodyStrong}, Role::Heading3);
    column.text(idOf(Part::DoubtText), words.text, {.face = TextFace::Help});
    Rectangle row = {side, height - 16 - action, box.width - 2 * side, action};
    if (!narrow) row.y = 1 + (height - 1 - action) / 2;
    const Rectangle with = takeRight(row, narrow ? (row.width - 12) / 2 : withWidth, 12),
                    without = narrow ? row : takeRight(row, withoutWidth);
    button(painter, {app::ControlKind::DoubtWithout, 0}, without, words.without);
    button(painter, {app::ControlKind::DoubtWith, 0}, with, words.with);
    // The focus came here by itself, so it is shown to who works with the mouse, too.
    if (painter.focuses({app::ControlKind::DoubtWithout, 0})) focusRing(painter, without, kControlRadius);
}

}  // namespace smartca::view
