#include "proxy/store/store.h"

#include <algorithm>
#include <utility>

#include "proxy/store/schema.h"

namespace smartca::store {
namespace {

std::string because(const std::string& path, const std::string& what) {
    return "database " + publicNameOf(path) + ": " + what;
}

}  // namespace

Result<std::shared_ptr<Store>, std::string> Store::open(const StoreOptions& options) {
    auto connector = isPostgresUrl(options.path) ? postgresConnector(options) : sqliteConnector(options);
    if (!connector) return because(options.path, connector.error());
    auto writer = connector.value()->openWriter();
    if (!writer) return because(options.path, writer.error().forOperator());
    if (auto migrated = migrate(writer.value()); !migrated) return because(options.path, migrated.error());

    std::shared_ptr<Store> store(new Store(std::move(connector).value(), std::move(writer).value(), options));
    for (std::size_t i = 0; i < std::max<std::size_t>(options.readers, 1); ++i) {
        auto reader = store->connector_->openReader();
        if (!reader) return because(options.path, reader.error().forOperator());
        store->readers_.push_back(std::make_unique<Database>(std::move(reader).value()));
    }
    return store;
}

Store::Reader Store::read() {
    std::unique_lock lock(readersMutex_);
    readerFree_.wait(lock, [this] { return !readers_.empty(); });
    auto database = std::move(readers_.back());
    readers_.pop_back();
    lock.unlock();  // others need not wait while it connects
    database->driver().refresh();
    database->runUntil(std::chrono::steady_clock::now() + readTime_);
    return {*this, std::move(database)};
}

void Store::giveBack(std::unique_ptr<Database> database) {
    note(*database);
    {
        const std::lock_guard lock(readersMutex_);
        readers_.push_back(std::move(database));
    }
    readerFree_.notify_one();
}

Store::Writer Store::write(Durability durability) {
    std::unique_lock lock(writerMutex_);
    writer_.driver().refresh();
    writer_.driver().setDurability(durability);
    return {*this, std::move(lock), writer_};
}

DatabaseResult<Done> Store::commit(Transaction& transaction, std::string_view name) const {
    if (watch_) watch_(name, Moment::Before);
    auto committed = transaction.commit();
    if (committed && watch_) watch_(name, Moment::After);
    return committed;
}

void Store::note(Database& database) {
    const auto faults = database.takeFaults();
    if (faults.count == 0) return;
    const std::lock_guard lock(faultsMutex_);
    faults_ = {faults_.count + faults.count, faults.last.reason};
    if (faults.last.fault == DatabaseFault::Full || faults.last.fault == DatabaseFault::NotWritable)
        cannotWrite_ = faults.last.reason;
}

Store::Faults Store::takeFaults() {
    const std::lock_guard lock(faultsMutex_);
    return std::exchange(faults_, {});
}

std::string Store::cannotWrite() {
    {
        const std::lock_guard lock(faultsMutex_);
        if (cannotWrite_.empty()) return {};
    }
    // The schema's number again: a page that has to be written and changes nothing.
    auto writer = write();
    Database& database = writer.database();
    Transaction transaction(database, TransactionKind::Write);
    if (transaction.failed()) return transaction.error().reason;
    const auto schema = database.driver().schema();
    if (!schema) return schema.error().reason;
    if (const auto set = database.driver().setSchema(schema.value().version); !set) return set.error().reason;
    if (const auto committed = transaction.commit(); !committed) return committed.error().reason;
    const std::lock_guard lock(faultsMutex_);
    cannotWrite_.clear();
    return {};
}

bool Store::isReachable() {
    if (!isPostgresUrl(path_)) return true;
    Reader reader = read();
    return reader.database().number("SELECT 1").ok();
}

}  // namespace smartca::store
