#include "proxy/store/migrations.h"

#include <string_view>

#include "proxy/store/schema.h"

namespace smartca::store {
namespace {

DatabaseResult<Done> applyStep(Database& database, std::int64_t number) {
    const std::string_view step = schemaSteps()[static_cast<std::size_t>(number - 1)];
    if (auto applied = database.execute(std::string(step)); !applied) return applied;
    return database.driver().setSchema(number);
}

// Makes the next step, if there is one. The value: whether there was.
Result<bool, std::string> advance(Database& database) {
    Transaction transaction(database, TransactionKind::Write);
    if (transaction.failed()) return transaction.error().forOperator();
    // Read within the transaction: another proxy on the same server may be making steps, too.
    const auto state = database.driver().schema();
    if (!state) return state.error().forOperator();
    if (auto refusal = refusalOf(state.value()); !refusal.empty()) return refusal;
    if (state.value().version == newestSchema()) return false;
    const std::int64_t next = state.value().version + 1;
    auto applied = applyStep(database, next);
    if (applied) applied = transaction.commit();
    if (!applied) return "schema step " + std::to_string(next) + ": " + applied.error().forOperator();
    return true;
}

}  // namespace

std::string refusalOf(const SchemaState& state) {
    if (state.owner == SchemaState::Owner::Another)
        return "it belongs to another program; name the proxy's own database";
    if (state.version < 0 || state.version > newestSchema())
        return "its schema " + std::to_string(state.version) + " is newer than this program knows (" +
               std::to_string(newestSchema()) + "): run the newer program";
    return {};
}

int newestSchema() {
    return static_cast<int>(schemaSteps().size());
}

Result<Done, std::string> migrate(Database& database) {
    // Without a transaction first, which would lock others out: there is hardly ever something to do.
    const auto state = database.driver().schema();
    if (!state) return state.error().forOperator();
    if (auto refusal = refusalOf(state.value()); !refusal.empty()) return refusal;
    if (state.value().version == newestSchema()) return Done{};
    for (;;) {
        const auto advanced = advance(database);
        if (!advanced) return advanced.error();
        if (!advanced.value()) return Done{};
    }
}

}  // namespace smartca::store
