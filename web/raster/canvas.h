// From pixels as they are painted to what a 2D canvas takes.
#pragma once

#include <span>

#include "web/raster/pixel.h"

namespace smartca::raster {

// In place: takes the alpha out of the other channels. A canvas multiplies it in again, and comes to the same
// values.
void divideByAlpha(std::span<Pixel> pixels);

}  // namespace smartca::raster
