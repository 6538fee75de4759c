// The two registries as the tests meet them: a database in a place of its own (an SQLite file, or a
// PostgreSQL server, see registry/place.h), and eContract through the sandbox's socket, TLS, log-in and JSON.
// Both with the same three users, and both offered the certificates of the same identities.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "proxy/audit/log.h"
#include "proxy/econtract/econtract_registry.h"
#include "proxy/journal/sql_journal.h"
#include "proxy/registry/sql_registry.h"
#include "proxy/sandbox/server.h"
#include "proxy/store/store.h"
#include "registry/place.h"

namespace smartca::econtract {

using registry::Attached;
using registry::Attachment;
using registry::NewCertificate;

// Who is registered at SmartCA: one certificate, and three of which the last is over.
inline constexpr const char* kPerson = "001099000001";
inline constexpr const char* kCompany = "0100684378";
// Where the portal is asked to save a certificate.
inline constexpr const char* kAdd = "/api/users/smart-ca/add";

struct Folder {
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path path;
};

Instant wallClock();
const sandbox::Vault& vault();
std::string vaultRoot();  // the path of its ca.pem
std::vector<NewCertificate> certificatesOf(const char* identity);

// What a create of all that SmartCA has hands to the registry.
Attachment attachment(UserId user, std::vector<NewCertificate> certificates);

// A create as the API makes it, under a key of its own: the journal's intent, then the registry, which keeps
// the answer.
base::Outcome<Attached> create(registry::Registry& registry, journal::Journal& journal,
                               const journal::Key& key, const Attachment& attachment);
journal::Key freshKey();

// Users 1 (Nguyễn Văn A, USER01), 2 (Trần Thị Bích Ngọc, USER02) and 3 (Đặng Đình Đức, USER03), without
// certificates.
class DatabaseWorld {
  public:
    DatabaseWorld();
    registry::Registry& registry() { return registry_; }
    journal::Journal& journal() { return journal_; }
    base::Outcome<Attached> tryToAttach(const Attachment& attachment) {
        return create(registry_, journal_, freshKey(), attachment);
    }
    void setCompany(const std::string& json);
    std::vector<audit::Record> auditLog() const;

  private:
    registry::Place place_;
    std::shared_ptr<store::Store> store_;
    registry::CompanyId company_;
    registry::SqlRegistry registry_;
    journal::SqlJournal journal_;
};

struct TestAccount {
    std::string username = sandbox::kDemoPortalUsername;
    std::string password = sandbox::kDemoPortalPassword;
    upstream::AccountSource source() const {
        return [this] { return upstream::Account{username, password}; };
    }
};

class PortalWorld {
  public:
    explicit PortalWorld(RegistryOptions options = {}, PortalOptions portal = {});
    ~PortalWorld();
    PortalWorld(const PortalWorld&) = delete;
    PortalWorld& operator=(const PortalWorld&) = delete;

    registry::Registry& registry() { return *registry_; }
    journal::Journal& journal() { return own_.journal(); }
    base::Outcome<Attached> tryToAttach(const Attachment& attachment) {
        return create(*registry_, own_.journal(), freshKey(), attachment);
    }
    void setCompany(const std::string& json) { own_.setCompany(json); }
    std::vector<audit::Record> auditLog() const { return own_.auditLog(); }
    PortalClient& portal() { return *portal_; }  // past the registry

    // The sandbox's own paths: POST with a body, else GET. The answer is JSON.
    Json control(const std::string& path, const std::optional<Json>& body = std::nullopt) const;
    void fault(const Json& fault) const { control("/sandbox/faults", fault); }
    void quirk(const char* name, const Json& value) const {
        control("/sandbox/econtract", Json{{name, value}});
    }
    // The ledger's entries whose path ends so.
    std::vector<Json> asked(const std::string& path) const;
    std::int64_t logins() const { return control("/sandbox/econtract").at("logins"); }

    TestAccount account;
    std::vector<std::string> notes;

  private:
    sandbox::SandboxServer server_;
    int port_ = 0;
    std::thread serving_;
    DatabaseWorld own_;
    std::unique_ptr<PortalClient> portal_;
    std::optional<EContractRegistry> registry_;
};

}  // namespace smartca::econtract
