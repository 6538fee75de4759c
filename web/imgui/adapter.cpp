#include "web/imgui/adapter.h"

#include <type_traits>

#include "imgui_internal.h"
#include "misc/freetype/imgui_freetype.h"

namespace smartca::imgui {
namespace {

static_assert(IMGUI_VERSION_NUM >= 19220, "Dear ImGui 1.92.2 or newer");
static_assert(sizeof(ImWchar) == 4, "IMGUI_USE_WCHAR32, see configuration.h");
static_assert(std::is_same_v<decltype(ImDrawListSharedData::FontAtlas), ImFontAtlas*>);
static_assert(std::is_same_v<decltype(ImFontAtlasBuilder::TempBuffer), ImVector<unsigned char>>);
static_assert(std::is_same_v<decltype(&ImFontAtlasUpdateNewFrame), void (*)(ImFontAtlas*, int, bool)>);
static_assert(std::is_same_v<decltype(&ImFontAtlasUpdateDrawListsSharedData), void (*)(ImFontAtlas*)>);

// ImFontConfig::FontData of our fonts: the atlas copies it bytewise and frees the copy.
struct Source {
    GlyphSource* glyphs;
};
static_assert(std::is_trivially_copyable_v<Source>);

GlyphSource& sourceOf(const ImFontConfig* config) {
    return *static_cast<const Source*>(config->FontData)->glyphs;
}

bool initializeSource(ImFontAtlas*, ImFontConfig*) {
    return true;
}

void destroySource(ImFontAtlas*, ImFontConfig*) {}

bool containsGlyph(ImFontAtlas*, ImFontConfig* config, ImWchar codePoint) {
    return sourceOf(config).contains(codePoint);
}

bool initializeBaked(ImFontAtlas*, ImFontConfig* config, ImFontBaked* baked, void*) {
    baked->Ascent = sourceOf(config).ascent(baked->Size);
    baked->Descent = baked->Ascent - baked->Size;
    baked->LoadNoRenderOnLayout = true;  // a glyph is drawn when it is painted, if ever
    return true;
}

bool loadGlyph(ImFontAtlas* atlas, ImFontConfig* config, ImFontBaked* baked, void*, ImWchar codePoint,
               ImFontGlyph* made, float* advanceOnly) {
    GlyphSource& source = sourceOf(config);
    if (!source.contains(codePoint)) return false;
    const Glyph glyph = source.measure(codePoint, baked->Size);
    if (advanceOnly != nullptr) {
        *advanceOnly = glyph.advance;
        return true;
    }
    made->Codepoint = codePoint & 0x3FFFFFF;  // a field of 26 bits
    made->AdvanceX = glyph.advance;
    if (glyph.columns <= 0 || glyph.rows <= 0) return true;

    const ImFontAtlasRectId packed = ImFontAtlasPackAddRect(atlas, glyph.columns, glyph.rows);
    if (packed == ImFontAtlasRectId_Invalid) return false;
    ImVector<unsigned char>& pixels = atlas->Builder->TempBuffer;
    pixels.resize(glyph.columns * glyph.rows * 4);
    made->Colored = source.draw(glyph, pixels.Data) == GlyphSource::Coloring::Own;
    made->X0 = glyph.left;
    made->X1 = glyph.right;
    made->Y0 = baked->Ascent + glyph.top;
    made->Y1 = baked->Ascent + glyph.bottom;
    made->Visible = true;
    made->PackId = packed;
    ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, config, made, ImFontAtlasPackGetRect(atlas, packed),
                                       pixels.Data, ImTextureFormat_RGBA32, glyph.columns * 4);
    return true;
}

}  // namespace

// As ImGui::RegisterFontAtlas().
DrawingContext::DrawingContext() : lists_(IM_NEW(ImDrawListSharedData)()) {
    ImFontAtlasAddDrawListSharedData(&atlas_, lists_);
}

// As ImGui::UnregisterFontAtlas().
DrawingContext::~DrawingContext() {
    ImFontAtlasRemoveDrawListSharedData(&atlas_, lists_);
    IM_DELETE(lists_);
}

// As ImGui::NewFrame(): the font texture's turn of the frame, and SetupDrawListSharedData(), and what
// SetCurrentFont() tells the draw lists. The tolerances are those of ImGuiStyle.
void DrawingContext::beginFrame() {
    ImFontAtlasUpdateNewFrame(&atlas_, ++frames_, true);

    constexpr float kUnclipped = 32768;
    lists_->ClipRectFullscreen = {-kUnclipped, -kUnclipped, kUnclipped, kUnclipped};
    lists_->CurveTessellationTol = 1.25f;
    lists_->SetCircleTessellationMaxError(0.3f);
    // Lines are shapes, not pieces of the texture. A list may have more vertices than an index can count.
    lists_->InitialFlags =
        ImDrawListFlags_AntiAliasedLines | ImDrawListFlags_AntiAliasedFill | ImDrawListFlags_AllowVtxOffset;
    lists_->FontAtlas = &atlas_;  // whose white pixel and lines every shape is drawn with
    ImFontAtlasUpdateDrawListsSharedData(&atlas_);
}

ImVec2 whitePixel(const ImDrawList& list) {
    return list._Data->TexUvWhitePixel;
}

ImFont* DrawingContext::addFont(GlyphSource& source, float size) {
    Source data = {&source};
    ImFontConfig config;
    config.FontData = &data;
    config.FontDataSize = sizeof data;
    config.FontDataOwnedByAtlas = false;  // so the atlas makes a copy of its own
    config.SizePixels = size;
    config.FontLoader = ImGuiFreeType::GetFontLoader();
    return atlas_.AddFont(&config);
}

void DrawingContext::clearFonts(int textureSide) {
    atlas_.Clear();
    atlas_.TexMinWidth = atlas_.TexMinHeight = textureSide;
}

}  // namespace smartca::imgui

namespace ImGuiFreeType {

// The default loader of any font, and the one of ours.
const ImFontLoader* GetFontLoader() {
    static const ImFontLoader loader = [] {
        using namespace smartca::imgui;
        ImFontLoader made;
        made.Name = "smartca";
        made.FontSrcInit = initializeSource;
        made.FontSrcDestroy = destroySource;
        made.FontSrcContainsGlyph = containsGlyph;
        made.FontBakedInit = initializeBaked;
        made.FontBakedLoadGlyph = loadGlyph;
        return made;
    }();
    return &loader;
}

}  // namespace ImGuiFreeType
