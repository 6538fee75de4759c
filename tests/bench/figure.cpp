#include "figure.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>

namespace smartca::bench {
namespace {

constexpr double kLeft = 60;
constexpr double kRight = 620;
constexpr double kTop = 40;
constexpr double kBottom = 260;

// `prefers-color-scheme` counts inside an SVG that a page shows as an image, too.
constexpr const char* kHead =
    R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 320" role="img" aria-labelledby="t">
<title id="t">Milliseconds of a create in the registry, over the certificates that are stored</title>
<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2328 } line { stroke: #d0d7de }
  .work { stroke: #0550ae; fill: none; stroke-width: 2 } .commit { stroke: #953800; fill: none; stroke-width: 2; stroke-dasharray: 6 4 }
  circle.work { fill: #0550ae } circle.commit { fill: #953800 } .end { text-anchor: end } .middle { text-anchor: middle }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } line { stroke: #3d444d } .work { stroke: #79c0ff } .commit { stroke: #ffa657 }
    circle.work { fill: #79c0ff } circle.commit { fill: #ffa657 }
  }
</style>
)svg";

std::string number(double value, int digits) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

std::string grouped(double value) {
    std::string text = number(value, 0);
    for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), " ");
    return text;
}

}  // namespace

bool drawFigure(const std::filesystem::path& file, const std::vector<Point>& points) {
    double highest = 0.1;
    for (const Point& point : points)
        highest = std::max({highest, point.work, point.commit});
    const double step = std::pow(10, std::floor(std::log10(highest)));
    const double top = std::ceil(1.1 * highest / step) * step;
    const double first = std::log10(points.front().stored);
    const double last = std::max(std::log10(points.back().stored), first + 1);
    const auto x = [&](const Point& point) {
        return number(kLeft + (kRight - kLeft) * (std::log10(point.stored) - first) / (last - first), 1);
    };
    const auto y = [&](double milliseconds) {
        return number(kBottom - (kBottom - kTop) * milliseconds / top, 1);
    };

    std::ofstream svg(file, std::ios::trunc);
    svg << kHead << "<text x=\"10\" y=\"24\">ms, median of a create's part in the registry</text>\n";
    for (int i = 0; i <= 4; ++i) {
        const double value = top * i / 4;
        svg << "<line x1=\"" << kLeft << "\" x2=\"" << kRight << "\" y1=\"" << y(value) << "\" y2=\""
            << y(value) << "\"/><text class=\"end\" x=\"" << kLeft - 8 << "\" y=\"" << y(value)
            << "\" dy=\"4\">" << number(value, 2) << "</text>\n";
    }
    for (const Point& point : points)
        svg << "<text class=\"middle\" x=\"" << x(point) << "\" y=\"282\">" << grouped(point.stored)
            << "</text>\n";
    svg << "<text class=\"middle\" x=\"340\" y=\"308\">certificates stored</text>\n";
    const auto draw = [&](const char* name, const char* label, double Point::* value) {
        svg << "<polyline class=\"" << name << "\" points=\"";
        for (const Point& point : points)
            svg << x(point) << ',' << y(point.*value) << ' ';
        svg << "\"/>\n";
        for (const Point& point : points)
            svg << "<circle class=\"" << name << "\" cx=\"" << x(point) << "\" cy=\"" << y(point.*value)
                << "\" r=\"3\"/>\n";
        svg << "<text class=\"end\" x=\"" << kRight << "\" y=\"" << y(points.back().*value) << "\" dy=\"-9\">"
            << label << "</text>\n";
    };
    draw("commit", "commit: the disk", &Point::commit);
    draw("work", "work: everything else", &Point::work);
    svg << "</svg>\n";
    svg.close();
    return !svg.fail();
}

}  // namespace smartca::bench
