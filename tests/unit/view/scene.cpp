#include "scene.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "imgui_internal.h"
#include "misc/freetype/imgui_freetype.h"
#include "shared/text.h"

namespace {

// Every glyph is one texel of its own, so that what was painted can be read back from the vertices.
struct Loaded {
    ImFontBaked* baked;
    ImWchar character;
};
std::vector<Loaded>& loadedGlyphs() {
    static std::vector<Loaded> glyphs;
    return glyphs;
}

bool initialise(ImFontAtlas*, ImFontConfig*) {
    return true;
}
void destroy(ImFontAtlas*, ImFontConfig*) {}
bool contains(ImFontAtlas*, ImFontConfig*, ImWchar character) {
    return character >= 32;
}
bool bake(ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*) {
    baked->Ascent = std::round(baked->Size * 0.75f);
    baked->Descent = baked->Ascent - baked->Size;
    return true;
}
bool load(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*, ImWchar character,
          ImFontGlyph* glyph, float* advance) {
    const float width = baked->Size * 0.4f;
    if (advance != nullptr) {
        *advance = width;
        return true;
    }
    glyph->Codepoint = character & 0x3FFFFFF;
    glyph->AdvanceX = width;
    if (character == ' ') return true;
    const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, 1, 1);
    if (id == ImFontAtlasRectId_Invalid) return false;
    ImTextureRect* rectangle = ImFontAtlasPackGetRect(atlas, id);
    const unsigned char white[4] = {255, 255, 255, 255};
    glyph->X1 = width;
    glyph->Y1 = baked->Size;
    glyph->Visible = true;
    glyph->PackId = id;
    ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, rectangle, white, ImTextureFormat_RGBA32,
                                       4);
    loadedGlyphs().push_back({baked, character});
    return true;
}

}  // namespace

namespace ImGuiFreeType {
const ImFontLoader* GetFontLoader() {
    static const ImFontLoader loader = [] {
        ImFontLoader made;
        made.Name = "fixed advances";
        made.FontSrcInit = initialise;
        made.FontSrcDestroy = destroy;
        made.FontSrcContainsGlyph = contains;
        made.FontBakedInit = bake;
        made.FontBakedLoadGlyph = load;
        return made;
    }();
    return &loader;
}
}  // namespace ImGuiFreeType

namespace smartca::view::test {

Scene::Scene() : context_(ImGui::CreateContext()) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    // Large from the start: a texture that grows would move the glyphs while they are read back.
    io.Fonts->TexMinWidth = io.Fonts->TexMinHeight = 1024;
    for (std::size_t i = 0; i < kFaces.size(); ++i) {
        ImFontConfig config;
        config.FontData = ImGui::MemAlloc(1);
        config.FontDataSize = 1;
        config.SizePixels = kFaces[i].line;
        config.FontLoader = ImGuiFreeType::GetFontLoader();
        resources_.fonts[i] = io.Fonts->AddFont(&config);
    }
    resources_.signature = 77;
}

Scene::~Scene() {
    view_.reset();  // its draw lists are registered with the context
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
        texture->SetStatus(ImTextureStatus_Destroyed);
    loadedGlyphs().clear();
    ImGui::DestroyContext(context_);
}

const Frame& Scene::draw(const Sample& sample, const Viewport& viewport, const Interaction* interaction) {
    Interaction own;
    own.focused = sample.focused;
    own.focusVisible = true;
    resources_.palette = paletteOf(sample.state.theme);
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {viewport.width * viewport.density, viewport.height * viewport.density};
    io.DeltaTime = 0.01f;
    ImGui::NewFrame();
    const Frame& frame = view_->draw(sample.state, viewport, interaction ? *interaction : own, resources_);
    ImGui::EndFrame();
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        if (texture->Status == ImTextureStatus_OK || texture->Status == ImTextureStatus_Destroyed) continue;
        const bool goes = texture->Status == ImTextureStatus_WantDestroy;
        if (!goes) texture->SetTexID(1);
        texture->SetStatus(goes ? ImTextureStatus_Destroyed : ImTextureStatus_OK);
    }
    return frame;
}

std::vector<std::string> paintedWords(const Surface& surface) {
    std::map<std::pair<float, float>, ImWchar> characters;
    for (const Loaded& loaded : loadedGlyphs())
        if (const ImFontGlyph* glyph = loaded.baked->FindGlyphNoFallback(loaded.character))
            characters[{glyph->U0, glyph->V0}] = loaded.character;
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

Rectangle absolute(const Frame& frame, const Item& item) {
    Rectangle box = item.rectangle;
    for (const Item* parent = find(frame, item.parent); parent != nullptr;
         parent = find(frame, parent->parent)) {
        box.x += parent->rectangle.x;
        box.y += parent->rectangle.y;
    }
    return box;
}

const Item* find(const Frame& frame, std::uint32_t id) {
    const auto found = std::ranges::find(frame.items, id, &Item::id);
    return id == 0 || found == frame.items.end() ? nullptr : &*found;
}

bool isControl(const Item& item) {
    return item.id < (1u << 24);
}

}  // namespace smartca::view::test
