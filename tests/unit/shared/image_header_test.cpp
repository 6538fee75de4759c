#include <doctest/doctest.h>

#include "shared/validation.h"
#include "vectors.h"

namespace smartca {

TEST_CASE("PNG and JPEG headers give the image's dimensions, anything else nothing") {
    for (const auto& vectorCase : vectorCases("image_header")) {
        CAPTURE(lineOf(vectorCase));
        const auto header = readImageHeader(bytesOfHex(vectorCase.at("hex").get<std::string>()));
        nlohmann::json read;
        if (header) read = {header->mediaType, header->width, header->height};
        CHECK(read == vectorCase.at("header"));
    }
}

TEST_CASE("a header cut anywhere is no image, and is not read beyond its end") {
    for (const auto& vectorCase : vectorCases("image_header")) {
        const std::string whole = bytesOfHex(vectorCase.at("hex").get<std::string>());
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const std::vector<char> exact(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
            const auto header = readImageHeader({exact.data(), exact.size()});
            if (header) CHECK(header->width > 0);
        }
    }
}

}  // namespace smartca
