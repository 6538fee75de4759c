#include "web/view/theme.h"

namespace smartca::view {

namespace {

constexpr Palette kLight = {0xf4f6f9, 0xffffff, 0xf7f9fb, 0xdfe4ea, 0xc3ccd6, 0x18212b, 0x5b6875,
                            0x8491a0, 0x697583, 0x0b63b6, 0x0a579f, 0xe8f1fa, 0xffffff, 0x137b48,
                            0xe6f4ec, 0x9a5b00, 0xfdf3e1, 0xc2272d, 0xfdecec};
constexpr Palette kDark = {0x10161d, 0x19212a, 0x141b23, 0x2b3642, 0x3d4a58, 0xe8edf2, 0xa3b0bd,
                           0x7d8b99, 0x7d8b99, 0x5aa9f0, 0x78b9f4, 0x1b3146, 0x0c1219, 0x58c690,
                           0x15322a, 0xe8b45a, 0x352a15, 0xff8080, 0x3a1f22};

// The same with lines and words that stand out: all words 7:1, lines of controls 4.5:1.
constexpr Palette kLightContrast = {0xffffff, 0xffffff, 0xf7f9fb, 0x6b7684, 0x47525f, 0x000000, 0x303a45,
                                    0x4c5864, 0x4c5864, 0x084a8a, 0x063a6e, 0xe8f1fa, 0xffffff, 0x0b5831,
                                    0xe6f4ec, 0x6b3f00, 0xfdf3e1, 0x9c1319, 0xfdecec};
constexpr Palette kDarkContrast = {0x000000, 0x0b0f14, 0x000000, 0x8491a0, 0xa3b0bd, 0xffffff, 0xd5dde5,
                                   0xb4c0cc, 0xb4c0cc, 0x8cc6fa, 0xa9d5fc, 0x10202f, 0x000000, 0x86dfb2,
                                   0x0a1f19, 0xf2c878, 0x211a0b, 0xffa8a8, 0x2a1416};

constexpr std::array<std::string_view, static_cast<std::size_t>(ColorToken::Count)> kNames = {
    "background", "surface",     "sunken",    "line",         "line-strong", "text",      "muted",
    "faint",      "placeholder", "accent",    "accent-hover", "accent-soft", "on-accent", "ok",
    "ok-soft",    "warn",        "warn-soft", "error",        "error-soft"};

}  // namespace

const Palette& paletteOf(app::Theme theme, Contrast contrast) {
    if (contrast == Contrast::More) return theme == app::Theme::Dark ? kDarkContrast : kLightContrast;
    return theme == app::Theme::Dark ? kDark : kLight;
}

std::string_view nameOf(ColorToken token) {
    return kNames[static_cast<std::size_t>(token)];
}

}  // namespace smartca::view
