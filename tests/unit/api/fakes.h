// A registry and a SmartCA in memory, the journal on a scratch file, and a call of a route as the server
// would make it.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "proxy/api/answers.h"
#include "proxy/api/context.h"
#include "proxy/api/idempotency.h"
#include "proxy/audit/log.h"
#include "proxy/base/file.h"
#include "proxy/journal/sql_journal.h"
#include "proxy/registry/audit_story.h"
#include "proxy/registry/create_answer.h"
#include "proxy/store/store.h"
#include "shared/serial.h"

namespace smartca::api::test {

inline constexpr Instant kNow = 1'795'000'000;  // 2026-11-18
inline const std::string kIdentity = "001099000001";
inline constexpr Instant kYear = 365 * 86'400;

// The journal on a database of its own, and what stands in it.
struct Records {
    base::ScratchFolder folder;
    std::string file() const { return folder.path() + "/registry.db"; }
    std::shared_ptr<store::Store> store = [this] {
        auto opened = store::Store::open({.path = file()});
        REQUIRE(opened);
        return std::move(opened).value();
    }();
    journal::SqlJournal journal{store};

    void execute(const std::string& sql) const {
        store::Store::Writer writer = store->write();
        REQUIRE(writer.database().execute(sql));
    }
    std::vector<std::string> column(const std::string& name) const {
        store::Store::Reader reader = store->read();
        store::Statement find(reader.database(), "SELECT " + name + " FROM creates ORDER BY id");
        std::vector<std::string> values;
        while (find.next())
            values.push_back(find.text(0));
        REQUIRE_FALSE(find.failed());
        return values;
    }
    std::size_t count() const { return column("key").size(); }
    // Of the first record.
    journal::CreateState state() const {
        store::Store::Reader reader = store->read();
        const auto number = reader.database().number("SELECT state FROM creates ORDER BY id LIMIT 1");
        REQUIRE(number);
        return static_cast<journal::CreateState>(number.value());
    }
    std::vector<audit::Record> auditLog() const {
        std::vector<audit::Record> records;
        auto log = audit::openLog(file());
        REQUIRE(log);
        REQUIRE(audit::eachRecord(log.value(), [&](const audit::Record& record) {
            records.push_back(record);
            return true;
        }));
        return records;
    }
};

struct FakeRegistry : registry::Registry {
    explicit FakeRegistry(journal::Journal& journal) : journal(journal) {}

    journal::Journal& journal;
    std::vector<Certificate> list;
    std::vector<registry::Attachment> attachments;
    std::vector<Field> storable = {Field::BusinessAccount, Field::Password, Field::SecretKey};
    std::optional<ProblemCode> fault;        // of reads as well, but for what only a change can say
    std::optional<ProblemCode> attachFault;  // of attach() alone
    std::string words;
    // What lookBack() finds, or why it cannot be told.
    std::optional<registry::Attached> found;
    ProblemCode lookFault = ProblemCode::Unavailable;
    int looks = 0;
    registry::UserQuery userQuery;
    registry::CertificateQuery certificateQuery;
    std::optional<CertificateChange> lastChange;
    SignatureImage image{"a.png", "image/png", "\x89PNG-bytes", 4, 3};

