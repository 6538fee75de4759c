// The JSON of a draft: {"userId", "identity", "serial", "businessAccount": null | {"password", "secretKey"},
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

constexpr std::size_t kLongestFileName = 255;  // code points: no file system that a person has allows more

void readBusinessAccount(ObjectReader& reader, Draft& draft) {
    const json* value = reader.optionalValue("businessAccount");
    if (value == nullptr) return;
    ObjectReader account(*value, reader, "businessAccount");
    draft.businessAccount = Switch::On;
    draft.password = account.text("password");
    draft.secretKey = account.text("secretKey");
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

}  // namespace

json toJson(const Draft& draft) {
    json object(json::value_t::object);
    setInteger(object, "userId", draft.userId);
    setText(object, "identity", draft.identity);
    setText(object, "serial", draft.serial);
    setValue(object, "businessAccount", json(nullptr));
    if (draft.businessAccount == Switch::On) {
        json account(json::value_t::object);
        setText(account, "password", draft.password);
        setText(account, "secretKey", draft.secretKey);
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
    draft.identity = reader.text("identity");
    draft.serial = reader.optionalText("serial");
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
