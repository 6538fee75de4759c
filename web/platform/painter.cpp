#include "web/platform/painter.h"

#include <algorithm>
#include <cmath>

#include "web/platform/browser.h"
#include "web/raster/canvas.h"
#include "web/view/sketch.h"

namespace smartca::platform {
namespace {

// Of 1 MB: what is painted is still in the cache when it is put, and memory grows by no more.
constexpr int kMostPixels = 1 << 16;

int devicePixels(float css, float density) {
    return static_cast<int>(std::lround(css * density));
}

}  // namespace

void Painter::sketch(const view::Frame& frame) {
    for (const auto& [item, strips] : shown_)
        smartca_surface_drop(item);
    shown_.clear();
    for (const view::Surface& surface : frame.surfaces) {
        if (surface.sketch == nullptr) continue;
        const std::string& lines = surface.sketch->lines();
        smartca_sketch(surface.item, surface.width, surface.height, lines.data(), lines.size());
    }
}

void Painter::paint(const view::Frame& frame, float density) {
    std::erase_if(shown_, [&](const auto& shown) {
        const bool goes =
            std::ranges::find(frame.surfaces, shown.first, &view::Surface::item) == frame.surfaces.end();
        if (goes) smartca_surface_drop(shown.first);
        return goes;
    });
    for (const view::Surface& surface : frame.surfaces) {
        const int width = devicePixels(surface.width, density);
        const int height = devicePixels(surface.height, density);
        if (width > 0 && height > 0) paintSurface(surface, width, height);
    }
}

void Painter::paintSurface(const view::Surface& surface, int width, int height) {
    raster::Strips& shown = shown_[surface.item];
    if (smartca_surface_begin(surface.item, width, height, surface.width, surface.height)) shown.clear();
    scene_.read(*surface.list, width, height);
    const raster::Strips& strips = scene_.strips();
    const auto changed = [&](std::size_t strip) {
        return strip < strips.size() && (strip >= shown.size() || shown[strip] != strips[strip]);
    };
    const auto most = static_cast<std::size_t>(std::max(1, kMostPixels / (width * raster::kStrip)));
    for (std::size_t strip = 0; strip < strips.size(); ++strip) {
        const std::size_t first = strip;
        while (changed(strip) && strip - first < most)
            ++strip;
        if (strip == first) continue;
        const int top = static_cast<int>(first) * raster::kStrip;
        const int bottom = std::min(height, static_cast<int>(strip) * raster::kStrip);
        pixels_.resize(static_cast<std::size_t>(bottom - top) * static_cast<std::size_t>(width));
        scene_.paint(top, bottom, pixels_);
        raster::divideByAlpha(pixels_);
        smartca_surface_put(surface.item, top, width, bottom - top, pixels_.data());
        --strip;  // it may have changed too
    }
    shown = strips;
}

}  // namespace smartca::platform
