// Draws a state with Dear ImGui's draw lists and reports every item. Layout, painting and item list come out
// of one pass, so that they cannot disagree; text reaches a draw list only through a call that also emits it
// as an item.
//
// Draws between a beginFrame() of the drawing context and the next; uses no ImGui input at all. Runs natively
// and in the browser.
#pragma once

#include <array>
#include <memory>

#include "web/app/state.h"
#include "web/imgui/adapter.h"
#include "web/view/frame.h"
#include "web/view/right_to_left.h"

namespace smartca::view {

enum class Pointer : std::uint8_t { Mouse, Touch };  // touch: 44 px targets, 16 px fields

// What people see. Sketch: the twins show themselves; their words and fields are not drawn, only what lies
// around them.
enum class Output : std::uint8_t { Painting, Sketch };

// Where and how to draw.
struct Viewport {
    float width = 0, height = 0;  // CSS pixels
    float density = 1;            // device pixels per CSS pixel
    Pointer pointer = Pointer::Mouse;
    Output output = Output::Painting;
    // A portal's own looks.
    float roundness = 1;  // of corners: 1 as designed, 0 none
    float tightness = 0;  // CSS pixels by which controls are lower, and nearer to one another
    float logo = 0;       // how wide its logo is, which the platform shows; 0: there is none
};

// What the person's hand is on.
struct Interaction {
    app::Control hovered, pressed, focused;
    bool focusVisible = false;  // the ring is wanted: the browser's :focus-visible
    bool draggingFile = false;  // a file hovers over the page
    float picksScrolled = 0;    // how far the list of certificates to pick from is scrolled
};

struct Resources {
    std::array<ImFont*, static_cast<std::size_t>(TextFace::Count)> fonts{};
    Palette palette{};
    WholeWord wholeWord = nullptr;  // null: each code point by itself
};

class View {
  public:
    explicit View(const imgui::DrawingContext& drawing);  // which outlives it
    ~View();
    // Fonts have changed since the last frame: what it measured is measured anew.
    void fontsChanged();
    // The frame's contents live until the next call.
    const Frame& draw(const app::State& state, const Viewport& viewport, const Interaction& interaction,
                      const Resources& resources);

  private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace smartca::view
