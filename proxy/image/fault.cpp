#include "proxy/image/fault.h"

#include "proxy/image/decode.h"

namespace smartca::image {

std::optional<Finding> faultOf(std::string_view bytes, const Limits& limits) {
    constexpr std::string_view kPng = "\x89PNG";
    const bool tooLarge = bytes.size() > limits.imageBytes;
    if (!tooLarge && (bytes.starts_with(kPng) ? decodePng(bytes, limits.imagePixels)
                                              : decodeJpeg(bytes, limits.imagePixels)) == Decoding::Whole)
        return std::nullopt;
    return Finding{Field::SignatureImage, FindingCode::ImageUndecodable};
}

std::optional<Finding> faultOf(const std::optional<SignatureImage>& image, const Limits& limits) {
    return image ? faultOf(image->data, limits) : std::nullopt;
}

}  // namespace smartca::image
