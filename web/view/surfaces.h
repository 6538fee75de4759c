// The draw lists of the surfaces, kept from frame to frame so that their memory is reused. They are known to
// the drawing context, so they must go before it does.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "web/imgui/adapter.h"
#include "web/view/sketch.h"

namespace smartca::view {

class Surfaces {
  public:
    explicit Surfaces(const imgui::DrawingContext& drawing) : drawing_(drawing) {}

    // An empty list for the item's surface, clipped to nothing and ready for text and shapes.
    ImDrawList& begin(std::uint32_t item);
    // The same surface's sketch, empty.
    Sketch& beginSketch(std::uint32_t item);

  private:
    struct Entry {
        std::uint32_t item;
        std::unique_ptr<ImDrawList> list;
        std::unique_ptr<Sketch> sketch = std::make_unique<Sketch>();
    };
    Entry& entryOf(std::uint32_t item);

    const imgui::DrawingContext& drawing_;
    std::vector<Entry> entries_;
};

}  // namespace smartca::view
