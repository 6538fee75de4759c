#include <array>
#include <cstdio>

#include "proxy/registry/rows.h"
#include "registry.h"

namespace smartca::bench {
namespace {

constexpr std::array kFamilies = {"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ"};
constexpr std::array kMiddles = {"Văn", "Thị", "Hữu", "Ngọc", "Minh", "Quang", "Thanh"};
constexpr std::array kGivens = {"An",    "Anh",  "Bình", "Chi",   "Dũng", "Đức",  "Giang", "Hà",
                                "Hải",   "Hạnh", "Hoa",  "Huy",   "Khoa", "Lan",  "Linh",  "Long",
                                "Mai",   "Nam",  "Nga",  "Nhung", "Phúc", "Quân", "Sơn",   "Thảo",
                                "Trang", "Tuấn", "Uyên", "Vinh",  "Xuân", "Yến"};

// splitmix64: spreads the numbers so that nothing is in order.
std::uint64_t spread(std::uint64_t z) {
    z += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

template <std::size_t size>
const char* oneOf(const std::array<const char*, size>& all, std::uint64_t bits) {
    return all[bits % size];
}

std::string nameOf(std::uint64_t number) {
    const std::uint64_t bits = spread(number);
    // Families are as unequal as they are: four people in ten are called Nguyễn.
    const char* family = bits % 10 < 4 ? kFamilies[0] : oneOf(kFamilies, bits >> 8);
    return std::string(family) + ' ' + oneOf(kMiddles, bits >> 16) + ' ' + oneOf(kGivens, bits >> 24);
}

void require(const store::DatabaseResult<Done>& done) {
    if (done) return;
    std::fprintf(stderr, "%s\n", done.error().message.c_str());
    std::exit(2);
}

// Certificates `first` and later, until there are `wanted`.
void insertOnes(store::Database& database, registry::CompanyId company, std::int64_t first,
                std::int64_t wanted) {
    // Not more: each insertion writes the list's state anew on PostgreSQL, and reads past what the
    // transaction has written of it before.
    constexpr std::int64_t kAtOnce = 1'000;
    for (auto next = first; next < wanted;) {
        store::Transaction transaction(database, store::TransactionKind::Write);
        for (const auto end = std::min(next + kAtOnce, wanted); next < end; ++next) {
            Draft draft;
            draft.userId = next % kUsers + 1;
            registry::CertificateExtras extras;
            extras.createdAt = kNow;
            const auto added =
                registry::insertCertificate(database, company, certificateOf(next), draft, extras);
            if (!added) require(added.error());
        }
        require(transaction.commit());
    }
}

// One more of each of the first `count`, `round` in its serial number.
void copyFirst(store::Database& database, std::int64_t round, std::int64_t count) {
    constexpr const char* kSame =
        "identity, common_name, subject, issuer, service_name, type, valid_from, valid_to, created_at, "
        "name_key,"
        " search_key, der, status, status_text, status_asked";
    store::Transaction transaction(database, store::TransactionKind::Write);
    require(database.execute(
        "INSERT INTO certificates(company, user_id, is_default, serial, " + std::string(kSame) +
        ") SELECT company, user_id, 0, '5402' || '" + std::to_string(round) + "' || serial, " + kSame +
        " FROM certificates WHERE id <= (SELECT min(id) FROM certificates) + " + std::to_string(count - 1)));
    require(transaction.commit());
}

}  // namespace

registry::NewCertificate certificateOf(std::int64_t number) {
    const auto bits = spread(static_cast<std::uint64_t>(number) ^ 0x5a5a);
    std::array<char, 40> serial{};
    std::snprintf(serial.data(), serial.size(), "540101%016llx%08llx", static_cast<unsigned long long>(bits),
                  static_cast<unsigned long long>(number));
    registry::NewCertificate certificate;
    certificate.serial = serial.data();
    certificate.identity =
        "0" + std::to_string(10'000'000'000 + static_cast<std::int64_t>(bits % 89'000'000'000));
    certificate.commonName = nameOf(static_cast<std::uint64_t>(number));
    certificate.subject = "C=VN,ST=Hà Nội,CN=" + certificate.commonName + ",UID=CCCD:" + certificate.identity;
    certificate.issuer = "CN=VNPT SmartCA RS,O=VIETNAM POSTS AND TELECOMMUNICATIONS GROUP,C=VN";
    certificate.serviceName = "SMARTCA PERSONAL PRO";
    certificate.der = std::string(1200, static_cast<char>(bits));
    certificate.type = bits % 5 == 0 ? CertificateType::Business : CertificateType::SmartCa;
    certificate.validFrom = kNow - static_cast<Instant>(bits % 900) * 86'400;
    certificate.validTo = certificate.validFrom + Instant{730} * 86'400;
    return certificate;
}

void fill(store::Store& store, std::int64_t wanted) {
    constexpr std::int64_t kOriginals = 100'000;
    const registry::CompanyId company = companyIn(store);
    store::Store::Writer writer = store.write(store::Durability::ProcessCrash);
    store::Database& database = writer.database();
    if (database.number("SELECT count(*) FROM users").value() == 0) {
        store::Transaction transaction(database, store::TransactionKind::Write);
        for (UserId id = 1; id <= kUsers + kNewUsers; ++id) {
            require(registry::insertUser(database, company,
                                         {id,
                                          "USER" + std::to_string(id),
                                          nameOf(static_cast<std::uint64_t>(id) + 1'000'000'000),
                                          "",
                                          "",
                                          {}}));
        }
        require(transaction.commit());
    }
    const auto stored = [&] { return database.number("SELECT count(*) FROM certificates").value(); };
    if (stored() < kOriginals) insertOnes(database, company, stored(), std::min(wanted, kOriginals));
    for (std::int64_t round = 1; stored() < wanted; ++round)
        copyFirst(database, round, kOriginals);
    // A server's statistics and visibility map, as its autovacuum makes them within a minute.
    if (database.driver().dialect() == store::Dialect::Postgres) require(database.execute("VACUUM ANALYZE"));
}

}  // namespace smartca::bench
