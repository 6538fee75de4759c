#include "proxy/registry/demo_data.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "proxy/base/file.h"
#include "proxy/base/unicode.h"
#include "proxy/registry/rows.h"
#include "shared/json_file.h"
#include "shared/object_reader.h"
#include "shared/validation.h"

namespace smartca::registry {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestName = 1'000;
constexpr Instant kDay = 24 * 60 * 60;
constexpr JsonLimits kLimits{.depth = 8, .values = 200'000};

std::string nameOf(const ShapeError& error) {
    return error.pointer + ": " + error.reason;
}

StoredSettings settingsOf(ObjectReader& members, const std::filesystem::path& folder) {
    StoredSettings settings;
    if (members.optionalValue("text") != nullptr) settings.text = members.text("text");
    if (members.optionalValue("mode") != nullptr) {
        settings.mode = displayModeOfName(members.text("mode"));
        if (!settings.mode) members.fail("mode", "is none of textAndImage, imageOnly, textOnly");
    }
    const std::string name = members.optionalText("image");
    if (name.empty()) return settings;
    SignatureImage image;
    image.name = name;
    image.data = base::readFile(folder / name).value_or(std::string());
    const auto header = readImageHeader(image.data);
    if (!header) {
        members.fail("image", name + " is no PNG or JPEG file beside the JSON file");
        return settings;
    }
    image.mediaType = header->mediaType;
    image.width = header->width;
    image.height = header->height;
    settings.image = std::move(image);
    return settings;
}

// A database's refusal, in the words of the element that it refused.
void addUser(store::Database& database, CompanyId company, ObjectReader& members,
             const std::filesystem::path& folder) {
    UserRow user;
    user.id = members.integer("id", 1);
    user.code = members.text("code");
    user.name = base::cleaned(members.optionalText("name"), kLongestName);
    if (user.name.empty()) user.name = user.code;  // to be chosen all the same
    user.phone = members.optionalText("phone");
    user.email = members.optionalText("email");
    user.settings = settingsOf(members, folder);
    members.refuseUnknownKeys();
    if (members.failed()) return;
    if (auto added = insertUser(database, company, user); !added) members.fail({}, added.error().message);
}

void addCertificate(store::Database& database, CompanyId company, ObjectReader& members, Instant now) {
    constexpr std::int64_t kCentury = 36'525;
    NewCertificate certificate;
    certificate.serial = members.text("serial");
    certificate.identity = members.text("identity");
    certificate.commonName = members.text("commonName");
    certificate.subject = members.text("subject");
    certificate.issuer = members.text("issuer");
    certificate.serviceName = members.text("serviceName");
    certificate.type =
        members.optionalText("type") == "business" ? CertificateType::Business : CertificateType::SmartCa;
    certificate.validFrom = now + members.integer("validFromDays", -kCentury, kCentury) * kDay;
    certificate.validTo = now + members.integer("validToDays", -kCentury, kCentury) * kDay;
    if (auto text = members.optionalText("statusText"); !text.empty())
        certificate.told = {CertificateStatus::Active, std::move(text), now};
    Draft draft;
    draft.userId = members.integer("userId", 1);
    CertificateExtras extras;
    extras.nickname = members.optionalText("name");
    extras.createdAt = now;
    const bool mayBeDefault = !members.has("isDefault") || members.flag("isDefault");
    members.refuseUnknownKeys();
    if (members.failed()) return;

    const auto added = insertCertificate(database, company, certificate, draft, extras);
    if (!added) return members.fail({}, added.error().message);
    if (!mayBeDefault) return;
    if (auto marked = ensureDefault(database, company, draft.userId, now); !marked)
        members.fail({}, marked.error().message);
}

void addAll(store::Database& database, CompanyId company, ObjectReader& members,
            const std::filesystem::path& folder, Instant now) {
    if (const auto* own = members.optionalValue("company"); own != nullptr) {
        ObjectReader reader(*own, members, "company");
        const StoredSettings settings = settingsOf(reader, folder);
        reader.refuseUnknownKeys();
        if (members.failed()) return;
        if (auto set = setCompanySettings(database, company, settings); !set)
            members.fail("company", set.error().message);
    }
    if (members.has("users"))
        members.eachObject("users", [&](ObjectReader& user) { addUser(database, company, user, folder); });
    if (members.has("certificates"))
        members.eachObject("certificates", [&](ObjectReader& certificate) {
            addCertificate(database, company, certificate, now);
        });
}

void addCompanies(store::Database& database, ObjectReader& members, const std::filesystem::path& folder,
                  Instant now) {
    if (!members.has("companies")) return;
    members.eachObject("companies", [&](ObjectReader& item) {
        const auto company = companyNamed(database, item.text("name"));
        if (!company) return item.fail("name", company.error().message);
        addAll(database, company.value(), item, folder, now);
        item.refuseUnknownKeys();
    });
}

Result<Json, std::string> readJson(const std::string& path) {
    const auto content = base::readFile(path);
    if (!content) return std::string("cannot be read");
    auto data = parseJsonFile(*content, kLimits);
    if (!data) return "no JSON: " + data.error();
    return data;
}

}  // namespace

Result<Seeding, std::string> loadDemoData(store::Store& store, CompanyId company, const std::string& path,
                                          Instant now) {
    const std::string where = "demo data " + path + ": ";
    const auto data = readJson(path);
    if (!data) return where + data.error() + "; name a file like assets/demo/registry.json";

    store::Store::Writer writer = store.write();
    store::Transaction transaction(writer.database(), store::TransactionKind::Write);
    if (transaction.failed()) return where + transaction.error().forOperator();
    const auto users = writer.database().number("SELECT count(*) FROM users");
    if (!users) return where + users.error().forOperator();
    if (users.value() > 0) return Seeding::AlreadyThere;
    ObjectReader members(data.value());
    const auto folder = std::filesystem::path(path).parent_path();
    addAll(writer.database(), company, members, folder, now);
    addCompanies(writer.database(), members, folder, now);
    if (const auto read = members.finish(Done{}, UnknownKeys::Refused); !read)
        return where + nameOf(read.error());
    if (auto committed = transaction.commit(); !committed) return where + committed.error().forOperator();
    return Seeding::Loaded;
}

Result<Done, std::string> loadCompanySettings(store::Store& store, CompanyId company,
                                              const std::string& path) {
    const std::string where = "company settings " + path + ": ";
    const auto data = readJson(path);
    if (!data) return where + data.error();
    ObjectReader members(data.value());
    StoredSettings read = settingsOf(members, std::filesystem::path(path).parent_path());
    const auto settings = members.finish(std::move(read), UnknownKeys::Refused);
    if (!settings) return where + nameOf(settings.error());

    store::Store::Writer writer = store.write();
    store::Transaction transaction(writer.database(), store::TransactionKind::Write);
    if (transaction.failed()) return where + transaction.error().message;
    if (auto set = setCompanySettings(writer.database(), company, settings.value()); !set)
        return where + set.error().message;
    if (auto committed = transaction.commit(); !committed) return where + committed.error().message;
    return Done{};
}

}  // namespace smartca::registry
