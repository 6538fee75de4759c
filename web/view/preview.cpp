// How the signature will look on the document. The paper is white in both themes, and its ink the document's.
#include <algorithm>
#include <array>
#include <cmath>

#include "shared/distinguished_name.h"
#include "shared/signature_text.h"
#include "shared/text.h"
#include "web/app/picks.h"
#include "web/view/form.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

constexpr float kStampLeast = 84, kStampMost = 126;
constexpr Color kWriting = 0xE9EDF1;  // the lines that stand for the document's text

// The lines of the signature that end before the line which the menu's highlighted placeholder would change, that
// line, and those after it.
struct StampText {
    std::string before, added, after;
    bool empty() const { return before.empty() && added.empty() && after.empty(); }
};

std::string withoutLastBreaks(std::string text) {
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

// What Enter would add, with its braces; empty while no menu is open.
std::string offeredPlaceholder(const Form& form) {
    if (!menuOpen(form)) return {};
    const app::PlaceholderMenu& menu = form.dialog.signature.menu;
    const auto rows = app::placeholderRows(form.state.locale, menu);
    const auto active = static_cast<std::size_t>(menu.active);
    return active < rows.size() ? "{{" + std::string(rows[active].name) + "}}" : std::string();
}

StampText stampText(const Form& form) {
    const Arguments values = placeholderValuesFor(form);
    const app::PlaceholderMenu& menu = form.dialog.signature.menu;
    const std::string text = withLineFeeds(form.dialog.signature.resolved.text.value);
    const std::string offered = offeredPlaceholder(form);
    if (offered.empty() || menu.end > text.size() || menu.begin > menu.end)
        return {withoutLastBreaks(fillSignatureText(text, values)), {}, {}};
    std::string changed = text;
    changed.replace(menu.begin, menu.end - menu.begin, offered);
    const std::size_t line = changed.rfind('\n', menu.begin == 0 ? 0 : menu.begin - 1);
    const std::size_t begin = line == std::string::npos || line >= menu.begin ? 0 : line + 1;
    const std::size_t end = std::min(changed.find('\n', menu.begin), changed.size());
    const auto filled = [&](std::size_t from, std::size_t to) {
        return withoutLastBreaks(fillSignatureText(changed.substr(from, to - from), values));
    };
    return {filled(0, begin), filled(begin, end), filled(std::min(end + 1, changed.size()), changed.size())};
}

// The text at the largest of a few sizes at which it fits. What does not fit at the smallest that can be read is
// cut off, as it would be on the document.
struct Fit {
    float scale = 1, height = 0;
    std::size_t cut = 0;  // lines that are not shown
};
constexpr float kStampRoom = kStampMost - 20;

std::size_t linesOf(const Typesetter& type, std::string_view text, float width, float scale) {
    return text.empty() ? 0 : type.lines(TextFace::Stamp, text, width, 0, scale).size();
}

Fit fitText(const Typesetter& type, const StampText& text, float width) {
    Fit fit;
    for (const float scale : {1.f, 0.9f, 0.8f}) {
        const std::size_t lines = linesOf(type, text.before, width, scale) +
                                  linesOf(type, text.added, width, scale) +
                                  linesOf(type, text.after, width, scale);
        const float line = type.lineHeight(TextFace::Stamp, scale);
        const auto room = static_cast<std::size_t>(kStampRoom / line);
        fit = {scale, static_cast<float>(std::min(lines, room)) * line, lines - std::min(lines, room)};
        if (fit.cut == 0) break;
    }
    return fit;
}

// What the signature's box shows, set for a width.
struct Stamp {
    StampText text;
    bool image = false;
    float textLeft = 12, textWidth = 0, height = 0;
    Fit fit;
};

Stamp setStamp(const Form& form, float width) {
    const DisplayMode mode = form.dialog.signature.resolved.mode.value;
    Stamp stamp;
    if (showsText(mode)) stamp.text = stampText(form);
    stamp.image = showsImage(mode) && hasImage(form);
    if (stamp.image && !stamp.text.empty()) stamp.textLeft = 94;
    stamp.textWidth = width - stamp.textLeft - 12;
    stamp.fit = fitText(form.painter.type(), stamp.text, stamp.textWidth);
    stamp.height = std::clamp(stamp.fit.height + 24, kStampLeast, kStampMost);
    return stamp;
}

// Of the words as many lines as fit into the box, from its top; the rest of the box is left.
void drawPart(Painter& painter, std::uint32_t id, Rectangle& box, std::string_view words, float scale,
              ColorToken color) {
    if (words.empty() || box.height <= 0) return;
    const float line = painter.type().lineHeight(TextFace::Stamp, scale);
    const auto lines = painter.type().lines(TextFace::Stamp, words, box.width, 0, scale);
    const auto room = static_cast<std::size_t>(std::lround(box.height / line));
    if (room == 0) return;
    if (lines.size() > room) {
        const std::string_view last = lines[room - 1];
        words = words.substr(0, static_cast<std::size_t>(last.data() + last.size() - words.data()));
    }
    const float height = static_cast<float>(std::min(room, lines.size())) * line;
    painter.text(id, takeTop(box, height), words,
                 {.face = TextFace::Stamp, .color = color, .scale = scale, .ground = Ground::Paper});
}

void drawStampText(Painter& painter, const Stamp& stamp, Rectangle box) {
    const float scale = stamp.fit.scale;
    drawPart(painter, idOf(Part::PreviewLine, 0), box, stamp.text.before, scale, ColorToken::Error);
    drawPart(painter, idOf(Part::PreviewLine, 1), box, stamp.text.added, scale, ColorToken::Muted);
    drawPart(painter, idOf(Part::PreviewLine, 2), box, stamp.text.after, scale, ColorToken::Error);
}

void drawStamp(const Form& form, const Rectangle& box, const Stamp& stamp) {
    Painter& painter = form.painter;
    painter.brush().frame(box, 2, painter.paperInk(ColorToken::Error));
    if (stamp.image) {
        const Rectangle room =
            stamp.text.empty() ? inset(box, 12, 8) : Rectangle{box.x + 10, box.y + 8, 74, box.height - 16};
        drawImage(form, room, Part::PreviewImage, painter.say(Message::SignatureImageLabel));
    }
    if (!stamp.text.empty()) {
        drawStampText(
            painter, stamp,
            {box.x + stamp.textLeft, middle(box) - stamp.fit.height / 2, stamp.textWidth, stamp.fit.height});
    } else if (!stamp.image) {
        painter.text(idOf(Part::PreviewLine), {box.x + 12, middle(box) - 8, box.width - 24, 16},
                     painter.say(Message::PreviewNothing),
                     {.face = TextFace::Help,
                      .color = ColorToken::Muted,
                      .align = Align::Centre,
                      .ground = Ground::Paper});
    }
}

// Where the settings are not there, it may look otherwise.
std::string subtitle(const Form& form) {
    const Message missing = settingsMissing(form);
    std::string words(form.painter.say(missing == Message::None ? Message::PreviewSubtitle : missing));
    words.front() = asciiUpper(words.front());  // a label goes on with it
    return words;
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

// What is to be said of the preview: that not all of the text is seen, and what the line in grey is.
void drawPreviewNotes(const Form& form, Column& column, const Stamp& stamp) {
    Painter& painter = form.painter;
    const auto cut = static_cast<std::int64_t>(stamp.fit.cut);
    const TextStyle muted = {.face = TextFace::Help, .color = ColorToken::Muted};
    if (cut > 0) {
        column.skip(8);
        icon::warning(painter.brush(), {column.rest().x + 5.5f, column.y() + 8},
                      painter.ink(ColorToken::Warn), painter.ink(ColorToken::Surface));
        column.text(idOf(Part::PreviewFit),
                    painter.count(cut, Message::PreviewCutOne, Message::PreviewCutOther),
                    {.face = TextFace::Help, .color = ColorToken::Warn, .indent = 14});
    } else if (stamp.fit.scale < 1) {
        column.skip(8);
        column.text(idOf(Part::PreviewFit), painter.say(Message::PreviewSmaller), muted);
    }
    if (stamp.text.added.empty()) return;
    column.skip(8);
    column.text(idOf(Part::PreviewGrey), painter.say(Message::PreviewGrey), muted);
}

}  // namespace

Arguments placeholderValuesFor(const Form& form) {
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

float drawPreview(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    Column column(painter, {at.x, at.y, width, 0});
    column.text(idOf(Part::PreviewTitle), painter.say(Message::PreviewTitle), {.face = TextFace::Label});
    column.skip(4);
    column.text(idOf(Part::PreviewSubtitle), subtitle(form),
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
    drawPreviewNotes(form, column, stamp);
    drawDropTarget(form, 1, card);
    return column.height();
}

}  // namespace smartca::view
