#include "web/platform/painter.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "imgui.h"
#include "web/platform/browser.h"
#include "web/view/sketch.h"

namespace smartca::platform {
namespace {

// A tall surface is painted in bands, so that the hidden canvas stays small and below every GPU's limit;
// smaller ones where each has to fit into our memory.
int bandHeight(Gpu gpu) {
    return gpu == Gpu::Hardware ? 2048 : 512;
}

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

// WebGL's colours are multiplied by their alpha, a 2D canvas is given them without. Rounded to the nearest,
// the canvas's own multiplication leads back to the same value.
void divideByAlpha(std::vector<unsigned char>& pixels) {
    for (std::size_t i = 0; i < pixels.size(); i += 4) {
        const unsigned alpha = pixels[i + 3];
        if (alpha == 0 || alpha == 255) continue;
        for (std::size_t c = i; c < i + 3; ++c)
            pixels[c] = static_cast<unsigned char>(std::min(255u, (pixels[c] * 255u + alpha / 2) / alpha));
    }
}

int devicePixels(float css, float density) {
    return static_cast<int>(std::lround(css * density));
}

}  // namespace

Painter::Painter() : gpu_(static_cast<Gpu>(smartca_gl_open())) {
    if (hasWebGl())
        renderer_.emplace().open();
    else
        ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
}

void Painter::updateTextures() {
    if (!hasWebGl()) return acknowledgeTextures();
    if (!lost_) renderer_->updateTextures();
}

void Painter::dropAll() {
    for (const auto& [item, hash] : shown_)
        smartca_surface_drop(item);
    shown_.clear();
}

void Painter::sketch(const view::Frame& frame) {
    updateTextures();
    dropAll();
    for (const view::Surface& surface : frame.surfaces) {
        if (surface.sketch == nullptr) continue;
        const std::string& lines = surface.sketch->lines();
        smartca_sketch(surface.item, surface.width, surface.height, lines.data(), lines.size());
    }
}

void Painter::paint(const view::Frame& frame, float density) {
    updateTextures();  // first: a draw list's hash contains the texture it uses
    if (!hasWebGl() || lost_) return;

    std::unordered_map<std::uint32_t, std::uint64_t> showing;
    int widest = 0;
    int highest = 0;
    for (const view::Surface& surface : frame.surfaces) {
        const int width = devicePixels(surface.width, density);
        const int height = devicePixels(surface.height, density);
        if (surface.list == nullptr || width <= 0 || height <= 0) continue;
        showing[surface.item] = hashOf(*surface.list, width, height);
        widest = std::max(widest, width);
        highest = std::max(highest, std::min(height, bandHeight(gpu_)));
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
    const bool throughMemory = gpu_ == Gpu::Software;
    const Rows rows = throughMemory ? Rows::FromTop : Rows::FromBottom;
    const int band = bandHeight(gpu_);
    for (int top = 0; top < height; top += band) {
        const int part = std::min(band, height - top);
        renderer_->render(*surface.list, top, width, part, rows);
        if (throughMemory)
            copyThroughMemory(surface.item, top, width, part);
        else
            smartca_surface_copy(surface.item, top, width, part);
    }
}

void Painter::copyThroughMemory(std::uint32_t item, int top, int width, int height) {
    pixels_.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
    glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels_.data());
    divideByAlpha(pixels_);
    smartca_surface_put(item, top, width, height, pixels_.data());
}

void Painter::contextLost() {
    if (!hasWebGl()) return;
    lost_ = true;
    renderer_->forget();
    shown_.clear();
}

void Painter::contextRestored() {
    lost_ = false;
    renderer_->open();
}

}  // namespace smartca::platform
