#include "proxy/registry/list_copy.h"

#include <string.h>

#include <algorithm>

#include "proxy/registry/fold.h"

namespace smartca::registry {
namespace {

constexpr std::int64_t kReadAtOnce = 20'000;  // rows that the client library holds meanwhile
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

}  // namespace

struct CertificateListCopy::State {
    std::string history{};
    std::int64_t version = 0;
    std::int64_t completeFrom = 0;  // the changes after this version are all there
};

DatabaseResult<CertificateListCopy::State> CertificateListCopy::stateOf(Database& database) {
    // Of another history is what a backup brought back: its versions have been there before, for another
    // list.
    Statement find(
        database,
        "SELECT CAST(pg_postmaster_start_time() AS text), CAST(tableoid AS bigint), version, complete_from"
        " FROM certificates_state");
    State state;
    if (find.next())
        state = {find.text(0) + ' ' + std::to_string(find.number(1)), find.number(2), find.number(3)};
    if (find.failed()) return find.error();
    return state;
}

bool CertificateListCopy::isAt(const State& state) const {
    const std::shared_lock lock(mutex_);
    return history_ == state.history && version_ >= state.version;
}

DatabaseResult<Done> CertificateListCopy::refresh(Database& database) {
    const auto state = stateOf(database);
    if (!state) return state.error();
    if (isAt(state.value())) return Done{};
    const std::unique_lock turn(reading_, kPatience);
    if (!turn) return DatabaseError{DatabaseFault::Other, "another search still reads the list"};
    if (isAt(state.value())) return Done{};

    const bool isStep = history_ == state.value().history && version_ >= state.value().completeFrom;
    Change change;
    auto read = isStep ? readSince(version_, database, change) : readAll(database, change);
    if (!read) return read;

    const std::unique_lock lock(mutex_);
    version_ = -1;  // half of it is nothing, should memory end
    if (!isStep) forgetAll();
    apply(std::move(change));
    history_ = state.value().history;
    version_ = state.value().version;
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

DatabaseResult<Done> CertificateListCopy::readSince(std::int64_t version, Database& database,
                                                    Change& change) {
    Statement changed(database, "SELECT DISTINCT certificate_id FROM certificates_changes WHERE version > ?");
    changed.bind(version);
    while (changed.next())
        change.gone.insert(changed.number(0));
    if (changed.failed()) return changed.error();

    Statement find(database, std::string(kColumns) +
                                 "id IN (SELECT certificate_id FROM certificates_changes WHERE version > ?)");
    find.bind(version);
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

ListMatch CertificateListCopy::find(const CertificateQuery& query, const PageWindow& window) const {
    const std::vector<std::string> needles = searchNeedles(query.search);
    const std::shared_lock lock(mutex_);
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