    base::Outcome<Page<User>> users(const registry::UserQuery& query) override {
        if (fault) return base::Fault{*fault};
        userQuery = query;
        return Page<User>{{{7, "NV7", "Nguyễn Văn A", "", "", 0}}, query.page, query.pageSize, 1, 1};
    }
    base::Outcome<User> user(UserId id) override {
        if (fault && *fault == ProblemCode::Unavailable) return base::Fault{*fault};
        if (id != 7) return base::Fault{ProblemCode::NotFound};
        return User{7, "NV7", "Nguyễn Văn A", "", "", 0};
    }
    base::Outcome<SignatureSettings> companySettings() override {
        return SignatureSettings{"Ký bởi", DisplayMode::TextOnly, {}};
    }
    base::Outcome<SignatureSettings> userSettings(UserId id) override {
        if (id != 7) return base::Fault{ProblemCode::NotFound};
        return SignatureSettings{};
    }
    base::Outcome<SignatureImage> companyImage() override { return base::Fault{ProblemCode::NotFound}; }
    base::Outcome<SignatureImage> userImage(UserId id) override {
        if (id != 7) return base::Fault{ProblemCode::NotFound};
        return image;
    }
    base::Outcome<CertificatePage> certificates(const registry::CertificateQuery& query) override {
        certificateQuery = query;
        CertificatePage page;
        page.items = list;
        return page;
    }
    base::Outcome<Certificate> certificate(std::int64_t id, Instant) override {
        for (const auto& one : list) {
            if (one.id == id) return one;
        }
        return base::Fault{ProblemCode::CertificateGone};
    }
    std::string der;  // of every certificate
    base::Outcome<std::string> certificateDer(std::int64_t) override { return der; }
    base::Outcome<std::vector<std::string>> serialsOnList(UserId,
                                                          const std::vector<std::string>& serials) override {
        std::vector<std::string> found;
        for (const auto& one : list) {
            if (std::find(serials.begin(), serials.end(), one.serial) != serials.end())
                found.push_back(one.serial);
        }
        return found;
    }
    std::map<std::string, std::vector<std::string>> holders;  // by serial
    base::Outcome<std::vector<std::vector<std::string>>> holdersOf(const std::vector<std::string>& serials,
                                                                   UserId) override {
        std::vector<std::vector<std::string>> found;
        for (const auto& serial : serials)
            found.push_back(holders[serial]);
        return found;
    }
    base::Outcome<std::vector<std::string>> identitiesOf(UserId) override {
        return std::vector<std::string>{"0100684378", kIdentity};
    }
    std::optional<registry::ToldStatus> lastTold;
    base::Outcome<Done> keepStatus(std::int64_t, const registry::ToldStatus& told) override {
        if (fault) return base::Fault{*fault, {}, "no row"};
        lastTold = told;
        return Done{};
    }
    base::Outcome<registry::Attached> attach(const registry::Attachment& attachment,
                                             const registry::Settlement& settlement, Instant now) override {
        if (fault && (*fault == ProblemCode::OutcomeUnknown || *fault == ProblemCode::PortalRefused)) {
            REQUIRE(journal.intend(settlement.key, {"main", attachment.draft.userId, "plan",
                                                    registry::textOf(settlement.memo)}));
            REQUIRE(
                journal.sending(settlement.key, audit::withOutcome(settlement.audit, audit::Outcome::Sent)));
        }
        if (fault) return base::Fault{*fault, words};
        if (attachFault) return base::Fault{*attachFault};
        attachments.push_back(attachment);
        registry::Attached attached;
        for (const auto& one : attachment.certificates) {
            if (!serialsOnList(0, {one.serial}).value().empty()) {
                attached.alreadyOnList.push_back(one.serial);
                continue;
            }
            Certificate added;
            added.id = static_cast<std::int64_t>(list.size()) + 1;
            added.userId = attachment.draft.userId;
            added.serial = one.serial;
            added.identity = one.identity;
            added.type = one.type;
            list.push_back(added);
            attached.added.push_back(added);
        }
        REQUIRE(journal.finish(settlement.key,
                               {journal::CreateState::Created, createBody(settlement.memo, attached)}, now,
                               attachedEntry(settlement.audit, settlement.memo, attached)));
        return attached;
    }
    base::Outcome<registry::Attached> lookBack(const journal::Plan&, Instant) override {
        ++looks;
        if (!found) return base::Fault{lookFault};
        return *found;
    }
    base::Outcome<Certificate> change(std::int64_t id, const CertificateChange& change, Instant now,
                                      const audit::Source&) override {
        lastChange = change;
        return certificate(id, now);
    }
    base::Outcome<Done> remove(std::int64_t id, const audit::Source&) override {
        if (const auto found = certificate(id, kNow); !found) return found.error();
        std::erase_if(list, [id](const Certificate& one) { return one.id == id; });
        return Done{};
    }
    std::vector<Field> saves() const override { return storable; }
};

struct FakeSmartCa : upstream::SmartCaClient {
    std::map<std::string, std::vector<upstream::SmartCaCertificate>> registered;
    std::vector<upstream::UnreadableItem> unreadable;  // under every identity
    bool personUnknown = false;
    std::optional<base::Fault> error;
    std::map<std::string, base::Fault> refused;  // by identity
    std::vector<std::string> asked;

