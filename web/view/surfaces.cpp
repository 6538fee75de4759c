#include "web/view/surfaces.h"

#include <algorithm>

namespace smartca::view {

ImDrawList& Surfaces::begin(std::uint32_t item) {
    auto found = std::ranges::find(entries_, item, &Entry::item);
    if (found == entries_.end()) {
        entries_.push_back({item, std::make_unique<ImDrawList>(ImGui::GetDrawListSharedData())});
        found = entries_.end() - 1;
    }
    ImDrawList& list = *found->list;
    list._ResetForNewFrame();
    list.PushTexture(ImGui::GetIO().Fonts->TexRef);
    list.PushClipRect({-8192, -8192}, {32768, 32768});
    return list;
}

}  // namespace smartca::view
