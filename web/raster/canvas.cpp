#include "web/raster/canvas.h"

namespace smartca::raster {

void divideByAlpha(std::span<Pixel> pixels) {
    Pixel known = 0, result = 0;  // neighbours are alike
    for (Pixel& pixel : pixels) {
        const unsigned alpha = alphaOf(pixel);
        if (alpha == 255 || alpha == 0) continue;
        if (pixel != known) {
            known = pixel;
            result = alpha << 24;
            for (int shift = 0; shift < 24; shift += 8)
                result |= ((pixel >> shift & 0xFF) * 255 + alpha / 2) / alpha << shift;
        }
        pixel = result;
    }
}

}  // namespace smartca::raster
