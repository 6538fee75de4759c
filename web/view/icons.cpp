#include "web/view/icons.h"

#include <array>

namespace smartca::view::icon {

void check(Brush& brush, Point c, float size, Ink ink, float width) {
    const float s = size / 2;
    const std::array<Point, 3> path = {{{c.x - s * 0.9f, c.y + s * 0.05f},
                                        {c.x - s * 0.25f, c.y + s * 0.7f},
                                        {c.x + s * 0.9f, c.y - s * 0.7f}}};
    brush.stroke(path, width, ink);
}

void cross(Brush& brush, Point c, float size, Ink ink, float width) {
    const float s = size / 2;
    brush.stroke(std::array<Point, 2>{{{c.x - s, c.y - s}, {c.x + s, c.y + s}}}, width, ink);
    brush.stroke(std::array<Point, 2>{{{c.x + s, c.y - s}, {c.x - s, c.y + s}}}, width, ink);
}

void plus(Brush& brush, Point c, float size, Ink ink, float width) {
    brush.fill({c.x - size / 2, c.y - width / 2, size, width}, 0, ink);
    brush.fill({c.x - width / 2, c.y - size / 2, width, size}, 0, ink);
}

void warning(Brush& brush, Point c, Ink ink, Ink mark) {
    brush.triangle({c.x, c.y - 5}, {c.x + 5.6f, c.y + 4.6f}, {c.x - 5.6f, c.y + 4.6f}, ink);
    brush.fill({c.x - 0.6f, c.y - 1.8f, 1.2f, 3.4f}, 0.5f, mark);
    brush.fill({c.x - 0.6f, c.y + 2.4f, 1.2f, 1.2f}, 0.5f, mark);
}

void warningOutline(Brush& brush, Point c, Ink ink) {
    const std::array<Point, 5> edge = {{{c.x, c.y + 4.4f},
                                        {c.x + 5.2f, c.y + 4.4f},
                                        {c.x, c.y - 4.6f},
                                        {c.x - 5.2f, c.y + 4.4f},
                                        {c.x + 0.2f, c.y + 4.4f}}};
    brush.stroke(edge, 1.2f, ink);
    brush.fill({c.x - 0.6f, c.y - 1.6f, 1.2f, 3}, 0.5f, ink);
    brush.fill({c.x - 0.6f, c.y + 2, 1.2f, 1.2f}, 0.5f, ink);
}

void exclamation(Brush& brush, Point c, float radius, Ink ink, Ink mark) {
    brush.disc(c, radius, ink);
    brush.fill({c.x - 1, c.y - 4.5f, 2, 5.5f}, 0.8f, mark);
    brush.fill({c.x - 1, c.y + 2.5f, 2, 2}, 0.8f, mark);
}

void arrow(Brush& brush, Point c, Ink ink) {
    brush.triangle({c.x - 3.8f, c.y - 3}, {c.x + 3.8f, c.y - 3}, {c.x, c.y + 3.8f}, ink);
}

void eye(Brush& brush, Point c, Ink ink) {
    brush.ring(c, 5.2f, 1.1f, ink);
    brush.disc(c, 2.9f, ink);
}

void eyeClosed(Brush& brush, Point c, Ink ink) {
    eye(brush, c, ink);
    brush.stroke(std::array<Point, 2>{{{c.x - 6.5f, c.y + 6}, {c.x + 6.5f, c.y - 6}}}, 1.3f, ink);
}

void dots(Brush& brush, Point c, Ink ink) {
    for (const float x : {-8.f, 0.f, 8.f})
        brush.disc({c.x + x, c.y}, 2.4f, ink);
}

void halves(Brush& brush, Point c, Ink ink) {
    brush.ring(c, 5, 1, ink);
    brush.halfDisc(c, 4.5f, ink);
}

void lines(Brush& brush, Point c, Ink ink) {
    for (const auto& [y, width] : {std::pair{-4.f, 12.f}, {0.f, 12.f}, {4.f, 7.f}})
        brush.stroke(std::array<Point, 2>{{{c.x - 6, c.y + y}, {c.x - 6 + width, c.y + y}}}, 1.4f, ink);
}

void information(Brush& brush, Point c, Ink ink) {
    brush.disc({c.x, c.y - 4.5f}, 1.2f, ink);
    brush.fill({c.x - 1, c.y - 1.5f, 2, 7}, 0.8f, ink);
}

void braces(Brush& brush, Point centre, Ink ink) {
    for (const float side : {-1.f, 1.f}) {
        const auto at = [&](float x, float y) { return Point{centre.x + side * x, centre.y + y}; };
        const std::array<Point, 6> brace = {at(2, -5), at(3.5f, -4),   at(3.5f, -1.5f),
                                            at(5, 0),  at(3.5f, 1.5f), at(3.5f, 4)};
        brush.stroke(brace, 1.3f, ink);
        const std::array<Point, 2> foot = {at(3.5f, 4), at(2, 5)};
        brush.stroke(foot, 1.3f, ink);
    }
}

void copy(Brush& brush, Point c, Ink ink, Ink ground) {
    brush.frame({c.x - 6, c.y - 6, 9, 10}, 2, ink, 1.3f);
    const Rectangle front = {c.x - 3, c.y - 3, 9, 10};
    brush.fill(front, 2, ground);
    brush.frame(front, 2, ink, 1.3f);
}

void picture(Brush& brush, Point c, Ink ink) {
    brush.frame({c.x - 8, c.y - 7, 16, 14}, 3, ink, 1.6f);
    brush.disc({c.x - 3.5f, c.y - 2.5f}, 1.5f, ink);
    const std::array<Point, 5> hills = {{{c.x - 7, c.y + 5},
                                         {c.x - 3, c.y + 1},
                                         {c.x - 0.5f, c.y + 3.5f},
                                         {c.x + 3, c.y - 0.5f},
                                         {c.x + 7, c.y + 4}}};
    brush.stroke(hills, 1.5f, ink);
}

void magnifier(Brush& brush, Point c, Ink ink) {
    brush.ring({c.x - 1.5f, c.y - 1.5f}, 6, 2, ink);
    brush.stroke(std::array<Point, 2>{{{c.x + 3, c.y + 3}, {c.x + 7, c.y + 7}}}, 2, ink);
}

void magnifierSmall(Brush& brush, Point c, Ink ink) {
    brush.ring({c.x - 1, c.y - 1}, 4.6f, 1.4f, ink);
    brush.stroke(std::array<Point, 2>{{{c.x + 2.4f, c.y + 2.4f}, {c.x + 5.6f, c.y + 5.6f}}}, 1.6f, ink);
}

void lock(Brush& brush, Point c, Ink ink) {
    brush.fill({c.x - 5, c.y - 1, 10, 7}, 1.5f, ink);
    const std::array<Point, 6> shackle = {{{c.x - 3, c.y},
                                           {c.x - 3, c.y - 4},
                                           {c.x - 1.5f, c.y - 5.5f},
                                           {c.x + 1.5f, c.y - 5.5f},
                                           {c.x + 3, c.y - 4},
                                           {c.x + 3, c.y}}};
    brush.stroke(shackle, 1.4f, ink);
}

void warningLarge(Brush& brush, Point c, Ink ink) {
    const std::array<Point, 5> edge = {{{c.x, c.y + 7},
                                        {c.x + 8.6f, c.y + 7},
                                        {c.x, c.y - 8},
                                        {c.x - 8.6f, c.y + 7},
                                        {c.x + 0.2f, c.y + 7}}};
    brush.stroke(edge, 1.6f, ink);
    brush.fill({c.x - 0.9f, c.y - 2.6f, 1.8f, 5}, 0.8f, ink);
    brush.fill({c.x - 0.9f, c.y + 3.4f, 1.8f, 1.8f}, 0.8f, ink);
}

}  // namespace smartca::view::icon
