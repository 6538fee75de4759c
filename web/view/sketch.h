// The shapes of a surface, and the words inside its controls, as text instead of pixels: what a Brush draws
// into where the twins show themselves. JavaScript makes an SVG of it that lies under them.
//
// One element a line, its fields parted by tabs: the tag, then an attribute's name and its value in turns;
// the value of the attribute without a name is the element's words. Coordinates are whole hundredths of a CSS
// pixel. Knows SVG's vocabulary, nothing of the browser.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "web/view/geometry.h"
#include "web/view/theme.h"

namespace smartca::view {

class Sketch {
  public:
    void clear() { lines_.clear(); }
    const std::string& lines() const { return lines_; }

    void fill(const Rectangle& box, float radius, Ink ink, Corners corners);
    void frame(const Rectangle& box, float radius, Ink ink, float width, std::string_view dashes = {});
    void disc(Point centre, float radius, Ink ink);
    void ring(Point centre, float radius, float width, Ink ink);
    void halfDisc(Point centre, float radius, Ink ink);
    void stroke(std::span<const Point> points, float width, Ink ink);
    void polygon(std::span<const Point> points, Ink ink);
    void shadow(const Rectangle& box, float radius, Shadow shadow);
    // One line of words; `at` is where it begins, on its baseline.
    void words(Point at, std::string_view words, const FaceMetrics& face, Ink ink);

  private:
    void begin(std::string_view tag);
    void attribute(std::string_view name, std::string_view value);
    void attribute(std::string_view name, float length);
    void attribute(std::string_view name, std::span<const Point> points);
    void color(std::string_view name, Ink ink);
    void place(const Rectangle& box, float radius);
    void place(Point centre, float radius);
    void line(Ink ink, float width);

    std::string lines_;
};

}  // namespace smartca::view
