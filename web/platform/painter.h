// Paints a frame's surfaces: of each draw list the strips that look other than before are painted in memory,
// and put from there onto the 2D canvas that lies in the surface's item.
//
// Where the twins show themselves the surfaces' sketches are handed on instead. Owned by Program.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "web/raster/scene.h"
#include "web/view/frame.h"

namespace smartca::platform {

class Painter {
  public:
    void paint(const view::Frame& frame, float density);

    // The same for a frame of sketches.
    void sketch(const view::Frame& frame);

  private:
    void paintSurface(const view::Surface& surface, int width, int height);

    raster::Scene scene_;
    std::vector<raster::Pixel> pixels_;              // on their way to a canvas
    std::map<std::uint32_t, raster::Strips> shown_;  // by item
};

}  // namespace smartca::platform
