// A registry, a journal and a SmartCA in memory, and a call of a route as the server would make it.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "proxy/api/context.h"
#include "shared/serial.h"

namespace smartca::api::test {

inline constexpr Instant kNow = 1'795'000'000;  // 2026-11-18
inline constexpr Instant kYear = 365 * 86'400;

struct FakeJournal : registry::Journal {
    struct Record {
        std::string fingerprint;
        std::optional<registry::StoredAnswer> answer;
    };
    std::map<std::pair<std::string, std::string>, Record> records;
    bool broken = false;

    Outcome<registry::Begun> begin(const registry::JournalKey& key, const std::string& fingerprint,
                                   Instant) override {
        if (broken) return registry::JournalError::Unavailable;
        const auto [record, fresh] = records.try_emplace({key.caller, key.key}, Record{fingerprint, {}});
        if (fresh) return registry::Begun{};
        if (record->second.fingerprint != fingerprint)
            return registry::Begun{registry::BeginState::BodyDiffers, {}};
        if (!record->second.answer) return registry::Begun{registry::BeginState::InProgress, {}};
        return registry::Begun{registry::BeginState::Finished, *record->second.answer};
    }
    Outcome<Done> finish(const registry::JournalKey& key, const registry::StoredAnswer& answer,
                         Instant) override {
        records.at({key.caller, key.key}).answer = answer;
        return Done{};
    }
    Outcome<Done> abandon(const registry::JournalKey& key) override {
        records.erase({key.caller, key.key});
        return Done{};
    }
    Outcome<Done> expire(Instant) override { return Done{}; }
};

struct FakeRegistry : registry::Registry {
    explicit FakeRegistry(FakeJournal& journal) : journal(journal) {}

    FakeJournal& journal;
    std::vector<Certificate> list;
    std::vector<registry::Attachment> attachments;
    std::vector<Field> storable = {Field::BusinessAccount, Field::Password, Field::SecretKey};
    std::optional<registry::RegistryError> fault;
    registry::UserQuery userQuery;
    registry::CertificateQuery certificateQuery;
    std::optional<CertificateChange> lastChange;
    SignatureImage image{"a.png", "image/png", "\x89PNG-bytes", 4, 3};

    Outcome<Page<User>> users(const registry::UserQuery& query) override {
        if (fault) return *fault;
        userQuery = query;
        return Page<User>{{{7, "NV7", "Nguyễn Văn A", "", "", 0}}, query.page, query.pageSize, 1, 1};
    }
    Outcome<User> user(UserId id) override {
        if (fault) return *fault;
        if (id != 7) return registry::RegistryError::NotFound;
        return User{7, "NV7", "Nguyễn Văn A", "", "", 0};
    }
    Outcome<SignatureSettings> companySettings() override {
        return SignatureSettings{"Ký bởi", DisplayMode::TextOnly, {}};
    }
    Outcome<SignatureSettings> userSettings(UserId id) override {
        if (id != 7) return registry::RegistryError::NotFound;
        return SignatureSettings{};
    }
    Outcome<SignatureImage> companyImage() override { return registry::RegistryError::NotFound; }
    Outcome<SignatureImage> userImage(UserId id) override {
        if (id != 7) return registry::RegistryError::NotFound;
        return image;
    }
    Outcome<CertificatePage> certificates(const registry::CertificateQuery& query) override {
        certificateQuery = query;
        CertificatePage page;
        page.items = list;
        return page;
    }
    Outcome<Certificate> certificate(std::int64_t id, Instant) override {
        for (const auto& one : list) {
            if (one.id == id) return one;
        }
        return registry::RegistryError::NotFound;
    }
    Outcome<std::vector<std::string>> serialsOnList(UserId,
                                                    const std::vector<std::string>& serials) override {
        std::vector<std::string> found;
        for (const auto& one : list) {
            if (std::find(serials.begin(), serials.end(), one.serial) != serials.end())
                found.push_back(one.serial);
        }
        return found;
    }
    Outcome<registry::Attached> attach(const registry::Attachment& attachment,
                                       const registry::Settlement& settlement, Instant now) override {
        if (fault) return *fault;
        attachments.push_back(attachment);
        registry::Attached attached;
        for (const auto& one : attachment.certificates) {
            if (!serialsOnList(0, {one.serial}).value().empty()) {
                attached.alreadyOnList.push_back(one.serial);
                continue;
            }
            Certificate added;
            added.id = static_cast<std::int64_t>(list.size()) + 1;
            added.userId = attachment.userId;
            added.serial = one.serial;
            added.identity = one.identity;
            added.type = one.type;
            list.push_back(added);
            attached.added.push_back(added);
        }
        REQUIRE(journal.finish(settlement.key, settlement.answer(attached), now));
        return attached;
    }
    Outcome<Certificate> change(std::int64_t id, const CertificateChange& change, Instant now) override {
        lastChange = change;
        return certificate(id, now);
    }
    Outcome<Done> remove(std::int64_t id) override {
        if (const auto found = certificate(id, kNow); !found) return found.error();
        std::erase_if(list, [id](const Certificate& one) { return one.id == id; });
        return Done{};
    }
    std::vector<Field> saves() const override { return storable; }
};

struct FakeSmartCa : upstream::SmartCaClient {
    std::map<std::string, std::vector<upstream::SmartCaCertificate>> registered;
    std::optional<upstream::SmartCaError> error;
    std::vector<std::string> asked;

    Result<std::vector<upstream::SmartCaCertificate>, upstream::SmartCaError> certificatesOf(
        const std::string& identity, const std::string&) override {
        asked.push_back(identity);
        if (error) return *error;
        return registered[identity];
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
    std::string caller = "anyone";
};

struct Bench {
    FakeJournal journal;
    FakeRegistry registry{journal};
    FakeSmartCa smartCa;
    Context context{registry, journal, smartCa, [] { return kNow; }, "fingerprint key of this test"};
    std::vector<http::Route> table = routes(context);

    // `pattern` with ":id" given as "/api/v1/certificates/:id=5".
    http::Response call(const std::string& method, const std::string& where, const Asked& asked = {}) const {
        http::Request request;
        request.head.method = method;
        request.head.query = asked.query;
        request.head.headers = asked.headers;
        request.body = asked.body;
        request.caller = {asked.caller};
        request.requestId = "r1";
        request.locale = Locale::English;
        std::string pattern = "/api/v1/" + where;
        if (const auto equals = where.find('='); equals != std::string::npos) {
            const auto end = std::min(where.find('/', equals), where.size());
            request.parameters["id"] = where.substr(equals + 1, end - equals - 1);
            pattern = "/api/v1/" + where.substr(0, equals) + where.substr(end);
        }
        for (const auto& route : table) {
            if (route.method == method && route.pattern == pattern) return route.handler(request);
        }
        return {};
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
