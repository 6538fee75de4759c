// What lies over the page: notices, and the dialogs, which are modal.
#pragma once

#include <vector>

#include "web/view/painter.h"

namespace smartca::view {

class LookupRows;

void drawNotices(Painter& painter, const app::State& state);
// "Create new VNPT SmartCA certificate"
void drawDialog(Painter& painter, const app::State& state, LookupRows& lookupRows);
void drawDetails(Painter& painter, const app::State& state);  // what a certificate says of itself
void drawRename(Painter& painter, const app::State& state);   // another name for a certificate on the list
void drawConfirm(Painter& painter, const app::State& state);  // asks before something is lost

// details_body.cpp: what the body of the details holds once the answer is there, within `box` from its top;
// returns where it ends.
float drawDetailsBody(Painter& painter, const app::State& state, const Rectangle& box);

// details_status.cpp: the status, who says so since when, and a button that asks SmartCA again. Returns the
// height, which stays while the answer is awaited.
float drawStatusCard(Painter& painter, const app::DetailsState& details, const Rectangle& box);

// ---- modal.cpp: what the dialogs have in common

struct ModalOptions {
    Part overlay, dialog, title;  // `title` is the item with the dialog's heading
    std::string_view name;
    Rectangle box{};  // in the viewport
    Role role = Role::Dialog;
    bool busy = false;
    bool fillsScreen = false;
    std::vector<std::uint32_t> describedBy{};
};

// Darkens the page and paints the dialog's card. What follows is painted on it and is its child.
class ModalLayer {
  public:
    ModalLayer(Painter& painter, const app::State& state, const ModalOptions& options);

  private:
    static Painter::Scope overlay(Painter& painter, const ModalOptions& options);
    static Painter::Scope card(Painter& painter, const app::State& state, const ModalOptions& options);

    Painter::Scope overlay_, dialog_;
};

// A box of that size in the middle of the viewport, its top not above `leastTop`.
Rectangle modalBox(const Painter& painter, float width, float height, float leastTop = 0);

void closeButton(Painter& painter, app::ControlKind control, Point centre);

}  // namespace smartca::view
