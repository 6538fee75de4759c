// Default resolution: where signature text, display mode and image come from, and what the person's own edits
// outrank. Order: the person's edit, the user's account, the company's settings, the built-in default (VNPT
// eContract 2.3.0, tutorial "create-VNPTSmartCA", notes).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/draft.h"

namespace smartca {

enum class Provenance : std::uint8_t { BuiltIn, Company, User, Edited };

// A stored image, known by where it can be fetched rather than by its bytes.
struct StoredImage {
    std::string path{};  // below the API's base, e.g. "users/7/signature-image"
    std::string name{};
    int width = 0;
    int height = 0;
    std::int64_t bytes = 0;
    bool operator==(const StoredImage&) const = default;
};

// What a user's account or a company's settings say. Absent members say nothing.
struct SignatureSettings {
    std::optional<std::string> text{};
    std::optional<DisplayMode> mode{};
    std::optional<StoredImage> image{};
    bool operator==(const SignatureSettings&) const = default;
};

template <class T>
struct Resolved {
    T value;
    Provenance provenance;
    bool operator==(const Resolved&) const = default;
};

struct ResolvedSignature {
    Resolved<std::string> text;
    Resolved<DisplayMode> mode;
    Resolved<std::optional<StoredImage>> image;  // Edited: the draft's own image counts, the value is empty
    bool operator==(const ResolvedSignature&) const = default;
};

// The signature's text where neither the company nor the user has set one: name and time, in Vietnamese as
// the documents are.
std::string_view builtInSignatureText();

// `user` is null while no user is chosen or their settings are not loaded yet, `company` while its are not.
// The resolved text has line feeds, as a text area wants them; an empty text that was set stays empty.
ResolvedSignature resolveSignature(const Draft& draft, const SignatureSettings* user,
                                   const SignatureSettings* company);

}  // namespace smartca
