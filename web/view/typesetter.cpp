#include "web/view/typesetter.h"

#include <cfloat>
#include <cmath>

namespace smartca::view {

float Typesetter::deviceSize(TextFace face, float scale) const {
    return std::round(metricsOf(face).line * scale * density_);
}

float Typesetter::lineHeight(TextFace face, float scale) const {
    return deviceSize(face, scale) / density_;
}

float Typesetter::width(TextFace face, std::string_view words, float scale) const {
    if (words.empty()) return 0;
    std::string kept;
    words = painted(words, kept);
    return font(face)
               ->CalcTextSizeA(deviceSize(face, scale), FLT_MAX, 0, words.data(), words.data() + words.size())
               .x /
           density_;
}

std::string_view Typesetter::painted(std::string_view words, std::string& kept) const {
    if (resources_->wholeWord == nullptr || !hasWholeWords(words)) return words;
    kept = visualOrder(words, resources_->wholeWord);
    return kept;
}

std::vector<std::string_view> Typesetter::lines(TextFace face, std::string_view words, float width,
                                                float indent, float scale) const {
    std::vector<std::string_view> lines;
    while (true) {  // one turn for each paragraph: ImGui's word wrap does not stop at line feeds
        const std::size_t feed = words.find('\n');
        breakParagraph(face, words.substr(0, feed), width, indent, scale, lines);
        if (feed == std::string_view::npos) return lines;
        words.remove_prefix(feed + 1);
        indent = 0;
    }
}

void Typesetter::breakParagraph(TextFace face, std::string_view words, float width, float indent, float scale,
                                std::vector<std::string_view>& lines) const {
    const float size = deviceSize(face, scale);
    const char* const end = words.data() + words.size();
    const char* at = words.data();
    if (words.empty()) lines.push_back(words);
    while (at < end) {
        const float room = (width - indent) * density_;
        // A pixel more: the width of a text that was measured must never be too small for it.
        const char* stop = font(face)->CalcWordWrapPosition(size, at, end, std::max(room, size) + 1);
        if (stop == at) ++stop;
        const std::string_view piece(at, static_cast<std::size_t>(stop - at));
        const bool cutsWord = stop < end && *stop != ' ' && piece.find(' ') == std::string_view::npos;
        if (cutsWord && indent > 0) {
            lines.emplace_back(at, 0);  // the first word goes to the next line instead
            indent = 0;
            continue;
        }
        indent = 0;
        lines.push_back(piece);
        at = stop;
        while (at < end && *at == ' ')
            ++at;
    }
}

float Typesetter::height(TextFace face, std::string_view words, float width) const {
    if (words.empty()) return 0;
    return static_cast<float>(lines(face, words, width).size()) * lineHeight(face);
}

std::string Typesetter::fitted(TextFace face, std::string_view words, float room, Cut cut) const {
    if (width(face, words) <= room + 0.5f) return std::string(words);
    if (cut == Cut::End) {
        constexpr std::string_view kEllipsis = "…";
        const float rest = room - width(face, kEllipsis);
        const char* remaining = words.data();
        if (rest > 0)
            font(face)->CalcTextSizeA(deviceSize(face), rest * density_, 0, words.data(),
                                      words.data() + words.size(), &remaining);
        std::string_view kept = words.substr(0, static_cast<std::size_t>(remaining - words.data()));
        while (!kept.empty() && kept.back() == ' ')
            kept.remove_suffix(1);
        return std::string(kept).append(kEllipsis);
    }
    std::size_t fits = 0;
    for (std::size_t most = codePointCount(words); fits < most;) {
        const std::size_t count = (fits + most + 1) / 2;
        if (width(face, withoutMiddle(words, count)) <= room + 0.5f)
            fits = count;
        else
            most = count - 1;
    }
    return withoutMiddle(words, fits);
}

}  // namespace smartca::view
