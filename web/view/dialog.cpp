#include "web/view/dialog.h"

#include <algorithm>

#include "web/view/dialog_fields.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

constexpr float kDialogWidth = 920, kPreviewWidth = 324, kLeastBody = 120;

// The dialog's parts, with the lengths that its content decides.
struct Shape {
    float margin = 24;                       // at the sides of the content
    float width = 0, formWidth = 0;          // CSS px
    float header = 0, body = 0, footer = 0;  // heights
    Rectangle box{};                         // on the overlay
    float titleWidth = 0;
};

float headerHeight(const Painter& painter, const Shape& shape) {
    const Typesetter& type = painter.type();
    const auto lines = [&](TextFace face, Message words) {
        return static_cast<float>(type.lines(face, painter.say(words), shape.titleWidth).size()) *
               metricsOf(face).line;
    };
    if (painter.narrow()) return 14 + lines(TextFace::Title, Message::DialogTitle) + 12;
    return 20 + lines(TextFace::Title, Message::DialogTitle) + 2 +
           lines(TextFace::Body, Message::DialogSubtitle) + 16;
}

std::string attention(const Painter& painter, int fields) {
    return painter.count(fields, Message::FieldNeedsAttention, Message::FieldsNeedAttention);
}

float footerHeight(const Painter& painter, const app::DialogState& dialog) {
    if (!painter.narrow()) return 1 + 14 + buttonHeight(painter) + 14;
    return 1 + 12 + buttonHeight(painter) + 12 + (app::fieldsInError(dialog) > 0 ? 24.f : 0.f);
}

void drawHeader(Painter& painter, const Shape& shape) {
    const Rectangle& box = shape.box;
    float y = box.y + (painter.narrow() ? 14.f : 20.f);
    y += painter.text(idOf(Part::DialogTitle), {box.x + shape.margin, y, shape.titleWidth, 26},
                      painter.say(Message::DialogTitle), {.face = TextFace::Title}, Role::Heading2);
    if (!painter.narrow())
        painter.text(idOf(Part::DialogSubtitle), {box.x + shape.margin, y + 2, shape.titleWidth, 20},
                     painter.say(Message::DialogSubtitle), {.color = ColorToken::Muted});
    const float side = painter.roomy() ? 44.f : 36.f;
    const Point centre = {right(box) - (painter.narrow() ? 32.f : 40.f),
                          box.y + (painter.narrow() ? 30.f : 35.f)};
    const Rectangle close = {centre.x - side / 2, centre.y - side / 2, side, side};
    const Ink ink =
        iconButton(painter, {app::ControlKind::DialogClose, 0}, close, painter.say(Message::Close));
    icon::cross(painter.brush(), centre, 9.5f, ink, 1.6f);
}

void drawFooter(const Form& form, const Shape& shape) {
    Painter& painter = form.painter;
    const Rectangle& box = shape.box;
    const float top = bottom(box) - shape.footer, height = buttonHeight(painter);
    const std::string_view cancel = painter.say(Message::Cancel);
    const std::string_view create = painter.say(form.dialog.busy() ? Message::Creating : Message::CreateNew);
    const ButtonOptions cancelLook = {.availability = form.availability};
    const ButtonOptions createLook = {.look = Look::Primary,
                                      .availability = form.availability,
                                      .role = Role::SubmitButton,
                                      .flags = form.dialog.busy() ? kBusy : 0u};
    const int wrong = app::fieldsInError(form.dialog);
    const app::Control cancelControl = {app::ControlKind::Cancel, 0},
                       createControl = {app::ControlKind::Submit, 0};
    const TextStyle error = {.face = TextFace::Help, .color = ColorToken::Error};
    if (painter.narrow()) {
        const float x = box.x + shape.margin, width = box.width - 2 * shape.margin, half = (width - 12) / 2;
        const float y = bottom(box) - 12 - height;
        if (wrong > 0)
            painter.text(idOf(Part::FooterNote), {x, top + 11, width, 16}, attention(painter, wrong), error);
        button(painter, cancelControl, {x, y, half, height}, cancel, cancelLook);
        button(painter, createControl, {x + half + 12, y, half, height}, create, createLook);
        return;
    }
    const float createWidth = buttonWidth(painter, create), cancelWidth = buttonWidth(painter, cancel);
    const Rectangle createBox = {right(box) - 24 - createWidth, top + 15, createWidth, height};
    const Rectangle cancelBox = {createBox.x - 12 - cancelWidth, createBox.y, cancelWidth, height};
    const Rectangle noteBox = {box.x + 24, middle(createBox) - 8, cancelBox.x - box.x - 40, 16};
    if (wrong > 0) {
        painter.text(idOf(Part::FooterNote), noteBox, attention(painter, wrong), error);
    } else {
        // The star has the colour that it has at the labels.
        const std::string_view words = painter.say(Message::RequiredFieldsNote);
        const std::size_t star = words.find('*');
        const TextStyle muted = {.face = TextFace::Help, .color = ColorToken::Muted};
        const auto part = [&](std::uint32_t index, std::string_view text, const TextStyle& style) {
            return Run{.id = idOf(Part::FooterNote, 1 + index),
                       .text = std::string(text),
                       .style = style,
                       .gap = 3.5f};
        };
        if (star == std::string_view::npos || star == 0) {
            painter.text(idOf(Part::FooterNote), noteBox, words, muted);
        } else {
            const std::array<Run, 3> runs = {part(0, words.substr(0, star - 1), muted), part(8, "*", error),
                                             part(16, words.substr(star + 2), muted)};
            painter.flow(noteBox, runs);
        }
    }
    button(painter, cancelControl, cancelBox, cancel, cancelLook);
    button(painter, createControl, createBox, create, createLook);
}

