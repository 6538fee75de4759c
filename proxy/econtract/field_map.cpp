#include "proxy/econtract/field_map.h"

#include <algorithm>
#include <array>
#include <optional>

#include "proxy/base/text.h"
#include "shared/json_file.h"
#include "shared/secret_key.h"
#include "shared/text.h"

namespace smartca::econtract {
namespace {

constexpr std::array kMappable = {Field::BusinessAccount, Field::Password,    Field::SecretKey,
                                  Field::SignatureText,   Field::DisplayMode, Field::SignatureImage};
// The API's own.
constexpr std::array<std::string_view, 5> kTaken = {"id", "userid", "username", "serialnumber", "code"};

bool isPath(const std::string& path) {
    const auto allowed = [](char c) {
        return isAsciiLetter(c) || isAsciiDigit(c) || c == '/' || c == '-' || c == '_' || c == '.';
    };
    return path.size() > 1 && path[0] == '/' && path[1] != '/' && path.find("..") == std::string::npos &&
           std::all_of(path.begin(), path.end(), allowed);
}

std::string textAt(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Nothing where the attachment does not give the field.
std::optional<Json> valueOf(Field field, const registry::Attachment& attachment) {
    const auto textOr = [](const std::string& text) {
        return text.empty() ? std::nullopt : std::optional<Json>(text);
    };
    switch (field) {
        case Field::BusinessAccount: {
            const auto& all = attachment.certificates;
            const bool business = !all.empty() && all.front().type == CertificateType::Business;
            return business ? std::optional<Json>(true) : std::nullopt;
        }
        case Field::Password:
            return textOr(attachment.draft.password);
        case Field::SecretKey:
            return textOr(secretKeyText(attachment.draft.secretKey));
        case Field::SignatureText:
            return attachment.draft.signatureText
                       ? std::optional<Json>(withCrLf(*attachment.draft.signatureText))
                       : std::nullopt;
        case Field::DisplayMode:
            if (!attachment.draft.displayMode) return std::nullopt;
            return Json(numberOf(*attachment.draft.displayMode));
        case Field::SignatureImage:
            if (!attachment.draft.signatureImage) return std::nullopt;
            return Json(base64Of(attachment.draft.signatureImage->data));
        default:
            return std::nullopt;
    }
}

}  // namespace

std::string withCrLf(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\n' && (at == 0 || text[at - 1] != '\r')) result += '\r';
        result += text[at];
    }
    return result;
}

Result<FieldMap, std::string> FieldMap::parse(std::string_view text) {
    const auto json = parseJsonFile(text);
    if (!json) return "The field map is no JSON: " + json.error() + ".";
    if (!json.value().is_object()) return std::string("The field map must be a JSON object.");
    FieldMap map;
    for (const auto& [name, target] : json.value().items()) {
        const Field field = fieldOfKey(name);
        if (std::find(kMappable.begin(), kMappable.end(), field) == kMappable.end())
            return "The field map names \"" + name +
                   "\"; it can map businessAccount, password, secretKey, signatureText, displayMode and "
                   "signatureImage.";
        const bool hasTwo = target.is_object() && target.size() == 2;
        const std::string path = hasTwo ? textAt(target, "path") : std::string();
        const std::string key = hasTwo ? textAt(target, "key") : std::string();
        if (path.empty() || key.empty())
            return "The field map must give \"" + name + "\" a \"path\" and a \"key\", and nothing else.";
        if (!isPath(path))
            return "The path of \"" + name + "\" in the field map must be one below the base URL, as " +
                   kAddPath + ".";
        if (std::find(kTaken.begin(), kTaken.end(), base::lowerCase(key)) != kTaken.end())
            return "The key of \"" + name + "\" in the field map is one that the API uses for itself.";
        map.targets_.push_back({field, path, key});
    }
    return map;
}

std::vector<Field> FieldMap::fields() const {
    std::vector<Field> fields;
    for (const Field field : kMappable) {
        const auto isIt = [field](const Target& target) { return target.field == field; };
        if (std::any_of(targets_.begin(), targets_.end(), isIt)) fields.push_back(field);
    }
    return fields;
}

std::vector<std::string> FieldMap::pathsAfterAdd() const {
    std::vector<std::string> paths;
    for (const auto& target : targets_) {
        const bool known = std::find(paths.begin(), paths.end(), target.path) != paths.end();
        if (target.path != kAddPath && !known) paths.push_back(target.path);
    }
    return paths;
}

std::vector<Field> FieldMap::fill(Json& body, std::string_view path,
                                  const registry::Attachment& attachment) const {
    std::vector<Field> filled;
    for (const auto& target : targets_) {
        if (target.path != path) continue;
        auto value = valueOf(target.field, attachment);
        if (!value) continue;
        body[target.key] = *std::move(value);
        filled.push_back(target.field);
    }
    return filled;
}

}  // namespace smartca::econtract
