#include "web/view/page.h"

#include <algorithm>

#include "web/app/list.h"
#include "web/view/button.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

constexpr float kHeader = 56;
constexpr float kNarrowHeader = 420;  // below it the name needs the room between the buttons

std::string countWords(const PageArea& area) {
    const Painter& painter = area.painter;
    const CertificatePage& page = area.list().certificates.value;
    if (page.totalCount == 0) {
        if (!area.list().only.empty()) return std::string(painter.say(Message::AddedGoneTitle));
        return std::string(
            painter.say(app::isFiltered(area.list()) ? Message::NoMatchTitle : Message::ListCountNone));
    }
    if (page.totalCount > kMostCounted)  // of how many users is not known then
        return painter.say(Message::ListCountMany, {{"count", countText(painter.locale(), kMostCounted)}});
    return painter.say(Message::ListCount,
                       {{"certificates", painter.count(page.totalCount, Message::CertificatesOne,
                                                       Message::CertificatesOther)},
                        {"users", painter.count(page.userCount, Message::UsersOne, Message::UsersOther)}});
}

void pillButton(Painter& painter, app::Control control, const Rectangle& target, const Rectangle& shown,
                std::string_view name, std::string_view words, std::uint32_t flags = 0) {
    Item& item = painter.item(Role::Button, idOf(control), target, name);
    item.flags = kQuiet | flags;
    item.face = TextFace::LabelPlain;
    item.color = ColorToken::Muted;
    const float radius = shown.height / 2;
    if (painter.hovers(control))
        painter.brush().fill(shown, radius,
                             painter.ink(ColorToken::Text, painter.presses(control) ? 0.12f : 0.05f));
    painter.brush().frame(shown, radius, painter.ink(ColorToken::Line));
    painter.inscribe(shown, words,
                     {.face = TextFace::LabelPlain, .color = ColorToken::Muted, .align = Align::Centre});
    if (painter.focuses(control) && painter.interaction().focusVisible) focusRing(painter, shown, radius);
}

// The three buttons at the header's right: language, layout, theme.
struct LookPills {
    float gap = 12;
    Rectangle language, layout, theme;
};

LookPills lookPills(const PageArea& area) {
    Painter& painter = area.painter;
    LookPills pills;
    pills.gap = painter.viewport().width < kNarrowHeader ? 8.f : 12.f;
    const float sign = 37;
    const float words = std::round(painter.type().width(TextFace::LabelPlain, painter.otherLanguage())) + 26;
    Rectangle row = {area.content.x, 13, area.content.width, 30};
    pills.theme = takeRight(row, sign, pills.gap);
    pills.layout = takeRight(row, sign, pills.gap);
    pills.language = takeRight(row, words, pills.gap);
    return pills;
}

void drawLookPills(const PageArea& area, const LookPills& pills) {
    Painter& painter = area.painter;
    const float grow = painter.roomy() ? 7.f : 0.f;
    const std::string_view words = painter.otherLanguage();
    pillButton(painter, {app::ControlKind::SwitchLanguage, 0}, inset(pills.language, 0, -grow),
               pills.language, words, words, kForeign);
    const auto sign = [&](app::ControlKind control, const Rectangle& pill, Message name,
                          void (*draw)(Brush&, Point, Ink)) {
        pillButton(painter, {control, 0}, inset(pill, -grow / 2, -grow), pill, painter.say(name), {}, kSign);
        draw(painter.brush(), centre(pill), painter.ink(ColorToken::Muted));
    };
    const bool plain = area.state.layout == app::Layout::Plain, dark = area.state.theme == app::Theme::Dark;
    sign(app::ControlKind::SwitchLayout, pills.layout, plain ? Message::LayoutDesigned : Message::LayoutPlain,
         icon::lines);
    sign(app::ControlKind::SwitchTheme, pills.theme, dark ? Message::ThemeLight : Message::ThemeDark,
         icon::halves);
}