    base::Outcome<upstream::SmartCaAnswer> certificatesOf(const std::string& identity,
                                                          const std::string&) override {
        asked.push_back(identity);
        if (error) return *error;
        if (const auto found = refused.find(identity); found != refused.end()) return found->second;
        return upstream::SmartCaAnswer{registered[identity], unreadable, personUnknown};
    }
};

inline upstream::SmartCaCertificate registeredWith(const std::string& serial,
                                                   Instant validTo = kNow + kYear) {
    upstream::SmartCaCertificate certificate;
    certificate.serial = serial;
    certificate.commonName = "Nguyễn Văn A";
    certificate.subject = "C=VN,CN=Nguyễn Văn A";
    certificate.validFrom = kNow - kYear;
    certificate.validTo = validTo;
    return certificate;
}

// What a call carries beside its method and path.
struct Asked {
    std::string query{};
    std::string body{};
    std::vector<http::HeaderField> headers{};
    http::Caller caller{.company = "main", .subject = "local"};
};

struct Bench {
    Records records;
    FakeRegistry registry{records.journal};
    FakeSmartCa smartCa;
    Context context{registry, records.journal, smartCa, [] { return kNow; }, "fingerprint key of this test"};
    std::vector<http::Route> table = routes([this](const std::string&) { return &context; }, false);

    // `pattern` with ":id" given as "/api/v1/certificates/:id=5".
    http::Response call(const std::string& method, const std::string& where, const Asked& asked = {}) const {
        http::Request request;
        request.head.method = method;
        request.head.query = asked.query;
        request.head.headers = asked.headers;
        request.body = asked.body;
        request.caller = asked.caller;
        request.requestId = "r1";
        request.locale = Locale::English;
        std::string pattern = "/api/v1/" + where;
        if (const auto equals = where.find('='); equals != std::string::npos) {
            const auto end = std::min(where.find('/', equals), where.size());
            request.parameters["id"] = where.substr(equals + 1, end - equals - 1);
            pattern = "/api/v1/" + where.substr(0, equals) + where.substr(end);
        }
        for (const auto& route : table) {
            if (route.method != method || route.pattern != pattern) continue;
            // What the listener does (proxy/http/site.cpp).
            if (!route.needs.empty() && !request.caller.may.hasAny(route.needs))
                return answerOf({ProblemCode::NotAllowed}, request);
            return route.handler(request);
        }
        return {};
    }
    // That create is being worked on: begun, and neither answered nor given back.
    void beginOnly(const nlohmann::json& draft, const std::string& key = "key-1") {
        REQUIRE(records.journal.begin(
            {Asked{}.caller.key(), key},
            fingerprintOf(context.fingerprintKey, "POST certificates", draft.dump()), kNow));
    }
    http::Response create(const nlohmann::json& draft, const std::string& key = "key-1") const {
        return call("POST", "certificates", {.body = draft.dump(), .headers = {{"idempotency-key", key}}});
    }
};

inline nlohmann::json bodyOf(const http::Response& response) {
    return response.body ? nlohmann::json::parse(*response.body) : nlohmann::json();
}
inline std::string codeOf(const http::Response& response) {
    return bodyOf(response).value("code", "");
}
inline std::string headerOf(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace smartca::api::test
