#include "proxy/registry/key_check.h"

#include <string_view>

#include "proxy/registry/database.h"

namespace smartca::registry {
namespace {

constexpr std::string_view kKnownText = "smartca-key-check-1";
const SecretPlace kCheckPlace{SecretKind::KeyCheck, 0, {}};

KeyCheck verdictOf(const Result<std::string, SealError>& opened) {
    return opened ? KeyCheck::Same : KeyCheck::Another;
}

// What an earlier program has sealed last, if anything.
DatabaseResult<KeyCheck> checkSecrets(Database& database, const SealingKey& key) {
    Statement find(database,
                   "SELECT user_id, serial, sealed_password FROM certificates"
                   " WHERE sealed_password IS NOT NULL ORDER BY id DESC LIMIT 1");
    const bool found = find.next();
    if (find.failed()) return find.error();
    if (!found) return KeyCheck::NotKept;
    const SecretPlace place{SecretKind::Password, static_cast<UserId>(find.number(0)), find.text(1)};
    auto opened = key.open(find.blob(2), place);
    if (opened) wipe(opened.value());
    return opened ? KeyCheck::NotKept : KeyCheck::Another;
}

DatabaseResult<KeyCheck> check(Database& database, const SealingKey& key) {
    {
        Statement find(database, "SELECT key_check FROM company WHERE id = 1 AND key_check IS NOT NULL");
        const bool found = find.next();
        if (find.failed()) return find.error();
        if (found) return verdictOf(key.open(find.blob(0), kCheckPlace));
    }
    return checkSecrets(database, key);
}

DatabaseResult<KeyCheck> checkAndKeep(Database& database, const SealingKey& key) {
    Transaction transaction(database, TransactionKind::Write);
    if (transaction.failed()) return transaction.error();
    auto checked = check(database, key);
    if (!checked || checked.value() != KeyCheck::NotKept) return checked;
    const auto sealed = key.seal(kKnownText, kCheckPlace);
    if (!sealed) return DatabaseError{DatabaseFault::Other, "sealing the key check", "OpenSSL failed"};
    Statement keep(database, "UPDATE company SET key_check = ? WHERE id = 1");
    if (auto kept = keep.bindBlob(sealed.value()).run(); !kept) return kept.error();
    if (auto committed = transaction.commit(); !committed) return committed.error();
    return KeyCheck::Same;
}

Result<KeyCheck, std::string> forOperator(const DatabaseResult<KeyCheck>& checked) {
    if (!checked) return checked.error().forOperator();
    return checked.value();
}

}  // namespace

Result<KeyCheck, std::string> checkKey(Database& database, const SealingKey& key) {
    return forOperator(check(database, key));
}

Result<KeyCheck, std::string> keepKeyCheck(Store& store, const SealingKey& key) {
    Store::Writer writer = store.write();
    // Hardly ever is there something to write.
    auto checked = check(writer.database(), key);
    if (checked && checked.value() == KeyCheck::NotKept) checked = checkAndKeep(writer.database(), key);
    return forOperator(checked);
}

}  // namespace smartca::registry
