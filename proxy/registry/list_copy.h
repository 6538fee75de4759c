// What a search of the list looks at, of each certificate, in the proxy's own memory: for a database on a
// server, which takes 0.1 to 0.3 us for each certificate that it looks at, where this takes a twentieth of
// it.
//
//   CertificateListCopy copy;                    // lives as long as the registry
//   if (auto fresh = copy.refresh(database); !fresh) return fresh.error();   // within a transaction
//   const ListMatch match = copy.find(query, window);
//
// The database says what has changed since (certificates_state and certificates_changes, migrations.cpp),
// whoever changed it: this proxy, another one, or somebody by hand. Those certificates alone are read anew,
// so that a search finds what the database holds at that moment. Memory: about 130 bytes a certificate, from
// the first search on.
//
// Threads: any. Finding goes on while another thread reads; of several that would read, one does, and the
// others wait for it, 2 s at most.
#pragma once

#include <cstdint>
#include <mutex>
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
    // Brings the copy to the state of the database, or further where another thread was here meanwhile. The
    // first time it reads all of them, 2 us each.
    DatabaseResult<Done> refresh(Database& database);

    ListMatch find(const CertificateQuery& query, const PageWindow& window) const;

  private:
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
    struct State;
    // What was read of the database.
    struct Change {
        std::unordered_set<std::int64_t> gone{};  // or changed: ids of entries that are no longer right
        std::vector<Entry> entries{};
        std::vector<char> texts{};
        std::vector<UserId> users{};  // of each entry
    };

    static DatabaseResult<State> stateOf(Database& database);
    static DatabaseResult<Done> readAll(Database& database, Change& change);
    static DatabaseResult<Done> readSince(std::int64_t version, Database& database, Change& change);
    static void append(const Statement& row, Change& change);

    std::string_view nameOf(const Entry& entry) const {
        return {texts_.data() + entry.text, entry.nameLength};
    }
    std::string_view searchKeyOf(const Entry& entry) const {
        return {texts_.data() + entry.text + entry.nameLength, entry.searchLength};
    }
    bool isBefore(const Entry& left, const Entry& right) const;
    bool isAt(const State& state) const;
    void forgetAll();
    void apply(Change change);
    void packTexts();

    // Who reads the database holds it, and alone changes what follows.
    std::timed_mutex reading_;
    mutable std::shared_mutex mutex_;  // guards what follows
    std::string history_;              // of which the versions are
    std::int64_t version_ = -1;        // of the list that is here
    std::vector<Entry> entries_;       // in the list's order
    std::vector<char> texts_;          // behind one another, in the order in which they were read
    std::size_t unusedText_ = 0;
    std::unordered_map<UserId, std::uint32_t> users_;
};

}  // namespace smartca::registry
