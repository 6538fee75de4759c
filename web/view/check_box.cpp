#include "web/view/check_box.h"

#include <array>
#include <cmath>
#include <vector>

#include "web/view/icons.h"

namespace smartca::view {

float boxSize(const Painter& painter) {
    return painter.roomy() ? 20.f : 16.f;
}

void paintRadio(Painter& painter, Point centre, BoxLook look) {
    const float radius = boxSize(painter) / 2;
    if (look == BoxLook::Ticked) {
        painter.brush().disc(centre, radius, painter.ink(ColorToken::Accent));
        painter.brush().disc(centre, radius * 0.375f, painter.ink(ColorToken::OnAccent));
        return;
    }
    const bool off = look == BoxLook::Off;
    painter.brush().disc(centre, radius, painter.ink(off ? ColorToken::Sunken : ColorToken::Surface));
    painter.brush().ring(centre, radius, 1.5f, painter.ink(off ? ColorToken::LineStrong : ColorToken::Faint));
}

// Three quarters of a ring: it is being added.
void paintTurning(Painter& painter, Point centre) {
    constexpr int kPoints = 18;
    constexpr float kRadius = 7, kQuarter = 1.5707963f;
    painter.brush().ring(centre, kRadius + 1, 2, painter.ink(ColorToken::Accent, 0.25f));
    std::vector<Point> arc;
    for (int i = 0; i <= kPoints; ++i) {
        const float angle = -kQuarter + 2.2f * kQuarter * static_cast<float>(i) / kPoints;
        arc.push_back({centre.x + kRadius * std::cos(angle), centre.y + kRadius * std::sin(angle)});
    }
    painter.brush().stroke(arc, 2, painter.ink(ColorToken::Accent));
}

void paintCheckBox(Painter& painter, Point centre, BoxLook look) {
    const float size = boxSize(painter);
    const Rectangle box = squareAround(centre, size);
    if (look == BoxLook::Empty || look == BoxLook::Off) {
        const bool off = look == BoxLook::Off;
        painter.brush().fill(box, 4, painter.ink(off ? ColorToken::Sunken : ColorToken::Surface));
        painter.brush().frame(box, 4, painter.ink(off ? ColorToken::LineStrong : ColorToken::Faint), 1.5f);
        return;
    }
    painter.brush().fill(box, 4, painter.ink(ColorToken::Accent));
    const Ink ink = painter.ink(ColorToken::OnAccent);
    if (look == BoxLook::Ticked)
        icon::check(painter.brush(), centre, size / 2, ink, 1.8f);
    else
        painter.brush().fill(centred(box, size / 2, 2), 1, ink);
}

}  // namespace smartca::view
