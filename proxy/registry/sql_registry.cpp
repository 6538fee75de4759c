// Users and settings; sql_certificates.cpp has the list, sql_attach.cpp what writes.
#include "proxy/registry/sql_registry.h"

#include <chrono>

#include "proxy/registry/conditions.h"
#include "proxy/registry/relevance.h"
#include "proxy/registry/rows.h"

namespace smartca::registry {
namespace {

constexpr const char* kUserColumns =
    "SELECT u.id, u.code, u.name, u.phone, u.email,"
    " (SELECT count(*) FROM certificates c WHERE c.user_id = u.id)"
    " FROM users u";

User userOf(const store::Statement& row) {
    User user;
    user.id = row.number(0);
    user.code = row.text(1);
    user.name = row.text(2);
    user.phone = row.text(3);
    user.email = row.text(4);
    user.certificateCount = row.number(5);
    return user;
}

// A row that has signature columns: its table as `o`, and which row.
struct Owner {
    std::string table;
    std::string where;
    std::vector<std::int64_t> keys;

    void bindTo(store::Statement& statement) const {
        for (const std::int64_t key : keys)
            statement.bind(key);
    }
};
Owner ownerOf(CompanyId company) {
    return {"companies o", " WHERE o.id = ?", {numberOf(company)}};
}
Owner ownerOf(CompanyId company, UserId user) {
    return {"users o", " WHERE o.company = ? AND o.id = ?", {numberOf(company), user}};
}

// `imagePath` is where the API serves the image.
base::Outcome<SignatureSettings> settingsOf(store::Database& database, const Owner& owner,
                                            const std::string& imagePath) {
    store::Statement find(database,
                          "SELECT o.signature_text, o.display_mode, i.id, o.image_name, i.width, i.height, "
                          "length(i.data) FROM " +
                              owner.table + " LEFT JOIN images i ON i.id = o.image_id" + owner.where);
    owner.bindTo(find);
    if (!find.next()) return noRow(find);

    SignatureSettings settings;
    if (!find.isNull(0)) settings.text = find.text(0);
    if (!find.isNull(1)) settings.mode = displayModeOfNumber(find.number(1));
    if (!find.isNull(2)) {
        settings.image = StoredImage{imagePath, find.text(3), static_cast<int>(find.number(4)),
                                     static_cast<int>(find.number(5)), find.number(6)};
    }
    return settings;
}

base::Outcome<SignatureImage> imageOf(store::Database& database, const Owner& owner) {
    store::Statement find(database, "SELECT o.image_name, i.media_type, i.width, i.height, i.data FROM " +
                                        owner.table + " JOIN images i ON i.id = o.image_id" + owner.where);
    owner.bindTo(find);
    if (!find.next()) return noRow(find);

    SignatureImage image;
    image.name = find.text(0);
    image.mediaType = find.text(1);
    image.width = static_cast<int>(find.number(2));
    image.height = static_cast<int>(find.number(3));
    image.data = find.blob(4);
    return image;
}

// Up to one more than are told exactly.
store::DatabaseResult<std::int64_t> countOf(store::Database& database, const Conditions& matching) {
    store::Statement count(database, "SELECT count(*) FROM (SELECT 1 FROM users" + matching.where() +
                                         limitOf(kMostCounted + 1) + ") AS counted");
    matching.bindTo(count);
    const std::int64_t users = count.next() ? count.number(0) : 0;
    if (count.failed()) return count.error();
    return users;
}

}  // namespace

SqlRegistry::SqlRegistry(std::shared_ptr<store::Store> store, CompanyId company,
                         std::optional<sealing::SealingKey> key, Clock clock)
    : store_(std::move(store)), company_(company), key_(std::move(key)), clock_(std::move(clock)) {}

SqlRegistry::Clock SqlRegistry::systemClock() {
    return [] { return std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()); };
}

base::Outcome<Page<User>> SqlRegistry::users(const UserQuery& query) {
    store::Store::Reader reader = store_->read();
    store::Database& database = reader.database();
    // One snapshot, so that the counts fit the rows.
    const store::Transaction snapshot(database, store::TransactionKind::Read);
    if (snapshot.failed()) return faultOf(snapshot.error());

    Conditions everyone;
    everyone.add("company = ?", numberOf(company_));
    Conditions matching = everyone;
    const bool searched = matching.addSearch(query.search);
    const PageWindow window = pageWindow(query.page, query.pageSize);
    Page<User> page;
    page.page = window.page;
    page.pageSize = window.pageSize;

    // Without a search all are alike, and come in the index's order.
    const Relevance relevance =
        searched ? relevanceOf(query.search) : Relevance{"0 AS rank, 0 AS accents", {}};
    const char* const order = searched ? "rank, accents, name_key, id" : "name_key, id";
    store::Statement rows(database, std::string(kUserColumns) + " JOIN (SELECT id AS found, " +
                                        relevance.columns + " FROM users" + matching.where() + " ORDER BY " +
                                        order + limitOf(window.rows()) + std::string(window.skip()) +
                                        ") AS part ON part.found = u.id"
                                        " ORDER BY part.rank, part.accents, u.name_key, u.id");
    for (const std::string& value : relevance.values)
        rows.bind(value);
    matching.bindTo(rows);
    window.bindTo(rows);
    while (rows.next())
        page.items.push_back(userOf(rows));
    if (rows.failed()) return faultOf(rows.error());

    const auto total = countOf(database, matching);
    if (!total) return faultOf(total.error());
    const auto all = searched ? countOf(database, everyone) : total;
    if (!all) return faultOf(all.error());
    page.totalCount = total.value();
    page.allCount = all.value();
    window.close(page);
    return page;
}

base::Outcome<User> SqlRegistry::user(UserId id) {
    store::Store::Reader reader = store_->read();
    store::Statement find(reader.database(), std::string(kUserColumns) + " WHERE u.company = ? AND u.id = ?");
    find.bind(numberOf(company_)).bind(id);
    if (find.next()) return userOf(find);
    return noRow(find);
}

base::Outcome<SignatureSettings> SqlRegistry::companySettings() {
    store::Store::Reader reader = store_->read();
    return settingsOf(reader.database(), ownerOf(company_), "company/signature-image");
}

base::Outcome<SignatureSettings> SqlRegistry::userSettings(UserId id) {
    store::Store::Reader reader = store_->read();
    return settingsOf(reader.database(), ownerOf(company_, id),
                      "users/" + std::to_string(id) + "/signature-image");
}

base::Outcome<SignatureImage> SqlRegistry::companyImage() {
    store::Store::Reader reader = store_->read();
    return imageOf(reader.database(), ownerOf(company_));
}

base::Outcome<SignatureImage> SqlRegistry::userImage(UserId id) {
    store::Store::Reader reader = store_->read();
    return imageOf(reader.database(), ownerOf(company_, id));
}

std::vector<Field> SqlRegistry::saves() const {
    return storedFields(key_ ? Secrets::Sealed : Secrets::LeftOut);
}

}  // namespace smartca::registry
