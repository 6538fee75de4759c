// The page "Digital Certificate List".
#pragma once

#include <optional>

#include "web/view/button.h"
#include "web/view/painter.h"

namespace smartca::view {

// What the parts of the page share, and where those lie that open a list over the rest.
struct PageArea {
    Painter& painter;
    const app::State& state;
    Rectangle content;                               // within the margins, from the page's top
    Rectangle userFilter, typeFilter, statusFilter;  // once drawn
    std::optional<Rectangle> openRow;                // the button whose menu is open

    const app::ListState& list() const { return state.list; }
    // Of what takes a right: in its place, lest anything move, but of no use until it is known who may.
    Availability availability() const {
        return state.session.phase == app::Phase::Loading ? Availability::Disabled : Availability::Enabled;
    }
};

void drawPage(Painter& painter, const app::State& state);

// Each part draws itself from `y` on and returns where it ends.
float drawPageHeader(const PageArea& area);
float drawFilters(PageArea& area, float y);
float drawRows(PageArea& area, float y);            // the certificates, or what stands in their place
float drawListNews(const PageArea& area, float y);  // above the rows: why they are old, or not all
float drawBlank(const PageArea& area, float y);     // nothing yet, no match, or a failure
float drawPaging(const PageArea& area, float y);
// Over the rest, so they come last.
void drawOpenLists(const PageArea& area, const Rectangle& bounds);

// The button "+ Create New", which stands in two places.
float createButtonWidth(const Painter& painter);
void drawCreateButton(const PageArea& area, app::ControlKind control, const Rectangle& box);

}  // namespace smartca::view
