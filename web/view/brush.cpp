#include "web/view/brush.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "web/imgui/adapter.h"

namespace smartca::view {
namespace {

// What lies of a Gaussian beyond so many deviations (Abramowitz and Stegun 7.1.28, to 3e-7). The C library's
// erfc() is 1 KB of the page.
float beyond(float deviations) {
    const float x = std::abs(deviations) / std::numbers::sqrt2_v<float>;
    float power = 0;
    for (const float factor :
         {0.0000430638f, 0.0002765672f, 0.0001520143f, 0.0092705272f, 0.0422820123f, 0.0705230784f, 1.f})
        power = power * x + factor;
    for (int i = 0; i < 4; ++i)
        power *= power;
    return deviations < 0 ? 1 - 0.5f / power : 0.5f / power;
}

}  // namespace

ImU32 Brush::packed(Ink ink) {
    const auto alpha = static_cast<ImU32>(std::lround(std::clamp(ink.alpha, 0.f, 1.f) * 255));
    return IM_COL32(ink.color >> 16 & 0xFF, ink.color >> 8 & 0xFF, ink.color & 0xFF, 0) |
           alpha << IM_COL32_A_SHIFT;
}

float Brush::hairline() const {
    return std::max(1.f, std::floor(density_)) / density_;
}

// What ends in half circles stays so, and so do the strokes of signs.
float Brush::rounded(const Rectangle& box, float radius) const {
    const float half = std::min(box.width, box.height) / 2;
    return radius < 4 || radius >= half ? radius : std::min(radius * roundness_, half);
}

void Brush::fillCorners(const Rectangle& box, float radius, Ink ink, Corners corners) {
    const Rectangle r = snapped(box, density_);
    if (r.width <= 0 || r.height <= 0) return;
    radius = rounded(box, radius);
    if (sketch_ != nullptr) return sketch_->fill(r, radius, ink, corners);
    const int round = corners == Corners::All     ? ImDrawFlags_RoundCornersAll
                      : corners == Corners::Upper ? ImDrawFlags_RoundCornersTop
                                                  : ImDrawFlags_RoundCornersBottom;
    list_->AddRectFilled(device({r.x, r.y}), device({right(r), bottom(r)}), packed(ink), radius * density_,
                         round);
}

void Brush::fill(const Rectangle& box, float radius, Ink ink) {
    fillCorners(box, radius, ink, Corners::All);
}
void Brush::fillTop(const Rectangle& box, float radius, Ink ink) {
    fillCorners(box, radius, ink, Corners::Upper);
}
void Brush::fillBottom(const Rectangle& box, float radius, Ink ink) {
    fillCorners(box, radius, ink, Corners::Lower);
}

void Brush::frame(const Rectangle& box, float radius, Ink ink, float width, float out) {
    const Rectangle r = snapped(grown(box, out), density_);
    radius = rounded(box, radius) + out;
    const float line = std::max(1.f, std::floor(width * density_));
    if (sketch_ != nullptr) return sketch_->frame(r, radius, ink, line / density_);
    // AddRect draws half a pixel inside of what it is given, which is the middle of a line of one pixel.
    const float in = line / 2 - 0.5f;
    const ImVec2 from = device({r.x, r.y}), to = device({right(r), bottom(r)});
    list_->AddRect({from.x + in, from.y + in}, {to.x - in, to.y - in}, packed(ink),
                   std::max(0.f, radius * density_ - line / 2), ImDrawFlags_None, line);
}

void Brush::dashedFrame(const Rectangle& box, float radius, Ink ink) {
    const Rectangle r = snapped(box, density_);
    radius = rounded(box, radius);
    if (sketch_ != nullptr) return sketch_->frame(r, radius, ink, hairline(), "300 200");
    const float line = hairline() * density_;
    list_->PathRect({r.x * density_ + line / 2, r.y * density_ + line / 2},
                    {right(r) * density_ - line / 2, bottom(r) * density_ - line / 2}, radius * density_);
    ImVector<ImVec2> outline;
    outline.swap(list_->_Path);
    if (!outline.empty()) outline.push_back(outline[0]);
    const float dash = 3 * density_, gap = 2 * density_;
    float walked = 0;
    for (int i = 0; i + 1 < outline.Size; ++i) {
        const ImVec2 a = outline[i], b = outline[i + 1];
        const float length = std::hypot(b.x - a.x, b.y - a.y);
        float at = 0;
        while (at < length) {
            const float phase = std::fmod(walked + at, dash + gap);
            const float step = std::min(length - at, (phase < dash ? dash : dash + gap) - phase + 0.01f);
            if (phase < dash) {
                const auto point = [&](float t) {
                    return ImVec2(a.x + (b.x - a.x) * t / length, a.y + (b.y - a.y) * t / length);
                };
                list_->PathLineTo(point(at));
                list_->PathLineTo(point(at + step));
                list_->PathStroke(packed(ink), ImDrawFlags_None, line);
            }
            at += step;
        }
        walked += length;
    }
}

void Brush::horizontal(float x, float y, float width, Ink ink) {
    fill({x, snapped(y, density_), width, hairline()}, 0, ink);
}
void Brush::vertical(float x, float y, float height, Ink ink) {
    fill({snapped(x, density_), y, hairline(), height}, 0, ink);
}

void Brush::disc(Point centre, float radius, Ink ink) {
    if (sketch_ != nullptr) return sketch_->disc(centre, radius, ink);
    list_->AddCircleFilled(device(centre), radius * density_, packed(ink));
}

void Brush::ring(Point centre, float radius, float width, Ink ink) {
    const float line = std::max(1.f, width * density_);
    if (sketch_ != nullptr) return sketch_->ring(centre, radius, line / density_, ink);
    list_->AddCircle(device(centre), radius * density_ - line / 2, packed(ink), 0, line);
}

void Brush::halfDisc(Point centre, float radius, Ink ink) {
    if (sketch_ != nullptr) return sketch_->halfDisc(centre, radius, ink);
    constexpr float kQuarter = std::numbers::pi_v<float> / 2;
    list_->PathArcTo(device(centre), radius * density_, kQuarter, 3 * kQuarter, 16);
    list_->PathFillConvex(packed(ink));
}

void Brush::stroke(std::span<const Point> points, float width, Ink ink) {
    if (sketch_ != nullptr) return sketch_->stroke(points, width, ink);
    for (const Point& point : points)
        list_->PathLineTo(device(point));
    list_->PathStroke(packed(ink), ImDrawFlags_None, width * density_);
}

void Brush::triangle(Point a, Point b, Point c, Ink ink) {
    if (sketch_ != nullptr) return sketch_->polygon(std::array{a, b, c}, ink);
    list_->AddTriangleFilled(device(a), device(b), device(c), packed(ink));
}

// Rings of a rounded rectangle, from well inside to well outside; between two of them the vertices' colours
// are interpolated, which follows the Gaussian's integral closely enough to look like CSS's box-shadow. What is
// under the box, which hides it, is left out.
void Brush::shadow(const Rectangle& box, float radius, Shadow shadow) {
    radius = rounded(box, radius);
    if (sketch_ != nullptr) return sketch_->shadow(box, radius, shadow);
    constexpr int kRings = 13, kCorner = 8, kPoints = 4 * (kCorner + 1);
    const float deviation = shadow.blur / 2;
    const float reach = 2.2f * deviation, width = 2 * reach / (kRings - 1);
    // The last ring that is under the box, and not under its soft edge, even where the shadow lies deepest.
    const int hidden = std::max(0, static_cast<int>((reach - shadow.down - 1) / width));
    const Rectangle base = {box.x, box.y + shadow.down, box.width, box.height};
    const ImVec2 white = imgui::whitePixel(*list_);
    const int rings = kRings - hidden;
    list_->PrimReserve((rings - 1) * kPoints * 6, rings * kPoints);
    const unsigned first = list_->_VtxCurrentIdx;
    for (int ring = hidden; ring < kRings; ++ring) {
        const float even = -reach + width * static_cast<float>(ring);
        const float out =
            std::max(even, -std::min(box.width, box.height) / 2);  // a small box has no deep inside;
        const float last = beyond(reach / deviation);
        const ImU32 color =
            packed({0x000000, shadow.alpha * (beyond(out / deviation) - last) / (1 - 2 * last)});
        const Rectangle r = grown(base, out);
        const float round =
            std::min({std::max(radius + out, 0.f) + deviation * 0.6f, r.width / 2, r.height / 2});
        for (int corner = 0; corner < 4; ++corner) {
            const Point centre = {corner == 0 || corner == 3 ? right(r) - round : r.x + round,
                                  corner < 2 ? bottom(r) - round : r.y + round};
            for (int step = 0; step <= kCorner; ++step) {
                const float angle = std::numbers::pi_v<float> / 2 *
                                    (static_cast<float>(corner) + static_cast<float>(step) / kCorner);
                list_->PrimWriteVtx(
                    device({centre.x + round * std::cos(angle), centre.y + round * std::sin(angle)}), white,
                    color);
            }
        }
    }
    const auto write = [&](unsigned index) { list_->PrimWriteIdx(static_cast<ImDrawIdx>(first + index)); };
    for (unsigned ring = 0; ring + 1 < static_cast<unsigned>(rings); ++ring)
        for (unsigned i = 0; i < kPoints; ++i) {
            const unsigned a = ring * kPoints + i, b = ring * kPoints + (i + 1) % kPoints;
            for (const unsigned index : {a, b, b + kPoints, a, b + kPoints, a + kPoints})
                write(index);
        }
}

}  // namespace smartca::view
