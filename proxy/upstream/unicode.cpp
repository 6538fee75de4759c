#include "proxy/upstream/unicode.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

#include "shared/text.h"

namespace smartca::upstream {
namespace {

struct FreeByC {
    void operator()(utf8proc_uint8_t* bytes) const { std::free(bytes); }
};

std::string mapped(std::string_view text, int options) {
    utf8proc_uint8_t* result = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &result,
                                   static_cast<utf8proc_option_t>(options));
    if (size < 0) return {};
    const std::unique_ptr<utf8proc_uint8_t, FreeByC> owner(result);
    return {reinterpret_cast<const char*>(result), static_cast<std::size_t>(size)};
}

}  // namespace

std::string comparable(std::string_view text) {
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

std::string comparableWithoutAccents(std::string_view text) {
    constexpr std::string_view kDWithStroke = "\xC4\x91";  // has no decomposition
    std::string result =
        mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    for (auto at = result.find(kDWithStroke); at != std::string::npos; at = result.find(kDWithStroke, at)) {
        result.replace(at, kDWithStroke.size(), "d");
    }
    return result;
}

std::string cleaned(std::string_view text, std::size_t maximumCodePoints) {
    std::string result;
    std::size_t count = 0;
    for (std::size_t offset = 0; offset < text.size() && count < maximumCodePoints;) {
        const std::size_t start = offset;
        const char32_t codePoint = nextCodePoint(text, offset);
        const bool forbidden =
            hasForbiddenCharacter(text.substr(start, offset - start), LineBreaks::Forbidden);
        const bool blank =
            codePoint == U' ' || codePoint == U'\t' || codePoint == U'\r' || codePoint == U'\n';
        if (blank && !result.empty() && result.back() != ' ') {
            result += ' ';
            ++count;
        } else if (!blank && !forbidden) {
            appendCodePoint(result, codePoint);
            ++count;
        }
    }
    return std::string(trimmed(result));
}

}  // namespace smartca::upstream
