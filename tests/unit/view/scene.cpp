#include "scene.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "shared/text.h"

namespace smartca::view::test {

bool FixedGlyphs::contains(ImWchar codePoint) const {
    return codePoint >= 32;
}

float FixedGlyphs::ascent(float size) {
    return std::round(size * 0.75f);
}

imgui::Glyph FixedGlyphs::measure(ImWchar codePoint, float size) {
    imgui::Glyph glyph = {.codePoint = codePoint, .size = size, .advance = size * 0.4f};
    if (codePoint == ' ') return glyph;
    glyph.right = glyph.advance;
    glyph.top = -ascent(size);
    glyph.bottom = size + glyph.top;
    glyph.columns = glyph.rows = 1;
    return glyph;
}

imgui::GlyphSource::Coloring FixedGlyphs::draw(const imgui::Glyph& glyph, unsigned char* pixels) {
    std::fill_n(pixels, 4, static_cast<unsigned char>(255));
    drawn_.push_back(glyph);
    return Coloring::Ink;
}

Scene::Scene() {
    drawing_.clearFonts(1024);  // it must not grow: that would move the glyphs while they are read back
    for (std::size_t i = 0; i < kFaces.size(); ++i)
        resources_.fonts[i] = drawing_.addFont(glyphs_[i], kFaces[i].line);
}

const Frame& Scene::draw(const Sample& sample, const Viewport& viewport, const Interaction* interaction) {
    Interaction own;
    own.focused = sample.focused;
    own.focusVisible = true;
    resources_.palette = palette_.value_or(paletteOf(sample.state.theme));
    drawing_.beginFrame();
    block_.reset();
    flat_ = view_.draw(sample.state, viewport, interaction ? *interaction : own, resources_);
    const auto holder =
        std::ranges::find_if(flat_.items, [](const Item& item) { return item.block != nullptr; });
    if (holder == flat_.items.end()) return flat_;
    block_ = std::exchange(holder->block, nullptr);
    auto behind = holder + 1;
    while (behind != flat_.items.end() && behind->parent == holder->id)
        ++behind;
    flat_.items.insert(behind, block_->begin(), block_->end());
    return flat_;
}

std::vector<std::string> Scene::paintedWords(const Surface& surface) const {
    std::map<std::pair<float, float>, ImWchar> characters;
    for (std::size_t i = 0; i < kFaces.size(); ++i)
        for (const imgui::Glyph& drawn : glyphs_[i].drawn())
            if (const ImFontGlyph* glyph =
                    resources_.fonts[i]->GetFontBaked(drawn.size)->FindGlyphNoFallback(drawn.codePoint))
                characters[{glyph->U0, glyph->V0}] = drawn.codePoint;
    std::vector<std::string> words;
    ImVec2 end = {-1, -1};
    for (int i = 0; i + 3 < surface.list->VtxBuffer.Size; ++i) {
        const ImDrawVert& corner = surface.list->VtxBuffer[i];
        const ImDrawVert& opposite = surface.list->VtxBuffer[i + 2];
        const auto found = characters.find({corner.uv.x, corner.uv.y});
        if (found == characters.end() || opposite.uv.x <= corner.uv.x || opposite.uv.y <= corner.uv.y)
            continue;
        const bool follows = corner.pos.y == end.y && std::abs(corner.pos.x - end.x) < 0.01f;
        if (!follows) words.emplace_back();
        appendCodePoint(words.back(), found->second);
        end = {opposite.pos.x, corner.pos.y};
        i += 3;
    }
    return words;
}

Sample sampleOf(std::string_view name, Locale locale) {
    for (Sample& sample : samples(locale, app::Theme::Light))
        if (sample.name == name) return std::move(sample);
    FAIL("no sample has the name ", name);
    return {};
}

Rectangle absolute(const Frame& frame, const Item& item) {
    Rectangle box = item.rectangle;
    for (const Item* parent = find(frame, item.parent); parent != nullptr;
         parent = find(frame, parent->parent)) {
        box.x += parent->rectangle.x;
        box.y += parent->rectangle.y;
    }
    return box;
}

bool says(const Frame& frame, std::string_view words) {
    return std::ranges::find(frame.items, words, &Item::name) != frame.items.end();
}

const Item* find(const Frame& frame, std::uint32_t id) {
    const auto found = std::ranges::find(frame.items, id, &Item::id);
    return id == 0 || found == frame.items.end() ? nullptr : &*found;
}

bool isControl(const Item& item) {
    return item.id < (1u << 24);
}

}  // namespace smartca::view::test
