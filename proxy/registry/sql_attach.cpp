// What changes the list of certificates. Every method is one transaction, the audit log's entry in it.
#include <chrono>
#include <optional>
#include <thread>

#include "proxy/audit/log.h"
#include "proxy/base/crypto.h"
#include "proxy/journal/sql_journal.h"
#include "proxy/registry/audit_story.h"
#include "proxy/registry/create_answer.h"
#include "proxy/registry/fold.h"
#include "proxy/registry/rows.h"
#include "proxy/registry/sql_registry.h"
#include "shared/secret_key.h"
#include "shared/text.h"

namespace smartca::registry {
namespace {

base::Outcome<Done> requireUser(store::Database& database, CompanyId company, UserId id) {
    store::Statement find(database, "SELECT 1 FROM users WHERE company = ? AND id = ?");
    find.bind(numberOf(company)).bind(id);
    if (find.next()) return Done{};
    return noRow(find);
}

// The value: whether that makes another name of it. The common name is shown with it for a nickname as without one.
store::DatabaseResult<bool> rename(store::Database& database, CompanyId company, std::int64_t id,
                                   const std::string& nickname) {
    store::Statement find(
        database,
        "SELECT c.name, c.common_name, u.name, u.code, u.phone, c.serial, c.identity"
        " FROM certificates c JOIN users u ON u.id = c.user_id WHERE c.id = ? AND c.company = ?");
    find.bind(id).bind(numberOf(company));
    RowKeys keys;
    if (find.next()) {
        const auto shownWith = [&](const std::string& name) {
            if (!name.empty()) return name;
            return find.text(1).empty() ? find.text(5) : find.text(1);
        };
        if (shownWith(find.text(0)) == shownWith(nickname)) return false;
        keys = rowKeys({.nickname = nickname,
                        .commonName = find.text(1),
                        .userName = find.text(2),
                        .userCode = find.text(3),
                        .userPhone = find.text(4),
                        .serial = find.text(5),
                        .identity = find.text(6)});
    }
    if (find.failed()) return find.error();

    store::Statement change(database,
                            "UPDATE certificates SET name = nullif(?, ''), name_key = ?, search_key = ?"
                            " WHERE id = ? AND company = ?");
    change.bind(nickname).bind(keys.name).bind(keys.search).bind(id).bind(numberOf(company));
    if (auto done = change.run(); !done) return done.error();
    return true;
}

store::DatabaseResult<Done> makeDefault(store::Database& database, CompanyId company, std::int64_t id) {
    // Two steps: the UNIQUE index on defaults is checked row by row.
    store::Statement unmark(
        database,
        "UPDATE certificates SET is_default = 0 WHERE is_default = 1 AND id <> ?1 AND +company = ?2"
        " AND user_id = (SELECT user_id FROM certificates WHERE id = ?1 AND company = ?2)");
    if (auto done = unmark.bind(id).bind(numberOf(company)).run(); !done) return done;
    store::Statement mark(database, "UPDATE certificates SET is_default = 1 WHERE id = ? AND company = ?");
    return mark.bind(id).bind(numberOf(company)).run();
}

store::DatabaseResult<Done> removeImageIfUnused(store::Database& database, std::int64_t imageId) {
    store::Statement remove(database,
                            "DELETE FROM images WHERE id = ?1"
                            " AND NOT EXISTS (SELECT 1 FROM certificates WHERE image_id = ?1)"
                            " AND NOT EXISTS (SELECT 1 FROM users WHERE image_id = ?1)"
                            " AND NOT EXISTS (SELECT 1 FROM companies WHERE image_id = ?1)");
    return remove.bind(imageId).run();
}

// The answer that is kept under that key; nothing where none is. Once this has the write lock, an earlier
// transaction with it is over, whether or not its own connection is.
store::DatabaseResult<std::optional<std::string>> keptAnswer(store::Store& store, const journal::Key& key) {
    store::Store::Writer writer = store.write();
    const store::Transaction transaction(writer.database(), store::TransactionKind::Write);
    if (transaction.failed()) return transaction.error();
    store::Statement find(writer.database(),
                          "SELECT body FROM creates WHERE caller = ? AND key = ? AND state IN (5, 6)");
    std::optional<std::string> body;
    if (find.bind(key.caller).bind(key.key).next()) body = find.text(0);
    if (find.failed()) return find.error();
    return body;
}

// After a commit whose answer was lost: certificates and answer are there together, or neither is. Unknown
// where the server stays away.
base::Outcome<Done> wasCommitted(store::Store& store, const journal::Key& key, const std::string& body) {
    constexpr int kLooks = 8;
    constexpr std::chrono::milliseconds kPause{400};
    for (int look = 0; look < kLooks; ++look) {
        if (look > 0) std::this_thread::sleep_for(kPause);
        const auto kept = keptAnswer(store, key);
        if (!kept) continue;
        if (kept.value() == body) return Done{};
        return base::Fault{ProblemCode::Unavailable, {}, "database: the commit was lost, and undone"};
    }
    return base::Fault{
        ProblemCode::OutcomeUnknown, {}, "database: the commit was lost, and the server is away"};
}

// What can be asked for again whether or not it was done: the caller may as well.
template <class T>
base::Outcome<T> toBeTriedAgain(base::Outcome<T> outcome) {
    if (outcome || outcome.error().code != ProblemCode::OutcomeUnknown) return outcome;
    auto fault = outcome.error();
    fault.code = ProblemCode::Unavailable;
    return fault;
}

store::DatabaseResult<std::string> userCodeOf(store::Database& database, CompanyId company, UserId id) {
    store::Statement find(database, "SELECT code FROM users WHERE company = ? AND id = ?");
    std::string code = find.bind(numberOf(company)).bind(id).next() ? find.text(0) : std::string();
    if (find.failed()) return find.error();
    return code;
}

}  // namespace

base::Outcome<SqlRegistry::SealedPair> SqlRegistry::sealSecrets(const Attachment& attachment,
                                                                const std::string& serial) const {
    SealedPair pair;
    if (!key_) return pair;
    const auto sealInto = [&](std::string& target, const std::string& secret, sealing::SecretKind kind) {
        if (secret.empty()) return true;
        auto sealed = key_->seal(secret, {kind, attachment.draft.userId, serial});
        if (!sealed) return false;
        target = std::move(sealed).value();
        return true;
    };
    const base::WipedString secretKey(secretKeyText(attachment.draft.secretKey));
    if (!sealInto(pair.password, attachment.draft.password, sealing::SecretKind::Password) ||
        !sealInto(pair.secretKey, secretKey.value(), sealing::SecretKind::SecretKey)) {
        return base::Fault{ProblemCode::Unavailable};
    }
    return pair;
}

base::Outcome<Done> SqlRegistry::addAll(store::Database& database, const Attachment& attachment, Instant now,
                                        Attached& attached) const {
    CertificateExtras extras;
    extras.createdAt = now;
    if (attachment.draft.signatureImage) {
        auto imageId = storeImage(database, company_, *attachment.draft.signatureImage);
        if (!imageId) return faultOf(imageId.error());
        extras.imageId = imageId.value();
    }

    std::vector<std::int64_t> added;
    for (const auto& certificate : attachment.certificates) {
        auto sealed = sealSecrets(attachment, certificate.serial);
        if (!sealed) return sealed.error();
        extras.sealedPassword = std::move(sealed.value().password);
        extras.sealedSecretKey = std::move(sealed.value().secretKey);
        auto id = insertCertificate(database, company_, certificate, attachment.draft, extras);
        if (!id) return faultOf(id.error());
        if (id.value()) {
            added.push_back(*id.value());
        } else {
            attached.alreadyOnList.push_back(certificate.serial);
        }
    }

    if (auto marked = ensureDefault(database, company_, attachment.draft.userId, now); !marked)
        return faultOf(marked.error());
    // Nothing new: the image would belong to no certificate.
    if (added.empty() && extras.imageId) {
        if (auto done = removeImageIfUnused(database, *extras.imageId); !done) return faultOf(done.error());
    }
    for (const auto id : added) {
        auto certificate = findCertificate(database, company_, id, now);
        if (!certificate) return certificate.error();
        attached.added.push_back(std::move(certificate).value());
    }
    return Done{};
}

base::Outcome<Attached> SqlRegistry::attach(const Attachment& attachment, const Settlement& settlement,
                                            Instant now) {
    Attached attached;
    std::string body;
    {
        store::Store::Writer writer = store_->write();
        store::Transaction transaction(writer.database(), store::TransactionKind::Write);
        if (transaction.failed()) return faultOf(transaction.error());
        if (auto exists = requireUser(writer.database(), company_, attachment.draft.userId); !exists)
            return exists.error();

        if (auto done = addAll(writer.database(), attachment, now, attached); !done) return done.error();
        body = createBody(settlement.memo, attached);
        if (auto kept = journal::keepAnswer(writer.database(), settlement.key,
                                            {journal::CreateState::Created, body}, now);
            !kept)
            return faultOf(kept.error());
        if (auto entered =
                audit::append(writer.database(), attachedEntry(settlement.audit, settlement.memo, attached));
            !entered)
            return faultOf(entered.error());
        const auto committed = store_->commit(transaction, nameOf(journal::CreateState::Created));
        if (committed) return attached;
        if (committed.error().fault != store::DatabaseFault::CommitLost) return faultOf(committed.error());
    }
    if (auto found = wasCommitted(*store_, settlement.key, body); !found) return found.error();
    return attached;
}

base::Outcome<Certificate> SqlRegistry::change(std::int64_t id, const CertificateChange& change, Instant now,
                                               const audit::Source& source) {
    auto changed = changeOnce(id, change, now, source);
    // To the same values again: where the first commit came through, this finds nothing to change.
    if (changed || changed.error().code != ProblemCode::OutcomeUnknown) return changed;
    return toBeTriedAgain(changeOnce(id, change, now, source));
}

base::Outcome<Certificate> SqlRegistry::changeOnce(std::int64_t id, const CertificateChange& change,
                                                   Instant now, const audit::Source& source) {
    store::Store::Writer writer = store_->write();
    store::Database& database = writer.database();
    store::Transaction transaction(database, store::TransactionKind::Write);
    if (transaction.failed()) return faultOf(transaction.error());
    auto before = findCertificate(database, company_, id, now);
    if (!before) return before.error();

    CertificateChange made;
    if (change.name) {
        // A blank nickname takes the nickname away.
        const auto renamed = rename(database, company_, id, std::string(trimmed(*change.name)));
        if (!renamed) return faultOf(renamed.error());
        if (renamed.value()) made.name = change.name;
    }
    if (change.isDefault.value_or(false) && !before.value().isDefault) {
        if (auto done = makeDefault(database, company_, id); !done) return faultOf(done.error());
        made.isDefault = true;
    }
    if (!made.name && !made.isDefault) return before;
    auto changed = findCertificate(database, company_, id, now);
    if (!changed) return changed;
    const auto code = userCodeOf(database, company_, before.value().userId);
    if (!code) return faultOf(code.error());
    for (const auto& entry : changeEntries(before.value(), changed.value(), made, source, code.value())) {
        if (auto entered = audit::append(database, entry); !entered) return faultOf(entered.error());
    }
    if (auto committed = transaction.commit(); !committed) return faultOf(committed.error());
    return changed;
}

base::Outcome<Done> SqlRegistry::remove(std::int64_t id, const audit::Source& source) {
    auto removed = removeOnce(id, source);
    if (removed || removed.error().code != ProblemCode::OutcomeUnknown) return removed;
    // An id is never used again: where it is gone now, the commit whose answer was lost has taken it.
    auto again = removeOnce(id, source);
    if (!again && again.error().code == ProblemCode::CertificateGone) return Done{};
    return toBeTriedAgain(again);
}

base::Outcome<Done> SqlRegistry::removeOnce(std::int64_t id, const audit::Source& source) {
    store::Store::Writer writer = store_->write();
    store::Database& database = writer.database();
    store::Transaction transaction(database, store::TransactionKind::Write);
    if (transaction.failed()) return faultOf(transaction.error());
    const Instant now = clock_();
    const auto certificate = findCertificate(database, company_, id, now);
    if (!certificate) return certificate.error();
    const UserId owner = certificate.value().userId;

    store::Statement remove(database,
                            "DELETE FROM certificates WHERE id = ? AND company = ? RETURNING image_id");
    const std::int64_t imageId = remove.bind(id).bind(numberOf(company_)).next() ? remove.number(0) : 0;
    if (auto done = remove.run(); !done) return faultOf(done.error());
    if (certificate.value().isDefault) {
        if (auto done = ensureDefault(database, company_, owner, now); !done) return faultOf(done.error());
    }
    if (auto done = removeImageIfUnused(database, imageId); !done) return faultOf(done.error());

    audit::Entry entry = entryAbout(certificate.value(), audit::Action::Remove, source);
    entry.outcome = audit::Outcome::Removed;
    auto code = userCodeOf(database, company_, owner);
    if (!code) return faultOf(code.error());
    entry.userCode = std::move(code).value();
    if (auto entered = audit::append(database, entry); !entered) return faultOf(entered.error());
    if (auto committed = transaction.commit(); !committed) return faultOf(committed.error());
    return Done{};
}

}  // namespace smartca::registry
