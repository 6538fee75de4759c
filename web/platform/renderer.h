// ImGui's draw lists by WebGL 2. A renderer for Dear ImGui 1.92:
//   [x] textures: ImGuiBackendFlags_RendererHasTextures, created, updated in part and destroyed
//   [x] a texture's id is its GL name
//   [ ] vertex offsets: a list has at most 65 536 vertices, which ImGui sees to
//   [ ] draw callbacks: the views have none
//
// Instead of backends/imgui_impl_opengl3, because the context is ours alone: that one reads 25 pieces of
// state back before each list to restore them afterwards, and each read waits for the GPU's process. Without
// a graphics card this was half of a frame's time, and of the time to the first one.
//
// Owned by Painter; needs its ImGui context and its WebGL context current.
#pragma once

#include <GLES3/gl3.h>

#include <cstdint>

#include "imgui.h"

namespace smartca::platform {

enum class Gpu : int {
    None,
    Hardware,
    Software,  // the browser's own imitation of one, as on remote desktops
};

// Which row of the canvas is the picture's first.
enum class Rows : std::uint8_t { FromTop, FromBottom };

class Renderer {
  public:
    Renderer() = default;
    ~Renderer();
    Renderer(const Renderer&) = delete;
    Renderer& operator=(const Renderer&) = delete;

    // In a new context, or in one that was given back. Asks for everything and waits for nothing.
    void open();
    // The context is gone, and every name with it: ImGui will be asked for its textures anew.
    void forget();

    // Does what ImGui wants done with its textures.
    void updateTextures();
    // Clears the lower left `width` x `height` pixels of the canvas and draws there what the list has below
    // `top`.
    void render(const ImDrawList& list, int top, int width, int height, Rows rows);

  private:
    void warmUp();
    void drawCommand(const ImDrawCmd& command, int top, int height, Rows rows) const;

    GLuint program_ = 0;
    GLuint vertexArray_ = 0;
    GLuint vertices_ = 0;
    GLuint indices_ = 0;
    GLint scaleAndOffset_ = 0;
};

}  // namespace smartca::platform
