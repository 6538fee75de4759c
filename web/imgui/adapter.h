// Dear ImGui's drawing half alone: draw lists, fonts and their texture, without windows, widgets, input and
// settings. The view uses nothing else, and what an ImGuiContext and its NewFrame() and EndFrame() would bring
// along is a quarter of the download. So there is none, and no function that needs a current one.
//
//   DrawingContext drawing;
//   ImFont* font = drawing.addFont(glyphs, 20);  // glyphs: a GlyphSource that outlives the font
//   drawing.beginFrame();
//   ImDrawList list(drawing.lists());
//
// The texture is read where it lies. To Dear ImGui it is one that a renderer has never asked for, which it
// replaces and deletes by itself.
//
// This file and adapter.cpp are the only ones that know Dear ImGui's insides. They rely on:
//   [x] ImDrawListSharedData, as the public CreateContext(), NewFrame() and DestroyContext() use it for draw
//       lists, without a Context
//   [x] ImFontAtlasAddDrawListSharedData(), ImFontAtlasRemoveDrawListSharedData(), ImFontAtlasUpdateNewFrame(),
//       and ImFontAtlasUpdateDrawListsSharedData()
//   [x] ImFontAtlas' Builder->TempBuffer
//   [x] ImFontAtlasUpdateNewFrame() deletes an ImTextureData that is replaced and has no TexID
//   [x] ImFontLoader with the six functions that adapter.cpp gives; ImFontAtlasPackAddRect(),
//       ImFontAtlasPackGetRect() and ImFontAtlasBakedSetFontGlyphBitmap()
//   [x] ImFontBaked::LoadNoRenderOnLayout
//   [x] a build with IMGUI_ENABLE_FREETYPE includes misc/freetype/imgui_freetype.h and takes its default
//       font loader from ImGuiFreeType::GetFontLoader() (configuration.h says why)
// With a version that is newer than those tried: build, run the unit tests of view, compare imgui.cpp's
// Initialize(), Shutdown() and NewFrame() with DrawingContext, look at the page,
// and write the version here. Until then CMake warns, and refuses in continuous integration
// (Dependencies.cmake).
#pragma once

#include "imgui.h"

#define SMARTCA_IMGUI_TRIED "1.92.2"  // the newest version that all of the above was tried with

namespace smartca::imgui {

// Lengths in device pixels. A glyph's box is relative to the pen on the baseline, y downwards.
struct Glyph {
    ImWchar codePoint = 0;
    float size = 0;  // of the font
    float advance = 0;
    float left = 0, top = 0, right = 0, bottom = 0;
    int columns = 0, rows = 0;  // of its picture, in texels; 0: there is nothing to draw
};

// Where the pictures of a font's glyphs come from. `size` is the font's line height.
class GlyphSource {
  public:
    virtual bool contains(ImWchar codePoint) const = 0;
    // From the line's top to the baseline.
    virtual float ascent(float size) = 0;
    virtual Glyph measure(ImWchar codePoint, float size) = 0;
    // Own: an emoji, which keeps its colours whatever the text's is.
    enum class Coloring { Ink, Own };
    // The picture of the glyph that was measured last: RGBA, rows from the top, alpha multiplied in. Its
    // outermost texels are empty.
    virtual Coloring draw(const Glyph& glyph, unsigned char* pixels) = 0;

  protected:
    ~GlyphSource() = default;
};

class DrawingContext {
  public:
    DrawingContext();
    ~DrawingContext();
    DrawingContext(const DrawingContext&) = delete;
    DrawingContext& operator=(const DrawingContext&) = delete;

    // Draw lists, and the texture of their glyphs, are valid until the next one.
    void beginFrame();

    // What an ImDrawList is made with, and the texture that it begins with.
    ImDrawListSharedData* lists() const { return lists_; }
    ImTextureRef texture() const { return atlas_.TexRef; }

    // Adds a font of that line height. `source` must outlive it. Between frames.
    ImFont* addFont(GlyphSource& source, float size);
    // Takes all fonts away. The texture begins anew with that side, which should hold all glyphs of a frame: a
    // texture that grows moves them. Between frames only.
    void clearFonts(int textureSide = 512);

  private:
    ImFontAtlas atlas_;
    ImDrawListSharedData* lists_;
    int frames_ = 0;
};

// Where the texture of the frame is white.
ImVec2 whitePixel(const ImDrawList& list);

}  // namespace smartca::imgui
