// The faces of type that the design uses. The platform makes one font for each; DOM text uses the same
// numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace smartca::view {

enum class TextFace : std::uint8_t {
    Body,        // 14/20
    BodyStrong,  // 14/20, 600
    Touch,       // 16/22: fields and buttons on touch screens
    TouchStrong,
    Label,       // 13/18, 600
    LabelPlain,  // 13/18
    Help,        // 12/16
    HelpStrong,  // 12/16, 600
    Title,       // 18/26, 650
    PageTitle,   // 20/28, 650
    Mono,        // 13/20
    MonoSmall,   // 12/16
    Brand,       // 15/20, 650
    Chip,        // 12.5/20, monospace: placeholders
    Stamp,       // 11/15: the signature on the document
    Count,
};

struct FaceMetrics {
    float size;  // CSS px
    float line;  // CSS px
    int weight;  // CSS font-weight
    bool monospace;
};

constexpr std::array<FaceMetrics, static_cast<std::size_t>(TextFace::Count)> kFaces = {{
    {14, 20, 400, false},
    {14, 20, 600, false},
    {16, 22, 400, false},
    {16, 22, 600, false},
    {13, 18, 600, false},
    {13, 18, 400, false},
    {12, 16, 400, false},
    {12, 16, 600, false},
    {18, 26, 650, false},
    {20, 28, 650, false},
    {13, 20, 400, true},
    {12, 16, 400, true},
    {15, 20, 650, false},
    {12.5, 20, 400, true},
    {11, 15, 400, false},
}};

constexpr const FaceMetrics& metricsOf(TextFace face) {
    return kFaces[static_cast<std::size_t>(face)];
}

}  // namespace smartca::view
