// Dear ImGui's drawing half alone: draw lists, fonts and their texture, without windows, widgets, input and
// settings. The view uses nothing else, and what CreateContext(), NewFrame() and EndFrame() would bring along
// is a quarter of the download.
//
//   DrawingContext drawing;          // current from now on
//   drawing.beginFrame();  ...draw lists...  drawing.endFrame();
//
// Written against 1.92.2; it does what imgui.cpp does for draw lists at the same points, with its internal
// functions.
#pragma once

struct ImGuiContext;

namespace smartca::platform {

class DrawingContext {
  public:
    DrawingContext();
    ~DrawingContext();
    DrawingContext(const DrawingContext&) = delete;
    DrawingContext& operator=(const DrawingContext&) = delete;

    void beginFrame();
    void endFrame();  // afterwards ImGui::GetPlatformIO().Textures says what the renderer has to do

  private:
    ImGuiContext* context_;
};

}  // namespace smartca::platform
