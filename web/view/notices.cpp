#include <algorithm>
#include <array>
#include <cmath>
#include <list>

#include "web/view/button.h"
#include "web/view/certificate_words.h"
#include "web/view/dialogs.h"
#include "web/view/icons.h"
#include "web/view/layout.h"
#include "web/view/page.h"

namespace smartca::view {

namespace {

constexpr float kNoticeWidth = 420, kNoticeTextLeft = 52, kNoticeReach = 40, kBetween = 12;

ColorToken colorOf(app::NoticeKind kind) {
    switch (kind) {
        case app::NoticeKind::Success:
            return ColorToken::Ok;
        case app::NoticeKind::Error:
            return ColorToken::Error;
        case app::NoticeKind::Information:
            break;
    }
    return ColorToken::Accent;
}

void sign(Painter& painter, app::NoticeKind kind, Point centre) {
    const Ink ink = painter.ink(colorOf(kind)), mark = painter.ink(ColorToken::Surface);
    if (kind == app::NoticeKind::Error) return icon::exclamation(painter.brush(), centre, 12, ink, mark);
    painter.brush().disc(centre, 12, ink);
    if (kind == app::NoticeKind::Success)
        icon::check(painter.brush(), centre, 9, mark);
    else
        icon::information(painter.brush(), centre, mark);
}

// A create that goes on without its dialog: an open ring, which a second turns on.
void signRunning(Painter& painter, Instant seconds, Point centre) {
    constexpr float kTurn = 6.2831853f;
    constexpr int kPoints = 12, kStepsOfTurn = 8;
    painter.brush().ring(centre, 10, 2.5f, painter.ink(ColorToken::AccentSoft));
    std::array<Point, kPoints> arc{};
    for (int i = 0; i < kPoints; ++i) {
        const float angle = kTurn * (static_cast<float>(seconds % kStepsOfTurn) / kStepsOfTurn +
                                     0.3f * static_cast<float>(i) / (kPoints - 1));
        arc[static_cast<std::size_t>(i)] = {centre.x + 10 * std::sin(angle), centre.y - 10 * std::cos(angle)};
    }
    painter.brush().stroke(arc, 2.5f, painter.ink(ColorToken::Accent));
}

// What a card over the page says, and what can be done with it.
struct Card {
    std::uint32_t number;  // of the parts
    std::string_view title, text;
    std::string_view action;  // empty: none
    app::Control act, dismiss;
    const app::Notice* notice;  // null: of a create that goes on
    Instant seconds = 0;
};

struct Sizes {
    float close, action, textWidth, height;
    bool below;  // the action stands under the words
};

Sizes sizesOf(const Painter& painter, const Card& card, float width) {
    constexpr float kLeastText = 200;
    Sizes sizes{};
    sizes.close = card.dismiss.kind == app::ControlKind::None ? 0 : painter.target(28);
    sizes.action = card.action.empty() ? 0 : buttonWidth(painter, card.action, TextFace::Label);
    const float ends = sizes.close + 8;
    sizes.textWidth = width - kNoticeTextLeft - ends - (sizes.action > 0 ? sizes.action + 16 : 0);
    sizes.below = sizes.action > 0 && sizes.textWidth < kLeastText;
    if (sizes.below) sizes.textWidth = width - kNoticeTextLeft - ends;
    const float title = painter.type().height(TextFace::BodyStrong, card.title, sizes.textWidth),
                text = painter.type().height(TextFace::Help, card.text, sizes.textWidth);
    const float button = sizes.action > 0 ? smallButtonHeight(painter) : 0;
    sizes.height = std::max(14 + title + (text > 0 ? 2.f : 0.f) + text + (sizes.below ? 8 + button : 0) + 14,
                            std::max(sizes.close, button) + 12);
    return sizes;
}

void drawCard(Painter& painter, const Card& card, const Rectangle& box, const Sizes& sizes) {
    painter.brush().shadow(box, kCardRadius, {.down = 12, .blur = 40, .alpha = 0.19f});
    painter.brush().fill(box, kCardRadius, painter.ink(ColorToken::Surface));
    const Point mark = {box.x + 28, box.y + 26};
    if (card.notice != nullptr)
        sign(painter, card.notice->kind, mark);
    else
        signRunning(painter, card.seconds, mark);
    // The words are announced by update(), so that they are said once and in order.
    painter.item(Role::Group, idOf(Part::Notice, card.number), box, card.title);
    const auto scope = painter.inside(idOf(Part::Notice, card.number), {box.x, box.y});
    Column column(painter, {box.x + kNoticeTextLeft, box.y + 14, sizes.textWidth, 0});
    column.text(idOf(Part::NoticeTitle, card.number), card.title, {.face = TextFace::BodyStrong});
    column.skip(2);
    if (!card.text.empty())
        column.text(idOf(Part::NoticeText, card.number), card.text,
                    {.face = TextFace::Help, .color = ColorToken::Muted});
    if (sizes.action > 0) {
        const float height = smallButtonHeight(painter), end = right(box) - sizes.close - 12;
        const Rectangle action =
            sizes.below ? Rectangle{box.x + kNoticeTextLeft, column.y() + 8, sizes.action, height}
                        : Rectangle{end - sizes.action, middle(box) - height / 2, sizes.action, height};
        button(painter, card.act, action, card.action, {.face = TextFace::Label});
    }
    if (sizes.close == 0) return;
    const Rectangle close = {right(box) - sizes.close - 6,
                             sizes.action > 0 && !sizes.below ? middle(box) - sizes.close / 2 : box.y + 6,
                             sizes.close, sizes.close};
    const Ink ink = iconButton(painter, card.dismiss, close, painter.say(Message::Dismiss));
    icon::cross(painter.brush(), centre(close), 8, ink, 1.3f);
}

std::string leftTitle(const Painter& painter, const app::DialogState& dialog) {
    return painter.say(dialog.banner.trouble ? Message::LeftUnknown : Message::LeftTitle,
                       {{"user", dialog.submission.user}});
}

// Those that go on first, each in its place until it ends.
std::vector<Card> cardsOf(const Painter& painter, const app::State& state, std::list<std::string>& words) {
    constexpr std::uint32_t kFirstOfLeft = 1'000;
    std::vector<Card> cards;
    for (const app::LeftCreate& left : state.left) {
        if (!left.dialog.busy()) continue;
        const std::string& title = words.emplace_back(leftTitle(painter, left.dialog));
        const std::string& time = words.emplace_back(durationText(left.dialog.submission.seconds));
        cards.push_back({.number = kFirstOfLeft + left.number % kFirstOfLeft,
                         .title = title,
                         .text = time,
                         .action = painter.say(Message::LeftOpen),
                         .act = {app::ControlKind::LeftOpen, left.number},
                         .dismiss = {},
                         .notice = nullptr,
                         .seconds = left.dialog.submission.seconds});
    }
    for (std::size_t i = 0; i < state.notices.size(); ++i) {
        const app::Notice& notice = state.notices[i];
        const auto index = static_cast<std::uint16_t>(i);
        std::string_view action;
        if (notice.action == app::NoticeAction::Show) action = painter.say(Message::ShowAdded);
        if (notice.action == app::NoticeAction::OpenAgain) action = painter.say(Message::OpenAgain);
        cards.push_back({.number = index,
                         .title = notice.title,
                         .text = notice.text,
                         .action = action,
                         .act = {app::ControlKind::NoticeAct, index},
                         .dismiss = {app::ControlKind::NoticeDismiss, index},
                         .notice = &notice});
    }
    // Without a page they stand under a dialog alone, where nothing of them can be pressed.
    if (state.opening == app::Opening::Dialog)
        for (Card& card : cards) {
            card.action = {};
            card.dismiss = {};
        }
    return cards;
}

// Wider where that saves lines and covers neither the page's title nor what is under it.
float widthOf(const Painter& painter, const std::vector<Card>& cards, float room) {
    constexpr float kMost = 640, kTitle = 260;
    const float wide = std::min(kMost, room - kTitle);
    const bool saves =
        wide > kNoticeWidth && std::ranges::any_of(cards, [&](const Card& card) {
            return sizesOf(painter, card, wide).height < sizesOf(painter, card, kNoticeWidth).height;
        });
    return saves ? wide : std::min(kNoticeWidth, room);
}

// The others are shown when these are gone: the oldest wait. Returns the height of those that stay.
float keepThoseWithRoom(const Painter& painter, std::vector<Card>& cards, float width, float room) {
    const auto heightOf = [&] {
        float height = 0;
        for (const Card& card : cards)
            height += sizesOf(painter, card, width).height + kBetween;
        return height;
    };
    float height = heightOf();
    for (; height - kBetween > room && cards.size() > 1; height = heightOf()) {
        const auto oldest = std::ranges::find_if(cards, [](const Card& card) { return card.notice; });
        cards.erase(oldest >= cards.end() - 1 ? cards.begin() : oldest);
    }
    return height;
}

}  // namespace

void drawNotices(Painter& painter, const app::State& state) {
    if (app::showsList(state.list)) return;  // which has to be seen and pressed whole
    std::list<std::string> words;
    std::vector<Card> cards = cardsOf(painter, state, words);
    if (cards.empty()) return;
    const Viewport& viewport = painter.viewport();
    const float margin = painter.narrow() ? 16.f : 24.f;
    // Not over "Create New", since the next certificate may be what the person goes on to: beside it, and on
    // narrow screens at the other end.
    const bool onPage = state.opening == app::Opening::Page;
    const bool beside = onPage && !painter.narrow() && app::may(state, Right::Create);
    const float edge = viewport.width - margin - (beside ? createButtonWidth(painter) + 16 : 0);
    const float width = widthOf(painter, cards, edge - margin);
    constexpr float kLevel = 105, kHighest = 60, kUsual = 72;
    const float room = viewport.height - margin - (painter.narrow() ? margin : kUsual);
    const float height = keepThoseWithRoom(painter, cards, width, room);
    // Level with "Create New", as far as what stands above and below leaves room.
    float top = std::clamp(kLevel - sizesOf(painter, cards.front(), width).height / 2, kHighest, kUsual);
    if (painter.narrow()) top = onPage ? std::max(12.f, viewport.height - margin - height + kBetween) : 12.f;
    if (painter.narrow() && onPage) {  // whose last row can be scrolled clear of them
        Item& page = painter.itemAt(0);
        page.contentHeight += viewport.height - top;
        page.flags |= kScrolls;
    }
    const Rectangle layer =
        snapped(Rectangle{edge - width - kNoticeReach, std::max(0.f, top - kNoticeReach),
                          std::min(edge + kNoticeReach, viewport.width) - (edge - width - kNoticeReach),
                          height + std::min(top, kNoticeReach) + kNoticeReach},
                viewport.density);
    painter.item(Role::Layer, idOf(Part::Notices), layer);
    const auto scope = painter.onto(idOf(Part::Notices), layer.width, layer.height);
    float y = top - layer.y;
    for (const Card& card : cards) {
        const Sizes sizes = sizesOf(painter, card, width);
        drawCard(painter, card, {kNoticeReach, y, width, sizes.height}, sizes);
        y += sizes.height + kBetween;
    }
}

}  // namespace smartca::view
