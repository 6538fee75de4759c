#include "web/view/sketch.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace smartca::view {

namespace {

std::string hundredths(float length) {
    return std::to_string(std::lround(length * 100));
}

}  // namespace

void Sketch::begin(std::string_view tag) {
    if (!lines_.empty()) lines_ += '\n';
    lines_ += tag;
}

void Sketch::attribute(std::string_view name, std::string_view value) {
    lines_ += '\t';
    lines_ += name;
    lines_ += '\t';
    for (const char c : value)
        lines_ += c == '\t' || c == '\n' ? ' ' : c;
}

void Sketch::attribute(std::string_view name, float length) {
    attribute(name, hundredths(length));
}

void Sketch::attribute(std::string_view name, std::span<const Point> points) {
    std::string list;
    for (const Point& point : points)
        list += hundredths(point.x) + ',' + hundredths(point.y) + ' ';
    attribute(name, list);
}

// #rrggbbaa
void Sketch::color(std::string_view name, Ink ink) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const auto alpha = static_cast<Color>(std::lround(std::clamp(ink.alpha, 0.f, 1.f) * 255));
    std::string value = "#";
    for (const Color part : {ink.color >> 16, ink.color >> 8, ink.color, alpha}) {
        value += kDigits[part >> 4 & 0xF];
        value += kDigits[part & 0xF];
    }
    attribute(name, value);
}

void Sketch::place(const Rectangle& box, float radius) {
    attribute("x", box.x);
    attribute("y", box.y);
    attribute("width", box.width);
    attribute("height", box.height);
    if (radius > 0) attribute("rx", std::min({radius, box.width / 2, box.height / 2}));
}

void Sketch::place(Point centre, float radius) {
    attribute("cx", centre.x);
    attribute("cy", centre.y);
    attribute("r", radius);
}

void Sketch::line(Ink ink, float width) {
    attribute("fill", "none");
    color("stroke", ink);
    attribute("stroke-width", width);
}

void Sketch::fill(const Rectangle& box, float radius, Ink ink, Corners corners) {
    if (ink.alpha <= 0) return;
    if (corners == Corners::All) {
        begin("rect");
        place(box, radius);
    } else {
        const std::string r = hundredths(radius), arc = "a" + r + ' ' + r + " 0 0 1 ";
        const std::string across = hundredths(box.width - 2 * radius), down = hundredths(box.height - radius);
        std::string path = "M" + hundredths(box.x) + ' ';
        if (corners == Corners::Upper)
            path += hundredths(bottom(box)) + "v-" + down + arc + r + " -" + r + 'h' + across + arc + r +
                    ' ' + r + 'v' + down + 'z';
        else
            path += hundredths(box.y) + 'h' + hundredths(box.width) + 'v' + down + arc + '-' + r + ' ' + r +
                    "h-" + across + arc + '-' + r + " -" + r + 'z';
        begin("path");
        attribute("d", path);
    }
    color("fill", ink);
}

void Sketch::frame(const Rectangle& box, float radius, Ink ink, float width, std::string_view dashes) {
    begin("rect");
    place(grown(box, -width / 2), std::max(0.f, radius - width / 2));
    line(ink, width);
    if (!dashes.empty()) attribute("stroke-dasharray", dashes);
}

void Sketch::disc(Point centre, float radius, Ink ink) {
    begin("circle");
    place(centre, radius);
    color("fill", ink);
}

void Sketch::ring(Point centre, float radius, float width, Ink ink) {
    begin("circle");
    place(centre, radius - width / 2);
    line(ink, width);
}

void Sketch::halfDisc(Point centre, float radius, Ink ink) {
    const std::string r = hundredths(radius);
    begin("path");
    attribute("d", "M" + hundredths(centre.x) + ' ' + hundredths(centre.y - radius) + "a" + r + ' ' + r +
                       " 0 0 0 0 " + hundredths(2 * radius) + 'z');
    color("fill", ink);
}

void Sketch::stroke(std::span<const Point> points, float width, Ink ink) {
    begin("polyline");
    attribute("points", points);
    line(ink, width);
}

void Sketch::polygon(std::span<const Point> points, Ink ink) {
    begin("polygon");
    attribute("points", points);
    color("fill", ink);
}

void Sketch::shadow(const Rectangle& box, float radius, Shadow shadow) {
    begin("rect");
    place({box.x, box.y + shadow.down, box.width, box.height}, radius);
    color("fill", {0x000000, shadow.alpha});
    attribute("blur", shadow.blur / 2);
}

void Sketch::words(Point at, std::string_view words, const FaceMetrics& face, Ink ink) {
    begin("text");
    attribute("x", at.x);
    attribute("y", at.y);
    attribute("font-size", face.size);
    attribute("font-weight", std::to_string(face.weight));
    if (face.monospace) attribute("class", "mono");
    color("fill", ink);
    attribute("", words);
}

}  // namespace smartca::view
