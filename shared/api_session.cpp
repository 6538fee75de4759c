// The JSON of the session, the users and the defaults.
#include <limits>
#include <nlohmann/json.hpp>

#include "shared/api.h"
#include "shared/api_page.h"
#include "shared/json_writer.h"
#include "shared/object_reader.h"

namespace smartca {
namespace {

using nlohmann::json;

constexpr int kLargestSide = std::numeric_limits<int>::max();

json jsonOf(const SignatureSettings& settings) {
    json object(json::value_t::object);
    if (settings.text) setText(object, "signatureText", *settings.text);
    if (settings.mode) setText(object, "displayMode", nameOf(*settings.mode));
    if (settings.image) {
        json image(json::value_t::object);
        setText(image, "path", settings.image->path);
        setText(image, "name", settings.image->name);
        setInteger(image, "width", settings.image->width);
        setInteger(image, "height", settings.image->height);
        setInteger(image, "bytes", settings.image->bytes);
        setValue(object, "signatureImage", std::move(image));
    }
    return object;
}

SignatureSettings readSettings(ObjectReader& reader) {
    SignatureSettings settings;
    if (reader.has("signatureText")) settings.text = reader.text("signatureText");
    if (reader.has("displayMode")) {
        settings.mode = displayModeOfName(reader.text("displayMode"));
        if (!settings.mode) reader.fail("displayMode", "is not one of the known values");
    }
    if (const json* value = reader.optionalValue("signatureImage")) {
        ObjectReader image(*value, reader, "signatureImage");
        settings.image = StoredImage{
            image.text("path"), image.text("name"), static_cast<int>(image.integer("width", 0, kLargestSide)),
            static_cast<int>(image.integer("height", 0, kLargestSide)), image.integer("bytes", 0)};
    }
    return settings;
}

User readUser(ObjectReader& reader) {
    User user;
    user.id = reader.integer("id", 1, kLargestUserId);
    user.code = reader.text("code");
    user.name = reader.text("name");
    user.phone = reader.text("phone");
    user.email = reader.text("email");
    user.certificateCount =
        reader.has("certificateCount") ? reader.integer("certificateCount", 0) : kCountUnknown;
    return user;
}

}  // namespace

json toJson(const Session& session) {
    json object(json::value_t::object);
    setInteger(object, "apiVersion", kApiVersion);
    setText(object, "locale", tagOf(session.locale));
    json may(json::value_t::array);
    for (std::size_t i = 0; i < kRightNames.size(); ++i)
        if (session.may.has(static_cast<Right>(i))) may.push_back(json(std::string(kRightNames[i])));
    setValue(object, "may", std::move(may));
    setInteger(object, "imageBytes", session.imageBytes);
    json saves(json::value_t::array);
    for (const Field field : session.saves)
        saves.push_back(json(std::string(ruleOf(field).key)));
    setValue(object, "saves", std::move(saves));
    setInstant(object, "now", session.now);
    setPrefill(object, session.prefill);
    return object;
}

Parsed<Session> parseSession(const json& value) {
    ObjectReader reader(value);
    Session session;
    session.locale = localeOfTag(reader.text("locale"));
    session.may = {};
    reader.eachText("may", [&](std::string_view name) {
        for (std::size_t i = 0; i < kRightNames.size(); ++i)
            if (kRightNames[i] == name) session.may.add(static_cast<Right>(i));
    });
    session.imageBytes = reader.integer("imageBytes", 0);
    reader.eachText("saves", [&](std::string_view key) {
        const Field field = fieldOfKey(key);
        if (field != Field::Form) session.saves.push_back(field);
    });
    session.now = reader.instant("now");
    session.prefill = readPrefill(reader, UnknownKeys::Ignored);
    return reader.finish(std::move(session), UnknownKeys::Ignored);
}

json toJson(const User& user) {
    json object(json::value_t::object);
    setInteger(object, "id", user.id);
    setText(object, "code", user.code);
    setText(object, "name", user.name);
    setText(object, "phone", user.phone);
    setText(object, "email", user.email);
    if (user.certificateCount != kCountUnknown) setInteger(object, "certificateCount", user.certificateCount);
    return object;
}

Parsed<User> parseUser(const json& value) {
    ObjectReader reader(value);
    return reader.finish(readUser(reader), UnknownKeys::Ignored);
}

json toJson(const Page<User>& page) {
    json object(json::value_t::object);
    setPage(object, page);
    return object;
}

Parsed<Page<User>> parseUsers(const json& value) {
    ObjectReader reader(value);
    Page<User> page;
    readPage(reader, page, readUser);
    return reader.finish(std::move(page), UnknownKeys::Ignored);
}

json toJson(const Defaults& defaults) {
    json object(json::value_t::object);
    setValue(object, "company", jsonOf(defaults.company));
    setValue(object, "user", defaults.user ? jsonOf(*defaults.user) : json(nullptr));
    if (defaults.identities.empty()) return object;
    json identities(json::value_t::array);
    for (const std::string& identity : defaults.identities)
        identities.push_back(json(identity));
    setValue(object, "identities", std::move(identities));
    return object;
}

Parsed<Defaults> parseDefaults(const json& value) {
    ObjectReader reader(value);
    Defaults defaults;
    if (const json* settings = reader.value("company")) {
        ObjectReader company(*settings, reader, "company");
        defaults.company = readSettings(company);
    }
    if (const json* settings = reader.optionalValue("user")) {
        ObjectReader user(*settings, reader, "user");
        defaults.user = readSettings(user);
    }
    if (reader.has("identities"))
        reader.eachText("identities", [&](std::string_view each) { defaults.identities.emplace_back(each); });
    return reader.finish(std::move(defaults), UnknownKeys::Ignored);
}

}  // namespace smartca
