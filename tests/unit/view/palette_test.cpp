// Contrast of the tokens, by WCAG 2.2 (1.4.3, 1.4.6, 1.4.11), in both themes, as they are and with more
// contrast.
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
struct Look {
    app::Theme theme;
    Contrast contrast;
};
constexpr Look kLooks[] = {{app::Theme::Light, Contrast::Normal},
                           {app::Theme::Dark, Contrast::Normal},
                           {app::Theme::Light, Contrast::More},
                           {app::Theme::Dark, Contrast::More}};

double contrast(const Look& look, ColorToken one, ColorToken other) {
    const Palette& palette = paletteOf(look.theme, look.contrast);
    const double a = luminance(palette[static_cast<std::size_t>(one)]),
                 b = luminance(palette[static_cast<std::size_t>(other)]);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

TEST_CASE("words have a contrast of 4.5:1 on everything they stand on, and of 7:1 where more is asked for") {
    using enum ColorToken;
    constexpr std::pair<ColorToken, ColorToken> kPairs[] = {{Text, Background},
                                                            {Text, ColorToken::Surface},
                                                            {Text, Sunken},
                                                            {Text, AccentSoft},
                                                            {Text, OkSoft},
                                                            {Text, WarnSoft},
                                                            {Text, ErrorSoft},
                                                            {Placeholder, ColorToken::Surface},
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
                                                            {Ok, AccentSoft},
                                                            {Warn, ColorToken::Surface},
                                                            {Warn, WarnSoft},
                                                            {Warn, AccentSoft},
                                                            {Warn, Sunken},
                                                            {Error, ColorToken::Surface},
                                                            {Error, ErrorSoft},
                                                            {Error, Background},
                                                            {Error, Sunken}};
    for (const Look& look : kLooks)
        for (const auto& pair : kPairs) {
            const ColorToken words = pair.first, ground = pair.second;
            CAPTURE(nameOf(words));
            CAPTURE(nameOf(ground));
            CAPTURE(static_cast<int>(look.theme));
            CAPTURE(static_cast<int>(look.contrast));
            CHECK(contrast(look, words, ground) >= (look.contrast == Contrast::More ? 7 : 4.5));
        }
}

TEST_CASE("signs and the focus have a contrast of 3:1 on everything they stand on") {
    using enum ColorToken;
    constexpr std::pair<ColorToken, ColorToken> kPairs[] = {
        {Accent, Background}, {Faint, ColorToken::Surface}, {Faint, Sunken},    {Ok, OkSoft},
        {Warn, WarnSoft},     {Error, ErrorSoft},           {Muted, Background}};
    for (const Look& look : kLooks)
        for (const auto& pair : kPairs) {
            const ColorToken sign = pair.first, ground = pair.second;
            CAPTURE(nameOf(sign));
            CAPTURE(nameOf(ground));
            CHECK(contrast(look, sign, ground) >= 3);
        }
}

TEST_CASE(
    "where more contrast is asked for, the edges of controls and what their fields hint at stand out too") {
    using enum ColorToken;
    for (const app::Theme theme : {app::Theme::Light, app::Theme::Dark}) {
        const Look look = {theme, Contrast::More};
        CAPTURE(static_cast<int>(theme));
        CHECK(contrast(look, LineStrong, ColorToken::Surface) >= 4.5);
        CHECK(contrast(look, Line, ColorToken::Surface) >= 3);
        CHECK(contrast(look, Faint, ColorToken::Surface) >= 4.5);
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
