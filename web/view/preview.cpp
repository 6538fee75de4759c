// How the signature will look on the document. The paper is white in both themes, and its ink the document's.
#include <algorithm>
#include <array>

#include "shared/distinguished_name.h"
#include "shared/signature_text.h"
#include "web/app/picks.h"
#include "web/view/form.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

constexpr float kStampLeast = 84, kStampMost = 126;
constexpr Color kWriting = 0xE9EDF1;  // the lines that stand for the document's text

// The values of the placeholders: those of the first certificate that would be added; while there is none,
// what the chosen user is known to be called, and dots for the rest. Nothing is made up.
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

// Where the values come from: "The first of 2 selected: SMARTCA PERSONAL PRO, …c68e40."
std::string noteOfValues(const Form& form) {
    const Painter& painter = form.painter;
    const RegisteredCertificate* first = app::certificateToAdd(form.dialog);
    if (first == nullptr)
        return form.dialog.user.chosen ? std::string(painter.say(Message::PreviewFromUser)) : std::string();
    std::string which = first->serviceName;
    if (!which.empty()) which += ", ";
    which +=
        "…" + first->serial.substr(first->serial.size() - std::min<std::size_t>(6, first->serial.size()));
    const std::size_t count = app::ticked(form.dialog).size();
    return painter.say(count > 1 ? Message::PreviewFirstOf : Message::PreviewOf,
                       {{"count", std::to_string(count)}, {"certificate", which}});
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
    if (const std::string note = stamp.text.empty() ? std::string() : noteOfValues(form); !note.empty()) {
        column.skip(8);
        column.text(idOf(Part::PreviewNote), note, {.face = TextFace::Help, .color = ColorToken::Muted});
    }
    drawDropTarget(form, 1, card);
    return column.height();
}

}  // namespace smartca::view
