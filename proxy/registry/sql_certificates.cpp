// The list of certificates: searching, single rows, which serials are on it, and their status.
#include <algorithm>

#include "proxy/registry/conditions.h"
#include "proxy/registry/rows.h"
#include "proxy/registry/sql_registry.h"

namespace smartca::registry {
namespace {

// What statusWith() says, as SQL over what SmartCA said and the dates.
void addStatus(Conditions& matching, CertificateStatus status, Instant now) {
    // Where the first day has not come yet, the last one has not passed, whatever it is.
    constexpr std::string_view kNotOver = "(valid_from > ? OR valid_to >= ?)";
    const auto said = static_cast<std::int64_t>(status);
    switch (status) {
        case CertificateStatus::Active:
            return matching.add("status = ? AND valid_from <= ? AND valid_to >= ?", said, now, now);
        case CertificateStatus::Revoked:
            return matching.add("status = ?", said);
        case CertificateStatus::Expired:
            matching.add("status <> ?", static_cast<std::int64_t>(CertificateStatus::Revoked));
            return matching.add("valid_from <= ? AND valid_to < ?", now, now);
        case CertificateStatus::NotYetValid:
            matching.add("(status = ? OR (status = ? AND valid_from > ?))", said,
                         static_cast<std::int64_t>(CertificateStatus::Active), now);
            return matching.add(kNotOver, now, now);
        case CertificateStatus::Unknown:
            matching.add("(status = ? OR status = ?)", said,
                         static_cast<std::int64_t>(CertificateStatus::Expired));
            return matching.add(kNotOver, now, now);
        case CertificateStatus::Suspended:
        case CertificateStatus::Pending:
            matching.add("status = ?", said);
            return matching.add(kNotOver, now, now);
    }
}

std::string listOf(const std::vector<std::int64_t>& ids) {
    std::string words = ",";
    for (const std::int64_t id : ids)
        words += std::to_string(id) + ',';
    return words;
}

Conditions conditionsOf(CompanyId company) {
    Conditions matching;
    matching.add("company = ?", numberOf(company));
    return matching;
}

void addOwners(Conditions& matching, const std::vector<UserId>& owners) {
    if (!owners.empty()) matching.add("contains(?, ',' || user_id || ',')", listOf(owners));
}

// Rows that were added together have numbers close to one another, so the bounds leave little to look at. One
// statement for any number of them.
void addIds(Conditions& matching, const std::vector<std::int64_t>& ids) {
    const auto [least, greatest] = std::ranges::minmax(ids);
    matching.add("id >= ?", least);
    matching.add("id <= ?", greatest);
    matching.add("contains(?, ',' || id || ',')", listOf(ids));
}

Conditions conditionsOf(CompanyId company, const CertificateQuery& query) {
    // What is looked for by its number is found by that, not along the company's list: with a + the company is no way
    // to a row, and still what it is held against.
    Conditions matching;
    const bool isByNumber = query.userId != 0 || !query.ids.empty();
    matching.add(isByNumber ? "+company = ?" : "company = ?", numberOf(company));
    addOwners(matching, query.owners);
    if (!query.ids.empty()) addIds(matching, query.ids);
    if (query.userId != 0) matching.add("user_id = ?", query.userId);
    if (query.type) matching.add("type = ?", *query.type == CertificateType::SmartCa ? 0 : 1);
    if (query.validFrom) matching.add("valid_from >= ?", *query.validFrom);
    if (query.validTo) matching.add("valid_to <= ?", *query.validTo);
    if (query.status) addStatus(matching, *query.status, query.now);
    matching.addSearch(query.search);
    return matching;
}

struct Counts {
    std::int64_t certificates = 0;
    std::int64_t users = 0;
};

// Of the first ones: a long list costs no more than a short one. One more than are told exactly says that there are
// more.
store::DatabaseResult<Counts> countsOf(store::Database& database, const Conditions& matching,
                                       std::int64_t most = kMostCounted + 1) {
    store::Statement count(database,
                           "SELECT count(*), count_distinct(user_id) FROM (SELECT user_id FROM certificates" +
                               matching.where() + limitOf(most) + ") AS counted");
    matching.bindTo(count);
    Counts counts;
    if (count.next()) counts = {count.number(0), count.number(1)};
    if (count.failed()) return count.error();
    return counts;
}

// The rows of the page, of which the counts are known. The inner search walks the covering index, and stops when
// the page is full.
store::DatabaseResult<Done> rowsInto(store::Database& database, const Conditions& matching,
                                     const PageWindow& window, Instant now, CertificatePage& page) {
    const std::int64_t rowsWanted = page.totalCount > kMostCounted
                                        ? window.rows()
                                        : std::min(window.rows(), page.totalCount - window.offset());
    if (rowsWanted <= 0) return Done{};
    store::Statement rows(database, std::string("SELECT ") + kCertificateColumns +
                                        " FROM certificates c JOIN users u ON u.id = c.user_id WHERE c.id IN"
                                        " (SELECT id FROM certificates" +
                                        matching.where() + " ORDER BY name_key, id" + limitOf(rowsWanted) +
                                        std::string(window.skip()) + ") ORDER BY c.name_key, c.id");
    matching.bindTo(rows);
    window.bindTo(rows);
    while (rows.next())
        page.items.push_back(certificateOf(rows, now));
    if (rows.failed()) return rows.error();
    window.close(page);
    if (!page.items.empty()) return Done{};
    // Behind the last row. Who is there goes back to the last page, and has to know which that is.
    const auto counts = countsOf(database, matching, window.offset());
    if (!counts) return counts.error();
    page.totalCount = counts.value().certificates;
    return Done{};
}

}  // namespace

base::Outcome<CertificatePage> SqlRegistry::certificates(const CertificateQuery& query) {
    store::Store::Reader reader = store_->read();
    store::Database& database = reader.database();
    const store::Transaction snapshot(database, store::TransactionKind::Read);
    if (snapshot.failed()) return faultOf(snapshot.error());

    const Conditions matching = conditionsOf(company_, query);
    Conditions everything = conditionsOf(company_);
    addOwners(everything, query.owners);
    const PageWindow window = pageWindow(query.page, query.pageSize);
    CertificatePage page;
    page.page = window.page;
    page.pageSize = window.pageSize;

    const auto counts = countsOf(database, matching);
    if (!counts) return faultOf(counts.error());
    const auto all = matching.where() == everything.where() ? counts : countsOf(database, everything);
    if (!all) return faultOf(all.error());
    page.totalCount = counts.value().certificates;
    page.userCount = counts.value().users;
    page.allCount = all.value().certificates;
    if (auto found = rowsInto(database, matching, window, query.now, page); !found)
        return faultOf(found.error());
    return page;
}

base::Outcome<Certificate> SqlRegistry::certificate(std::int64_t id, Instant now) {
    store::Store::Reader reader = store_->read();
    return findCertificate(reader.database(), company_, id, now);
}

base::Outcome<std::string> SqlRegistry::certificateDer(std::int64_t id) {
    store::Store::Reader reader = store_->read();
    store::Statement find(reader.database(), "SELECT der FROM certificates WHERE id = ? AND company = ?");
    find.bind(id).bind(numberOf(company_));
    if (find.next()) return find.blob(0);
    return noRow(find, ProblemCode::CertificateGone);
}

base::Outcome<std::vector<std::string>> SqlRegistry::serialsOnList(UserId id,
                                                                   const std::vector<std::string>& serials) {
    store::Store::Reader reader = store_->read();
    store::Statement find(
        reader.database(),
        "SELECT 1 FROM certificates WHERE +company = ?3 AND serial = ?1 AND (?2 = 0 OR user_id = ?2)");
    std::vector<std::string> onList;
    for (const auto& serial : serials) {
        find.bind(serial).bind(id).bind(numberOf(company_));
        if (find.next()) onList.push_back(serial);
        if (find.failed()) return faultOf(find.error());
        find.reset();
    }
    return onList;
}

base::Outcome<std::vector<std::vector<std::string>>> SqlRegistry::holdersOf(
    const std::vector<std::string>& serials, UserId except) {
    store::Store::Reader reader = store_->read();
    // Of one who has the name of the other, the code tells.
    store::Statement find(
        reader.database(),
        "SELECT u.name || CASE WHEN u.name_key = (SELECT name_key FROM users WHERE company = ?4 AND id = ?2)"
        " THEN ' · ' || u.code ELSE '' END"
        " FROM certificates c JOIN users u ON u.id = c.user_id"
        " WHERE +c.company = ?4 AND c.serial = ?1 AND c.user_id <> ?2 ORDER BY u.name_key, u.id LIMIT ?3");
    std::vector<std::vector<std::string>> holders;
    for (const auto& serial : serials) {
        auto& names = holders.emplace_back();
        find.bind(serial).bind(except).bind(static_cast<std::int64_t>(kHoldersTold));
        find.bind(numberOf(company_));
        while (find.next())
            names.push_back(find.text(0));
        if (find.failed()) return faultOf(find.error());
        find.reset();
    }
    return holders;
}

base::Outcome<std::vector<std::string>> SqlRegistry::identitiesOf(UserId id) {
    store::Store::Reader reader = store_->read();
    store::Statement find(
        reader.database(),
        "SELECT identity FROM certificates WHERE +company = ? AND user_id = ? AND identity <> ''"
        " GROUP BY identity ORDER BY max(id) DESC LIMIT 5");
    std::vector<std::string> identities;
    find.bind(numberOf(company_)).bind(id);
    while (find.next())
        identities.push_back(find.text(0));
    if (find.failed()) return faultOf(find.error());
    return identities;
}

base::Outcome<Done> SqlRegistry::keepStatus(std::int64_t id, const ToldStatus& told) {
    store::Store::Writer writer = store_->write();
    // An answer that was on its way for longer does not undo a newer one.
    store::Statement keep(
        writer.database(),
        "UPDATE certificates SET status = ?, status_text = ?, status_asked = ?"
        " WHERE +company = ?6 AND status_asked <= ?4 AND (serial, issuer, identity) ="
        " (SELECT serial, issuer, identity FROM certificates WHERE id = ?5 AND company = ?6)");
    keep.bind(static_cast<std::int64_t>(told.status)).bind(told.text).bind(told.at).bind(told.at).bind(id);
    keep.bind(numberOf(company_));
    if (auto kept = keep.run(); !kept) return faultOf(kept.error());
    return Done{};
}

}  // namespace smartca::registry
