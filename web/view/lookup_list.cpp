// The certificates registered under the identity, to tick those that are to be added.
#include <algorithm>
#include <cmath>

#include "shared/text.h"
#include "shared/unaccented.h"
#include "web/app/picks.h"
#include "web/view/icons.h"
#include "web/view/layout.h"
#include "web/view/lookup_rows.h"

namespace smartca::view {

namespace {

constexpr float kListHead = 41, kSearchRow = 48, kListRight = 13;
// Of a list that scrolls: five rows and a little of the sixth, so that one sees that it goes on.
constexpr float kListWindow = 305, kListWindowNarrow = 334;

void paintBoxOfAll(const Form& form, const Rectangle& box) {
    Painter& painter = form.painter;
    const app::Control control = {app::ControlKind::PickAll, 0};
    const app::BoxState state = app::boxOfAll(form.dialog);
    const app::LookupState& lookup = form.dialog.lookup;
    const bool all = lookup.rows.size() == lookup.order.size();
    Item& item = painter.item(Role::CheckBox, idOf(control), box,
                              painter.say(all ? Message::LookupAll : Message::LookupAllShown));
    item.flags = (state == app::BoxState::All ? kChecked : 0u) |
                 (state == app::BoxState::Some ? kMixed : 0u) |
                 (form.availability != Availability::Enabled || state == app::BoxState::Off ? kDisabled : 0u);
    item.describedBy = {idOf(Part::LookupNote)};
    constexpr std::array kLooks = {BoxLook::Empty, BoxLook::Mixed, BoxLook::Ticked, BoxLook::Off};
    paintCheckBox(painter, centre(box), kLooks[static_cast<std::size_t>(state)]);
    if (painter.focuses(control) && painter.interaction().focusVisible)
        focusRing(painter, inset(box, 4, 4), 6);
}

// Of what the head may come to say of the ticks: a tick moves nothing.
float widestHint(const Form& form) {
    Painter& painter = form.painter;
    const auto count = static_cast<std::int64_t>(form.registered()->size());
    std::string words = painter.count(count, Message::LookupSelectedOne, Message::LookupSelectedOther);
    if (count > 1)
        words = painter.say(Message::LookupLeftOut, {{"selected", words}, {"count", std::to_string(count)}});
    return painter.type().width(TextFace::HelpStrong, words) + 1;
}

// The head; below it, the card's frame goes around everything.
float head(const Form& form, Point at, float width, std::string_view title, std::string_view hint,
           const TextStyle& hintStyle) {
    Painter& painter = form.painter;
    const bool boxed =
        form.registered() != nullptr && !form.registered()->empty() && !form.business() && !form.looksUp();
    const float left = boxed ? (painter.roomy() ? 48.f : 43.f) : kListRight;
    const float hintWidth = hint.empty() ? 0 : painter.type().width(hintStyle.face, hint) + 1;
    const float room = width - left - kListRight;
    const float titleRoom =
        hint.empty() ? room : room - std::max(hintWidth, boxed ? widestHint(form) : 0) - 12;
    const bool stacked = !hint.empty() && painter.type().width(TextFace::Label, title) > titleRoom;
    const float titleHeight = painter.type().height(TextFace::Label, title, stacked ? room : titleRoom);
    const float pad = painter.roomy() ? 13.f : 11.5f;
    const float height =
        std::max(painter.target(kListHead), std::round(2 * pad + titleHeight + (stacked ? 18.f : 0.f)));
    painter.brush().fillTop({at.x, at.y, width, height}, kCardRadius, painter.ink(ColorToken::Sunken));
    if (boxed) paintBoxOfAll(form, {at.x, at.y, left - 2, height});
    painter.text(idOf(Part::LookupTitle),
                 {at.x + left, std::floor(at.y + pad), stacked ? room : titleRoom, titleHeight}, title,
                 {.face = TextFace::Label});
    if (!hint.empty()) {
        const Point place = stacked ? Point{at.x + left, at.y + pad + titleHeight + 1}
                                    : Point{at.x + width - kListRight - hintWidth, at.y + height / 2 - 8};
        painter.text(idOf(Part::LookupNote), {place.x, place.y, hintWidth + 1, 16}, hint, hintStyle);
    }
    painter.brush().horizontal(at.x, at.y + height, width, painter.ink(ColorToken::Line));
    return height + 1;
}

// The shape of what is coming, as high as what usually comes.
float drawSkeleton(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    constexpr int kRows = 2;
    float y = at.y + head(form, at, width, painter.say(Message::LookingUp), {}, {});
    for (int row = 0; row < kRows; ++row, y += 57) {
        const Ink bar = painter.ink(ColorToken::Line, 0.7f);
        if (!form.looksUp()) paintCheckBox(painter, {at.x + 21, y + 28}, BoxLook::Off);
        painter.brush().fill({at.x + 43, y + 15, width * 0.4f, 10}, 5, bar);
        painter.brush().fill({at.x + 43, y + 34, width * 0.55f, 8}, 4, bar);
        if (row + 1 < kRows) painter.brush().horizontal(at.x, y + 56, width, painter.ink(ColorToken::Line));
    }
    painter.brush().frame({at.x, at.y, width, y - at.y}, kCardRadius, painter.ink(ColorToken::Line));
    return y - at.y;
}

float drawNone(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const bool unknown = form.dialog.lookup.answer.value.personUnknown;
    const Rectangle words = {at.x + 15, at.y + 13, width - 30, 0};
    // Once the field says it, the card only says what can be done.
    const Finding* said = findingToSay(form, Field::Identity);
    float height = 0;
    if (said == nullptr ||
        (said->code != FindingCode::NoCertificate && said->code != FindingCode::PersonUnknown))
        height = 2 + painter.text(idOf(Part::LookupTitle), words,
                                  painter.say(unknown ? Message::FindingPersonUnknown : Message::LookupNone),
                                  {.face = TextFace::Label});
    height +=
        painter.text(idOf(Part::LookupNote), {words.x, words.y + height, words.width, 0},
                     painter.say(unknown ? Message::LookupPersonUnknownAdvice : Message::LookupNoneAdvice),
                     {.face = TextFace::Help, .color = ColorToken::Muted});
    const Rectangle card = {at.x, at.y, width, height + 26};
    painter.brush().frame(card, kCardRadius, painter.ink(ColorToken::Line));
    return card.height;
}

float drawSearch(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const app::LookupState& lookup = form.dialog.lookup;
    const app::Control control = {app::ControlKind::PickSearch, 0},
                       clear = {app::ControlKind::PickSearchClear, 0};
    const bool searches = !lookup.search.empty();
    const float height = painter.target(32);
    const Rectangle box = {at.x + 9, at.y + 8, width - 18, height};
    const std::string shown = searches ? app::shownWords(painter.locale(), form.dialog) : std::string();
    const float count = searches ? painter.type().width(TextFace::Help, shown) + 2 : 0;
    InputOptions options = {.role = Role::SearchField,
                            .value = lookup.search,
                            .placeholder = painter.say(Message::LookupSearch),
                            .insetRight = searches ? count + height + 8 : 12,
                            .availability = form.availability,
                            .words = InputOptions::Words::Elsewhere};
    if (searches) options.describedBy = {idOf(Part::LookupShown)};
    input(painter, control, box, painter.say(Message::LookupSearch), options);
    painter.itemAt(painter.itemCount() - 1).insetLeft = 33;
    icon::magnifierSmall(painter.brush(), {box.x + 17, middle(box)}, painter.ink(ColorToken::Muted));
    if (!painter.sketches() && (!painter.focuses(control) || !searches))
        painter.inscribe(
            {box.x + 33, box.y, box.width - 33 - options.insetRight, box.height},
            searches ? std::string_view(lookup.search) : options.placeholder,
            {.face = inputFace(painter), .color = searches ? ColorToken::Text : ColorToken::Faint});
    if (searches) {
        painter.text(idOf(Part::LookupShown), {right(box) - height - count, middle(box) - 8, count, 16},
                     shown, {.face = TextFace::Help, .color = ColorToken::Muted});
        const Ink ink = iconButton(painter, clear, {right(box) - height, box.y, height, height},
                                   painter.say(Message::LookupSearchClear), {.flags = kPassedBy});
        icon::cross(painter.brush(), {right(box) - height / 2, middle(box)}, 8, ink, 1.4f);
    }
    const float used = height + kSearchRow - 32;
    painter.brush().horizontal(at.x, at.y + used - 1, width, painter.ink(ColorToken::Line));
    return used;
}

// Those rows that lie between `from` and `to` of the list's content, with its place `from` at the point.
void paintRows(const Form& form, const RowSettings& settings, const Rectangle& list, float from, float to,
               RowPlace end) {
    const auto& shown = form.dialog.lookup.rows;
    float y = list.y - from;
    for (const std::uint16_t place : shown) {
        const LookupRow& row = form.lookupRows[place];
        const bool isEnd = place == shown.back();
        const Rectangle box = {list.x, y, list.width, row.height};
        y += row.height + 1;
        if (y < list.y || box.y > list.y + to - from) continue;
        paintRow(form, row, box, settings, isEnd ? end : RowPlace::Middle);
        if (!isEnd)
            form.painter.brush().horizontal(box.x, bottom(box), box.width,
                                            form.painter.ink(ColorToken::Line));
    }
}

// Of a list of many the picture is in parts, each as high as what is seen of it. Only those that are near are
// painted, and of these, as it scrolls, only the one that has come near; it takes the item of the one that has gone.
void paintListParts(const Form& form, const RowSettings& settings, const Rectangle& list, float content) {
    Painter& painter = form.painter;
    constexpr int kParts = 4;
    const float scrolled = std::clamp(painter.interaction().picksScrolled, 0.f, content - list.height);
    const int first = std::max(0, static_cast<int>(scrolled / list.height) - 1);
    for (int part = first; part < first + kParts; ++part) {
        const float from = list.height * static_cast<float>(part), to = std::min(content, from + list.height);
        if (from >= to) break;
        const std::uint32_t id = idOf(Part::LookupWindow, static_cast<std::uint32_t>(part % kParts));
        painter.item(Role::Layer, id, {list.x, list.y + from, list.width, to - from});
        const auto surface = painter.onto(id, list.width, to - from);
        paintRows(form, settings, {0, 0, list.width, to - from}, from, to, RowPlace::Middle);
    }
}

float drawRows(const Form& form, Point at, float width, RowPlace end) {
    Painter& painter = form.painter;
    const app::LookupState& lookup = form.dialog.lookup;
    RowSettings settings = {.role = form.looksUp()    ? Role::Text
                                    : form.business() ? Role::Radio
                                                      : Role::CheckBox};
    if (app::isSearched(form.dialog)) settings.searched = unaccented(lookup.search);
    form.lookupRows.follow(form, width - 2);
    const float shown = form.lookupRows.height(lookup.rows), whole = form.lookupRows.height(lookup.order);

    const bool scrolls = lookup.order.size() >= app::kScrolledFrom;
    const float window = painter.narrow() ? kListWindowNarrow : kListWindow;
    const float height = scrolls ? window : whole - 1;
    const Rectangle box = {at.x + 1, at.y, width - 2, height};
    const float content = std::max(shown - 1, height);

    const std::size_t place = painter.itemCount();
    Item& list = painter.item(settings.role == Role::Radio ? Role::RadioGroup : Role::Group,
                              idOf(Part::LookupList), box, painter.say(Message::LookupAll));
    list.labelledBy = idOf(Part::LookupTitle);
    if (scrolls) {
        if (content > height + 0.5f) list.flags |= kScrolls;
        list.contentHeight = content;
    }
    {
        const auto scope = painter.inside(idOf(Part::LookupList), {box.x, box.y});
        painter.itemAt(place).block = form.lookupRows.report(form, box, settings.role);
        if (scrolls) paintListParts(form, settings, box, content);
    }
    if (!scrolls) paintRows(form, settings, box, 0, height, shown < whole ? RowPlace::Middle : end);
    if (lookup.rows.empty())
        painter.text(idOf(Part::LookupText), {box.x + 42, box.y + 18, box.width - 84, 0},
                     painter.say(Message::LookupNoMatch, {{"search", shortenedTo(lookup.search, kReadable)}}),
                     {.color = ColorToken::Muted});
    return height + 1;
}

float drawUnreadables(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    const auto& unreadable = form.dialog.lookup.answer.value.unreadable;
    float y = at.y;
    for (const std::uint16_t place : form.dialog.lookup.unreadable) {
        if (y > at.y || !form.registered()->empty())
            painter.brush().horizontal(at.x, y - 1, width, painter.ink(ColorToken::Line));
        y += drawUnreadable(form, unreadable[place], place + 1u, {at.x + 1, y}, width - 2) + 1;
    }
    if (!form.registered()->empty() || unreadable.empty()) return y - at.y;
    painter.brush().horizontal(at.x, y - 1, width, painter.ink(ColorToken::Line));
    const std::string_view again = painter.say(Message::LookUpAgain);
    const float action = buttonWidth(painter, again, TextFace::Label), height = smallButtonHeight(painter);
    const bool below = width < 440;
    const float textWidth = width - 30 - (below ? 0 : action + 16);
    const float words = painter.text(idOf(Part::LookupText), {at.x + 15, y + 12, textWidth, 0},
                                     painter.say(Message::LookupUnreadableAdvice),
                                     {.face = TextFace::Help, .color = ColorToken::Muted});
    const Point place =
        below ? Point{at.x + 15, y + 12 + words + 8}
              : Point{at.x + width - 15 - action, y + 12 + (std::max(words, height) - height) / 2};
    button(painter, {app::ControlKind::LookUpAgain, 0}, {place.x, place.y, action, height}, again,
           {.face = TextFace::Label, .availability = form.availability});
    return y + 24 + (below ? words + 8 + height : std::max(words, height)) - at.y;
}

}  // namespace

float drawLookupList(const Form& all, Point at, float width) {
    const Form form = all.of(Field::Serial);
    Painter& painter = form.painter;
    const std::vector<RegisteredCertificate>* registered = form.registered();
    if (registered == nullptr)
        return form.dialog.lookup.answer.phase == app::Phase::Loading ? drawSkeleton(form, at, width) : 0;
    if (app::countFound(form.dialog) == 0) return drawNone(all, at, width);
    std::string hint;
    TextStyle hintStyle = {.face = TextFace::HelpStrong, .color = ColorToken::Accent};
    if (form.business()) {
        if (registered->size() > 1) hint = painter.say(Message::LookupPickOne);
        hintStyle = {.face = TextFace::Help, .color = ColorToken::Muted};
    } else if (!registered->empty() && !form.looksUp()) {
        hint = app::selectedWords(painter.locale(), form.dialog);
    }
    float y = at.y + head(form, at, width, app::foundWords(painter.locale(), form.dialog), hint, hintStyle);
    if (!registered->empty()) {
        if (app::isSearched(form.dialog)) y += drawSearch(form, {at.x, y}, width);
        const app::LookupState& lookup = form.dialog.lookup;
        const bool isEnd = lookup.unreadable.empty();
        if (isEnd || !lookup.rows.empty())
            y += drawRows(form, {at.x, y}, width, isEnd ? RowPlace::Last : RowPlace::Middle);
    }
    y += drawUnreadables(all, {at.x, y}, width);
    painter.brush().frame({at.x, at.y, width, y - at.y}, kCardRadius, painter.ink(ColorToken::Line));
    return y - at.y;
}

}  // namespace smartca::view
