#include "web/view/surfaces.h"

#include <algorithm>

namespace smartca::view {

Surfaces::Entry& Surfaces::entryOf(std::uint32_t item) {
    const auto found = std::ranges::find(entries_, item, &Entry::item);
    if (found != entries_.end()) return *found;
    return entries_.emplace_back(Entry{item, std::make_unique<ImDrawList>(drawing_.lists())});
}

ImDrawList& Surfaces::begin(std::uint32_t item) {
    ImDrawList& list = *entryOf(item).list;
    list._ResetForNewFrame();
    list.PushTexture(drawing_.texture());
    list.PushClipRect({-8192, -8192}, {32768, 32768});
    return list;
}

Sketch& Surfaces::beginSketch(std::uint32_t item) {
    Sketch& sketch = *entryOf(item).sketch;
    sketch.clear();
    return sketch;
}

}  // namespace smartca::view
