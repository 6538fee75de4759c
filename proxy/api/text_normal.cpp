#include "proxy/api/text_normal.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

#include "shared/text.h"

namespace smartca::api {

std::optional<std::string> composed(std::string_view text) {
    if (!isUtf8(text)) return std::nullopt;
    if (text.empty()) return std::string();
    utf8proc_uint8_t* buffer = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &buffer,
                                   static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(buffer, std::free);
    if (size < 0) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(size));
}

void composeTexts(Draft& draft) {
    const auto compose = [](std::string& text) {
        if (auto normal = composed(text)) text = std::move(*normal);
    };
    compose(draft.identity);
    if (draft.signatureText) compose(*draft.signatureText);
    if (draft.signatureImage) compose(draft.signatureImage->name);
}

}  // namespace smartca::api
