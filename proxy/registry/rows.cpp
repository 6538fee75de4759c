#include "proxy/registry/rows.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "proxy/base/crypto.h"
#include "proxy/registry/fold.h"

namespace smartca::registry {

base::Fault faultOf(const store::DatabaseError& error) {
    const auto code = error.isCorruption()                              ? ProblemCode::Internal
                      : error.fault == store::DatabaseFault::CommitLost ? ProblemCode::OutcomeUnknown
                                                                        : ProblemCode::Unavailable;
    return {code, {}, "database: " + error.reason};
}

base::Fault noRow(const store::Statement& find, ProblemCode absent) {
    if (find.failed()) return faultOf(find.error());
    return {absent};
}

namespace {
// At the place of its number less one. The numbers are stored and never change their meaning.
constexpr std::array kDisplayModes = {DisplayMode::TextOnly, DisplayMode::TextAndImage,
                                      DisplayMode::ImageOnly};
}  // namespace

std::optional<std::int64_t> numberOf(const std::optional<DisplayMode>& mode) {
    if (!mode) return std::nullopt;
    return std::find(kDisplayModes.begin(), kDisplayModes.end(), *mode) - kDisplayModes.begin() + 1;
}

std::optional<DisplayMode> displayModeOfNumber(std::int64_t number) {
    if (number < 1 || number > static_cast<std::int64_t>(kDisplayModes.size())) return std::nullopt;
    return kDisplayModes[static_cast<std::size_t>(number) - 1];
}

Certificate certificateOf(const store::Statement& row, Instant now) {
    Certificate certificate;
    certificate.id = row.number(0);
    certificate.name = row.text(1);
    certificate.userId = row.number(2);
    certificate.userName = row.text(3);
    certificate.identity = row.text(4);
    certificate.serial = row.text(5);
    certificate.subject = row.text(6);
    certificate.issuer = row.text(7);
    certificate.type = row.number(8) == 0 ? CertificateType::SmartCa : CertificateType::Business;
    certificate.validFrom = row.number(9);
    certificate.validTo = row.number(10);
    certificate.isDefault = row.number(11) != 0;
    certificate.status = statusWith(static_cast<CertificateStatus>(row.number(12)), now,
                                    certificate.validFrom, certificate.validTo);
    certificate.statusText = row.text(13);
    certificate.statusAsked = row.number(14);
    certificate.userCode = row.text(15);
    return certificate;
}

base::Outcome<Certificate> findCertificate(store::Database& database, CompanyId company, std::int64_t id,
                                           Instant now) {
    store::Statement find(
        database,
        std::string("SELECT ") + kCertificateColumns +
            " FROM certificates c JOIN users u ON u.id = c.user_id WHERE c.id = ? AND c.company = ?");
    find.bind(id).bind(numberOf(company));
    if (find.next()) return certificateOf(find, now);
    return noRow(find, ProblemCode::CertificateGone);
}

store::DatabaseResult<std::int64_t> storeImage(store::Database& database, CompanyId company,
                                               const SignatureImage& image) {
    const std::string key = base::sha256(image.data);

    store::Statement insert(
        database,
        "INSERT INTO images(company, digest, media_type, width, height, data) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(company, digest) DO NOTHING");
    insert.bind(numberOf(company))
        .bindBlob(key)
        .bind(image.mediaType)
        .bind(image.width)
        .bind(image.height)
        .bindBlob(image.data);
    if (auto inserted = insert.run(); !inserted) return inserted.error();

    store::Statement find(database, "SELECT id FROM images WHERE company = ? AND digest = ?");
    find.bind(numberOf(company)).bindBlob(key);
    const std::int64_t id = find.next() ? find.number(0) : 0;
    if (find.failed()) return find.error();
    return id;
}

namespace {

// Binds text, mode, image and its name, in this order.
store::DatabaseResult<Done> bindSettings(store::Database& database, CompanyId company,
                                         store::Statement& statement, const StoredSettings& settings) {
    statement.bindOptional(settings.text).bindOptional(numberOf(settings.mode));
    if (!settings.image) {
        statement.bindNull().bindNull();
        return Done{};
    }
    auto imageId = storeImage(database, company, *settings.image);
    if (!imageId) return imageId.error();
    statement.bind(imageId.value()).bind(settings.image->name);
    return Done{};
}

// No names where the company has no such user: the FOREIGN KEY refuses the row then.
store::DatabaseResult<RowKeys> keysOf(store::Database& database, CompanyId company,
                                      const NewCertificate& certificate, UserId userId,
                                      std::string_view nickname) {
    store::Statement find(database, "SELECT name, code, phone FROM users WHERE company = ? AND id = ?");
    const bool found = find.bind(numberOf(company)).bind(userId).next();
    if (find.failed()) return find.error();
    const auto text = [&](int column) { return found ? find.text(column) : std::string(); };
    return rowKeys({.nickname = nickname,
                    .commonName = certificate.commonName,
                    .userName = text(0),
                    .userCode = text(1),
                    .userPhone = text(2),
                    .serial = certificate.serial,
                    .identity = certificate.identity});
}

}  // namespace

store::DatabaseResult<Done> setCompanySettings(store::Database& database, CompanyId company,
                                               const StoredSettings& settings) {
    store::Statement change(database,
                            "UPDATE companies SET signature_text = ?, display_mode = ?, image_id = ?,"
                            " image_name = ? WHERE id = ?");
    if (auto bound = bindSettings(database, company, change, settings); !bound) return bound;
    return change.bind(numberOf(company)).run();
}

store::DatabaseResult<Done> insertUser(store::Database& database, CompanyId company, const UserRow& user) {
    const std::string name = folded(user.name);
    store::Statement insert(
        database,
        "INSERT INTO users(company, id, code, name, phone, email, name_key, search_key,"
        " signature_text, display_mode, image_id, image_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(numberOf(company))
        .bind(user.id)
        .bind(user.code)
        .bind(user.name)
        .bind(user.phone)
        .bind(user.email)
        .bind(name);
    insert.bind(searchKey({name, folded(user.code), foldedNumber(user.phone)}));
    if (auto bound = bindSettings(database, company, insert, user.settings); !bound) return bound;
    return insert.run();
}

std::vector<Field> storedFields(Secrets secrets) {
    std::vector<Field> fields = {Field::BusinessAccount};
    if (secrets == Secrets::Sealed) fields.insert(fields.end(), {Field::Password, Field::SecretKey});
    fields.insert(fields.end(), {Field::SignatureText, Field::DisplayMode, Field::SignatureImage});
    return fields;
}

store::DatabaseResult<std::optional<std::int64_t>> insertCertificate(store::Database& database,
                                                                     CompanyId company,
                                                                     const NewCertificate& certificate,
                                                                     const Draft& draft,
                                                                     const CertificateExtras& extras) {
    const auto keys = keysOf(database, company, certificate, draft.userId, extras.nickname);
    if (!keys) return keys.error();
    const auto blobOrNull = [](store::Statement& statement, const std::string& bytes) {
        if (bytes.empty()) {
            statement.bindNull();
        } else {
            statement.bindBlob(bytes);
        }
    };
    store::Statement insert(
        database,
        "INSERT INTO certificates(company, user_id, serial, identity, name, common_name, subject, issuer,"
        " service_name, type, valid_from, valid_to, is_default, created_at, name_key, search_key,"
        " signature_text, display_mode, image_id, image_name, der, sealed_password, sealed_secret_key,"
        " status, status_text, status_asked)"
        " VALUES (?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(user_id, serial) DO NOTHING RETURNING id");
    insert.bind(numberOf(company)).bind(draft.userId).bind(certificate.serial).bind(certificate.identity);
    insert.bind(extras.nickname);
    insert.bind(certificate.commonName).bind(certificate.subject).bind(certificate.issuer);
    insert.bind(certificate.serviceName).bind(certificate.type == CertificateType::SmartCa ? 0 : 1);
    insert.bind(certificate.validFrom).bind(certificate.validTo).bind(extras.createdAt);
    insert.bind(keys.value().name).bind(keys.value().search);
    insert.bindOptional(draft.signatureText).bindOptional(numberOf(draft.displayMode));
    insert.bindOptional(extras.imageId).bind(draft.signatureImage ? draft.signatureImage->name : "");
    insert.bindBlob(certificate.der);
    blobOrNull(insert, extras.sealedPassword);
    blobOrNull(insert, extras.sealedSecretKey);
    insert.bind(static_cast<std::int64_t>(certificate.told.status)).bind(certificate.told.text);
    insert.bind(certificate.told.at);
    std::optional<std::int64_t> id;
    if (insert.next()) id = insert.number(0);
    if (insert.failed()) return insert.error();
    return id;
}

store::DatabaseResult<Done> ensureDefault(store::Database& database, CompanyId company, UserId userId,
                                          Instant now) {
    store::Statement mark(
        database,
        "UPDATE certificates SET is_default = 1 WHERE id ="
        " (SELECT id FROM certificates WHERE user_id = ?1 AND +company = ?3 AND valid_to >= ?2 AND status = 0"
        "  ORDER BY (valid_from <= ?2) DESC, valid_from DESC, id DESC LIMIT 1)"
        " AND NOT EXISTS (SELECT 1 FROM certificates WHERE user_id = ?1 AND +company = ?3 AND is_default = "
        "1)");
    mark.bind(userId).bind(now).bind(numberOf(company));
    return mark.run();
}

}  // namespace smartca::registry
