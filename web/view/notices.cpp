#include <algorithm>

#include "web/view/button.h"
#include "web/view/dialogs.h"
#include "web/view/icons.h"
#include "web/view/layout.h"
#include "web/view/page.h"

namespace smartca::view {

namespace {

constexpr float kNoticeWidth = 392, kNoticeTextLeft = 52, kNoticeReach = 40;

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

struct Sizes {
    float close, textWidth, height;
};

Sizes sizesOf(const Painter& painter, const app::Notice& notice, float width) {
    Sizes sizes{};
    sizes.close = painter.roomy() ? 44.f : 28.f;
    sizes.textWidth = width - kNoticeTextLeft - sizes.close - 8;
    const float title = painter.type().height(TextFace::BodyStrong, notice.title, sizes.textWidth),
                text = painter.type().height(TextFace::Help, notice.text, sizes.textWidth);
    sizes.height = std::max(14 + title + (text > 0 ? 2.f : 0.f) + text + 14, sizes.close + 12);
    return sizes;
}

void drawNotice(Painter& painter, const app::Notice& notice, std::size_t index, const Rectangle& box,
                const Sizes& sizes) {
    const auto number = static_cast<std::uint32_t>(index);
    painter.brush().shadow(box, kCardRadius, {.down = 12, .blur = 40, .alpha = 0.19f});
    painter.brush().fill(box, kCardRadius, painter.ink(ColorToken::Surface));
    sign(painter, notice.kind, {box.x + 28, box.y + 26});
    // The words are announced by update(), so that they are said once and in order.
    painter.item(Role::Group, idOf(Part::Notice, number), box, notice.title);
    const auto scope = painter.inside(idOf(Part::Notice, number), {box.x, box.y});
    Column column(painter, {box.x + kNoticeTextLeft, box.y + 14, sizes.textWidth, 0});
    column.text(idOf(Part::NoticeTitle, number), notice.title, {.face = TextFace::BodyStrong});
    column.skip(2);
    if (!notice.text.empty())
        column.text(idOf(Part::NoticeText, number), notice.text,
                    {.face = TextFace::Help, .color = ColorToken::Muted});
    const Rectangle close = {right(box) - sizes.close - 6, box.y + 6, sizes.close, sizes.close};
    const Ink ink = iconButton(painter, {app::ControlKind::NoticeDismiss, static_cast<std::uint16_t>(index)},
                               close, painter.say(Message::Dismiss));
    icon::cross(painter.brush(), centre(close), 8, ink, 1.3f);
}

}  // namespace

void drawNotices(Painter& painter, const app::State& state) {
    if (state.notices.empty()) return;
    const Viewport& viewport = painter.viewport();
    const float margin = painter.narrow() ? 16.f : 24.f,
                width = std::min(kNoticeWidth, viewport.width - 2 * margin);
    // Not over "Create New", since the next certificate may be what the person goes on to: beside it, and on
    // narrow screens at the other end.
    const bool onPage = state.opening == app::Opening::Page;
    const bool beside = onPage && !painter.narrow() && mayCreate(state);
    const float edge = viewport.width - margin - (beside ? createButtonWidth(painter) + 16 : 0);
    std::vector<Sizes> sizes;
    float height = 0;
    for (const app::Notice& notice : state.notices) {
        sizes.push_back(sizesOf(painter, notice, width));
        height += sizes.back().height + 12;
    }
    const float above = painter.narrow() ? 12.f : 72.f;
    const float top =
        onPage && painter.narrow() ? std::max(above, viewport.height - margin - height + 12) : above;
    const Rectangle layer =
        snapped(Rectangle{edge - width - kNoticeReach, std::max(0.f, top - kNoticeReach),
                          std::min(edge + kNoticeReach, viewport.width) - (edge - width - kNoticeReach),
                          height + std::min(top, kNoticeReach) + kNoticeReach},
                viewport.density);
    painter.item(Role::Layer, idOf(Part::Notices), layer);
    const auto scope = painter.onto(idOf(Part::Notices), layer.width, layer.height);
    float y = top - layer.y;
    for (std::size_t i = 0; i < state.notices.size(); ++i) {
        drawNotice(painter, state.notices[i], i, {kNoticeReach, y, width, sizes[i].height}, sizes[i]);
        y += sizes[i].height + 12;
    }
}

}  // namespace smartca::view