void drawLogo(Painter& painter, const Rectangle& logo) {
    painter.brush().fill(logo, 8, painter.ink(ColorToken::Accent));
    painter.text(idOf(Part::Logo), {logo.x, logo.y + 5, logo.width, 18}, "S",
                 {.face = TextFace::Label, .color = ColorToken::OnAccent, .align = Align::Centre});
}

// How many there are, and whether some may be missing. Gives its height.
float drawCount(const PageArea& area, const Rectangle& line) {
    Painter& painter = area.painter;
    // Of the rows that are there, and as pale as they are.
    if (area.list().certificates.phase != app::Phase::Ready) painter.setOpacity(0.6f);
    const float height =
        painter.text(idOf(Part::ListCount), line, countWords(area), {.color = ColorToken::Muted});
    painter.setOpacity(1);
    if (area.list().certificates.value.complete) return height;
    return height + painter.text(idOf(Part::ListIncomplete),
                                 {line.x, line.y + height, line.width, line.height},
                                 painter.say(Message::ListIncomplete), {.color = ColorToken::Warn});
}

float drawTitle(const PageArea& area, float y) {
    Painter& painter = area.painter;
    const Rectangle& content = area.content;
    const bool create = app::may(area.state, Right::Create);
    const float button = create ? createButtonWidth(painter) : 0;
    const bool beside = button + 200 < content.width;
    const float width = content.width - (beside ? button + 16 : 0);
    const float title =
        painter.text(idOf(Part::ListTitle), {content.x, y, width, 28}, painter.say(Message::ListTitle),
                     {.face = TextFace::PageTitle}, Role::Heading1);
    float end = y + title + 2;
    const app::Phase phase = area.list().certificates.phase;
    const bool known = phase == app::Phase::Ready || area.list().certificates.value.totalCount > 0;
    if (known)
        end += drawCount(area, {content.x, end, width, 20});
    else {
        if (phase != app::Phase::Failed)
            painter.brush().fill({content.x, end + 5, 150, 10}, 5, painter.ink(ColorToken::Line, 0.7f));
        end += 20;
    }
    if (!create) return end;
    const float height = buttonHeight(painter);
    if (beside) {
        drawCreateButton(area, app::ControlKind::OpenCreate,
                         {right(content) - button, (y + end - height) / 2, button, height});
        return std::max(end, (y + end + height) / 2);
    }
    drawCreateButton(area, app::ControlKind::OpenCreate, {content.x, end + 12, content.width, height});
    return end + 12 + height;
}

}  // namespace

float createButtonWidth(const Painter& painter) {
    return buttonWidth(painter, std::string("+ ").append(painter.say(Message::CreateNew)));
}

void drawCreateButton(const PageArea& area, app::ControlKind control, const Rectangle& box) {
    button(area.painter, {control, 0}, box, std::string("+ ").append(area.painter.say(Message::CreateNew)),
           {.look = Look::Primary, .availability = area.availability()});
}

float drawPageHeader(const PageArea& area) {
    Painter& painter = area.painter;
    const float width = painter.viewport().width, margin = area.content.x;
    const Rectangle bar = {0, 0, width, kHeader};
    painter.brush().fill(bar, 0, painter.ink(ColorToken::Surface));
    painter.brush().horizontal(0, kHeader - 1, width, painter.ink(ColorToken::Line));
    painter.item(Role::Banner, idOf(Part::Header), bar);
    const auto scope = painter.inside(idOf(Part::Header), {});
    const LookPills pills = lookPills(area);
    const float end = pills.language.x - pills.gap;
    const std::string_view name = painter.say(Message::ProductName);
    // On two lines where one is too short, without the logo where even those are, and then shortened.
    const auto linesFrom = [&](float from) {
        return painter.type().lines(TextFace::Brand, name, end - from).size();
    };
    const float portals = painter.viewport().logo;
    const Rectangle logo = {margin, 14, portals > 0 ? portals : 28, 28};
    float from = right(logo) + pills.gap;
    if (portals == 0 && linesFrom(from) <= 2)
        drawLogo(painter, logo);
    else if (portals == 0)
        from = margin;
    const std::size_t lines = linesFrom(from);
    painter.text(idOf(Part::ProductName), {from, lines == 2 ? 8.f : 18.f, end - from, 20},
                 lines <= 2 ? std::string(name) : painter.type().fitted(TextFace::Brand, name, end - from),
                 {.face = TextFace::Brand});
    drawLookPills(area, pills);
    return kHeader;
}

