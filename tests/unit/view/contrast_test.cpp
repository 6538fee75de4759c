// The contrast of what is really drawn: each word of each state against the ground that lies under it, read
// from the sketch of its surface (WCAG 2.2, 1.4.3).
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include "scene.h"
#include "web/view/sketch.h"

namespace smartca::view::test {
namespace {

struct Tint {
    double red = 0, green = 0, blue = 0, alpha = 1;
};
Tint tintOf(Color color, double alpha = 1) {
    const auto part = [color](int shift) { return static_cast<double>(color >> shift & 0xFF) / 255; };
    return {part(16), part(8), part(0), alpha};
}
Tint over(const Tint& above, const Tint& below) {
    const auto mixed = [&](double one, double other) {
        return one * above.alpha + other * (1 - above.alpha);
    };
    return {mixed(above.red, below.red), mixed(above.green, below.green), mixed(above.blue, below.blue), 1};
}
double luminanceOf(const Tint& tint) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(tint.red) + 0.7152 * linear(tint.green) + 0.0722 * linear(tint.blue);
}
double contrastOf(const Tint& one, const Tint& other) {
    const double a = luminanceOf(one), b = luminanceOf(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

// "rect\tx\t100...": a tag and its attributes, lengths in hundredths.
struct Shape {
    std::string tag;
    std::map<std::string, std::string> attributes;

    float length(const std::string& name) const {
        const auto found = attributes.find(name);
        return found == attributes.end() ? 0 : std::stof(found->second) / 100;
    }
    Tint fill() const {
        const auto found = attributes.find("fill");
        if (found == attributes.end() || found->second == "none") return {0, 0, 0, 0};
        const auto value = static_cast<std::uint32_t>(std::stoul(found->second.substr(1), nullptr, 16));
        return tintOf(value >> 8, static_cast<double>(value & 0xFF) / 255);
    }
    // Paths are cards with two round corners: "M100 200v-50a...", or with "h" first where it is the lower ones.
    Rectangle box() const {
        if (tag == "rect") return {length("x"), length("y"), length("width"), length("height")};
        if (tag == "circle")
            return {length("cx") - length("r"), length("cy") - length("r"), 2 * length("r"), 2 * length("r")};
        if (tag != "path") return {};
        float x = 0, y = 0, first = 0, second = 0;
        const std::string& path = attributes.at("d");
        if (std::sscanf(path.c_str(), "M%f %fv%f", &x, &y, &second) == 3 &&
            std::sscanf(path.substr(path.find('h')).c_str(), "h%f", &first) == 1)
            return {x / 100, (y + second) / 100 - 12, first / 100 + 24, -second / 100 + 12};
        if (std::sscanf(path.c_str(), "M%f %fh%fv%f", &x, &y, &first, &second) == 4)
            return {x / 100, y / 100, first / 100, second / 100 + 12};
        return {};
    }
};

std::vector<Shape> shapesOf(const Surface& surface) {
    std::vector<Shape> shapes;
    std::istringstream lines(surface.sketch->lines());
    for (std::string line; std::getline(lines, line);) {
        Shape& shape = shapes.emplace_back();
        std::istringstream parts(line);
        std::string name, value;
        std::getline(parts, shape.tag, '\t');
        while (std::getline(parts, name, '\t') && std::getline(parts, value, '\t'))
            shape.attributes[name] = value;
    }
    return shapes;
}

// A frame's shapes, by the item whose surface they lie on.
class Grounds {
  public:
    Grounds(const Frame& frame, const Palette& palette) : frame_(frame) {
        page_ = tintOf(palette[static_cast<std::size_t>(ColorToken::Background)]);
        for (const Surface& surface : frame.surfaces)
            shapes_[surface.item] = shapesOf(surface);
    }
    const std::map<std::uint32_t, std::vector<Shape>>& shapes() const { return shapes_; }

    // What lies under a point of that surface; of its own shapes, the first `count`.
    Tint at(std::uint32_t item, float x, float y, std::size_t count) const {
        const Item* holder = find(frame_, item);
        Tint ground = page_;
        if (holder != nullptr)
            if (const auto [surface, place] = surfaceAround(*holder); surface != 0)
                // What is scrolled out of sight comes into sight within the holder.
                ground = at(surface, place.x + std::min(x, place.width - 8),
                            place.y + std::min(y, place.height - 8), shapes_.at(surface).size());
        for (const Shape& shape : std::span(shapes_.at(item)).first(count)) {
            const Rectangle box = shape.box();
            if (shape.attributes.contains("blur") || x < box.x || y < box.y || x > right(box) ||
                y > bottom(box))
                continue;
            ground = over(shape.fill(), ground);
        }
        return ground;
    }
    // The surface that an item is painted on, and where it lies there.
    std::pair<std::uint32_t, Rectangle> surfaceAround(const Item& item) const {
        Rectangle box = item.rectangle;
        for (const Item* parent = find(frame_, item.parent); parent != nullptr;
             parent = find(frame_, parent->parent)) {
            if (shapes_.contains(parent->id)) return {parent->id, box};
            box.x += parent->rectangle.x;
            box.y += parent->rectangle.y;
        }
        return {0, box};
    }

  private:
    const Frame& frame_;
    Tint page_;
    std::map<std::uint32_t, std::vector<Shape>> shapes_;
};

bool isWords(const Item& item) {
    return item.role == Role::Text || item.role == Role::Label || item.role == Role::Heading1 ||
           item.role == Role::Heading2 || item.role == Role::Heading3 || item.role == Role::Term;
}

void checkWords(const Frame& frame, const Palette& palette) {
    const Grounds grounds(frame, palette);
    for (const Item& item : frame.items) {
        if (!isWords(item) || (item.flags & kPaper) != 0) continue;
        const auto [surface, box] = grounds.surfaceAround(item);
        if (surface == 0) continue;
        const Tint ground = grounds.at(surface, box.x + item.insetLeft + 2, box.y + box.height / 2,
                                       grounds.shapes().at(surface).size());
        CAPTURE(item.name);
        CHECK(contrastOf(tintOf(palette[static_cast<std::size_t>(item.color)]), ground) >= 4.5);
    }
    for (const auto& [surface, shapes] : grounds.shapes())
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            // What is pale cannot be operated now, which needs no contrast.
            if (shapes[i].tag != "text" || shapes[i].fill().alpha < 1) continue;
            const float size = shapes[i].length("font-size");
            const Tint ground =
                grounds.at(surface, shapes[i].length("x") + 2, shapes[i].length("y") - size / 3, i);
            CAPTURE(shapes[i].attributes.at(""));
            CHECK(contrastOf(shapes[i].fill(), ground) >= 4.5);
        }
}

TEST_CASE("every word of every state has a contrast of 4.5:1 on what lies under it") {
    Scene scene;
    for (const app::Theme theme : {app::Theme::Light, app::Theme::Dark})
        for (const float width : {390.f, 1280.f})
            for (const Sample& sample : samples(Locale::English, theme)) {
                if (sample.name == "list-reloading") continue;  // pale as long as it is awaited
                CAPTURE(sample.name);
                CAPTURE(width);
                CAPTURE(static_cast<int>(theme));
                checkWords(scene.draw(sample, {width, 800, 1, Pointer::Mouse, Output::Sketch}),
                           paletteOf(theme));
            }
}

}  // namespace
}  // namespace smartca::view::test
