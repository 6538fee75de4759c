#include "web/view/painter.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace smartca::view {

Painter::Painter(Frame& frame, Surfaces& surfaces, const Viewport& viewport, const Interaction& interaction,
                 const Resources& resources, Locale locale)
    : frame_(&frame),
      surfaces_(&surfaces),
      viewport_(&viewport),
      interaction_(&interaction),
      resources_(&resources),
      locale_(locale),
      type_(resources, viewport.density) {}

std::string Painter::count(std::int64_t count, Message one, Message other) const {
    return say(plural(count, one, other), {{"count", tallyText(locale_, count)}});
}

Painter::Scope Painter::inside(std::uint32_t item, Point origin) {
    stack_.push_back({item,
                      {snapped(origin.x, viewport_->density), snapped(origin.y, viewport_->density)},
                      stack_.back().brush});
    return Scope(*this);
}

Painter::Scope Painter::onto(std::uint32_t item, float width, float height) {
    ImDrawList& list = surfaces_->begin(item);
    Sketch* sketch = sketches() ? &surfaces_->beginSketch(item) : nullptr;
    frame_->surfaces.push_back({item, width, height, &list, sketch});
    stack_.push_back({item, {}, Brush(list, viewport_->density, viewport_->roundness, sketch)});
    return Scope(*this);
}

void Painter::resizeSurface(std::uint32_t item, float width, float height) {
    const auto found = std::ranges::find(frame_->surfaces, item, &Surface::item);
    found->width = snapped(width, viewport_->density);
    found->height = snapped(height, viewport_->density);
}

Item& Painter::item(Role role, std::uint32_t id, const Rectangle& box, std::string_view name) {
    Item& item = frame_->items.emplace_back();
    item.id = id;
    item.role = role;
    item.name = name;
    item.rectangle = snapped(box, viewport_->density);
    if (stack_.empty()) return item;
    const Place& place = stack_.back();
    item.parent = place.parent;
    item.rectangle.x -= place.origin.x;
    item.rectangle.y -= place.origin.y;
    return item;
}

ItemBlock Painter::takeItems(std::size_t first) {
    std::vector<Item>& items = frame_->items;
    auto taken = std::make_shared<std::vector<Item>>();
    for (std::size_t i = first; i < items.size(); ++i)
        taken->push_back(std::move(items[i]));
    while (items.size() > first)
        items.pop_back();
    return taken;
}

void Painter::moveBehind(std::size_t first, std::size_t last) {
    const auto begin = frame_->items.begin();
    std::rotate(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last),
                frame_->items.end());
}

void Painter::glyphs(Point at, std::string_view words, const TextStyle& style, float width) {
    if (words.empty()) return;
    const float used = style.align == Align::Left ? 0 : type_.width(style.face, words, style.scale);
    if (style.align == Align::Centre) at.x += (width - used) / 2;
    if (style.align == Align::Right) at.x += width - used;
    const float density = viewport_->density;
    if (sketches()) {
        const float baseline =
            type_.font(style.face)->GetFontBaked(type_.deviceSize(style.face))->Ascent / density;
        return brush().sketch()->words({at.x, at.y + baseline}, words, metricsOf(style.face),
                                       ink(style.color));
    }
    std::string kept;
    words = type_.painted(words, kept);
    // ImGui cuts the position to whole pixels; it is rounded before.
    brush().list().AddText(
        type_.font(style.face), type_.deviceSize(style.face, style.scale),
        {std::round(at.x * density), std::round(at.y * density)},
        Brush::packed(style.ground == Ground::Paper ? paperInk(style.color) : ink(style.color)), words.data(),
        words.data() + words.size());
}

float Painter::text(std::uint32_t id, const Rectangle& box, std::string_view words, const TextStyle& style,
                    Role role, std::uint32_t target) {
    const float line = type_.lineHeight(style.face, style.scale);
    float widest = 0, y = box.y, indent = style.indent;
    for (const std::string_view piece :
         type_.lines(style.face, words, box.width, style.indent, style.scale)) {
        if (!sketches()) glyphs({box.x + indent, y}, piece, style, box.width - indent);
        widest = std::max(widest, indent + type_.width(style.face, piece, style.scale));
        y += line;
        indent = 0;
    }
    Rectangle used = {box.x, box.y, std::min(std::ceil(widest) + 1, std::max(box.width, widest)), y - box.y};
    if (style.align == Align::Centre) used.x = box.x + (box.width - used.width) / 2;
    if (style.align == Align::Right) used.x = right(box) - used.width;
    Item& reported = item(role, id, used, words);
    reported.face = style.face;
    reported.scale = style.scale;
    reported.color = style.color;
    reported.insetLeft = style.indent;
    if (style.ground == Ground::Paper) reported.flags |= kPaper;
    reported.target = target;
    return y - box.y;
}

void Painter::line(std::uint32_t id, const Rectangle& box, std::string_view words, const TextStyle& style,
                   std::string_view shown) {
    const std::string painted =
        type_.fitted(style.face, shown.empty() ? words : shown, box.width, Typesetter::Cut::Middle);
    if (!sketches()) glyphs({box.x, box.y}, painted, style, box.width);
    const float width = std::min(box.width, std::ceil(type_.width(style.face, painted)) + 1);
    Item& reported = item(Role::Text, id, {box.x, box.y, width, type_.lineHeight(style.face)}, words);
    reported.face = style.face;
    reported.color = style.color;
    reported.flags |= kShortened;
}

float Painter::flow(const Rectangle& box, std::span<const Run> runs) {
    float x = runs.empty() ? 0 : runs.front().style.indent, y = 0, line = 0;
    for (const Run& run : runs) {
        const TextFace face = run.style.face;
        line = std::max(line, type_.lineHeight(face));
        if (&run != &runs.front() && x > 0) x += run.gap;
        std::uint32_t piece = 0;
        for (const std::string_view words : type_.lines(face, run.text, box.width, x)) {
            if (piece > 0) {
                x = 0;
                y += line;
            }
            const float width = type_.width(face, words);
            if (!words.empty()) {
                TextStyle style = run.style;
                style.indent = 0;
                text(run.id + piece, {box.x + x, box.y + y, width + 1, line}, words, style, run.role,
                     run.target);
            }
            x += width;
            ++piece;
        }
    }
    return y + line;
}

void Painter::inscribe(const Rectangle& box, std::string_view words, const TextStyle& style) {
    const float line = type_.lineHeight(style.face);
    glyphs({box.x, box.y + (box.height - line) / 2}, type_.fitted(style.face, words, box.width), style,
           box.width);
}

void Painter::inscribeLines(const Rectangle& box, std::string_view words, const TextStyle& style) {
    float y = box.y;
    for (const std::string_view piece : type_.lines(style.face, words, box.width, 0, style.scale)) {
        glyphs({box.x, y}, piece, style, box.width);
        y += type_.lineHeight(style.face, style.scale);
    }
}

float Painter::target(float height) const {
    constexpr float kFinger = 44, kLeast = 24;
    return roomy() ? kFinger : std::max(kLeast, height - viewport_->tightness);
}

void Painter::clip(const Rectangle& box) {
    const Rectangle r = snapped(box, viewport_->density);
    const ImVec2 from = brush().device({r.x, r.y}), to = brush().device({right(r), bottom(r)});
    brush().list().PushClipRect(from, to, true);
}

void Painter::unclip() {
    brush().list().PopClipRect();
}

}  // namespace smartca::view
