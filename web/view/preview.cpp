// How the signature will look on the document. The paper is white in both themes, and its ink the document's.
#include <algorithm>
#include <array>

#include "shared/distinguished_name.h"
#include "shared/signature_text.h"
#include "web/view/form.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

constexpr float kStampLeast = 84, kStampMost = 126;
constexpr Color kWriting = 0xE9EDF1;  // the lines that stand for the document's text

// The values of the placeholders: those of the one certificate that would be added; while there is none or
// there are several, what the chosen user is known to be called, and dots for the rest. Nothing is made up.
Arguments valuesFor(const Form& form) {
    Arguments values;
    if (const RegisteredCertificate* one = app::certificateToAdd(form.dialog)) {
        values = placeholderValues(one->subject);
    } else {
        for (const std::string_view name : knownPlaceholders()) {
            const bool isName = name == "SubjectDN.CN" || name == "Name";
            values.push_back(
                {std::string(name), isName && form.dialog.user.chosen ? form.dialog.user.chosen->name : "…"});
        }
    }
    std::erase_if(values, [](const Argument& value) { return value.name == "SignTime"; });
    values.push_back({"SignTime", form.state.now == 0 ? "…" : dateAndTimeInVietnam(form.state.now)});
    return values;
}

std::string filledText(const Form& form) {
    std::string text =
        fillSignatureText(withLineFeeds(form.dialog.signature.resolved.text.value), valuesFor(form));
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

// The text at the largest of a few sizes at which it fits.
struct Fit {
    float scale = 1, height = 0;
};
Fit fitText(const Typesetter& type, std::string_view text, float width) {
    Fit fit;
    for (const float scale : {1.f, 0.9f, 0.8f, 0.7f, 0.6f}) {
        const auto lines = static_cast<float>(type.lines(TextFace::Stamp, text, width, 0, scale).size());
        fit = {scale, lines * type.lineHeight(TextFace::Stamp, scale)};
        if (fit.height <= kStampMost - 20) break;
    }
    return fit;
}

// The largest box of the image's proportions within `room`.
Rectangle imageBox(const app::ShownImage& image, const Rectangle& room) {
    if (image.width <= 0 || image.height <= 0) return room;
    const float scale = std::min(room.width / static_cast<float>(image.width),
                                 room.height / static_cast<float>(image.height));
    return centred(room, static_cast<float>(image.width) * scale, static_cast<float>(image.height) * scale);
}

void paintImage(const Form& form, const Rectangle& room) {
    Painter& painter = form.painter;
    const app::ShownImage& image = form.dialog.signature.image;
    if (painter.resources().signature != 0 && image.width > 0)
        painter.brush().image(imageBox(image, room), painter.resources().signature, painter.opacity());
    else if (image.phase == app::Phase::Loading)
        painter.brush().fill(inset(room, 4, room.height / 4), 6, painter.paperInk(ColorToken::Line));
}

bool hasImage(const Form& form) {
    return form.dialog.signature.image.width > 0 || form.dialog.signature.image.phase == app::Phase::Loading;
}

// What the signature's box shows, set for a width.
struct Stamp {
    std::string text;
    bool image = false;
    float textLeft = 12, textWidth = 0, height = 0;
    Fit fit;
};

Stamp setStamp(const Form& form, float width) {
    const DisplayMode mode = form.dialog.signature.resolved.mode.value;
    Stamp stamp;
    if (showsText(mode)) stamp.text = filledText(form);
    stamp.image = showsImage(mode) && hasImage(form);
    if (stamp.image && !stamp.text.empty()) stamp.textLeft = 94;
    stamp.textWidth = width - stamp.textLeft - 12;
    stamp.fit = fitText(form.painter.type(), stamp.text, stamp.textWidth);
    stamp.height = std::clamp(stamp.fit.height + 24, kStampLeast, kStampMost);
    return stamp;
}

void drawStamp(const Form& form, const Rectangle& box, const Stamp& stamp) {
    Painter& painter = form.painter;
    painter.brush().frame(box, 2, painter.paperInk(ColorToken::Error));
    if (stamp.image) {
        const Rectangle room =
            stamp.text.empty() ? inset(box, 12, 8) : Rectangle{box.x + 10, box.y + 8, 74, box.height - 16};
        paintImage(form, room);
        painter.item(Role::Image, idOf(Part::PreviewImage), room, painter.say(Message::SignatureImageLabel));
    }
    if (!stamp.text.empty()) {
        painter.clip(inset(box, 1, 1));
        painter.text(
            idOf(Part::PreviewLine),
            {box.x + stamp.textLeft, middle(box) - stamp.fit.height / 2, stamp.textWidth, stamp.fit.height},
            stamp.text,
            {.face = TextFace::Stamp,
             .color = ColorToken::Error,
             .scale = stamp.fit.scale,
             .ground = Ground::Paper});
        painter.unclip();
    } else if (!stamp.image) {
        painter.text(idOf(Part::PreviewLine), {box.x + 12, middle(box) - 8, box.width - 24, 16},
                     painter.say(Message::PreviewNothing),
                     {.face = TextFace::Help,
                      .color = ColorToken::Muted,
                      .align = Align::Centre,
                      .ground = Ground::Paper});
    }
}

// The image's name and size, or what an image may be.
void drawImageWords(const Form& form, const Rectangle& box) {
    Painter& painter = form.painter;
    const app::ShownImage& image = form.dialog.signature.image;
    const TextStyle muted = {.face = TextFace::Help, .color = ColorToken::Muted};
    if (hasImage(form)) {
        painter.line(idOf(Part::ImageName), {box.x, box.y + 25, box.width, 18}, image.name,
                     {.face = TextFace::Label});
        const Arguments arguments = {{"width", std::to_string(image.width)},
                                     {"height", std::to_string(image.height)},
                                     {"size", sizeText(painter.locale(), image.bytes)}};
        painter.text(idOf(Part::ImageSize), {box.x, box.y + 44, box.width, 16},
                     image.width > 0 ? painter.say(Message::SignatureImageSize, arguments)
                                     : std::string(painter.say(Message::Loading)),
                     muted);
        return;
    }
    const std::int64_t most = form.state.session.value.imageBytes;
    const std::string hint =
        painter.say(Message::SignatureImageHint, {{"maximum", sizeText(painter.locale(), most)}});
    const float height = 18 + painter.type().height(TextFace::Help, hint, box.width);
    Column column(painter, {box.x, middle(box) - height / 2, box.width, 0});
    column.text(idOf(Part::ImageName), painter.say(Message::SignatureImageNone), {.face = TextFace::Label});
    column.text(idOf(Part::ImageHint), hint, muted);
}

}  // namespace