float drawPaging(const PageArea& area, float y) {
    Painter& painter = area.painter;
    const app::Loaded<CertificatePage>& certificates = area.list().certificates;
    const CertificatePage& page = certificates.value;
    if (page.totalCount <= page.pageSize || page.items.empty()) return y;
    y += 12;
    const Rectangle& content = area.content;
    const std::string range = app::rangeWords(painter.locale(), page);
    const float side = buttonHeight(painter);
    Rectangle row = {content.x, y, content.width, side};
    const Rectangle next = takeRight(row, side, 8), previous = takeRight(row, side, 12);
    painter.item(Role::Group, idOf(Part::Paging), {content.x, y, content.width, side}, range);
    const auto scope = painter.inside(idOf(Part::Paging), {content.x, y});
    painter.text(idOf(Part::PagingRange), {row.x, middle(row) - 10, row.width, 20}, range,
                 {.color = ColorToken::Muted});
    const auto step = [&](app::ControlKind control, const Rectangle& box, Message name, bool possible,
                          float direction) {
        painter.brush().fill(box, 8, painter.ink(ColorToken::Surface));
        painter.brush().frame(box, 8, painter.ink(ColorToken::LineStrong, possible ? 1.f : 0.5f));
        const Ink ink =
            iconButton(painter, {control, 0}, box, painter.say(name),
                       {.availability = possible ? Availability::Enabled : Availability::Disabled});
        const auto [x, middle] = centre(box);
        painter.brush().stroke(std::array<Point, 3>{{{x - 2.5f * direction, middle - 5},
                                                     {x + 2.5f * direction, middle},
                                                     {x - 2.5f * direction, middle + 5}}},
                               1.6f, ink);
    };
    const bool ready = certificates.phase == app::Phase::Ready;
    step(app::ControlKind::PreviousPage, previous, Message::PagingPrevious, ready && page.page > 1, -1);
    step(app::ControlKind::NextPage, next, Message::PagingNext, ready && page.page < app::lastPage(page), 1);
    return y + side;
}

void drawPage(Painter& painter, const app::State& state) {
    const Viewport& viewport = painter.viewport();
    const float margin = painter.narrow() ? 16.f : 24.f;
    PageArea area = {.painter = painter,
                     .state = state,
                     .content = {margin, 0, viewport.width - 2 * margin, 0},
                     .userFilter = {},
                     .typeFilter = {},
                     .statusFilter = {},
                     .openRow = {}};
    const std::size_t page = painter.itemCount();
    painter.item(Role::Layer, idOf(Part::Page), {0, 0, viewport.width, viewport.height});
    const auto surface = painter.onto(idOf(Part::Page), viewport.width, viewport.height);
    const float header = drawPageHeader(area);
    const std::size_t main = painter.itemCount();
    painter.item(Role::Main, idOf(Part::Main), {0, header, viewport.width, 0},
                 painter.say(Message::ListTitle));
    float y = header + (painter.narrow() ? 16.f : 24.f);
    float height = 0;
    {
        const auto scope = painter.inside(idOf(Part::Main), {0, header});
        y = drawTitle(area, y) + (painter.narrow() ? 16.f : 20.f);
        y = drawFilters(area, y) + 16;
        y = drawRows(area, y);
        y = drawPaging(area, y) + 24;
        height = std::max(y, viewport.height);
        drawOpenLists(area, {0, 0, viewport.width, height});
    }
    painter.itemAt(main).rectangle.height = snapped(height - header, viewport.density);
    painter.itemAt(page).flags = y > viewport.height + 0.5f ? kScrolls : 0u;
    painter.itemAt(page).contentHeight = height;
    painter.resizeSurface(idOf(Part::Page), viewport.width, height);
}

}  // namespace smartca::view
