// What a search of the list looks at, of each certificate, in the proxy's own memory: for a database on a
// server, which takes 0.1 to 0.3 us for each certificate that it looks at, where this takes a twentieth of
// it.
//
//   CertificateListCopy copy;                    // lives as long as the registry
//   auto turn = copy.takeTurn();                 // before the transaction begins; none: busy
//   Transaction snapshot(database, TransactionKind::Read);
//   auto match = copy.find(std::move(turn), database, query, window);   // the snapshot's first question
//   if (match && !match.value()) …               // CertificateListCopy::beginHistory(), and once more
//
// What is found is what the snapshot holds, whoever changed it: this proxy, another one, or somebody by hand.
// The database remembers in which transaction each certificate changed (certificates_changes,
// schema_steps.cpp); those that changed between the last snapshot and this one are read anew, and where the
// database does not know, all are; so too as long as a trigger is off. What reaches the database by logical
// replication is noted by nobody, and found after a restart. Memory: about 130 bytes a certificate, from the
// first search on.
//
// Threads: any. Finding goes on beside finding; of several that would read, one does, and the others wait for
// it, 2 s at most.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "proxy/registry/conditions.h"
#include "proxy/registry/database.h"
#include "proxy/registry/registry.h"

namespace smartca::registry {

// How many certificates fit, and which of them stand on the page, in the list's order.
struct ListMatch {
    std::int64_t certificates = 0;
    std::int64_t users = 0;
    std::int64_t all = 0;  // without any condition
    std::vector<std::int64_t> page{};
};

class CertificateListCopy {
  public:
    // To be the one who reads. Snapshots that are taken in their turns follow each other, so that the copy is
    // never ahead of one.
    using Turn = std::unique_lock<std::timed_mutex>;
    Turn takeTurn();  // not held: others took longer than one waits

    // Brings the copy to the transaction's snapshot and looks through it. The first time it reads all
    // certificates, 5 us each. Nothing: the database's history is gone (it is new, or its server crashed).
    DatabaseResult<std::optional<ListMatch>> find(Turn turn, Database& database,
                                                  const CertificateQuery& query, const PageWindow& window);

    // Of a database that has none; of several that begin one, the first does. Outside of transactions.
    static DatabaseResult<Done> beginHistory(Database& database);

  private:
    using Ids = std::vector<std::int64_t>;
    struct Entry {
        std::int64_t id;
        std::int64_t validFrom;
        std::int64_t validTo;
        std::size_t text;  // where its texts begin: the name's key, then the search key
        std::uint32_t nameLength;
        std::uint32_t searchLength;
        std::uint32_t user;  // counted from 0 in the order in which they were met
        CertificateType type;
    };
    // Where the database stands.
    struct State {
        std::string history{};          // empty: none
        std::int64_t completeFrom = 0;  // changes by this transaction and later ones are all there
        std::string snapshot{};         // in PostgreSQL's words
    };
    // What was read of the database.
    struct Change {
        std::unordered_set<std::int64_t> gone{};  // or changed: ids of entries that are no longer right
        std::vector<Entry> entries{};
        std::vector<char> texts{};
        std::vector<UserId> users{};  // of each entry
    };

    static DatabaseResult<State> stateOf(Database& database);
    static DatabaseResult<Done> readAll(Database& database, Change& change);
    // The certificates that have changed since the copy's snapshot. Nothing: too many, or nobody knows which.
    DatabaseResult<std::optional<Ids>> changedSince(Database& database) const;
    static DatabaseResult<Done> readThese(const Ids& ids, Database& database, Change& change);
    static void append(const Statement& row, Change& change);

    std::string_view nameOf(const Entry& entry) const {
        return {texts_.data() + entry.text, entry.nameLength};
    }
    std::string_view searchKeyOf(const Entry& entry) const {
        return {texts_.data() + entry.text + entry.nameLength, entry.searchLength};
    }
    bool isBefore(const Entry& left, const Entry& right) const;
    DatabaseResult<Done> follow(const State& state, Database& database);
    void forgetAll();
    void apply(Change change);
    ListMatch match(const CertificateQuery& query, const PageWindow& window) const;
    void packTexts();

    std::timed_mutex turn_;
    // Whose turn it is has these two.
    std::string history_;
    std::string snapshot_;  // that the copy is of

    // Changed by whose turn it is.
    std::shared_mutex mutex_;
    std::vector<Entry> entries_;  // in the list's order
    std::vector<char> texts_;     // behind one another, in the order in which they were read
    std::size_t unusedText_ = 0;
    std::unordered_map<UserId, std::uint32_t> users_;
};

}  // namespace smartca::registry