float drawPreview(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    Column column(painter, {at.x, at.y, width, 0});
    column.text(idOf(Part::PreviewTitle), painter.say(Message::PreviewTitle), {.face = TextFace::Label});
    column.skip(4);
    column.text(idOf(Part::PreviewSubtitle), painter.say(Message::PreviewSubtitle),
                {.face = TextFace::Help, .color = ColorToken::Muted});
    column.skip(12);
    const Stamp stamp = setStamp(form, width - 34);
    const Rectangle card = column.box(83 + stamp.height + 17);
    const Rectangle box = {card.x + 17, card.y + 83, width - 34, stamp.height};
    painter.brush().fill(card, 8, painter.paperInk(ColorToken::Surface));
    painter.brush().frame(card, 8, painter.ink(ColorToken::Line));
    for (int line = 0; line < 5; ++line) {
        const float lineY = card.y + 15 + 14 * static_cast<float>(line);
        painter.brush().fill({box.x, lineY, box.width, line < 4 ? 6.f : 4.f}, 0,
                             {kWriting, painter.opacity()});
    }
    painter.item(Role::Group, idOf(Part::PreviewPaper), card, painter.say(Message::PreviewTitle));
    {
        const auto scope = painter.inside(idOf(Part::PreviewPaper), {card.x, card.y});
        drawStamp(form, box, stamp);
    }
    if (app::certificateToAdd(form.dialog) == nullptr && form.dialog.user.chosen && !stamp.text.empty()) {
        column.skip(8);
        column.text(idOf(Part::PreviewNote), painter.say(Message::PreviewFromUser),
                    {.face = TextFace::Help, .color = ColorToken::Muted});
    }
    return column.height();
}

float drawImageCard(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const app::Control choose = {app::ControlKind::ImageChoose, 0};
    const Provenance provenance = form.dialog.signature.resolved.image.provenance;
    const FieldBox field = beginField(form, Field::SignatureImage, choose, {at.x, at.y, width},
                                      {.label = {.provenance = provenance}, .height = 85});
    const Rectangle& card = field.box;
    if (painter.interaction().draggingFile) {
        painter.brush().fill(card, kCardRadius, painter.ink(ColorToken::AccentSoft));
        painter.brush().dashedFrame(card, kCardRadius, painter.ink(ColorToken::Accent));
    } else {
        const bool wrong = isInvalid(form, Field::SignatureImage);
        painter.brush().frame(card, kCardRadius, painter.ink(wrong ? ColorToken::Error : ColorToken::Line));
    }
    const Rectangle thumb = {card.x + 13, card.y + 11, 82, 63};
    painter.brush().fill(thumb, 6, painter.paperInk(ColorToken::Surface));
    painter.brush().frame(thumb, 6, painter.ink(ColorToken::Line));
    const bool present = hasImage(form);
    if (present) {
        paintImage(form, inset(thumb, 5, 5));
        painter.item(Role::Image, idOf(Part::ImageThumbnail), thumb, field.name);
    }
    drawImageWords(form, {card.x + 107, card.y, width - 107 - 13, card.height});

    const std::string_view action = painter.say(present ? Message::ImageReplace : Message::ImageChoose),
                           reset = painter.say(Message::Reset);
    const Rectangle actions = {at.x, bottom(card) + 8, width, smallButtonHeight(painter)};
    Rectangle row = actions;
    button(painter, choose, takeLeft(row, buttonWidth(painter, action, TextFace::Label), 8), action,
           {.face = TextFace::Label,
            .availability = form.availability,
            .role = Role::FileButton,
            .accept = "image/png,image/jpeg"});
    Item& item = painter.itemAt(painter.itemCount() - 1);
    item.describedBy = describedBy(Field::SignatureImage, field.said);
    item.formName = ruleOf(Field::SignatureImage).key;
    const bool edited = provenance == Provenance::Edited;
    button(painter, {app::ControlKind::ResetImage, 0},
           takeLeft(row, buttonWidth(painter, reset, TextFace::Label)),
           painter.say(Message::ResetSignatureImage),
           {.look = Look::Quiet,
            .face = TextFace::Label,
            .availability = edited ? form.availability : Availability::Disabled,
            .words = reset});
    return field.above + card.height + 8 + actions.height +
           note(form, Field::SignatureImage, actions, field.said);
}

}  // namespace smartca::view
