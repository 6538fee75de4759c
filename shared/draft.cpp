#include "shared/draft.h"

namespace smartca {

const char* nameOf(DisplayMode mode) {
    switch (mode) {
        case DisplayMode::TextAndImage:
            return "textAndImage";
        case DisplayMode::ImageOnly:
            return "imageOnly";
        case DisplayMode::TextOnly:
            return "textOnly";
    }
    return "";
}

std::optional<DisplayMode> displayModeOfName(const std::string& name) {
    for (const DisplayMode mode : {DisplayMode::TextAndImage, DisplayMode::ImageOnly, DisplayMode::TextOnly})
        if (name == nameOf(mode)) return mode;
    return std::nullopt;
}

const char* nameOf(Agreement agreement) {
    return agreement == Agreement::Unusable ? "unusable" : "unreadable";
}

std::optional<Agreement> agreementOfName(std::string_view name) {
    for (const Agreement agreement : {Agreement::Unusable, Agreement::Unreadable})
        if (name == nameOf(agreement)) return agreement;
    return std::nullopt;
}

}  // namespace smartca
