// The registry in a database of our own, an SQLite file or on a PostgreSQL server (store.h opens it,
// proxy/store/schema.cpp has the tables).
//
//   auto store = Store::open({.path = "registry.db"});
//   auto company = enterCompany(*store.value(), "main");
//   SqlRegistry registry(store.value(), company.value(), key);
//
// It is of one company: every statement has that company in it, so that nothing of another one is found, changed
// or counted, whatever it is asked for.
//
// Passwords and secret keys go in encrypted (sealed_secret.h) and no method gives them back. Without a key
// they are not stored at all, and saves() leaves the two fields out.
//
// Threads: any; reads run beside each other and beside one write.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "proxy/registry/company.h"
#include "proxy/registry/registry.h"
#include "proxy/sealing/sealed_secret.h"
#include "proxy/store/store.h"

namespace smartca::registry {

class SqlRegistry final : public Registry {
  public:
    using Clock = std::function<Instant()>;

    // `clock` tells remove() which of the remaining certificates are valid.
    SqlRegistry(std::shared_ptr<store::Store> store, CompanyId company,
                std::optional<sealing::SealingKey> key, Clock clock = systemClock());

    base::Outcome<Page<User>> users(const UserQuery& query) override;
    base::Outcome<User> user(UserId id) override;
    base::Outcome<SignatureSettings> companySettings() override;
    base::Outcome<SignatureSettings> userSettings(UserId id) override;
    base::Outcome<SignatureImage> companyImage() override;
    base::Outcome<SignatureImage> userImage(UserId id) override;

    base::Outcome<CertificatePage> certificates(const CertificateQuery& query) override;
    base::Outcome<Certificate> certificate(std::int64_t id, Instant now) override;
    base::Outcome<std::string> certificateDer(std::int64_t id) override;
    base::Outcome<std::vector<std::string>> serialsOnList(UserId id,
                                                          const std::vector<std::string>& serials) override;

    base::Outcome<std::vector<std::vector<std::string>>> holdersOf(const std::vector<std::string>& serials,
                                                                   UserId except) override;
    base::Outcome<std::vector<std::string>> identitiesOf(UserId id) override;
    base::Outcome<Done> keepStatus(std::int64_t id, const ToldStatus& told) override;

    base::Outcome<Attached> attach(const Attachment& attachment, const Settlement& settlement,
                                   Instant now) override;
    base::Outcome<Certificate> change(std::int64_t id, const CertificateChange& change, Instant now,
                                      const audit::Source& source) override;
    base::Outcome<Done> remove(std::int64_t id, const audit::Source& source) override;

    std::vector<Field> saves() const override;

    static Clock systemClock();

  private:
    // Both secrets as they are stored; empty where there are none or no key.
    struct SealedPair {
        std::string password;
        std::string secretKey;
    };
    base::Outcome<SealedPair> sealSecrets(const Attachment& attachment, const std::string& serial) const;
    base::Outcome<Done> addAll(store::Database& database, const Attachment& attachment, Instant now,
                               Attached& attached) const;

    base::Outcome<Certificate> changeOnce(std::int64_t id, const CertificateChange& change, Instant now,
                                          const audit::Source& source);
    base::Outcome<Done> removeOnce(std::int64_t id, const audit::Source& source);

    std::shared_ptr<store::Store> store_;
    const CompanyId company_;
    std::optional<sealing::SealingKey> key_;
    Clock clock_;
};

}  // namespace smartca::registry
