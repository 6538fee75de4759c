#include "web/platform/canvas_font.h"

#include <cmath>
#include <cstring>

#include "imgui_internal.h"
#include "misc/freetype/imgui_freetype.h"
#include "web/platform/browser.h"

namespace smartca::platform {
namespace {

// ImFontConfig::FontData of our fonts; the atlas owns and frees it.
struct Source {
    view::FaceMetrics face;
    FontSettings settings;
    float imguiSize;
    // ImGui draws glyphs at fractions of a pixel with bilinear sampling; only more columns than pixels keep
    // stems sharp there. Measured against the DOM's own text: 4 below a density of 2, 2 from there on.
    int oversampling;
};

const Source& sourceOf(const ImFontConfig* config) {
    return *static_cast<const Source*>(config->FontData);
}

// Device pixels; exact at the size the face was made for, in proportion at any other.
double glyphSize(const Source& source, const ImFontBaked* baked) {
    const double exact = static_cast<double>(source.face.size) * source.settings.density;
    return baked->Size == source.imguiSize ? exact : exact * baked->Size / source.imguiSize;
}

bool initializeSource(ImFontAtlas*, ImFontConfig*) {
    return true;
}

void destroySource(ImFontAtlas*, ImFontConfig*) {}

// The browser always finds something to draw, if only a box. Controls are refused: ImGui makes its own tab.
bool containsGlyph(ImFontAtlas*, ImFontConfig*, ImWchar codePoint) {
    return codePoint >= 0x20 && (codePoint < 0x7F || codePoint >= 0xA0);
}

// The baseline comes from a real line box: CSS's half-leading, computed, is off by a pixel in most fonts at a
// density of 1.5.
bool initializeBaked(ImFontAtlas*, ImFontConfig* config, ImFontBaked* baked, void*) {
    const Source& source = sourceOf(config);
    const double scale = glyphSize(source, baked) / source.face.size;
    const double baseline = smartca_glyph_baseline(source.face.weight, source.face.monospace,
                                                   source.face.size, source.face.line, scale);
    baked->Ascent = static_cast<float>(std::round(baseline));
    baked->Descent = baked->Ascent - baked->Size;
    return true;
}

// Averages each texel over the columns it was oversampled by, and turns ink into coverage: white, with the
// alpha the browser drew. Glyphs with colours of their own (emoji) keep them.
void filterColumns(const unsigned char* drawn, int drawnWidth, int height, int oversampling, bool colored,
                   unsigned char* out) {
    const int width = drawnWidth + oversampling - 1;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            int alpha = 0;
            std::array<int, 3> color{};
            const int first = std::max(0, x - oversampling + 1);
            const int last = std::min(x, drawnWidth - 1);
            for (int from = first; from <= last; ++from) {
                const unsigned char* pixel = drawn + (y * drawnWidth + from) * 4;
                alpha += pixel[3];
                for (std::size_t c = 0; c < 3; ++c)
                    color[c] += pixel[c] * pixel[3];
            }
            unsigned char* target = out + (y * width + x) * 4;
            for (std::size_t c = 0; c < 3; ++c)
                target[c] = !colored ? 255 : alpha == 0 ? 0 : static_cast<unsigned char>(color[c] / alpha);
            target[3] = static_cast<unsigned char>(alpha / oversampling);
        }
    }
}

bool loadGlyph(ImFontAtlas* atlas, ImFontConfig* config, ImFontBaked* baked, void*, ImWchar codePoint,
               ImFontGlyph* glyph, float* advanceOnly) {
    if (!containsGlyph(atlas, config, codePoint)) return false;
    const Source& source = sourceOf(config);
    const int oversampling = source.oversampling;
    std::array<float, 5> measured{};
    smartca_glyph_font(source.face.weight, source.face.monospace, glyphSize(source, baked));
    smartca_glyph_measure(codePoint, oversampling, measured.data());
    const auto [advance, left, top, drawnWidth, drawnHeight] = measured;
    if (advanceOnly != nullptr) {
        *advanceOnly = advance;
        return true;
    }
    glyph->Codepoint = codePoint;
    glyph->AdvanceX = advance;
    const int width = static_cast<int>(drawnWidth) + oversampling - 1;
    const int height = static_cast<int>(drawnHeight);
    if (drawnWidth <= 0 || height <= 0) return true;

    const ImFontAtlasRectId packed = ImFontAtlasPackAddRect(atlas, width, height);
    if (packed == ImFontAtlasRectId_Invalid) return false;
    ImVector<unsigned char>& buffer = atlas->Builder->TempBuffer;
    const int drawnBytes = static_cast<int>(drawnWidth) * height * 4;
    buffer.resize(drawnBytes + width * height * 4);
    glyph->Colored = smartca_glyph_draw(codePoint, oversampling, static_cast<int>(left),
                                        static_cast<int>(top), static_cast<int>(drawnWidth), height,
                                        source.settings.ink == Ink::Dark, buffer.Data);
    filterColumns(buffer.Data, static_cast<int>(drawnWidth), height, oversampling, glyph->Colored,
                  buffer.Data + drawnBytes);

    const auto columns = static_cast<float>(oversampling);
    glyph->X0 = (left - (columns - 1) * 0.5f) / columns;
    glyph->X1 = glyph->X0 + static_cast<float>(width) / columns;
    glyph->Y0 = baked->Ascent + top;
    glyph->Y1 = glyph->Y0 + static_cast<float>(height);
    glyph->Visible = true;
    glyph->PackId = packed;
    ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, config, glyph, ImFontAtlasPackGetRect(atlas, packed),
                                       buffer.Data + drawnBytes, ImTextureFormat_RGBA32, width * 4);
    return true;
}

}  // namespace

FontSet buildFonts(const FontSettings& settings) {
    ImFontAtlas* atlas = ImGui::GetIO().Fonts;
    atlas->Clear();
    atlas->TexMinWidth = 512;  // the dialog's glyphs fit: the texture need not grow while a frame is drawn
    atlas->TexMinHeight = 512;
    FontSet fonts{};
    for (std::size_t i = 0; i < fonts.size(); ++i) {
        const view::FaceMetrics& face = view::kFaces[i];
        auto* source = static_cast<Source*>(ImGui::MemAlloc(sizeof(Source)));
        smartca_glyph_probe(face.weight, face.monospace, face.size, face.line);
        *source = {face, settings, std::round(face.line * settings.density), settings.density < 2 ? 4 : 2};
        ImFontConfig config;
        config.FontData = source;
        config.FontDataSize = sizeof(Source);
        config.SizePixels = source->imguiSize;
        config.FontLoader = ImGuiFreeType::GetFontLoader();
        fonts[i] = atlas->AddFont(&config);
    }
    return fonts;
}

}  // namespace smartca::platform

namespace ImGuiFreeType {

const ImFontLoader* GetFontLoader() {
    static const ImFontLoader loader = [] {
        using namespace smartca::platform;
        ImFontLoader made;
        made.Name = "canvas";
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
