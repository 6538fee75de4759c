// Contrast of the tokens, by WCAG 2.2 (1.4.3, 1.4.11), in both themes.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "web/view/theme.h"

namespace smartca::view {
namespace {

double channel(Color color, int shift) {
    const double value = static_cast<double>(color >> shift & 0xFF) / 255;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}
double luminance(Color color) {
    return 0.2126 * channel(color, 16) + 0.7152 * channel(color, 8) + 0.0722 * channel(color, 0);
}
double contrast(app::Theme theme, ColorToken one, ColorToken other) {
    const Palette& palette = paletteOf(theme);
    const double a = luminance(palette[static_cast<std::size_t>(one)]),
                 b = luminance(palette[static_cast<std::size_t>(other)]);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

using enum ColorToken;

TEST_CASE("words have a contrast of 4.5:1 on everything they stand on") {
    constexpr std::pair<ColorToken, ColorToken> kPairs[] = {{Text, Background},
                                                            {Text, ColorToken::Surface},
                                                            {Text, Sunken},
                                                            {Text, AccentSoft},
                                                            {Text, ErrorSoft},
                                                            {Muted, Background},
                                                            {Muted, ColorToken::Surface},
                                                            {Muted, Sunken},
                                                            {Muted, AccentSoft},
                                                            {Accent, ColorToken::Surface},
                                                            {Accent, AccentSoft},
                                                            {Accent, Sunken},
                                                            {OnAccent, Accent},
                                                            {OnAccent, AccentHover},
                                                            {OnAccent, Error},
                                                            {Ok, ColorToken::Surface},
                                                            {Ok, OkSoft},
                                                            {Warn, ColorToken::Surface},
                                                            {Warn, WarnSoft},
                                                            {Error, ColorToken::Surface},
                                                            {Error, ErrorSoft},
                                                            {Error, Background},
                                                            {Error, Sunken}};
    for (const app::Theme theme : {app::Theme::Light, app::Theme::Dark})
        for (const auto& pair : kPairs) {
            const ColorToken words = pair.first, ground = pair.second;
            CAPTURE(nameOf(words));
            CAPTURE(nameOf(ground));
            CAPTURE(static_cast<int>(theme));
            CHECK(contrast(theme, words, ground) >= 4.5);
        }
}

TEST_CASE("signs and the focus have a contrast of 3:1 on everything they stand on") {
    constexpr std::pair<ColorToken, ColorToken> kPairs[] = {
        {Accent, Background}, {Faint, ColorToken::Surface}, {Ok, OkSoft},
        {Warn, WarnSoft},     {Error, ErrorSoft},           {Muted, Background}};
    for (const app::Theme theme : {app::Theme::Light, app::Theme::Dark})
        for (const auto& pair : kPairs) {
            const ColorToken sign = pair.first, ground = pair.second;
            CAPTURE(nameOf(sign));
            CAPTURE(nameOf(ground));
            CHECK(contrast(theme, sign, ground) >= 3);
        }
}

TEST_CASE("every token has a name of its own") {
    std::set<std::string> names;
    for (std::size_t i = 0; i < static_cast<std::size_t>(ColorToken::Count); ++i)
        names.emplace(nameOf(static_cast<ColorToken>(i)));
    CHECK(names.size() == static_cast<std::size_t>(ColorToken::Count));
}

}  // namespace
}  // namespace smartca::view
