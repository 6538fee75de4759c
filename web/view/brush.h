// Shapes on one draw list, or on a sketch in its stead, in CSS pixels. Knows colours and device pixels, no
// text and no meaning.
//
// Frames are whole device pixels wide and lie on them, so that they are crisp at any density.
#pragma once

#include <span>

#include "imgui.h"
#include "web/view/geometry.h"
#include "web/view/sketch.h"

namespace smartca::view {

class Brush {
  public:
    // With a sketch the draw list stays empty.
    Brush(ImDrawList& list, float density, float roundness, Sketch* sketch)
        : list_(&list), sketch_(sketch), density_(density), roundness_(roundness) {}

    float density() const { return density_; }
    ImDrawList& list() const { return *list_; }
    Sketch* sketch() const { return sketch_; }
    // A line that is one CSS pixel wide, as browsers draw a border: whole device pixels, at least one. CSS
    // px.
    float hairline() const;

    void fill(const Rectangle& box, float radius, Ink ink);
    void fillTop(const Rectangle& box, float radius, Ink ink);     // only the upper corners are round
    void fillBottom(const Rectangle& box, float radius, Ink ink);  // only the lower ones
    // `out`: so far from the box, and as much rounder.
    void frame(const Rectangle& box, float radius, Ink ink, float width = 1, float out = 0);
    void dashedFrame(const Rectangle& box, float radius, Ink ink);
    void horizontal(float x, float y, float width, Ink ink);  // a hairline
    void vertical(float x, float y, float height, Ink ink);
    void disc(Point centre, float radius, Ink ink);
    void ring(Point centre, float radius, float width, Ink ink);
    void halfDisc(Point centre, float radius, Ink ink);  // the left half
    void stroke(std::span<const Point> points, float width, Ink ink);
    void triangle(Point a, Point b, Point c, Ink ink);
    void shadow(const Rectangle& box, float radius, Shadow shadow);

    static ImU32 packed(Ink ink);
    ImVec2 device(Point p) const { return {p.x * density_, p.y * density_}; }

  private:
    void fillCorners(const Rectangle& box, float radius, Ink ink, Corners corners);
    float rounded(const Rectangle& box, float radius) const;

    ImDrawList* list_;
    Sketch* sketch_;
    float density_;
    float roundness_;
};

}  // namespace smartca::view
