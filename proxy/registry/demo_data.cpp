#include "proxy/registry/demo_data.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "proxy/base/file.h"
#include "proxy/registry/rows.h"
#include "shared/json_file.h"
#include "shared/validation.h"

namespace smartca::registry {
namespace {

using Json = nlohmann::json;

constexpr Instant kDay = 24 * 60 * 60;
constexpr JsonLimits kLimits{.depth = 8, .values = 200'000};

// Reads the members of one object and remembers the first that is not as it should be.
class Members {
  public:
    Members(const Json& object, std::string where) : object_(object), where_(std::move(where)) {
        if (!object.is_object()) fail("is no object");
    }

    std::string text(const char* key) { return optionalText(key).value_or(std::string()); }
    std::optional<std::string> optionalText(const char* key) {
        const Json* value = find(key);
        if (value == nullptr) return std::nullopt;
        if (value->is_string()) return value->get<std::string>();
        fail(std::string(key) + " is no text");
        return std::nullopt;
    }
    std::int64_t number(const char* key) {
        const Json* value = find(key);
        if (value != nullptr && value->is_number_integer()) return value->get<std::int64_t>();
        fail(std::string(key) + " is no whole number");
        return 0;
    }
    bool flag(const char* key, bool otherwise) {
        const Json* value = find(key);
        if (value == nullptr) return otherwise;
        if (value->is_boolean()) return value->get<bool>();
        fail(std::string(key) + " is neither true nor false");
        return otherwise;
    }
    void fail(const std::string& what) {
        if (fault_.empty()) fault_ = where_ + ": " + what;
    }
    const std::string& fault() const { return fault_; }

  private:
    const Json* find(const char* key) const {
        if (!object_.is_object()) return nullptr;
        const auto found = object_.find(key);
        return found == object_.end() ? nullptr : &*found;
    }

    const Json& object_;
    std::string where_;
    std::string fault_;
};

StoredSettings settingsOf(Members& members, const std::filesystem::path& folder) {
    StoredSettings settings;
    settings.text = members.optionalText("text");
    if (const auto mode = members.optionalText("mode")) {
        settings.mode = displayModeOfName(*mode);
        if (!settings.mode) members.fail("mode is none of textAndImage, imageOnly, textOnly");
    }
    if (const auto name = members.optionalText("image")) {
        SignatureImage image;
        image.name = *name;
        image.data = base::readFile(folder / *name).value_or(std::string());
        const auto header = readImageHeader(image.data);
        if (!header) {
            members.fail("image " + *name + " is no PNG or JPEG file beside the JSON file");
            return settings;
        }
        image.mediaType = header->mediaType;
        image.width = header->width;
        image.height = header->height;
        settings.image = std::move(image);
    }
    return settings;
}

Result<Done, std::string> addUser(store::Database& database, Members members,
                                  const std::filesystem::path& folder) {
    UserRow user;
    user.id = members.number("id");
    user.code = members.text("code");
    user.name = members.text("name");
    user.phone = members.text("phone");
    user.email = members.text("email");
    user.settings = settingsOf(members, folder);
    if (!members.fault().empty()) return members.fault();
    if (auto added = insertUser(database, user); !added)
        return "user " + user.code + ": " + added.error().message;
    return Done{};
}

Result<Done, std::string> addCertificate(store::Database& database, Members members, Instant now) {
    NewCertificate certificate;
    certificate.serial = members.text("serial");
    certificate.identity = members.text("identity");
    certificate.commonName = members.text("commonName");
    certificate.subject = members.text("subject");
    certificate.issuer = members.text("issuer");
    certificate.serviceName = members.text("serviceName");
    certificate.type =
        members.text("type") == "business" ? CertificateType::Business : CertificateType::SmartCa;
    certificate.validFrom = now + members.number("validFromDays") * kDay;
    certificate.validTo = now + members.number("validToDays") * kDay;
    CertificateExtras extras;
    extras.userId = members.number("userId");
    extras.nickname = members.text("name");
    extras.createdAt = now;
    const bool mayBeDefault = members.flag("isDefault", true);
    if (!members.fault().empty()) return members.fault();

    auto added = insertCertificate(database, certificate, extras);
    if (!added) return "certificate " + certificate.serial + ": " + added.error().message;
    if (!mayBeDefault) return Done{};
    if (auto marked = ensureDefault(database, extras.userId, now); !marked) return marked.error().message;
    return Done{};
}

// Calls `add` with each element of that list.
template <class Add>
Result<Done, std::string> forEach(const Json& data, const char* list, const Add& add) {
    const auto found = data.find(list);
    if (found == data.end()) return Done{};
    if (!found->is_array()) return std::string(list) + " is no list";
    for (std::size_t i = 0; i < found->size(); ++i) {
        auto added = add(Members((*found)[i], std::string(list) + "[" + std::to_string(i) + "]"));
        if (!added) return added;
    }
    return Done{};
}

Result<Done, std::string> addAll(store::Database& database, const Json& data,
                                 const std::filesystem::path& folder, Instant now) {
    if (const auto company = data.find("company"); company != data.end()) {
        Members members(*company, "company");
        const StoredSettings settings = settingsOf(members, folder);
        if (!members.fault().empty()) return members.fault();
        if (auto set = setCompanySettings(database, settings); !set) return set.error().message;
    }
    auto added = forEach(data, "users",
                         [&](Members members) { return addUser(database, std::move(members), folder); });
    if (!added) return added;
    return forEach(data, "certificates",
                   [&](Members members) { return addCertificate(database, std::move(members), now); });
}

}  // namespace

Result<Seeding, std::string> loadDemoData(store::Store& store, const std::string& path, Instant now) {
    const std::string where = "demo data " + path + ": ";
    const auto content = base::readFile(path);
    if (!content) return where + "cannot be read; name a file like assets/demo/registry.json";
    const auto data = parseJsonFile(*content, kLimits);
    if (!data) return where + "no JSON: " + data.error();
    if (!data.value().is_object()) return where + "no object";

    store::Store::Writer writer = store.write();
    store::Transaction transaction(writer.database(), store::TransactionKind::Write);
    if (transaction.failed()) return where + transaction.error().forOperator();
    const auto users = writer.database().number("SELECT count(*) FROM users");
    if (!users) return where + users.error().forOperator();
    if (users.value() > 0) return Seeding::AlreadyThere;
    const auto folder = std::filesystem::path(path).parent_path();
    if (auto added = addAll(writer.database(), data.value(), folder, now); !added)
        return where + added.error();
    if (auto committed = transaction.commit(); !committed) return where + committed.error().forOperator();
    return Seeding::Loaded;
}

Result<Done, std::string> loadCompanySettings(store::Store& store, const std::string& path) {
    const std::string where = "company settings " + path + ": ";
    const auto content = base::readFile(path);
    if (!content) return where + "cannot be read";
    const auto data = parseJsonFile(*content, kLimits);
    if (!data) return where + "no JSON: " + data.error();
    Members members(data.value(), "the file");
    if (data.value().is_object()) {
        for (const auto& [key, value] : data.value().items()) {
            if (key != "text" && key != "mode" && key != "image")
                return where + "\"" + key + "\" is none of text, mode, image";
        }
    }
    const StoredSettings settings = settingsOf(members, std::filesystem::path(path).parent_path());
    if (!members.fault().empty()) return where + members.fault();

    store::Store::Writer writer = store.write();
    store::Transaction transaction(writer.database(), store::TransactionKind::Write);
    if (transaction.failed()) return where + transaction.error().message;
    if (auto set = setCompanySettings(writer.database(), settings); !set) return where + set.error().message;
    if (auto committed = transaction.commit(); !committed) return where + committed.error().message;
    return Done{};
}

}  // namespace smartca::registry
