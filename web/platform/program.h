// One instance of the client: the state, and the loop  event -> update -> frame -> sleep.
//
// The browser's side (js/host.js) makes one for each element, tells it what happens, and calls frame() when
// it asked for one. Nothing runs in between. Main thread only.
#pragma once

#include <cstdint>
#include <list>
#include <string>

#include "web/app/effect.h"
#include "web/app/event.h"
#include "web/app/state.h"
#include "web/platform/canvas_font.h"
#include "web/platform/painter.h"
#include "web/platform/twin_tree.h"
#include "web/view/view.h"

namespace smartca::platform {

// Carries out what update() asks for, by way of the browser (effects.cpp). Answers come back as events,
// later.
void carryOut(const app::Effect& effect);

class Program {
  public:
    Program();

    // Gives the event to update() and carries out what it asks. True when update() says that it used the key.
    // An event that arrives while another is handled waits its turn, and counts as not used.
    bool handle(app::Event event);
    // The same, with the clock read before it: for events whose handling compares or shows time.
    bool handleTimed(app::Event event);
    void readClock();  // alone: the next frame shows what it changes

    void frame();

    // What the hand is on. Each asks for a frame when something changed.
    void setViewport(const view::Viewport& viewport);
    void setPointer(std::uint32_t hovered, std::uint32_t pressed);
    void setOutput(view::Output output);
    void setContrast(view::Contrast contrast);
    void setFocus(std::uint32_t focused, bool visible);
    void setScrolled(std::uint32_t id, float top);
    void setDragging(bool dragging);

    void reportItems();
    // What the last frame did for the twins, once more: an unchanged frame's part of it, to be measured.
    void repeatTwins();

    void touched(std::uint32_t twin) { twins_.touched(twin); }
    void rebuildFonts();
    void refreshColors();

    // Whether a create goes on, or has failed while its dialog was closed.
    bool hasCreates() const;
    bool keepsFailed() const { return !state_.left.empty(); }

  private:
    static void send(const TwinCommand& command);
    bool handleOne(const app::Event& event);
    void followAppearance();
    void updateTwins();

    CanvasFonts fonts_;
    imgui::DrawingContext drawing_;  // what follows lives in it
    Painter painter_;
    view::View view_{drawing_};
    const view::Frame* drawn_ = nullptr;  // the last frame
    TwinTree twins_;

    app::State state_;
    std::list<app::Event> waiting_;
    bool handling_ = false;

    view::Viewport viewport_;
    view::Interaction interaction_;
    view::Resources resources_;
    FontSettings fontSettings_;
    bool fontsCurrent_ = false;
    bool appearanceShown_ = false;
    Locale shownLocale_ = Locale::Vietnamese;
    app::Theme shownTheme_ = app::Theme::Light;
    view::Contrast contrast_ = view::Contrast::Normal;
};

}  // namespace smartca::platform
