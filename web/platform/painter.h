// Paints a frame's surfaces: each draw list is rendered by WebGL on one hidden canvas and copied to the 2D
// canvas that lies in its item's element. A surface that looks as it did is left alone.
//
// With a graphics card the copy never leaves it. Without one drawImage() copies the whole canvas for each
// surface, however small (20 ms for 1280 x 832, Chromium 156); pixels read into memory and put from there
// take 2.
//
// Where the twins show themselves the surfaces' sketches are handed on instead; then it only keeps ImGui's
// textures going, so that layout and text measuring work. Owned by Program, needs its ImGui context current.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "web/platform/renderer.h"
#include "web/view/frame.h"

namespace smartca::platform {

class Painter {
  public:
    Painter();
    Painter(const Painter&) = delete;
    Painter& operator=(const Painter&) = delete;

    bool hasWebGl() const { return gpu_ != Gpu::None; }

    // After the drawing context's endFrame().
    void paint(const view::Frame& frame, float density);

    // The same for a frame of sketches.
    void sketch(const view::Frame& frame);

    // The item's element is new, so its canvas has to be painted whatever it showed before.
    void forget(std::uint32_t item) { shown_.erase(item); }

    // The browser took the context away, and gave it back. Between the two nothing is painted; what was,
    // stays visible.
    void contextLost();
    void contextRestored();

  private:
    void updateTextures();
    void dropAll();
    void paintSurface(const view::Surface& surface, int width, int height);
    void copyThroughMemory(std::uint32_t item, int top, int width, int height);

    Gpu gpu_;
    bool lost_ = false;
    std::optional<Renderer> renderer_;
    std::vector<unsigned char> pixels_;                       // of a band, on its way through memory
    std::unordered_map<std::uint32_t, std::uint64_t> shown_;  // item: what its canvas shows, as a hash
};

}  // namespace smartca::platform
