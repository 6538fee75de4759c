// The certificates registered under the identity, to pick one of or to leave at "all".
#include <algorithm>

#include "shared/serial.h"
#include "shared/text.h"
#include "web/view/certificate_words.h"
#include "web/view/form.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

constexpr float kListHead = 41, kChoiceTextLeft = 43, kChoiceRight = 13, kPillBesideFrom = 360;

struct Choice {
    std::uint16_t index = 0;
    std::string strong, plain, detail, more;
    TextFace detailFace = TextFace::Help;
    bool chosen = false;
    std::optional<StatusWords> status;
};

void radioSign(Painter& painter, Point centre, bool chosen) {
    if (chosen) {
        painter.brush().disc(centre, 8, painter.ink(ColorToken::Accent));
        painter.brush().disc(centre, 3, painter.ink(ColorToken::Surface));
    } else {
        painter.brush().disc(centre, 8, painter.ink(ColorToken::Surface));
        painter.brush().ring(centre, 8, 1, painter.ink(ColorToken::LineStrong));
    }
}

Choice allChoice(const Form& form, const std::vector<RegisteredCertificate>& found) {
    Painter& painter = form.painter;
    const auto onList = std::ranges::count(found, true, &RegisteredCertificate::onList);
    const auto fresh = static_cast<std::ptrdiff_t>(found.size()) - onList;
    Choice choice;
    choice.plain = painter.say(Message::LookupAll);
    choice.detail = painter.count(fresh, Message::LookupAllNewOne, Message::LookupAllNewOther);
    const auto expired = std::ranges::count_if(found, [](const RegisteredCertificate& certificate) {
        return !certificate.onList && certificate.status == CertificateStatus::Expired;
    });
    if (expired > 0)
        choice.detail +=
            " · " + painter.count(expired, Message::LookupExpiredOne, Message::LookupExpiredOther);
    if (onList > 0)
        choice.detail += " · " + painter.count(onList, Message::LookupOnListOne, Message::LookupOnListOther);
    choice.chosen = trimmed(form.dialog.draft.serial).empty();
    return choice;
}

Choice choiceOf(const Form& form, const RegisteredCertificate& certificate, std::size_t index, float width) {
    Painter& painter = form.painter;
    Choice choice;
    choice.index = static_cast<std::uint16_t>(index + 1);
    choice.strong = certificate.commonName;
    if (!certificate.serviceName.empty()) choice.plain = "· " + certificate.serviceName;
    choice.detailFace = TextFace::MonoSmall;
    choice.detail = certificate.serial;
    if (painter.type().width(TextFace::MonoSmall, certificate.serial) > width)
        choice.detail = shortened(Serial{certificate.serial});
    if (certificate.validTo != 0)
        choice.more =
            "· " + painter.say(Message::LookupUntil, {{"date", dateInVietnam(certificate.validTo)}});
    if (certificate.onList)
        choice.more += std::string(choice.more.empty() ? "" : " ") + "· " +
                       std::string(painter.say(Message::LookupOnList));
    choice.status = statusWords(painter, certificate.status, certificate.validTo, form.state.now);
    choice.chosen = app::pickedCertificate(form.dialog) == &certificate;
    return choice;
}

// Words of two looks that are part of a control's name: they wrap like a flow, but report nothing. The second
// begins a line of its own, without its dot, where it does not fit behind the first.
float inscribeFlow(Painter& painter, const Rectangle& box, std::string_view first,
                   const TextStyle& firstStyle, std::string_view second, const TextStyle& secondStyle,
                   bool paints) {
    const Typesetter& type = painter.type();
    const float line = type.lineHeight(firstStyle.face);
    float x = 0, y = 0;
    const auto set = [&](std::string_view words, const TextStyle& style) {
        if (words.empty()) return;
        bool begins = true;
        for (const std::string_view piece : type.lines(style.face, words, box.width, x)) {
            if (!begins) {
                x = 0;
                y += line;
            }
            begins = false;
            const float width = type.width(style.face, piece);
            if (paints && !piece.empty())
                painter.inscribe({box.x + x, box.y + y, width + 1, line}, piece, style);
            x += width;
        }
    };
    constexpr std::string_view kDot = "· ";
    set(first, firstStyle);
    if (x > 0 && !second.empty()) {
        x += type.width(secondStyle.face, " ");
        if (x + type.width(secondStyle.face, second) > box.width) {
            x = 0;
            y += line;
        }
    }
    if (x == 0 && second.starts_with(kDot)) second.remove_prefix(kDot.size());
    set(second, secondStyle);
    return y + line;
}

