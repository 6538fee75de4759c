// The registry that is a portal's eContract: users, their certificates and their signature text live there;
// the company's settings, which eContract has no public API for, come from this proxy's own store.
//
//   auto portal = PortalClient::make(options, accounts);
//   EContractRegistry registry(*portal.value(), ownStore, journal, {.fieldMap = …});
//
// What it cannot do as the embedded registry does, and says so: README.md beside this file.
//
// Threads: any.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "proxy/econtract/attach_plan.h"
#include "proxy/econtract/directory.h"
#include "proxy/econtract/field_map.h"
#include "proxy/econtract/portal_client.h"
#include "proxy/registry/registry.h"

namespace smartca::econtract {

// Writes a user's default signature text, for everything that user signs, through users/update. That call has
// to repeat what is known of the user, and what it does with the rest is not documented: the operator
// decides.
enum class SignatureTexts : std::uint8_t { LeftAlone, Written };

struct RegistryOptions {
    std::string company{};  // whose: what is recorded of a create names it
    FieldMap fieldMap{};
    SignatureTexts signatureTexts = SignatureTexts::LeftAlone;
    DirectoryOptions directory{};
    // How long a create waits for others that are changing the same user.
    std::chrono::milliseconds patience{10'000};
    // Told, on the calling thread, what could not be written or read beside what was asked for. For our log.
    std::function<void(const std::string& note)> note{};
};

// One change at a time for each user: an add tells what it added by comparing the lists before and after, and
// two at once would each take the other's for its own.
//
//   const UserLocks::Lock lock(locks, id, deadline);
//   if (!lock) …   // others took too long
//
// Threads: any.
class UserLocks {
  public:
    class Lock {
      public:
        // Waits until no other request holds the lock of that user, or until the deadline.
        Lock(UserLocks& locks, UserId id, std::chrono::steady_clock::time_point deadline)
            : locks_(locks), id_(id), has_(locks.take(id, deadline)) {}
        ~Lock() {
            if (has_) locks_.release(id_);
        }
        Lock(const Lock&) = delete;
        Lock& operator=(const Lock&) = delete;
        explicit operator bool() const { return has_; }

      private:
        UserLocks& locks_;
        const UserId id_;
        const bool has_;
    };

  private:
    bool take(UserId id, std::chrono::steady_clock::time_point deadline) {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_until(lock, deadline, [&] { return !taken_.contains(id); })) return false;
        taken_.insert(id);
        return true;
    }
    void release(UserId id) {
        {
            const std::lock_guard lock(mutex_);
            taken_.erase(id);
        }
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::set<UserId> taken_;
};

class EContractRegistry final : public registry::Registry {
  public:
    // All must outlive it; `company` is where the company's settings are.
    EContractRegistry(PortalClient& portal, registry::Registry& company, journal::Journal& journal,
                      RegistryOptions options);

    base::Outcome<Page<User>> users(const registry::UserQuery& query) override;
    base::Outcome<User> user(UserId id) override;
    base::Outcome<SignatureSettings> companySettings() override;
    base::Outcome<SignatureSettings> userSettings(UserId id) override;
    base::Outcome<SignatureImage> companyImage() override;
    base::Outcome<SignatureImage> userImage(UserId id) override;

    base::Outcome<CertificatePage> certificates(const registry::CertificateQuery& query) override;
    base::Outcome<Certificate> certificate(std::int64_t id, Instant now) override;
    base::Outcome<std::vector<std::string>> serialsOnList(UserId id,
                                                          const std::vector<std::string>& serials) override;

    // In memory: until the portal words the status of that certificate in another way.
    base::Outcome<Done> keepStatus(std::int64_t id, const registry::ToldStatus& told) override;

    // The portal has no search by serial number. Told are those who were seen within the last half minute, as
    // when the list was shown: nobody is asked, and it may be nobody.
    base::Outcome<std::vector<std::vector<std::string>>> holdersOf(const std::vector<std::string>& serials,
                                                                   UserId except) override;
    base::Outcome<std::vector<std::string>> identitiesOf(UserId id) override;

