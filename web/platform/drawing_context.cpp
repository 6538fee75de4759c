#include "web/platform/drawing_context.h"

#include "imgui.h"
#include "imgui_internal.h"

namespace smartca::platform {

// As ImGui::Initialize(), its last paragraph.
DrawingContext::DrawingContext() : context_(IM_NEW(ImGuiContext)(nullptr)) {
    ImGui::SetCurrentContext(context_);
    context_->DrawListSharedData.Context = context_;
    ImGui::RegisterFontAtlas(context_->IO.Fonts);
}

// As ImGui::Shutdown().
DrawingContext::~DrawingContext() {
    ImFontAtlas* atlas = context_->IO.Fonts;
    ImGui::UnregisterFontAtlas(atlas);
    IM_DELETE(atlas);
    context_->IO.Fonts = nullptr;
    IM_DELETE(context_);
    ImGui::SetCurrentContext(nullptr);
}

// As ImGui::NewFrame(): the font texture's turn of the frame, and SetupDrawListSharedData(),
// and what SetCurrentFont() tells the draw lists.
void DrawingContext::beginFrame() {
    ImFontAtlas* atlas = context_->IO.Fonts;
    ++context_->FrameCount;
    ImFontAtlasUpdateNewFrame(atlas, context_->FrameCount, true);

    constexpr float kUnclipped = 32768;
    const ImGuiStyle& style = context_->Style;
    ImDrawListSharedData& shared = context_->DrawListSharedData;
    shared.ClipRectFullscreen = {-kUnclipped, -kUnclipped, kUnclipped, kUnclipped};
    shared.CurveTessellationTol = style.CurveTessellationTol;
    shared.SetCircleTessellationMaxError(style.CircleTessellationMaxError);
    shared.InitialFlags = ImDrawListFlags_AntiAliasedLines | ImDrawListFlags_AntiAliasedLinesUseTex |
                          ImDrawListFlags_AntiAliasedFill;
    shared.InitialFringeScale = 1;
    shared.FontAtlas = atlas;  // whose white pixel and lines every shape is drawn with
    ImFontAtlasUpdateDrawListsSharedData(atlas);
}

// As UpdateTexturesEndFrame().
void DrawingContext::endFrame() {
    ImVector<ImTextureData*>& textures = context_->PlatformIO.Textures;
    textures.resize(0);
    for (ImTextureData* texture : context_->IO.Fonts->TexList) {
        texture->RefCount = static_cast<unsigned short>(context_->IO.Fonts->RefCount);
        textures.push_back(texture);
    }
}

}  // namespace smartca::platform
