// A registry in a place of its own that goes when the test ends, with a few users.
#pragma once

#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "place.h"
#include "proxy/journal/sql_journal.h"
#include "proxy/registry/rows.h"
#include "proxy/registry/sql_registry.h"
#include "proxy/store/store.h"
#include "shared/json_guard.h"

namespace smartca::registry {

constexpr Instant kDay = 24 * 60 * 60;
constexpr Instant kNow = 1'780'000'000;
inline const journal::Key kKey{"portal", "8e03978e-40d5-43dd-bc93-6894a57f9324"};
inline const journal::Plan kPlan{"main", 1, "plan", "memo"};

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

inline std::string contentOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void writeFile(const std::string& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

inline std::shared_ptr<store::Store> openStore(const store::StoreOptions& options) {
    auto store = store::Store::open(options);
    if (!store) FAIL(store.error());
    return std::move(store).value();
}

inline void execute(store::Store& store, const std::string& sql) {
    store::Store::Writer writer = store.write();
    auto done = writer.database().execute(sql);
    if (!done) FAIL(done.error().message);
}

inline CompanyId companyIn(store::Store& store, const std::string& name = "main") {
    auto company = enterCompany(store, name);
    if (!company) FAIL(company.error());
    return company.value();
}

inline void addUser(store::Store& store, const UserRow& user, const std::string& company = "main") {
    const CompanyId id = companyIn(store, company);
    store::Store::Writer writer = store.write();
    auto added = insertUser(writer.database(), id, user);
    if (!added) FAIL(added.error().message);
}

inline sealing::SealingKey testKey(char fill = 'k') {
    return sealing::SealingKey::ofBytes(std::string(sealing::SealingKey::kSize, fill));
}

inline NewCertificate certificate(const std::string& serial, const std::string& commonName = "Nguyễn Văn A") {
    NewCertificate certificate;
    certificate.serial = serial;
    certificate.identity = "001099000001";
    certificate.commonName = commonName;
    certificate.subject = "CN=" + commonName + ",C=VN";
    certificate.issuer = "CN=VNPT SmartCA RS,C=VN";
    certificate.serviceName = "SMARTCA PERSONAL PRO";
    certificate.der = "der of " + serial;
    certificate.validFrom = kNow - 100 * kDay;
    certificate.validTo = kNow + 100 * kDay;
    return certificate;
}

inline Attachment attachment(UserId userId, std::vector<NewCertificate> certificates) {
    Attachment attachment;
    attachment.draft.userId = userId;
    attachment.certificates = std::move(certificates);
    return attachment;
}

inline SignatureImage image(const std::string& data) {
    return {"signature.png", "image/png", data, 640, 420};
}

// How many certificates an answer that the journal keeps says were added.
inline std::size_t addedIn(const journal::StoredAnswer& answer) {
    const auto json = parseJson(answer.body);
    REQUIRE(json);
    const auto read = parseCreateAnswer(json.value());
    REQUIRE(read);
    return read.value().added.size();
}

// A create as the API makes it, under a key of its own: the journal's intent, then the registry.
inline base::Outcome<Attached> create(const std::shared_ptr<store::Store>& store, SqlRegistry& registry,
                                      const Attachment& attachment) {
    static std::atomic<int> creates = 0;
    const journal::Key key{"portal", "create " + std::to_string(++creates)};
    if (!journal::SqlJournal(store).begin(key, "body", kNow)) return base::Fault{ProblemCode::Unavailable};
    return registry.attach(attachment, {key}, kNow);
}

// Users 1 (Nguyễn Văn A), 2 (Trần Thị Bích Ngọc) and 3 (Đặng Đình Đức).
struct Fixture {
    Place place;
    std::shared_ptr<store::Store> store = openStore({.path = place.path()});
    SqlRegistry registry{store, companyIn(*store), testKey(), [] { return kNow; }};

    Fixture() {
        addUser(*store, {1, "USER01", "Nguyễn Văn A", "0919 000 111"});
        addUser(*store, {2, "USER02", "Trần Thị Bích Ngọc", "0919 000 222"});
        addUser(*store, {3, "USER03", "Đặng Đình Đức", "0919 000 333"});
    }

    base::Outcome<Attached> tryToAttach(const Attachment& attachment) {
        return create(store, registry, attachment);
    }
    Attached attach(const Attachment& attachment) {
        auto attached = tryToAttach(attachment);
        REQUIRE(attached);
        return std::move(attached).value();
    }
    std::int64_t attachOne(UserId userId, const NewCertificate& certificate) {
        const Attached attached = attach(attachment(userId, {certificate}));
        REQUIRE(attached.added.size() == 1);
        return attached.added.front().id;
    }
    CertificatePage list(CertificateQuery query = {}) {
        query.now = kNow;
        auto page = registry.certificates(query);
        if (!page) FAIL(page.error().detail);
        return std::move(page).value();
    }
    std::int64_t defaultOf(UserId userId) {
        CertificateQuery query;
        query.userId = userId;
        std::int64_t id = 0;
        for (const auto& certificate : list(query).items) {
            if (!certificate.isDefault) continue;
            CHECK(id == 0);
            id = certificate.id;
        }
        return id;
    }
    std::int64_t count(const std::string& table) {
        store::Store::Reader reader = store->read();
        auto number = reader.database().number("SELECT count(*) FROM " + table);
        REQUIRE(number);
        return number.value();
    }
};

}  // namespace smartca::registry
