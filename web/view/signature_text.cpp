// The signature's content. Without the focus its placeholders are shown as chips; with it the field shows its
// own text, braces and all.
#include <algorithm>

#include "shared/signature_text.h"
#include "web/view/form.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

constexpr float kTextTop = 9, kLeastHeight = 84, kMostHeight = 204;

// Sets runs of words and chips on lines, and paints them or only measures.
class ChipText {
  public:
    ChipText(Painter& painter, const Rectangle& box)
        : painter_(painter), box_(box), face_(inputFace(painter)) {}

    float height(const ParsedSignatureText& text) {
        paints_ = false;
        return set(text);
    }
    void paint(const ParsedSignatureText& text) {
        paints_ = true;
        set(text);
    }

  private:
    float set(const ParsedSignatureText& text) {
        x_ = y_ = 0;
        for (const SignatureTextPart& part : text.parts) {
            if (part.kind == SignatureTextPart::Kind::Literal)
                literal(part.text);
            else
                chip(part);
        }
        return y_ + line();
    }
    float line() const { return painter_.type().lineHeight(face_); }
    void breakLine() {
        x_ = 0;
        y_ += line();
    }
    void literal(std::string_view words) {
        bool first = true;
        for (const std::string_view piece : painter_.type().lines(face_, words, box_.width, x_)) {
            if (!first) breakLine();
            first = false;
            const float width = painter_.type().width(face_, piece);
            if (paints_ && !piece.empty())
                painter_.inscribe({box_.x + x_, box_.y + y_, width + 1, line()}, piece, {.face = face_});
            x_ += width;
        }
    }
    void chip(const SignatureTextPart& part) {
        const float width = painter_.type().width(TextFace::Chip, part.text) + 8;
        if (x_ > 0 && x_ + width > box_.width) breakLine();
        if (paints_) {
            const bool known = part.kind == SignatureTextPart::Kind::KnownPlaceholder;
            const Rectangle chip = {box_.x + x_, box_.y + y_ + line() / 2 - 8, std::min(width, box_.width),
                                    16};
            painter_.brush().fill(chip, 4,
                                  painter_.ink(known ? ColorToken::AccentSoft : ColorToken::WarnSoft));
            painter_.inscribe(
                {chip.x + 4, chip.y, chip.width - 7, chip.height}, part.text,
                {.face = TextFace::Chip, .color = known ? ColorToken::Accent : ColorToken::Warn});
        }
        x_ += width;
    }

    Painter& painter_;
    Rectangle box_;
    TextFace face_;
    float x_ = 0, y_ = 0;
    bool paints_ = false;
};

constexpr float kBraces = 22;

float insertButtonWidth(const Painter& painter) {
    return kBraces + painter.type().width(TextFace::Label, painter.say(Message::InsertPlaceholderWords)) + 10;
}

// Opens the menu of placeholders; its lower right corner is given.
void drawInsertButton(const Form& form, Point corner) {
    Painter& painter = form.painter;
    const float width = insertButtonWidth(painter), height = painter.target(24);
    const Rectangle box = {corner.x - width, corner.y - height, width, height};
    const Ink ink = iconButton(
        painter, {app::ControlKind::InsertPlaceholder, 0}, box, painter.say(Message::InsertPlaceholder),
        {.look = Look::Link, .face = TextFace::Label, .availability = form.availability});
    icon::braces(painter.brush(), {box.x + 12, middle(box)}, ink);
    painter.inscribe({box.x + kBraces, box.y, width - kBraces, height},
                     painter.say(Message::InsertPlaceholderWords),
                     {.face = TextFace::Label, .color = ColorToken::Accent});
}

}  // namespace

float drawSignatureText(const Form& all, Point at, float width) {
    const Form form = all.of(Field::SignatureText);
    Painter& painter = form.painter;
    const app::Control control = {app::ControlKind::SignatureText, 0};
    const Resolved<std::string>& text = form.dialog.signature.resolved.text;
    const std::string value = withLineFeeds(text.value);
    const ParsedSignatureText parsed = parseSignatureText(value);
    // The height of the plain text, which is the wider one, so that the field keeps its height under the
    // focus.
    const TextFace face = inputFace(painter);
    const float wide = width - 2 * kControlInset;
    const float lines = static_cast<float>(painter.type().lines(face, value, wide).size());
    const float plain = lines * painter.type().lineHeight(face);
    const float needed = std::max(plain, ChipText(painter, {0, 0, wide, 0}).height(parsed));
    const float insertWidth = insertButtonWidth(painter) - 8;  // its words end with the field
    const FieldBox field =
        beginField(form, Field::SignatureText, control, {at.x, at.y, width},
                   {.label = {.provenance = text.provenance},
                    .reset = {.control = app::ControlKind::ResetSignatureText,
                              .name = Message::ResetSignatureText,
                              .provenance = text.provenance,
                              .reserved = insertWidth},
                    .height = std::clamp(needed + 2 * kTextTop, kLeastHeight, kMostHeight)});
    if (form.availability != Availability::Locked)
        drawInsertButton(form, {at.x + width + 8, field.box.y - 3});
    InputOptions options = inputOptions(form, field);
    options.value = value;
    options.words = InputOptions::Words::Elsewhere;
    if (menuOpen(form)) {
        options.target = idOf(Part::PlaceholderList);
        options.active = idOf(app::ControlKind::PlaceholderOption,
                              static_cast<std::size_t>(form.dialog.signature.menu.active));
    }
    input(painter, control, field.box, field.name, options);
    if (value.empty() ? !painter.showsItself(control) : !painter.focuses(control)) {
        const Rectangle room = inset(field.box, kControlInset, kTextTop);
        painter.clip(inset(field.box, 2, 2));
        if (value.empty())
            painter.inscribeLines(room, options.placeholder,
                                  {.face = face, .color = ColorToken::Placeholder});
        else
            ChipText(painter, room).paint(parsed);
        painter.unclip();
    }
    return endField(form, field);
}

}  // namespace smartca::view
