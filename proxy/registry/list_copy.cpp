#include "proxy/registry/list_copy.h"

#include <string.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "proxy/registry/fold.h"
#include "proxy/registry/rows.h"
#include "proxy/registry/run.h"

namespace smartca::registry {
namespace {

constexpr std::int64_t kReadAtOnce = 20'000;  // rows that the client library holds meanwhile
constexpr std::int64_t kMostSteps = 10'000;   // certificates: with more, reading all is not slower
constexpr std::chrono::seconds kLongestReading{60};
constexpr std::chrono::seconds kPatience{2};  // with another's reading
constexpr const char* kColumns =
    "SELECT id, user_id, type, valid_from, valid_to, name_key, search_key"
    " FROM certificates WHERE ";

bool holds(std::string_view text, const std::string& part) {
    // string_view::find takes four times as long: it looks for the first character, mostly a blank here.
    return ::memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

bool hasStatus(CertificateStatus status, Instant validFrom, Instant validTo, Instant now) {
    switch (status) {
        case CertificateStatus::Active:
            return validFrom <= now && now <= validTo;
        case CertificateStatus::Expired:
            return validTo < now;
        case CertificateStatus::NotYetValid:
            return validFrom > now;
        case CertificateStatus::Inactive:
            break;  // SmartCA alone knows that
    }
    return false;
}

// Transactions before it have ended. A snapshot is "oldest:next:running,running"
// (https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT-PARTS).
std::int64_t oldestOf(const std::string& snapshot) {
    std::int64_t oldest = 0;
    std::from_chars(snapshot.data(), snapshot.data() + snapshot.size(), oldest);
    return oldest;
}

}  // namespace

DatabaseResult<Done> CertificateListCopy::beginHistory(Database& database) {
    const auto number = newRun();
    if (!number) return number.error();
    Transaction transaction(database, TransactionKind::Write);
    if (transaction.failed()) return transaction.error();
    // What a backup has brought along counts another server's transactions.
    auto done =
        database.execute("DELETE FROM certificates_history WHERE of_table <> CAST(tableoid AS bigint)");
    if (!done) return done;
    // What a prepared transaction has changed is known to nobody after a crash, which it outlives.
    Statement begin(database,
                    "INSERT INTO certificates_history(id, of_table, number, complete_from)"
                    " VALUES (1, CAST(CAST('certificates_history' AS regclass) AS bigint), ?,"
                    " CASE WHEN EXISTS (SELECT 1 FROM pg_prepared_xacts) THEN txid_current() ELSE 0 END)"
                    " ON CONFLICT DO NOTHING");
    if (done = begin.bind(number.value()).run(); !done) return done;
    if (database.changes() != 0) done = database.execute("DELETE FROM certificates_changes");
    return done ? transaction.commit() : done;
}

DatabaseResult<CertificateListCopy::State> CertificateListCopy::stateOf(Database& database) {
    // A number alone would not do: a backup that is played back brings its own along, and with it
    // transactions whose numbers have been there before. Nor is anything noted while triggers are off, or
    // where the table is written anew.
    Statement find(database,
                   "SELECT concat_ws(' ', pg_postmaster_start_time(), of_table, number,"
                   "  pg_relation_filenode('certificates'), triggers.versions),"
                   " CASE WHEN triggers.work THEN complete_from ELSE 9223372036854775807 END,"
                   " CAST(txid_current_snapshot() AS text)"
                   " FROM certificates_history,"
                   "  (SELECT count(*) = 4 AND bool_and(tgenabled IN ('A', 'O')) AS work,"
                   "   string_agg(CAST(xmin AS text), ' ' ORDER BY tgname) AS versions"
                   "   FROM pg_trigger WHERE tgrelid = CAST('certificates' AS regclass) AND NOT "
                   "tgisinternal) AS triggers"
                   " WHERE of_table = CAST(tableoid AS bigint)");
    State state;
    if (find.next()) state = {find.text(0), find.number(1), find.text(2)};
    if (find.failed()) return find.error();
    return state;
}

CertificateListCopy::Turn CertificateListCopy::takeTurn() {
    // By the wall clock: GCC 12's ThreadSanitizer does not know how a mutex waits by the steady one
    // (pthread_mutex_clocklock). Should the clock be set back, one waits as long as the others read.
    return Turn(turn_, std::chrono::system_clock::now() + kPatience);
}

DatabaseResult<std::optional<ListMatch>> CertificateListCopy::find(Turn turn, Database& database,
                                                                   const CertificateQuery& query,
                                                                   const PageWindow& window) {
    const auto state = stateOf(database);
    if (!state) return state.error();
    if (state.value().history.empty()) return std::optional<ListMatch>();
    if (auto followed = follow(state.value(), database); !followed) return followed.error();
    // The next one may read meanwhile, but changes nothing before this is done.
    const std::shared_lock lock(mutex_);
    turn.unlock();
    return std::optional(match(query, window));
}

DatabaseResult<Done> CertificateListCopy::follow(const State& state, Database& database) {
    if (state.history == history_ && state.snapshot == snapshot_) return Done{};
    std::optional<Ids> changed;
    if (state.history == history_ && oldestOf(snapshot_) >= state.completeFrom) {
        auto known = changedSince(database);
        if (!known) return known.error();
        changed = std::move(known).value();
    }
    if (!changed || !changed->empty()) {
        Change change;
        auto read = changed ? readThese(*changed, database, change) : readAll(database, change);
        if (!read) return read;
        const std::lock_guard lock(mutex_);
        history_.clear();  // half of it is nothing, should memory end
        if (!changed) forgetAll();
        apply(std::move(change));
    }
    // Should memory end here: without its history a snapshot counts for nothing.
    history_.clear();
    snapshot_ = state.snapshot;
    history_ = state.history;
    return Done{};
}

void CertificateListCopy::append(const Statement& row, Change& change) {
    const std::string name = row.text(5);
    const std::string searchKey = row.text(6);
    change.entries.push_back(
        {.id = row.number(0),
         .validFrom = row.number(3),
         .validTo = row.number(4),
         .text = change.texts.size(),
         .nameLength = static_cast<std::uint32_t>(name.size()),
         .searchLength = static_cast<std::uint32_t>(searchKey.size()),
         .user = 0,
         .type = row.number(2) == 0 ? CertificateType::SmartCa : CertificateType::Business});
    change.texts.insert(change.texts.end(), name.begin(), name.end());
    change.texts.insert(change.texts.end(), searchKey.begin(), searchKey.end());
    change.users.push_back(row.number(1));
}

DatabaseResult<Done> CertificateListCopy::readAll(Database& database, Change& change) {
    database.runUntil(std::chrono::steady_clock::now() + kLongestReading);
    std::int64_t last = -1;
    for (std::int64_t rows = kReadAtOnce; rows == kReadAtOnce;) {
        Statement next(database, std::string(kColumns) + "id > ? ORDER BY id LIMIT ?");
        next.bind(last).bind(kReadAtOnce);
        for (rows = 0; next.next(); ++rows)
            append(next, change);
        if (next.failed()) return next.error();
        if (!change.entries.empty()) last = change.entries.back().id;
    }
    return Done{};
}

DatabaseResult<std::optional<CertificateListCopy::Ids>> CertificateListCopy::changedSince(
    Database& database) const {
    // What this snapshot sees and the copy's did not: of transactions that began later, or ran then.
    Statement find(database,
                   "SELECT certificate_id FROM certificates_changes"
                   " WHERE changed_in >= txid_snapshot_xmax(CAST(? AS txid_snapshot))"
                   " UNION ALL SELECT certificate_id FROM certificates_changes"
                   " WHERE changed_in IN (SELECT txid_snapshot_xip(CAST(? AS txid_snapshot))) LIMIT ?");
    find.bind(snapshot_).bind(snapshot_).bind(kMostSteps + 1);
    std::optional<Ids> ids(std::in_place);
    while (find.next() && ids) {
        ids->push_back(find.number(0));
        if (find.isNull(0) || ids->size() > static_cast<std::size_t>(kMostSteps)) ids.reset();
    }
    if (find.failed()) return find.error();
    return ids;
}

DatabaseResult<Done> CertificateListCopy::readThese(const Ids& ids, Database& database, Change& change) {
    change.gone.insert(ids.begin(), ids.end());
    // Not ANY(): where the server then walks through the table, it compares each row with each number.
    Statement find(database, std::string(kColumns) + "id IN (SELECT unnest(CAST(? AS bigint[])))");
    find.bind(postgresArray(ids));
    while (find.next())
        append(find, change);
    if (find.failed()) return find.error();
    return Done{};
}

bool CertificateListCopy::isBefore(const Entry& left, const Entry& right) const {
    const int order = nameOf(left).compare(nameOf(right));
    return order != 0 ? order < 0 : left.id < right.id;
}

void CertificateListCopy::forgetAll() {
    entries_.clear();
    texts_.clear();
    users_.clear();
    unusedText_ = 0;
}

void CertificateListCopy::apply(Change change) {
    std::erase_if(entries_, [&](const Entry& entry) {
        if (!change.gone.contains(entry.id)) return false;
        unusedText_ += entry.nameLength + entry.searchLength;
        return true;
    });
    for (std::size_t i = 0; i < change.entries.size(); ++i) {
        Entry& entry = change.entries[i];
        entry.text += texts_.size();
        entry.user =
            users_.try_emplace(change.users[i], static_cast<std::uint32_t>(users_.size())).first->second;
    }
    texts_.insert(texts_.end(), change.texts.begin(), change.texts.end());

    const auto before = [this](const Entry& left, const Entry& right) { return isBefore(left, right); };
    std::sort(change.entries.begin(), change.entries.end(), before);
    const auto middle = static_cast<std::ptrdiff_t>(entries_.size());
    entries_.insert(entries_.end(), change.entries.begin(), change.entries.end());
    std::inplace_merge(entries_.begin(), entries_.begin() + middle, entries_.end(), before);
    if (middle == 0 || unusedText_ > texts_.size() / 2) packTexts();
}

// In the order in which they are walked, without what nobody uses any more.
void CertificateListCopy::packTexts() {
    std::vector<char> packed;
    packed.reserve(texts_.size() - unusedText_);
    for (Entry& entry : entries_) {
        const std::size_t begin = packed.size();
        const char* first = texts_.data() + entry.text;
        packed.insert(packed.end(), first, first + entry.nameLength + entry.searchLength);
        entry.text = begin;
    }
    texts_ = std::move(packed);
    unusedText_ = 0;
}

ListMatch CertificateListCopy::match(const CertificateQuery& query, const PageWindow& window) const {
    const std::vector<std::string> needles = searchNeedles(query.search);
    ListMatch match;
    match.all = static_cast<std::int64_t>(entries_.size());
    const auto known = users_.find(query.userId);
    if (query.userId != 0 && known == users_.end()) return match;

    const auto fits = [&](const Entry& entry) {
        if (query.userId != 0 && entry.user != known->second) return false;
        if (query.type && entry.type != *query.type) return false;
        if (query.validFrom && entry.validFrom < *query.validFrom) return false;
        if (query.validTo && entry.validTo > *query.validTo) return false;
        if (query.status && !hasStatus(*query.status, entry.validFrom, entry.validTo, query.now))
            return false;
        const std::string_view key = searchKeyOf(entry);
        return std::all_of(needles.begin(), needles.end(),
                           [&](const std::string& needle) { return holds(key, needle); });
    };
    std::vector<bool> met(users_.size());
    for (const Entry& entry : entries_) {
        if (!fits(entry)) continue;
        if (match.certificates >= window.offset() &&
            match.page.size() < static_cast<std::size_t>(window.pageSize))
            match.page.push_back(entry.id);
        ++match.certificates;
        if (!met[entry.user]) {
            met[entry.user] = true;
            ++match.users;
        }
    }
    return match;
}

}  // namespace smartca::registry