// The card itself with its lines and its shadow; what stands on it is painted later or on other surfaces.
void paintCard(Painter& painter, const Shape& shape) {
    const Rectangle& box = shape.box;
    const float radius = painter.narrow() ? 0 : kDialogRadius;
    const Ink line = painter.ink(ColorToken::Line);
    if (!painter.narrow()) painter.brush().shadow(box, radius, {.down = 20, .blur = 50, .alpha = 0.24f});
    painter.brush().fill(box, radius, painter.ink(ColorToken::Surface));
    if (!painter.narrow()) {
        const float x = box.x + shape.formWidth;
        painter.brush().fill({x, box.y + shape.header, right(box) - x, shape.body + 1}, 0,
                             painter.ink(ColorToken::Sunken));
        painter.brush().vertical(x, box.y + shape.header, shape.body + 1, line);
    }
    painter.brush().horizontal(box.x, box.y + shape.header, box.width, line);
    painter.brush().horizontal(box.x, bottom(box) - shape.footer, box.width, line);
}

// A column of the body scrolls on its own; its content was laid out before, between those two items.
void placeColumn(Painter& painter, Part part, const Rectangle& place, float content, std::size_t first,
                 std::size_t last) {
    Item& column = painter.item(Role::Layer, idOf(part), place);
    column.flags = content > place.height + 0.5f ? kScrolls : 0u;
    column.contentHeight = std::max(content, place.height);
    painter.resizeSurface(idOf(part), place.width, std::max(content, place.height));
    painter.moveBehind(first, last);
}

}  // namespace

Ink scrimInk(const Painter&, const app::State& state) {
    return state.theme == app::Theme::Dark ? Ink{0x000000, 0.55f} : Ink{0x141E28, 0.45f};
}

void drawDialog(Painter& painter, const app::State& state) {
    const app::DialogState& dialog = *state.dialog;
    const Viewport& viewport = painter.viewport();
    const Form form = {painter, state, dialog,
                       dialog.busy() ? Availability::Disabled : Availability::Enabled};
    const bool narrow = painter.narrow();
    Shape shape;
    shape.margin = narrow ? 16.f : 24.f;
    shape.width = narrow ? viewport.width : std::min(kDialogWidth, viewport.width - 48);
    shape.formWidth = narrow ? shape.width : shape.width - kPreviewWidth;
    shape.titleWidth = shape.width - shape.margin - (narrow ? 16 + 56.f : 80.f);
    shape.header = headerHeight(painter, shape);
    shape.footer = footerHeight(painter, dialog);

    // The columns come first, since their content decides the height of the dialog.
    const float top = narrow ? 16.f : 20.f, previewWidth = shape.width - shape.formWidth;
    const std::size_t start = painter.itemCount();
    float formHeight = 0, previewHeight = 0;
    {
        const auto column = painter.onto(idOf(Part::FormColumn), shape.formWidth, 1);
        formHeight =
            top + drawFormColumn(form, {shape.margin, top, shape.formWidth - 2 * shape.margin, 0}) + top;
    }
    const std::size_t between = painter.itemCount();
    if (!narrow) {
        const auto column = painter.onto(idOf(Part::PreviewColumn), previewWidth, 1);
        const float width = previewWidth - 41;
        float y = top + drawPreview(form, {21, top}, width) + 16;
        y += drawImageCard(form, {21, y}, width);
        previewHeight = y + top;
    }
    const std::size_t end = painter.itemCount();

    const float fixed = shape.header + 1 + shape.footer;
    const float room = narrow ? viewport.height : viewport.height - 48;
    shape.body = std::max(kLeastBody, room - fixed);
    if (!narrow) shape.body = std::min(shape.body, std::max(formHeight, previewHeight));
    const float height = fixed + shape.body;
    shape.box = snapped(Rectangle{(viewport.width - shape.width) / 2,
                                  narrow ? 0 : (viewport.height - height) / 2, shape.width, height},
                        viewport.density);

    const Rectangle screen = {0, 0, viewport.width, viewport.height};
    painter.item(Role::Layer, idOf(Part::Overlay), screen);
    const auto overlay = painter.onto(idOf(Part::Overlay), screen.width, screen.height);
    painter.brush().fill(screen, 0, scrimInk(painter, state));
    paintCard(painter, shape);
    Item& item = painter.item(Role::Dialog, idOf(Part::Dialog), shape.box, painter.say(Message::DialogTitle));
    item.flags = kModal | (dialog.busy() ? kBusy : 0u);
    item.labelledBy = idOf(Part::DialogTitle);
    if (!narrow) item.describedBy = {idOf(Part::DialogSubtitle)};
    const auto inDialog = painter.inside(idOf(Part::Dialog), {shape.box.x, shape.box.y});
    drawHeader(painter, shape);
    const Rectangle below = {shape.box.x, shape.box.y + shape.header + 1, shape.box.width,
                             shape.body + shape.footer};
    painter.item(Role::Form, idOf(Part::Form), below);
    const auto inForm = painter.inside(idOf(Part::Form), {below.x, below.y});
    placeColumn(painter, Part::FormColumn, {below.x, below.y, shape.formWidth, shape.body}, formHeight, start,
                between);
    if (!narrow)
        placeColumn(painter, Part::PreviewColumn,
                    {below.x + shape.formWidth, below.y, previewWidth, shape.body}, previewHeight, start,
                    start + (end - between));
    drawFooter(form, shape);
}

}  // namespace smartca::view