std::string nameOf(const Choice& choice) {
    std::string name;
    for (const std::string& words : {choice.strong, choice.plain, choice.detail, choice.more,
                                     choice.status ? choice.status->words : std::string()})
        if (!words.empty()) name.append(name.empty() ? "" : " ").append(words);
    return name;
}

void paintStatus(Painter& painter, Point at, const StatusWords& status) {
    const Rectangle box = {at.x, at.y, pillWidth(painter, status.words), kPillHeight};
    painter.brush().fill(box, kPillHeight / 2, painter.ink(softColorOf(status.tone)));
    painter.brush().disc({box.x + 13, middle(box)}, 3, painter.ink(colorOf(status.tone)));
    painter.inscribe({box.x + 22, box.y, box.width - 22, box.height}, status.words,
                     {.face = TextFace::HelpStrong, .color = colorOf(status.tone)});
}

float drawChoice(const Form& form, Point at, float width, const Choice& choice, bool last) {
    Painter& painter = form.painter;
    const app::Control control = {app::ControlKind::Pick, choice.index};
    // The status stands at the end of the row, or below the words where those would become too narrow.
    const bool beside = width >= kPillBesideFrom;
    const float pill = choice.status ? pillWidth(painter, choice.status->words) : 0;
    const float textWidth =
        width - kChoiceTextLeft - kChoiceRight - (beside && choice.status ? pill + 12 : 0);
    const TextStyle strong = {.face = TextFace::BodyStrong}, plain = {.face = TextFace::Body},
                    detail = {.face = choice.detailFace, .color = ColorToken::Muted};
    const Rectangle titles = {at.x + kChoiceTextLeft, at.y + 10, textWidth, 0};
    const auto title = [&](bool paints) {
        return inscribeFlow(painter, titles, choice.strong, strong, choice.plain, plain, paints);
    };
    const Rectangle details = {titles.x, titles.y + title(false), textWidth, 0};
    const auto more = [&](bool paints) {
        return inscribeFlow(painter, details, choice.detail, detail, choice.more, detail, paints);
    };
    const float textEnd = details.y + more(false);
    const float end = textEnd + (choice.status && !beside ? 4 + kPillHeight : 0);
    const Rectangle row = {at.x, at.y, width, end + 10 - at.y};

    Item& radio = painter.item(Role::Radio, idOf(control), row, nameOf(choice));
    radio.flags =
        (choice.chosen ? kChecked : 0u) | (form.availability != Availability::Enabled ? kDisabled : 0u);
    radio.formName = "certificate";
    if (choice.chosen || painter.hovers(control)) {
        const Ink back = painter.ink(choice.chosen ? ColorToken::AccentSoft : ColorToken::Sunken);
        const Rectangle inner = {row.x + 1, row.y, row.width - 2, row.height - (last ? 1.f : 0.f)};
        last ? painter.brush().fillBottom(inner, kCardRadius - 1, back)
             : painter.brush().fill(inner, 0, back);
    }
    radioSign(painter, {at.x + 21, middle(row)}, choice.chosen);
    title(true);
    more(true);
    if (choice.status)
        paintStatus(painter,
                    beside ? Point{right(row) - kChoiceRight - pill, middle(row) - kPillHeight / 2}
                           : Point{titles.x, textEnd + 4},
                    *choice.status);
    if (painter.focuses(control) && painter.interaction().focusVisible)
        focusRing(painter, inset(row, 4, 4), 8);
    return row.height;
}

// The head and, below it, the card's frame around everything.
float head(const Form& form, Point at, float width, std::string_view title, std::string_view hint) {
    Painter& painter = form.painter;
    const float hintWidth = hint.empty() ? 0 : painter.type().width(TextFace::Help, hint) + 1;
    const float titleWidth = painter.type().width(TextFace::Label, title);
    const bool stacked = titleWidth + hintWidth + 12 + 2 * kChoiceRight > width;
    const float height = kListHead + (stacked && !hint.empty() ? 18.f : 0.f);
    painter.brush().fillTop({at.x, at.y, width, height + 1}, kCardRadius, painter.ink(ColorToken::Sunken));
    painter.text(idOf(Part::LookupTitle), {at.x + kChoiceRight, at.y + 12, width - 2 * kChoiceRight, 18},
                 title, {.face = TextFace::Label});
    if (!hint.empty()) {
        const Point place = stacked ? Point{at.x + kChoiceRight, at.y + 31}
                                    : Point{at.x + width - kChoiceRight - hintWidth, at.y + 13};
        painter.text(idOf(Part::LookupNote), {place.x, place.y, hintWidth + 1, 16}, hint,
                     {.face = TextFace::Help, .color = ColorToken::Muted});
    }
    painter.brush().horizontal(at.x, at.y + height, width, painter.ink(ColorToken::Line));
    return height + 1;
}

