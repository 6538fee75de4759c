// The JSON of a draft: {"userId", "identity", "serial", "serials"?, "agreed"?, "businessAccount": null |
// {"password", "secretKey"},
// "signatureText"?, "displayMode"?, "signatureImage"?: {"name", "mediaType", "data": base64}}.
#include <nlohmann/json.hpp>

#include "shared/api.h"
#include "shared/json_writer.h"
#include "shared/object_reader.h"
#include "shared/text.h"
#include "shared/validation.h"

namespace smartca {
namespace {

using nlohmann::json;

constexpr std::size_t kMostSerials = 1000;
constexpr std::size_t kLongestFileName = 255;  // code points: no file system that a person has allows more

// The draft's plain texts, under their keys: the public ones stand beside the others' values, the secret ones
// in the business account.
void writeTexts(json& object, const Draft& draft, Secrecy secrecy) {
    for (const FieldRule& rule : fieldTable())
        if (rule.text != nullptr && rule.secrecy == secrecy) setText(object, rule.key, draft.*rule.text);
}

void readTexts(ObjectReader& reader, Draft& draft, Secrecy secrecy) {
    for (const FieldRule& rule : fieldTable()) {
        if (rule.text == nullptr || rule.secrecy != secrecy) continue;
        const bool mayBeAbsent = secrecy == Secrecy::Public && rule.requirement != Requirement::Required;
        draft.*rule.text = mayBeAbsent ? reader.optionalText(rule.key) : reader.text(rule.key);
    }
}

void readBusinessAccount(ObjectReader& reader, Draft& draft) {
    const json* value = reader.optionalValue("businessAccount");
    if (value == nullptr) return;
    ObjectReader account(*value, reader, "businessAccount");
    draft.businessAccount = Switch::On;
    readTexts(account, draft, Secrecy::Secret);
    account.refuseUnknownKeys();
}

SignatureImage readImage(ObjectReader& reader) {
    SignatureImage image;
    image.name = reader.text("name");
    image.mediaType = reader.text("mediaType");
    const std::string data = reader.text("data");
    if (codePointCount(image.name) > kLongestFileName) reader.fail("name", "is longer than 255 characters");
    if (image.mediaType != "image/png" && image.mediaType != "image/jpeg")
        reader.fail("mediaType", "image/png or image/jpeg is expected");
    if (!decodeBase64(data, image.data)) reader.fail("data", "is not base64");
    reader.refuseUnknownKeys();
    // What the file is, is told by its bytes; a browser takes the media type from the file's name.
    if (const auto header = readImageHeader(image.data)) {
        image.mediaType = header->mediaType;
        image.width = header->width;
        image.height = header->height;
    }
    return image;
}

void writePicks(json& object, const Draft& draft) {
    json serials(json::value_t::array), agreed(json::value_t::array);
    for (const std::string& serial : draft.serials)
        serials.push_back(json(serial));
    for (const Agreement agreement : draft.agreed)
        agreed.push_back(json(nameOf(agreement)));
    if (!serials.empty()) setValue(object, "serials", std::move(serials));
    if (!agreed.empty()) setValue(object, "agreed", std::move(agreed));
}

void readPicks(ObjectReader& reader, Draft& draft) {
    if (reader.has("serials")) {
        reader.eachText("serials", [&](std::string_view serial) { draft.serials.emplace_back(serial); });
        // A search that found nothing: it does not mean all.
        if (draft.serials.empty()) reader.fail("serials", "is empty: all are asked for by leaving it out");
    }
    if (draft.serials.size() > kMostSerials) reader.fail("serials", "has more than 1000 items");
    if (!draft.serials.empty() && !trimmed(draft.serial).empty())
        reader.fail("serials", "stands beside a serial: only one of the two may be given");
    if (!reader.has("agreed")) return;
    reader.eachText("agreed", [&](std::string_view name) {
        const auto agreement = agreementOfName(name);
        if (agreement) return draft.agreed.push_back(*agreement);
        reader.fail("agreed", "unusable or unreadable is expected");
    });
}

}  // namespace

json toJson(const Draft& draft) {
    json object(json::value_t::object);
    setInteger(object, "userId", draft.userId);
    writeTexts(object, draft, Secrecy::Public);
    writePicks(object, draft);
    setValue(object, "businessAccount", json(nullptr));
    if (draft.businessAccount == Switch::On) {
        json account(json::value_t::object);
        writeTexts(account, draft, Secrecy::Secret);
        setValue(object, "businessAccount", std::move(account));
    }
    if (draft.signatureText) setText(object, "signatureText", *draft.signatureText);
    if (draft.displayMode) setText(object, "displayMode", nameOf(*draft.displayMode));
    if (draft.signatureImage) {
        json image(json::value_t::object);
        setText(image, "name", draft.signatureImage->name);
        setText(image, "mediaType", draft.signatureImage->mediaType);
        setText(image, "data", base64Of(draft.signatureImage->data));
        setValue(object, "signatureImage", std::move(image));
    }
    return object;
}

Parsed<Draft> parseDraft(const json& value) {
    ObjectReader reader(value);
    Draft draft;
    draft.userId = reader.integer("userId", 0, kLargestUserId);
    readTexts(reader, draft, Secrecy::Public);
    readPicks(reader, draft);
    readBusinessAccount(reader, draft);
    if (reader.has("signatureText")) draft.signatureText = reader.text("signatureText");
    if (reader.has("displayMode")) {
        draft.displayMode = displayModeOfName(reader.text("displayMode"));
        if (!draft.displayMode) reader.fail("displayMode", "is not one of the known values");
    }
    if (reader.has("signatureImage")) {
        ObjectReader image(*reader.value("signatureImage"), reader, "signatureImage");
        draft.signatureImage = readImage(image);
    }
    return reader.finish(std::move(draft), UnknownKeys::Refused);
}

}  // namespace smartca
