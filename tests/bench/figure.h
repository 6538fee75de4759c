// The figure of a create's cost over what is stored, as SVG that can be read on a light and on a dark page.
#pragma once

#include <filesystem>
#include <vector>

namespace smartca::bench {

// Milliseconds.
struct Point {
    double stored;
    double work;
    double commit;
};

// False when the file cannot be written.
bool drawFigure(const std::filesystem::path& file, const std::vector<Point>& points);

}  // namespace smartca::bench
