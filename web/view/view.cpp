#include "web/view/view.h"

#include "web/view/dialogs.h"
#include "web/view/lookup_rows.h"
#include "web/view/page.h"

namespace smartca::view {

struct View::Implementation {
    Surfaces surfaces;
    LookupRows lookupRows{};
    Frame frame{};
};

View::View(const imgui::DrawingContext& drawing)
    : implementation_(std::make_unique<Implementation>(Surfaces(drawing))) {}
View::~View() = default;

void View::fontsChanged() {
    implementation_->lookupRows.forget();
}

const Frame& View::draw(const app::State& state, const Viewport& viewport, const Interaction& interaction,
                        const Resources& resources) {
    Frame& frame = implementation_->frame;
    frame.items.clear();
    frame.surfaces.clear();
    Painter painter(frame, implementation_->surfaces, viewport, interaction, resources, state.locale);
    if (state.opening == app::Opening::Page) drawPage(painter, state);
    drawNotices(painter, state);  // under the dialogs, none of whose buttons they may cover
    if (state.dialog) drawDialog(painter, state, implementation_->lookupRows);
    if (state.details) drawDetails(painter, state);
    if (state.rename) drawRename(painter, state);
    if (state.confirm.question != app::Question::None) drawConfirm(painter, state);
    return frame;
}

}  // namespace smartca::view
