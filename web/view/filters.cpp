// What narrows the list down, and the lists that open under it.
#include <array>

#include "web/view/certificate_words.h"
#include "web/view/icons.h"
#include "web/view/layout.h"
#include "web/view/page.h"
#include "web/view/popup.h"

namespace smartca::view {

namespace {

std::string shown(const Painter& painter, Message filter, std::string_view value) {
    return painter.say(Message::FilterShown,
                       {{"filter", std::string(painter.say(filter))}, {"value", std::string(value)}});
}

std::vector<std::string> typeWords(const Painter& painter) {
    std::vector<std::string> words;
    for (const Message message : {Message::FilterAll, Message::TypeSmartCa, Message::TypeBusiness})
        words.emplace_back(painter.say(message));
    return words;
}

std::vector<std::string> statusChoices(const Painter& painter) {
    std::vector<std::string> words = {std::string(painter.say(Message::FilterAll))};
    for (std::size_t i = 0; i < kCertificateStatuses.size(); ++i)
        words.emplace_back(painter.say(labelOf(static_cast<CertificateStatus>(i))));
    return words;
}

Message actionOf(app::ControlKind rowAction) {
    switch (rowAction) {
        case app::ControlKind::RowDetails:
            return Message::ActionDetails;
        case app::ControlKind::RowRename:
            return Message::ActionRename;
        case app::ControlKind::RowSetDefault:
            return Message::ActionSetDefault;
        default:
            return Message::ActionDelete;
    }
}

// With the reason why it cannot be done.
std::string wordsOf(const Painter& painter, app::ControlKind rowAction, const Certificate& certificate,
                    Instant now) {
    std::string words(painter.say(actionOf(rowAction)));
    if (app::mayBePressed(rowAction, certificate, now)) return words;
    if (certificate.isDefault) return std::string(painter.say(Message::ActionIsDefault));
    return words.append(" · ").append(statusWords(painter, certificate.status, certificate.statusText,
                                                  certificate.validFrom, certificate.validTo, now)
                                          .words);
}

void drawChoice(const PageArea& area, app::ControlKind control, const Rectangle& box, Message name,
                const app::Choice& choice, const std::vector<std::string>& words, Part list,
                app::ControlKind option) {
    Painter& painter = area.painter;
    const bool open = choice.list == app::Visibility::Shown;
    const auto selected = static_cast<std::size_t>(choice.selected);
    selectButton(
        painter, {control, 0}, box, painter.say(name), shown(painter, name, words.at(selected)),
        {.flags = open ? kExpanded : 0u,
         .target = idOf(list),
         .active = open && choice.active >= 0 ? idOf(option, static_cast<std::size_t>(choice.active)) : 0});
}

void drawUser(const PageArea& area, const Rectangle& box) {
    Painter& painter = area.painter;
    const app::UserSearch& search = area.list().user;
    const bool open = search.list == app::Visibility::Shown;
    const int marked = app::markedOption(search);
    // One whose name has not come, or does not: the list is narrowed down all the same.
    const auto& chosen = area.list().chosenUser;
    const std::string all(painter.say(Message::FilterAll));
    input(painter, {app::ControlKind::FilterUser, 0}, box, painter.say(Message::FilterUser),
          {.role = Role::ComboBox,
           .value = chosen && !painter.focuses({app::ControlKind::FilterUser, 0}) ? app::userWords(*chosen)
                                                                                  : search.text,
           .placeholder = shown(painter, Message::FilterUser, chosen ? std::to_string(chosen->id) : all),
           .flags = open ? kExpanded : 0u,
           .target = idOf(Part::FilterUserList),
           .active = open && marked >= 0
                         ? idOf(app::ControlKind::FilterUserOption, static_cast<std::size_t>(marked))
                         : 0,
           .insetRight = 30});
    icon::arrow(painter.brush(), {right(box) - 16, middle(box) + 0.5f}, painter.ink(ColorToken::Accent));
}

void drawDay(const PageArea& area, app::ControlKind control, const Rectangle& box, Message name,
             const std::string& value, app::DayFault fault, std::uint32_t index) {
    Painter& painter = area.painter;
    const bool wrong = fault != app::DayFault::None;
    InputOptions options = {.value = value,
                            .placeholder = painter.focuses({control, 0}) ? "31/12/2026" : painter.say(name),
                            .flags = wrong ? kInvalid : 0u,
                            .inputMode = "numeric"};
    if (wrong) options.describedBy = {idOf(Part::FilterFinding, index)};
    input(painter, {control, 0}, box, painter.say(name), options);
}

std::string_view faultWords(const Painter& painter, app::DayFault fault) {
    if (fault == app::DayFault::None) return {};
    return painter.say(app::messageOf(fault));
}

constexpr float kFaultDistance = 4;

// What is said under a day's field may go on under the next one, where that is beside it and says nothing.
float faultWidth(const PageArea& area, const Rectangle& field, const Rectangle& next, app::DayFault beside) {
    const float end = beside != app::DayFault::None && next.y == field.y ? next.x - 8 : right(area.content);
    return std::max(field.width, end - field.x);
}

float faultHeight(const PageArea& area, app::DayFault fault, float width) {
    if (fault == app::DayFault::None) return 0;
    return kFaultDistance +
           area.painter.type().height(TextFace::Help, faultWords(area.painter, fault), width);
}

// Moves what stands in lines below a day that is wrong; returns where the filters end.
float makeRoomForFaults(const PageArea& area, std::vector<Rectangle>& boxes) {
    const app::ListState& list = area.list();
    float end = bottom(boxes.back());
    const auto room = [&](std::size_t field, float height) {
        const float line = boxes[field].y;
        for (Rectangle& box : boxes)
            if (box.y > line) box.y += height;
        end = std::max(bottom(boxes.back()), bottom(boxes[field]) + height);
    };
    const float from = faultHeight(area, list.validFromFault,
                                   faultWidth(area, boxes[3], boxes[4], list.validToFault)),
                to = faultHeight(area, list.validToFault,
                                 faultWidth(area, boxes[4], boxes[5], app::DayFault::None));
    if (boxes[3].y == boxes[4].y) {
        if (std::max(from, to) > 0) room(3, std::max(from, to));
    } else {
        if (from > 0) room(3, from);
        if (to > 0) room(4, to);
    }
    return end;
}

void drawFault(const PageArea& area, app::DayFault fault, const Rectangle& field, const Rectangle& next,
               std::uint32_t index) {
    if (fault == app::DayFault::None) return;
    const app::DayFault beside = index == 0 ? area.list().validToFault : app::DayFault::None;
    area.painter.text(idOf(Part::FilterFinding, index),
                      {field.x, bottom(field) + kFaultDistance, faultWidth(area, field, next, beside), 16},
                      faultWords(area.painter, fault), {.face = TextFace::Help, .color = ColorToken::Error});
}

}  // namespace

float drawFilters(PageArea& area, float y) {
    Painter& painter = area.painter;
    const app::ListState& list = area.list();
    const TextFace face = inputFace(painter);
    const auto wants = [&](std::string_view words, float more) {
        return painter.type().width(face, words) + more;
    };
    const auto widest = [&](Message name, const std::vector<std::string>& words) {
        float width = 0;
        for (const std::string& word : words)
            width = std::max(width, wants(shown(painter, name, word), 13 + 30));
        return width;
    };
    const std::string_view reset = painter.say(Message::Reset);
    const std::array<FlexItem, 7> items = {
        {{wants(painter.say(Message::FilterSearch), 28), 2},
         {std::max(150.f, wants(shown(painter, Message::FilterUser, painter.say(Message::FilterAll)), 48)),
          2},
         {wants(shown(painter, Message::FilterType, painter.say(Message::FilterAll)), 50), 1},
         {std::max(112.f, wants(painter.say(Message::FilterValidFrom), 26)), 0.5f},
         {std::max(112.f, wants(painter.say(Message::FilterValidTo), 26)), 0.5f},
         {std::min(widest(Message::FilterStatus, statusChoices(painter)), 190.f), 0.5f},
         {buttonWidth(painter, reset), 0}}};
    std::vector<Rectangle> boxes =
        wrapped(items, {area.content.x, y, area.content.width, 0}, inputHeight(painter), 12);
    // Alone with the button at the beginning of a line, it is no wider for it.
    constexpr float kMostStatus = 320;
    if (boxes[5].x == area.content.x && boxes[5].width > kMostStatus) {
        boxes[6].x -= boxes[5].width - kMostStatus;
        boxes[5].width = kMostStatus;
    }
    const float end = makeRoomForFaults(area, boxes);
    area.userFilter = boxes[1];
    area.typeFilter = boxes[2];
    area.statusFilter = boxes[5];
    painter.item(Role::Group, idOf(Part::Filters), {area.content.x, y, area.content.width, end - y},
                 painter.say(Message::FilterGroup));
    const auto scope = painter.inside(idOf(Part::Filters), {area.content.x, y});
    input(painter, {app::ControlKind::FilterSearch, 0}, boxes[0], painter.say(Message::FilterSearch),
          {.role = Role::SearchField,
           .value = list.search,
           .placeholder = painter.say(Message::FilterSearch),
           .inputMode = "search"});
    drawUser(area, boxes[1]);
    drawChoice(area, app::ControlKind::FilterType, boxes[2], Message::FilterType, list.type,
               typeWords(painter), Part::FilterTypeList, app::ControlKind::FilterTypeOption);
    drawDay(area, app::ControlKind::FilterValidFrom, boxes[3], Message::FilterValidFrom, list.validFrom,
            list.validFromFault, 0);
    drawDay(area, app::ControlKind::FilterValidTo, boxes[4], Message::FilterValidTo, list.validTo,
            list.validToFault, 1);
    drawChoice(area, app::ControlKind::FilterStatus, boxes[5], Message::FilterStatus, list.status,
               statusChoices(painter), Part::FilterStatusList, app::ControlKind::FilterStatusOption);
    button(painter, {app::ControlKind::FilterReset, 0}, boxes[6], reset, {.look = Look::Quiet});
    drawFault(area, list.validFromFault, boxes[3], boxes[4], 0);
    drawFault(area, list.validToFault, boxes[4], boxes[5], 1);
    return end;
}

void drawOpenLists(const PageArea& area, const Rectangle& bounds) {
    Painter& painter = area.painter;
    const app::ListState& list = area.list();
    const auto options = [&](const app::Choice& choice, const Rectangle& field, Part listPart, Part layer,
                             app::ControlKind option, Message name, std::vector<std::string> words) {
        if (choice.list != app::Visibility::Shown) return;
        words.front() = painter.say(Message::FilterAllChoice);  // a word by itself
        drawOptions(painter, field, bounds,
                    {.list = idOf(listPart),
                     .layer = idOf(layer),
                     .option = option,
                     .name = painter.say(name),
                     .words = std::move(words),
                     .selected = choice.selected,
                     .active = choice.active});
    };
    options(list.type, area.typeFilter, Part::FilterTypeList, Part::FilterTypePopup,
            app::ControlKind::FilterTypeOption, Message::FilterType, typeWords(painter));
    options(list.status, area.statusFilter, Part::FilterStatusList, Part::FilterStatusPopup,
            app::ControlKind::FilterStatusOption, Message::FilterStatus, statusChoices(painter));
    if (list.user.list == app::Visibility::Shown)
        drawUserOptions(painter, list.user, area.userFilter, bounds,
                        {.list = idOf(Part::FilterUserList),
                         .layer = idOf(Part::FilterUserPopup),
                         .note = idOf(Part::FilterUserNote, 0),
                         .keys = idOf(Part::FilterUserNote, 1),
                         .option = app::ControlKind::FilterUserOption,
                         .name = painter.say(Message::FilterUser),
                         .all = app::offersAll(list)
                                    ? shown(painter, Message::FilterUser, painter.say(Message::FilterAll))
                                    : std::string()});
    if (!area.openRow || list.openMenu < 0) return;
    const auto row = static_cast<std::size_t>(list.openMenu);
    const Certificate& certificate = list.certificates.value.items.at(row);
    const float line = optionHeight(painter);
    float height = 2 * kPopupPadding;
    float width = 0;
    for (const app::ControlKind action : app::kRowActions) {
        if (!app::isOffered(area.state, action)) continue;
        height += line;
        width = std::max(width, painter.type().width(inputFace(painter),
                                                     wordsOf(painter, action, certificate, area.state.now)) +
                                    44);
    }
    Rectangle under = *area.openRow;
    under.x = right(under) - width;
    const PopupLayer layer(painter, idOf(Part::RowMenuPopup), popupPlace(under, width, height, bounds),
                           bounds);
    const Rectangle& box = layer.box();
    painter.item(Role::Menu, idOf(Part::RowMenu), box,
                 actionsName(painter, list.certificates.value.items, row));
    const auto scope = painter.inside(idOf(Part::RowMenu), {box.x, box.y});
    float y = box.y + kPopupPadding;
    for (std::size_t i = 0; i < app::kRowActions.size(); ++i) {
        const app::Control control = {app::kRowActions[i], 0};
        if (!app::isOffered(area.state, control.kind)) continue;
        const std::string words = wordsOf(painter, control.kind, certificate, area.state.now);
        const Rectangle item = {box.x + kPopupPadding, y, box.width - 2 * kPopupPadding, line};
        y += line;
        const bool disabled = !app::mayBePressed(control.kind, certificate, area.state.now);
        const ColorToken color =
            control.kind == app::ControlKind::RowDelete ? ColorToken::Error : ColorToken::Text;
        Item& reported = painter.item(Role::MenuItem, idOf(control), item, words);
        reported.flags = disabled ? kDisabled : 0u;
        reported.face = inputFace(painter);
        reported.color = color;
        paintOptionBack(painter, control, item, static_cast<int>(i) == list.activeItem);
        if (disabled) painter.setOpacity(0.5f);
        painter.inscribe(inset(item, 10, 0), words, {.face = inputFace(painter), .color = color});
        painter.setOpacity(1);
        if (painter.focuses(control) && painter.interaction().focusVisible) focusRing(painter, item, 8);
    }
}

}  // namespace smartca::view
