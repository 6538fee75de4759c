#include "proxy/sealing/key_check.h"

#include <string_view>

#include "proxy/store/database.h"

namespace smartca::sealing {
namespace {

constexpr std::string_view kKnownText = "smartca-key-check-1";
const SecretPlace kCheckPlace{SecretKind::KeyCheck, 0, {}};

store::DatabaseResult<KeyCheck> check(store::Database& database, const SealingKey& key) {
    store::Statement find(database, "SELECT sealed FROM key_check WHERE id = 1 AND sealed IS NOT NULL");
    const bool found = find.next();
    if (find.failed()) return find.error();
    if (!found) return KeyCheck::NotKept;
    return key.open(find.blob(0), kCheckPlace) ? KeyCheck::Same : KeyCheck::Another;
}

store::DatabaseResult<KeyCheck> checkAndKeep(store::Database& database, const SealingKey& key) {
    store::Transaction transaction(database, store::TransactionKind::Write);
    if (transaction.failed()) return transaction.error();
    auto checked = check(database, key);
    if (!checked || checked.value() != KeyCheck::NotKept) return checked;
    const auto sealed = key.seal(kKnownText, kCheckPlace);
    if (!sealed)
        return store::DatabaseError{store::DatabaseFault::Other, "sealing the key check", "OpenSSL failed"};
    store::Statement keep(database, "UPDATE key_check SET sealed = ? WHERE id = 1");
    if (auto kept = keep.bindBlob(sealed.value()).run(); !kept) return kept.error();
    if (auto committed = transaction.commit(); !committed) return committed.error();
    return KeyCheck::Same;
}

Result<KeyCheck, std::string> forOperator(const store::DatabaseResult<KeyCheck>& checked) {
    if (!checked) return checked.error().forOperator();
    return checked.value();
}

}  // namespace

Result<KeyCheck, std::string> checkKey(store::Database& database, const SealingKey& key) {
    return forOperator(check(database, key));
}

Result<KeyCheck, std::string> keepKeyCheck(store::Store& store, const SealingKey& key) {
    store::Store::Writer writer = store.write();
    // Hardly ever is there something to write.
    auto checked = check(writer.database(), key);
    if (checked && checked.value() == KeyCheck::NotKept) checked = checkAndKeep(writer.database(), key);
    return forOperator(checked);
}

}  // namespace smartca::sealing