    // What will be added stands in the journal before the first byte of it goes out, and the answer right
    // after the certificates. What a crash or silence leaves in between is found out by lookBack(); until
    // then nothing else is added to that user (Pending).
    base::Outcome<registry::Attached> attach(const registry::Attachment& attachment,
                                             const registry::Settlement& settlement, Instant now) override;
    base::Outcome<registry::Attached> lookBack(const journal::Plan& plan, Instant now) override;
    // The audit log has an entry before the portal is asked (sent), and one for what it said.
    base::Outcome<Certificate> change(std::int64_t id, const CertificateChange& change, Instant now,
                                      const audit::Source& source) override;
    base::Outcome<Done> remove(std::int64_t id, const audit::Source& source) override;

    std::vector<Field> saves() const override;
    bool isElsewhere() const override { return true; }

  private:
    base::Outcome<registry::Attached> attachMissing(const registry::Attachment& attachment,
                                                    const registry::Settlement& settlement, Instant now);
    AttachPlan planOf(const registry::Attachment& attachment, const PortalUser& before) const;
    // Records the plan, and that it is on its way.
    base::Outcome<Done> announce(const AttachPlan& plan, const registry::Settlement& settlement);
    // Reads a user anew; NotFound where the portal knows none (or does not let us see them: it has one word
    // for both).
    base::Outcome<PortalUser> read(UserId id);
    // Enters `entries` as sent before a change; false: it could not be, and nothing may be changed.
    bool auditSent(const std::vector<audit::Entry>& entries);
    void auditDone(const std::vector<audit::Entry>& entries);
    // Their outcome, where nothing was changed, or where it is not known.
    void auditFault(const std::vector<audit::Entry>& entries, const base::Fault& fault);
    // A change's answer, or where it has no list the user read anew.
    base::Outcome<PortalUser> changed(const std::string& path, const Json& body, UserId id);
    // What was sent, and cannot be seen, is not known.
    base::Outcome<PortalUser> readAfter(UserId id);
    // The same, once the user shows it: reads may lag behind, so that one is made again. What is not shown
    // then is not known, or refused; what is shown was done, whatever was said.
    using Shown = std::function<bool(const PortalUser&)>;
    base::Outcome<PortalUser> changedAndShown(const std::string& path, const Json& body, UserId id,
                                              const Shown& shown);
    base::Outcome<Directory::Listing> everyone();
    base::Outcome<PortalUser> ownerOf(std::int64_t certificate);
    struct Added {
        PortalUser user;
        std::optional<base::Fault> refusal;  // of one after the first
    };
    base::Outcome<Added> add(const registry::Attachment& attachment, const AttachPlan& plan);
    // The optional fields that do not travel in the add. The value: those that could not be written.
    std::vector<Field> writeExtras(const registry::Attachment& attachment, const AttachPlan& plan,
                                   PortalUser& user, const std::vector<std::int64_t>& added,
                                   std::optional<base::Fault>& refusal);  // the first, where there was none
    bool writeSignatureText(const registry::Attachment& attachment, const PortalUser& user);
    void note(const std::string& text) const;
    // What SmartCA has said since, in the place of the portal's words.
    PortalUser withTold(PortalUser user);
    // Keeps what SmartCA said of a certificate that was seen on a list.
    void tell(std::int64_t id, const registry::ToldStatus& told);

    struct Told {
        registry::ToldStatus status;
        std::string portalText;  // what the portal said then
    };

    PortalClient& portal_;
    registry::Registry& company_;
    journal::Journal& journal_;
    const RegistryOptions options_;
    Directory directory_;
    UserLocks locks_;
    std::mutex telling_;
    std::map<std::string, Told> told_;  // by serial number, issuer and identity
};

}  // namespace smartca::econtract
