// A view with fonts of fixed advances: draws samples without a browser, and reads back what was painted.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "states.h"

struct ImGuiContext;

namespace smartca::view::test {

class Scene {
  public:
    Scene();
    ~Scene();
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    // Lives until the next call.
    const Frame& draw(const Sample& sample, const Viewport& viewport,
                      const Interaction* interaction = nullptr);

  private:
    ImGuiContext* context_;
    Resources resources_;
    std::unique_ptr<View> view_ = std::make_unique<View>();
};

// The words painted on a surface: each run of glyphs that follow one another on a line, without its blanks.
std::vector<std::string> paintedWords(const Surface& surface);

// The item's rectangle from the viewport's top left, as if nothing were scrolled.
Rectangle absolute(const Frame& frame, const Item& item);
const Item* find(const Frame& frame, std::uint32_t id);
bool isControl(const Item& item);

}  // namespace smartca::view::test
