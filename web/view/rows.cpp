// The certificates as a table, or as cards where a table does not fit.
#include <algorithm>
#include <array>
#include <numeric>

#include "web/view/button.h"
#include "web/view/certificate_words.h"
#include "web/view/icons.h"
#include "web/view/layout.h"
#include "web/view/page.h"
#include "web/view/row_words.h"

namespace smartca::view {

namespace {

constexpr std::size_t kColumns = 7;
constexpr float kCellPadding = 14, kTableHead = 37;
constexpr int kWaitingRows = 4;

using Widths = std::array<float, kColumns>;
constexpr Widths kLeastWidths = {200, 110, 160, 80, 190, 110, 50};

struct Columns {
    Widths widths;
    SerialForm serials;
};

constexpr std::array<Message, kColumns> kHeads = {
    Message::ColumnName,     Message::ColumnIdentity, Message::ColumnSerial, Message::ColumnType,
    Message::ColumnValidity, Message::ColumnStatus,   Message::ColumnActions};

// As a browser lays out a table: each column as wide as its widest cell, and the rest shared out in
// proportion. The last resort is a narrower name, which is shortened. Empty when the table does not fit even
// so.
std::optional<Widths> columnWidths(const PageArea& area, std::span<const RowWords> rows, SerialForm serials,
                                   float available, float leastName) {
    const Typesetter& type = area.painter.type();
    Widths widths = kLeastWidths;
    const auto least = [&](std::size_t column, float width) {
        widths[column] = std::max(widths[column], width + 2 * kCellPadding);
    };
    for (std::size_t i = 0; i + 1 < kColumns; ++i)
        least(i, type.width(TextFace::HelpStrong, area.painter.say(kHeads[i])));
    if (area.painter.roomy()) widths[6] = 58;
    for (const RowWords& row : rows) {
        const float badges = badgesWidth(area.painter, row);
        least(0, std::min(300.f, std::max(type.width(TextFace::BodyStrong, row.name) + badges,
                                          type.width(TextFace::Help, row.user))));
        least(1, type.width(TextFace::Mono, row.identity));
        least(2, type.width(TextFace::Mono, serialIn(serials, row)));
        least(3, type.width(TextFace::Body, row.type));
        least(4, type.width(TextFace::Body, row.validity));
        least(5, pillWidth(area.painter, row.status.words));
    }
    const float total = std::accumulate(widths.begin(), widths.end(), 0.f);
    if (total > available) {
        widths[0] -= total - available;
        if (widths[0] < leastName) return std::nullopt;
        return widths;
    }
    for (float& width : widths)
        width *= available / total;
    return widths;
}

std::optional<Columns> columnsOf(const PageArea& area, std::span<const RowWords> rows, float available) {
    constexpr float kAny = 10'000;
    // Beside both badges, so that a row just added does not turn the table into cards.
    RowWords added;
    for (const Message badge : {Message::NewBadge, Message::DefaultBadge})
        added.badges.emplace_back(area.painter.say(badge));
    const float leastName = 70 + badgesWidth(area.painter, added) + 2 * kCellPadding;
    if (const auto whole = columnWidths(area, rows, SerialForm::Whole, available, kAny))
        return Columns{*whole, SerialForm::Whole};
    if (const auto widths = columnWidths(area, rows, SerialForm::Shortened, available, leastName))
        return Columns{*widths, SerialForm::Shortened};
    return std::nullopt;
}

// The pointer is somewhere in the row.
bool isPointedAt(const Painter& painter, std::uint16_t row) {
    using app::ControlKind;
    return painter.hovers({ControlKind::RowOpen, row}) || painter.hovers({ControlKind::RowMenu, row}) ||
           painter.hovers({ControlKind::RowCopy, row});
}

bool isFresh(const PageArea& area, const Certificate& certificate) {
    return std::ranges::find(area.list().added, certificate.id, &Certificate::id) != area.list().added.end();
}

void drawActions(PageArea& area, std::size_t row, Point centre) {
    if (!app::offersRowActions(area.state)) return;
    Painter& painter = area.painter;
    const app::Control control = {app::ControlKind::RowMenu, static_cast<std::uint16_t>(row)};
    const float side = painter.target(32);
    const Rectangle box = squareAround(centre, side);
    const bool open = area.list().openMenu == static_cast<int>(row);
    iconButton(painter, control, box, actionsName(painter, area.list().certificates.value.items, row),
               {.look = Look::Quiet,
                .availability = area.availability(),
                .flags = kHasPopup | (open ? kExpanded : 0u),
                .target = idOf(Part::RowMenu)});
    icon::dots(painter.brush(), centre,
               painter.ink(painter.hovers(control) || open ? ColorToken::Muted : ColorToken::Faint));
    if (open) area.openRow = box;
}

// Puts the row's serial number on the clipboard; seen while the row is pointed at, or it has the focus. Not for
// fingers, which find it in the details.
void drawCopy(PageArea& area, const Certificate& certificate, std::uint16_t row, Point from) {
    Painter& painter = area.painter;
    if (painter.roomy()) return;
    const bool copied = area.list().copied == certificate.id;
    const Rectangle box = {from.x, from.y - 12, 24, 24};
    const app::Control control = {app::ControlKind::RowCopy, row};
    const std::string name = painter.say(Message::CopyThis, {{"words", certificate.serial}});
    const Ink ink = iconButton(painter, control, box, name);
    if (copied)
        icon::check(painter.brush(), centre(box), 11, painter.ink(ColorToken::Ok), 1.7f);
    else if (isPointedAt(painter, row) || painter.focuses(control))
        icon::copy(painter.brush(), centre(box), ink, painter.ink(ColorToken::Surface));
}

// The ground of a row that is pointed at.
void paintRowGround(Painter& painter, const Rectangle& row, bool last, Ink ink) {
    last ? painter.brush().fillBottom(row, kCardRadius - 1, ink) : painter.brush().fill(row, 0, ink);
}

// One row; returns its height.
float drawRow(PageArea& area, std::size_t row, const Certificate& certificate, const RowWords& words,
              const Columns& columns, float x, float y, float width, bool last) {
    Painter& painter = area.painter;
    const Widths& widths = columns.widths;
    const auto number = static_cast<std::uint32_t>(row);
    const app::Control open = {app::ControlKind::RowOpen, static_cast<std::uint16_t>(row)};
    const bool badged = !words.badges.empty();
    const float height = badged ? 66.f : 64.f;
    const Rectangle whole = {x, y, width, height};
    if (isPointedAt(painter, open.index))
        paintRowGround(painter, whole, last, painter.ink(ColorToken::Sunken));
    if (isFresh(area, certificate))
        painter.brush().fill({x - 1, y, 3, height - (last ? kCardRadius : 0)}, 0,
                             painter.ink(ColorToken::Accent));
    Item& reported = painter.item(Role::Row, idOf(Part::Row, number), whole);
    if (app::may(area.state, Right::Details)) reported.target = idOf(open);
    const auto inRow = painter.inside(idOf(Part::Row, number), {x, y});
    Rectangle rest = {x, y, width, height};
    for (std::size_t column = 0; column < kColumns; ++column) {
        const std::uint32_t cell = idOf(Part::Cell, number * 8 + static_cast<std::uint32_t>(column));
        const Rectangle box = takeLeft(rest, widths[column]), room = inset(box, kCellPadding, 0);
        const auto textId = [&](std::uint32_t piece) {
            return idOf(Part::CellText, number * 16 + static_cast<std::uint32_t>(column) + piece);
        };
        painter.item(column == 0 ? Role::RowHeader : Role::Cell, cell, box);
        const auto inCell = painter.inside(cell, {box.x, box.y});
        const auto plain = [&](std::string_view text, TextFace face) {
            painter.line(textId(0), {room.x, middle(box) - 10, room.width + 1, 20}, text, {.face = face});
        };
        switch (column) {
            case 0: {
                const float badges = badgesWidth(painter, words);
                const std::string name = painter.type().fitted(TextFace::BodyStrong, words.name,
                                                               room.width - badges, Typesetter::Cut::Middle);
                painter.line(textId(0), {room.x, y + (badged ? 11.f : 10.f), room.width - badges, 20},
                             words.name, {.face = TextFace::BodyStrong});
                float end = room.x + painter.type().width(TextFace::BodyStrong, name) + 10;
                for (std::size_t i = 0; i < words.badges.size(); ++i) {
                    badge(painter, textId(8 + 2 * static_cast<std::uint32_t>(i)), {end, y + 11},
                          words.badges[i]);
                    end += badgeWidth(painter, words.badges[i]) + 8;
                }
                painter.line(textId(9), {room.x, y + (badged ? 37.f : 35.f), room.width, 16}, words.user,
                             {.face = TextFace::Help, .color = ColorToken::Muted});
                break;
            }
            case 1:
                plain(words.identity, TextFace::Mono);
                break;
            case 2: {
                const std::string shown = serialIn(columns.serials, words);
                painter.line(textId(0), {room.x, middle(box) - 10, room.width + 1, 20}, words.serial,
                             {.face = TextFace::Mono}, shown);
                drawCopy(area, certificate, open.index,
                         {room.x + painter.type().width(TextFace::Mono, shown) + 2, std::round(middle(box))});
                break;
            }
            case 3:
                plain(words.type, TextFace::Body);
                break;
            case 4:
                plain(words.validity, TextFace::Body);
                break;
            case 5:
                pill(painter, textId(0), {room.x, std::round(middle(box)) - 10}, words.status);
                break;
            default:
                drawActions(area, row, {x + width - 26, std::round(middle(box)) + 1});
        }
    }
    return height;
}

void drawHead(Painter& painter, const Widths& widths, float x, float y, float width) {
    painter.item(Role::RowGroup, idOf(Part::TableHead), {x, y, width, kTableHead});
    const auto inHead = painter.inside(idOf(Part::TableHead), {x, y});
    painter.item(Role::Row, idOf(Part::HeadRow), {x, y, width, kTableHead});
    const auto inRow = painter.inside(idOf(Part::HeadRow), {x, y});
    Rectangle rest = {x, y, width, kTableHead};
    for (std::size_t i = 0; i < kColumns; ++i) {
        const auto column = static_cast<std::uint32_t>(i);
        const Rectangle box = takeLeft(rest, widths[i]);
        if (i + 1 == kColumns) {  // the actions' heading is only heard
            painter.item(Role::ColumnHeader, idOf(Part::ColumnHeader, column), box, painter.say(kHeads[i]));
            break;
        }
        painter.item(Role::ColumnHeader, idOf(Part::ColumnHeader, column), box);
        const auto inCell = painter.inside(idOf(Part::ColumnHeader, column), {box.x, box.y});
        painter.text(idOf(Part::ColumnHeader, 8 + column),
                     {box.x + kCellPadding, y + 11, box.width - 2 * kCellPadding + 2, 16},
                     painter.say(kHeads[i]), {.face = TextFace::HelpStrong, .color = ColorToken::Muted});
    }
}

void paintTable(Painter& painter, const Rectangle& card) {
    painter.brush().fill(card, kCardRadius, painter.ink(ColorToken::Surface));
    painter.brush().fillTop({card.x, card.y, card.width, kTableHead + 1}, kCardRadius,
                            painter.ink(ColorToken::Sunken));
    painter.brush().horizontal(card.x, card.y + kTableHead, card.width, painter.ink(ColorToken::Line));
}

float drawTable(PageArea& area, std::span<const RowWords> rows, const Columns& columns, float y) {
    Painter& painter = area.painter;
    const std::vector<Certificate>& certificates = area.list().certificates.value.items;
    const float x = area.content.x + 1, width = area.content.width - 2;
    float height = kTableHead + 1;
    for (const RowWords& row : rows)
        height += (row.badges.empty() ? 64.f : 66.f) + 1;
    const Rectangle card = {area.content.x, y, area.content.width, height};
    paintTable(painter, card);
    Item& table = painter.item(Role::Table, idOf(Part::Table), card, painter.say(Message::ListTitle));
    if (area.list().certificates.phase == app::Phase::Loading) table.flags = kBusy;
    {
        const auto inTable = painter.inside(idOf(Part::Table), {card.x, card.y});
        drawHead(painter, columns.widths, x, y, width);
        painter.item(Role::RowGroup, idOf(Part::TableBody),
                     {x, y + kTableHead + 1, width, height - kTableHead - 1});
        const auto inBody = painter.inside(idOf(Part::TableBody), {x, y + kTableHead + 1});
        float top = y + kTableHead + 1;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool last = i + 1 == rows.size();
            top += drawRow(area, i, certificates[i], rows[i], columns, x, top, width, last) + 1;
            if (!last) painter.brush().horizontal(card.x, top - 1, card.width, painter.ink(ColorToken::Line));
        }
    }
    painter.brush().frame(card, kCardRadius, painter.ink(ColorToken::Line));
    return bottom(card);
}

// A certificate as a card: the same words, one below another.
float drawCard(PageArea& area, std::size_t index, const Certificate& certificate, const RowWords& words,
               const Rectangle& card) {
    Painter& painter = area.painter;
    const auto number = static_cast<std::uint32_t>(index);
    const auto textId = [&](std::uint32_t piece) { return idOf(Part::CardText, number * 16 + piece); };
    const app::Control open = {app::ControlKind::RowOpen, static_cast<std::uint16_t>(index)};
    painter.brush().fill(
        card, kCardRadius,
        painter.ink(isPointedAt(painter, open.index) ? ColorToken::Sunken : ColorToken::Surface));
    if (isFresh(area, certificate))
        painter.brush().fill({card.x, card.y + kCardRadius, 3, card.height - 2 * kCardRadius}, 0,
                             painter.ink(ColorToken::Accent));
    painter.brush().frame(card, kCardRadius, painter.ink(ColorToken::Line));
    Item& reported = painter.item(Role::Group, idOf(Part::Card, number), card, words.name);
    if (app::may(area.state, Right::Details)) reported.target = idOf(open);
    const auto scope = painter.inside(idOf(Part::Card, number), {card.x, card.y});
    const float x = card.x + 15, width = card.width - 30, actions = 44;
    painter.line(textId(0), {x, card.y + 13, width - actions, 20}, words.name,
                 {.face = TextFace::BodyStrong});
    painter.line(textId(1), {x, card.y + 33, width - actions, 16}, words.user,
                 {.face = TextFace::Help, .color = ColorToken::Muted});
    drawActions(area, index, {right(card) - 15 - 12, card.y + 31});
    Rectangle marks = {x, card.y + 58, width, kPillHeight};
    pill(painter, textId(2), {marks.x, marks.y}, words.status);
    takeLeft(marks, pillWidth(painter, words.status.words), 8);
    for (std::size_t i = 0; i < words.badges.size(); ++i) {
        badge(painter, textId(i == 0 ? 3 : 8), {marks.x, marks.y}, words.badges[i]);
        takeLeft(marks, badgeWidth(painter, words.badges[i]), 8);
    }
    Rectangle type = {marks.x, card.y + 61, marks.width, 16};
    Rectangle days = {x, card.y + 108, width, 16};
    if (painter.type().width(TextFace::Help, words.type) > marks.width) {
        type = days;
        takeLeft(type, painter.type().width(TextFace::Help, words.validity) + 1, 11);
    }
    painter.text(textId(4), type, words.type, {.face = TextFace::Help, .color = ColorToken::Muted});
    Rectangle numbers = {x, card.y + 88, width, 16};
    Rectangle identity = takeLeft(numbers, painter.type().width(TextFace::MonoSmall, words.identity), 16);
    identity.width += 2;
    painter.text(textId(5), identity, words.identity, {.face = TextFace::MonoSmall});
    const bool whole = painter.type().width(TextFace::MonoSmall, words.serial) <= numbers.width;
    painter.line(textId(6), numbers, words.serial, {.face = TextFace::MonoSmall},
                 serialIn(whole ? SerialForm::Whole : SerialForm::Shortened, words));
    painter.text(textId(7), days, words.validity, {.face = TextFace::Help, .color = ColorToken::Muted});
    return card.height;
}

Rectangle cardBox(const PageArea& area, float y, std::size_t index) {
    constexpr float kHeight = 138, kGap = 12, kTwoFrom = 620;
    const std::size_t columns = area.content.width >= kTwoFrom ? 2 : 1;
    const std::size_t row = index / columns;
    const float width =
        (area.content.width - kGap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    return {area.content.x + (width + kGap) * static_cast<float>(index % columns),
            y + (kHeight + kGap) * static_cast<float>(row), width, kHeight};
}

// The shape of what is coming, in the table's or the cards' measures.
float drawWaiting(PageArea& area, const std::optional<Columns>& columns, float y) {
    Painter& painter = area.painter;
    const Ink bar = painter.ink(ColorToken::Line, 0.7f);
    Rectangle card = {area.content.x, y, area.content.width, kTableHead + 1 + kWaitingRows * 67};
    if (!columns) {
        for (std::size_t i = 0; i < kWaitingRows; ++i) {
            card = cardBox(area, y, i);
            painter.brush().fill(card, kCardRadius, painter.ink(ColorToken::Surface));
            painter.brush().frame(card, kCardRadius, painter.ink(ColorToken::Line));
            painter.brush().fill({card.x + 15, card.y + 18, card.width * 0.5f, 10}, 5, bar);
            painter.brush().fill({card.x + 15, card.y + 37, card.width * 0.3f, 8}, 4, bar);
            painter.brush().fill({card.x + 15, card.y + 58, 76, kPillHeight}, kPillHeight / 2, bar);
            painter.brush().fill({card.x + 15, card.y + 92, card.width * 0.7f, 8}, 4, bar);
        }
    } else {
        paintTable(painter, card);
        float left = card.x + 1;
        for (std::size_t column = 0; column + 1 < kColumns; ++column) {
            const float width = columns->widths[column] - 2 * kCellPadding;
            for (int row = 0; row < kWaitingRows; ++row) {
                const float top = y + kTableHead + 1 + 67 * static_cast<float>(row);
                if (row > 0)
                    painter.brush().horizontal(card.x, top - 1, card.width, painter.ink(ColorToken::Line));
                if (column == 0)
                    painter.brush().fill({left + kCellPadding, top + 40, width * 0.45f, 8}, 4, bar);
                painter.brush().fill(
                    {left + kCellPadding, top + (column == 0 ? 17.f : 28.f), width * 0.75f, 10}, 5, bar);
            }
            left += columns->widths[column];
        }
        painter.brush().frame(card, kCardRadius, painter.ink(ColorToken::Line));
    }
    painter.item(Role::Status, idOf(Part::Loading), {area.content.x, y, area.content.width, bottom(card) - y},
                 painter.say(Message::Loading));
    return bottom(card);
}

}  // namespace

float drawRows(PageArea& area, float y) {
    const app::Loaded<CertificatePage>& certificates = area.list().certificates;
    const float available = area.content.width - 2;
    const bool waiting = certificates.phase == app::Phase::Idle ||
                         (certificates.phase == app::Phase::Loading && certificates.value.items.empty());
    if (waiting) return drawWaiting(area, columnsOf(area, {}, available), drawListNews(area, y));
    if (certificates.value.items.empty()) return drawBlank(area, y);
    y = drawListNews(area, y);
    std::vector<RowWords> rows;
    rows.reserve(certificates.value.items.size());
    for (const Certificate& certificate : certificates.value.items)
        rows.push_back(wordsOf(area, certificate));
    // Old rows stay while new ones are fetched, a little paler.
    if (certificates.phase != app::Phase::Ready) area.painter.setOpacity(0.6f);
    float end = y;
    const std::optional<Columns> columns =
        area.painter.narrow() ? std::nullopt : columnsOf(area, rows, available);
    if (columns) {
        end = drawTable(area, rows, *columns, y);
    } else {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Rectangle card = cardBox(area, y, i);
            drawCard(area, i, certificates.value.items[i], rows[i], card);
            end = bottom(card);
        }
    }
    area.painter.setOpacity(1);
    return end;
}

}  // namespace smartca::view