// The shape of what is coming.
float drawSkeleton(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    constexpr int kRows = 2;
    float y = at.y + head(form, at, width, painter.say(Message::LookingUp), {});
    for (int row = 0; row < kRows; ++row, y += 57) {
        const Ink bar = painter.ink(ColorToken::Line, 0.7f);
        painter.brush().ring({at.x + 21, y + 28}, 8, 1, painter.ink(ColorToken::LineStrong));
        painter.brush().fill({at.x + kChoiceTextLeft, y + 15, width * 0.4f, 10}, 5, bar);
        painter.brush().fill({at.x + kChoiceTextLeft, y + 34, width * 0.55f, 8}, 4, bar);
        if (row + 1 < kRows) painter.brush().horizontal(at.x, y + 56, width, painter.ink(ColorToken::Line));
    }
    painter.brush().frame({at.x, at.y, width, y - at.y}, kCardRadius, painter.ink(ColorToken::Line));
    return y - at.y;
}

float drawNone(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const Rectangle words = {at.x + 15, at.y + 13, width - 30, 0};
    // Once the field says it, the card only says what can be done.
    const Finding* said = findingToSay(form, Field::Identity);
    float height = 0;
    if (said == nullptr || said->code != FindingCode::NoCertificate)
        height = 2 + painter.text(idOf(Part::LookupTitle), words, painter.say(Message::LookupNone),
                                  {.face = TextFace::Label});
    height += painter.text(idOf(Part::LookupNote), {words.x, words.y + height, words.width, 0},
                           painter.say(Message::LookupNoneAdvice),
                           {.face = TextFace::Help, .color = ColorToken::Muted});
    const Rectangle card = {at.x, at.y, width, height + 26};
    painter.brush().frame(card, kCardRadius, painter.ink(ColorToken::Line));
    return card.height;
}

}  // namespace

float drawLookupList(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const std::vector<RegisteredCertificate>* found = form.registered();
    if (found == nullptr)
        return form.dialog.lookup.answer.phase == app::Phase::Loading ? drawSkeleton(form, at, width) : 0;
    if (found->empty()) return drawNone(form, at, width);
    const auto count = static_cast<std::int64_t>(found->size());
    const bool mayTakeAll = !form.business() || count == 1;
    float y = at.y + head(form, at, width, painter.count(count, Message::LookupOne, Message::LookupOther),
                          count > 1 || mayTakeAll
                              ? painter.say(mayTakeAll ? Message::LookupPick : Message::LookupPickOne)
                              : "");
    std::vector<Choice> choices;
    if (mayTakeAll) choices.push_back(allChoice(form, *found));
    const float room = width - kChoiceTextLeft - kChoiceRight - (width >= kPillBesideFrom ? 90.f : 0.f);
    for (std::size_t i = 0; i < found->size(); ++i)
        choices.push_back(choiceOf(form, (*found)[i], i, room));
    const std::size_t group = painter.itemCount();
    painter.item(Role::RadioGroup, idOf(Part::LookupList), {at.x, y, width, 0},
                 painter.say(Message::LookupAll));
    painter.itemAt(group).labelledBy = idOf(Part::LookupTitle);
    const float top = y;
    {
        const auto scope = painter.inside(idOf(Part::LookupList), {at.x, y});
        for (const Choice& choice : choices) {
            const bool last = &choice == &choices.back();
            y += drawChoice(form, {at.x, y}, width, choice, last);
            if (!last) painter.brush().horizontal(at.x, y, width, painter.ink(ColorToken::Line));
            y += 1;
        }
    }
    painter.itemAt(group).rectangle.height = snapped(y - top, painter.viewport().density);
    painter.brush().frame({at.x, at.y, width, y - at.y}, kCardRadius, painter.ink(ColorToken::Line));
    return y - at.y;
}

}  // namespace smartca::view
