// The users that match what is typed, under a field that searches users.
#include "web/view/popup.h"

#include <algorithm>
#include <array>

#include "shared/text.h"
#include "web/view/form.h"

namespace smartca::view {

namespace {

constexpr float kUserRow = 52, kNoteHeight = 33, kShownRows = 5.5f;

// The first letter of the given name, which in Vietnamese is the last word.
std::string initialOf(std::string_view name) {
    const std::string_view words = trimmed(name);
    const std::size_t blank = words.rfind(' ');
    const std::string_view given = blank == std::string_view::npos ? words : words.substr(blank + 1);
    std::size_t end = 0;
    if (!given.empty()) nextCodePoint(given, end);
    return std::string(given.substr(0, end));
}

std::string certificatesOf(const Painter& painter, const User& user) {
    if (user.certificateCount == kCountUnknown) return {};
    if (user.certificateCount == 0) return std::string(painter.say(Message::UserCertificatesNone));
    return painter.count(user.certificateCount, Message::UserCertificatesOne, Message::UserCertificatesOther);
}

void drawUser(Painter& painter, app::Control control, const Rectangle& row, const User& user, bool active) {
    std::string detail = user.code;
    if (!user.phone.empty()) detail.append(detail.empty() ? "" : " · ").append(user.phone);
    const std::string certificates = certificatesOf(painter, user);
    std::string spoken = user.name + " " + detail;
    if (!certificates.empty()) spoken += " " + certificates;
    Item& item = painter.item(Role::Option, idOf(control), row, spoken);
    item.flags = active ? kSelected : 0u;
    paintOptionBack(painter, control, row, active);
    const Point centre = {row.x + 24, middle(row)};
    painter.brush().disc(centre, 14, painter.ink(ColorToken::Sunken));
    painter.brush().ring(centre, 14, 1, painter.ink(ColorToken::Line));
    painter.inscribe({centre.x - 14, centre.y - 14, 28, 28}, initialOf(user.name),
                     {.face = TextFace::HelpStrong, .color = ColorToken::Muted, .align = Align::Centre});
    const float count = painter.type().width(TextFace::Help, certificates) + 1;
    const bool beside = row.width > 300 && !certificates.empty();
    const float room = row.width - 50 - 10 - (beside ? count + 12 : 0);
    painter.inscribe({row.x + 50, row.y + 8, room, 20},
                     painter.type().fitted(TextFace::BodyStrong, user.name, room, Typesetter::Cut::Middle),
                     {.face = TextFace::BodyStrong});
    painter.inscribe({row.x + 50, row.y + 28, room, 16}, detail,
                     {.face = TextFace::Help, .color = ColorToken::Muted});
    if (beside)
        painter.inscribe({right(row) - 10 - count, row.y, count, row.height}, certificates,
                         {.face = TextFace::Help, .color = ColorToken::Muted});
}

void drawWaitingUser(Painter& painter, const Rectangle& row) {
    const Ink bar = painter.ink(ColorToken::Line, 0.7f);
    painter.brush().disc({row.x + 24, middle(row)}, 14, painter.ink(ColorToken::Sunken));
    painter.brush().fill({row.x + 50, row.y + 13, row.width * 0.3f, 10}, 5, bar);
    painter.brush().fill({row.x + 50, row.y + 31, row.width * 0.2f, 8}, 4, bar);
}

std::string noteOf(const Painter& painter, const app::UserSearch& search) {
    const app::Loaded<Page<User>>& results = search.results;
    if (results.phase == app::Phase::Failed) return app::brief(painter.locale(), results.problem);
    if (results.value.items.empty() && results.phase != app::Phase::Ready)
        return std::string(painter.say(Message::Loading));
    const Arguments arguments = {{"shown", tallyText(painter.locale(), results.value.totalCount)},
                                 {"all", tallyText(painter.locale(), results.value.allCount)},
                                 {"search", shortenedTo(search.searched, kReadable)}};
    if (results.value.items.empty()) return painter.say(Message::UsersNoMatch, arguments);
    if (results.value.totalCount == 1 && !search.searched.empty())
        return std::string(painter.say(Message::UsersFoundOne));
    return painter.say(search.searched.empty() ? Message::UsersAll : Message::UsersMatch, arguments);
}

}  // namespace

void drawUserOptions(Painter& painter, const app::UserSearch& search, const Rectangle& field,
                     const Rectangle& bounds, const UserOptions& options) {
    const std::vector<User>& users = search.results.value.items;
    const int marked = app::markedOption(search);
    const bool waiting = app::isAwaited(search);
    const bool failed = search.results.phase == app::Phase::Failed;
    const bool more = options.more != app::ControlKind::None &&
                      (failed || (search.results.phase == app::Phase::Ready && app::mayShowMore(search)));
    const std::size_t rows = waiting ? 3 : users.size() + (options.all.empty() ? 0 : 1);
    const float moreHeight = more ? buttonHeight(painter) : 0;
    const float content = static_cast<float>(rows) * kUserRow + moreHeight;
    const std::string note = noteOf(painter, search);
    const std::string_view keys = painter.say(Message::UsersKeys);
    const float width = std::max(field.width, std::min(320.f, bounds.width - 16));
    const float noteWidth = painter.type().width(TextFace::Help, note),
                keysWidth = painter.type().width(TextFace::Help, keys) + 1;
    const bool withKeys = painter.viewport().pointer == Pointer::Mouse && !painter.narrow() && rows > 0 &&
                          !waiting && noteWidth + keysWidth + 44 <= width;
    const float notes = kNoteHeight - 16 + painter.type().height(TextFace::Help, note, width - 32);
    const float wanted = std::min(content, kShownRows * kUserRow) + notes + kPopupPadding;
    const PopupLayer layer(painter, options.layer, popupPlace(field, width, wanted, bounds), bounds);
    const Rectangle& box = layer.box();
    const Rectangle list = {box.x, box.y + kPopupPadding, box.width, box.height - notes - kPopupPadding};
    Item& listBox = painter.item(Role::ListBox, options.list, list, options.name);
    listBox.flags = (content > list.height + 0.5f ? kScrolls : 0u) |
                    (search.results.phase == app::Phase::Loading ? kBusy : 0u);
    listBox.contentHeight = content;
    if (rows > 0 || more) {
        const auto scope = painter.onto(options.list, list.width, std::max(content, list.height));
        float y = 0;
        std::size_t index = 0;
        const auto row = [&] {
            return Rectangle{kPopupPadding, y, list.width - 2 * kPopupPadding, kUserRow};
        };
        if (!options.all.empty() && !waiting) {
            const app::Control control = {options.option, 0};
            painter.item(Role::Option, idOf(control), row(), options.all).flags =
                marked == 0 ? kSelected : 0u;
            paintOptionBack(painter, control, row(), marked == 0);
            painter.inscribe({row().x + 10, y, row().width - 20, kUserRow}, options.all,
                             {.face = TextFace::BodyStrong});
            y += kUserRow;
            ++index;
        }
        for (const User& user : users) {
            drawUser(painter, {options.option, static_cast<std::uint16_t>(index)}, row(), user,
                     static_cast<int>(index) == marked);
            y += kUserRow;
            ++index;
        }
        for (std::size_t i = 0; waiting && i < rows; ++i, y += kUserRow)
            drawWaitingUser(painter, row());
        if (more)
            button(painter, {options.more, 0}, {kPopupPadding, y, list.width - 2 * kPopupPadding, moreHeight},
                   painter.say(failed ? Message::TryAgain : Message::UsersMore),
                   {.look = Look::Link, .face = TextFace::Label});
    }
    const float y = bottom(list) + 6;
    painter.text(options.note, {box.x + 16, y, withKeys ? noteWidth + 1 : box.width - 32, 16}, note,
                 {.face = TextFace::Help, .color = failed ? ColorToken::Error : ColorToken::Muted});
    if (withKeys)
        painter.text(options.keys, {right(box) - 16 - keysWidth, y, keysWidth + 1, 16}, keys,
                     {.face = TextFace::Help, .color = ColorToken::Muted});
}

void drawUserList(const Form& form, const Rectangle& field, const Rectangle& bounds) {
    drawUserOptions(form.painter, form.dialog.user.search, field, bounds,
                    {.list = idOf(Part::UserList),
                     .layer = idOf(Part::UserPopup),
                     .note = idOf(Part::UserNote),
                     .keys = idOf(Part::UserKeys),
                     .option = app::ControlKind::UserOption,
                     .more = app::ControlKind::UserMore,
                     .name = form.painter.say(Message::UserLabel),
                     .all = {}});
}

}  // namespace smartca::view
