#include "web/platform/painter.h"

#include <GLES3/gl3.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "backends/imgui_impl_opengl3.h"
#include "imgui.h"
#include "web/platform/browser.h"

namespace smartca::platform {
namespace {

// A tall surface is painted in bands, so that the hidden canvas stays small and below every GPU's limit.
constexpr int kBandHeight = 2048;

class Hash {
  public:
    void add(const void* data, std::size_t size) {
        const auto* bytes = static_cast<const unsigned char*>(data);
        for (; size >= sizeof(std::uint64_t); bytes += sizeof(std::uint64_t), size -= sizeof(std::uint64_t)) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes, sizeof word);
            mix(word);
        }
        std::uint64_t rest = size;
        std::memcpy(&rest, bytes, size);
        mix(rest);
    }
    std::uint64_t value() const { return value_; }

  private:
    // A multiply and a fold for each word: no defence against anybody, only a test for "the same as before".
    void mix(std::uint64_t word) {
        value_ = (value_ ^ word) * 0x9E3779B97F4A7C15ull;
        value_ ^= value_ >> 32;
    }
    std::uint64_t value_ = 0x243F6A8885A308D3ull;
};

std::uint64_t hashOf(const ImDrawList& list, int width, int height) {
    Hash hash;
    hash.add(&width, sizeof width);
    hash.add(&height, sizeof height);
    hash.add(list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
    hash.add(list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()));
    for (const ImDrawCmd& command : list.CmdBuffer) {
        hash.add(&command.ClipRect, sizeof command.ClipRect);
        const ImTextureID texture = command.ElemCount > 0 ? command.GetTexID() : 0;
        hash.add(&texture, sizeof texture);
        hash.add(&command.ElemCount, sizeof command.ElemCount);
    }
    return hash.value();
}

void acknowledgeTextures() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        if (texture->Status == ImTextureStatus_WantDestroy) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        } else if (texture->Status != ImTextureStatus_OK) {
            texture->SetTexID(1);
            texture->SetStatus(ImTextureStatus_OK);
        }
    }
}

int devicePixels(float css, float density) {
    return static_cast<int>(std::lround(css * density));
}

}  // namespace

Painter::Painter() : webGl_(smartca_gl_open() && ImGui_ImplOpenGL3_Init("#version 300 es")) {
    if (!webGl_) ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
}

Painter::~Painter() {
    if (webGl_) ImGui_ImplOpenGL3_Shutdown();
}

void Painter::beginFrame() {
    if (webGl_ && !lost_) ImGui_ImplOpenGL3_NewFrame();
}

void Painter::paint(const view::Frame& frame, float density) {
    if (!webGl_) {
        acknowledgeTextures();
        return;
    }
    if (lost_) return;

    // Textures first: a draw list's hash contains the texture it uses.
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
        if (texture->Status != ImTextureStatus_OK) ImGui_ImplOpenGL3_UpdateTexture(texture);

    std::unordered_map<std::uint32_t, std::uint64_t> showing;
    int widest = 0;
    int highest = 0;
    for (const view::Surface& surface : frame.surfaces) {
        const int width = devicePixels(surface.width, density);
        const int height = devicePixels(surface.height, density);
        if (surface.list == nullptr || width <= 0 || height <= 0) continue;
        showing[surface.item] = hashOf(*surface.list, width, height);
        widest = std::max(widest, width);
        highest = std::max(highest, std::min(height, kBandHeight));
    }
    for (const auto& [item, hash] : shown_)
        if (!showing.contains(item)) smartca_surface_drop(item);

    for (const view::Surface& surface : frame.surfaces) {
        const auto now = showing.find(surface.item);
        if (now == showing.end()) continue;
        const auto before = shown_.find(surface.item);
        if (before != shown_.end() && before->second == now->second) continue;
        smartca_gl_size(widest, highest);
        const int width = devicePixels(surface.width, density);
        const int height = devicePixels(surface.height, density);
        smartca_surface_begin(surface.item, width, height, surface.width, surface.height);
        paintSurface(surface, width, height);
    }
    shown_ = std::move(showing);
}

void Painter::paintSurface(const view::Surface& surface, int width, int height) {
    ImDrawData data;
    data.Valid = true;
    data.CmdLists.push_back(
        const_cast<ImDrawList*>(surface.list));  // ImDrawData has no const; it is only read
    data.CmdListsCount = 1;
    data.TotalVtxCount = surface.list->VtxBuffer.Size;
    data.TotalIdxCount = surface.list->IdxBuffer.Size;
    data.FramebufferScale = {1, 1};
    for (int top = 0; top < height; top += kBandHeight) {
        const int bandHeight = std::min(kBandHeight, height - top);
        data.DisplayPos = {0, static_cast<float>(top)};
        data.DisplaySize = {static_cast<float>(width), static_cast<float>(bandHeight)};
        glDisable(GL_SCISSOR_TEST);
        glClearColor(0, 0, 0, 0);
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(&data);
        smartca_surface_copy(surface.item, top, width, bandHeight);
    }
}

// Deleting what is gone with the context forgets the handles; ImGui then asks for its textures anew.
void Painter::contextLost() {
    if (!webGl_) return;
    lost_ = true;
    ImGui_ImplOpenGL3_DestroyDeviceObjects();
    shown_.clear();
}

void Painter::contextRestored() {
    lost_ = false;
}

}  // namespace smartca::platform
