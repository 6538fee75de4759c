// What can be written into the signature's content, and what each becomes: over the field, or under it.
#include <algorithm>

#include "shared/text.h"
#include "web/view/form.h"
#include "web/view/layout.h"
#include "web/view/popup.h"

namespace smartca::view {

namespace {

constexpr float kMenuHead = 32, kMenuFoot = 30, kMenuRows = 6.5f, kMenuRowsOfPhones = 3.5f, kMenuDistance = 6,
                kMenuMargin = 12;

// Over the field's label where there is room, else on the side that has more.
Rectangle menuPlace(const Rectangle& field, float label, float height, const Rectangle& bounds) {
    const float top = field.y - label - kMenuDistance;
    const float above = top - bounds.y - 8, below = bottom(bounds) - bottom(field) - kMenuDistance - 8;
    if (height <= above || above >= below) {
        const float fits = std::min(height, above);
        return {field.x, top - fits, field.width, fits};
    }
    return {field.x, bottom(field) + kMenuDistance, field.width, std::min(height, below)};
}

struct Becomes {
    std::string words;
    bool isValue = false;
};

Becomes becomes(const Form& form, const Arguments& values, std::string_view name) {
    const Painter& painter = form.painter;
    if (name == "Reason") return {std::string(painter.say(Message::PlaceholderAtSigning))};
    const auto value = std::find_if(values.begin(), values.end(),
                                    [name](const Argument& argument) { return argument.name == name; });
    const std::string words = value == values.end() ? std::string() : value->value;
    if (words == "…") return {std::string(painter.say(Message::PlaceholderFromCertificate))};
    if (words.empty()) return {std::string(painter.say(Message::PlaceholderEmpty))};
    return {words, true};
}

void drawRow(const Form& form, app::Control control, const Rectangle& row, const app::PlaceholderRow& what,
             const Becomes& value, bool active) {
    Painter& painter = form.painter;
    const std::string_view meaning = painter.say(what.meaning);
    Item& item = painter.item(Role::Option, idOf(control), row,
                              std::string(what.name) + ", " + std::string(meaning) + ", " + value.words);
    item.flags = active ? kSelected : 0u;
    paintOptionBack(painter, control, row, active);
    const float chipWidth = painter.type().width(TextFace::Chip, what.name) + 8;
    const Rectangle chip = {row.x + 10, middle(row) - 9, chipWidth, 18};
    painter.brush().fill(chip, 4, painter.ink(active ? ColorToken::Surface : ColorToken::AccentSoft));
    painter.inscribe({chip.x + 4, chip.y, chip.width, chip.height}, what.name,
                     {.face = TextFace::Chip, .color = ColorToken::Accent});
    const bool beside = row.width > 420;
    const float middleX = beside ? std::max(right(chip) + 12, row.x + 142) : right(chip) + 12;
    const float valueWidth = painter.type().width(TextFace::LabelPlain, value.words) + 1;
    const float valueX = beside ? std::max(right(row) - 10 - valueWidth, row.x + row.width * 0.5f) : middleX;
    if (beside)
        painter.inscribe({middleX, row.y, valueX - middleX - 8, row.height}, meaning,
                         {.face = TextFace::Help, .color = ColorToken::Muted});
    painter.inscribe({valueX, row.y, right(row) - 10 - valueX, row.height}, value.words,
                     {.face = TextFace::LabelPlain,
                      .color = value.isValue ? ColorToken::Text : ColorToken::Muted,
                      .align = Align::Right});
}

// Whose values they are: the certificate's that would be added, else the user's.
std::string ownerOf(const Form& form) {
    if (const RegisteredCertificate* one = app::certificateToAdd(form.dialog)) return one->commonName;
    return form.dialog.user.chosen ? form.dialog.user.chosen->name : std::string();
}

}  // namespace

bool menuOpen(const Form& form) {
    const app::PlaceholderMenu& menu = form.dialog.signature.menu;
    return menu.list == app::Visibility::Shown && !app::placeholderRows(form.state.locale, menu).empty();
}

void drawPlaceholderMenu(const Form& form, const Rectangle& field, const Rectangle& bounds, float seen) {
    Painter& painter = form.painter;
    const app::PlaceholderMenu& menu = form.dialog.signature.menu;
    const auto rows = app::placeholderRows(form.state.locale, menu);
    const float line = painter.target(36);
    const float content = static_cast<float>(rows.size()) * line;
    const bool keys = painter.viewport().pointer == Pointer::Mouse && !painter.narrow();
    const float around = kMenuHead + (keys ? kMenuFoot : kPopupPadding);
    // A phone's keyboard takes half of the screen.
    const float most = (painter.roomy() ? kMenuRowsOfPhones : kMenuRows) * line;
    const float label = painter.roomy() ? 47.f : 24.f;  // with its buttons
    // In a low window it leaves room for the field, as far as one row is seen.
    const float room = seen - field.height - label - kMenuDistance - 2 * kMenuMargin - around;
    const float shown = std::min({content, most, std::max(room, line)});
    const Rectangle place = menuPlace(field, label, shown + around, bounds);
    const PopupLayer layer(painter, idOf(Part::PlaceholderPopup), place, bounds);
    const Rectangle& box = layer.box();

    const TextStyle help = {.face = TextFace::Help, .color = ColorToken::Muted};
    const std::string title = menu.typed.empty() ? std::string(painter.say(Message::PlaceholdersTitle))
                                                 : painter.say(Message::PlaceholdersMatch,
                                                               {{"typed", shortenedTo(menu.typed, 20)}});
    const std::string owner = ownerOf(form);
    const std::string whose = owner.empty() ? std::string(painter.say(Message::PlaceholdersBecome))
                                            : painter.say(Message::PlaceholdersBecomeFor, {{"name", owner}});
    const float titleWidth = painter.type().width(TextFace::Help, title) + 1;
    const float whoseRoom = box.width - 32 - titleWidth - 12;
    painter.line(idOf(Part::PlaceholderNote, 0), {box.x + 16, box.y + 11, titleWidth, 16}, title, help);
    if (painter.type().width(TextFace::Help, whose) + 1 <= whoseRoom) {
        const float width = painter.type().width(TextFace::Help, whose) + 1;
        painter.line(idOf(Part::PlaceholderNote, 1), {right(box) - 16 - width, box.y + 11, width, 16}, whose,
                     help);
    }
    const Rectangle list = {box.x, box.y + kMenuHead, box.width, box.height - around};
    Item& listBox = painter.item(Role::ListBox, idOf(Part::PlaceholderList), list,
                                 painter.say(Message::PlaceholdersTitle));
    listBox.flags = content > list.height + 0.5f ? kScrolls : 0u;
    listBox.contentHeight = content;
    {
        const auto scope =
            painter.onto(idOf(Part::PlaceholderList), list.width, std::max(content, list.height));
        const Arguments values = placeholderValuesFor(form);
        for (std::size_t i = 0; i < rows.size(); ++i)
            drawRow(form, {app::ControlKind::PlaceholderOption, static_cast<std::uint16_t>(i)},
                    {kPopupPadding, static_cast<float>(i) * line, list.width - 2 * kPopupPadding, line},
                    rows[i], becomes(form, values, rows[i].name), static_cast<int>(i) == menu.active);
    }
    if (!keys) return;
    const std::string_view words = painter.say(Message::PlaceholdersKeys);
    const float width = painter.type().width(TextFace::Help, words) + 1;
    painter.line(idOf(Part::PlaceholderNote, 2), {right(box) - 16 - width, bottom(box) - 24, width, 16},
                 words, help);
}

}  // namespace smartca::view
