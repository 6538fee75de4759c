// A proxy that knows what was created: it answers what update() asks as proxy/journal/README.md has it, for one of two
// callers who may sit there.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dice.h"
#include "script.h"

namespace smartca::app {

inline constexpr Instant kWorldBegins = 1'795'334'640;
inline constexpr std::string_view kOtherIdentity = "079305123456";

class World {
  public:
    using Answer = std::pair<int, std::string>;  // status and body

    explicit World(Dice& dice) : dice_(dice) {}

    static bool isCreate(const SendRequest& request);
    Answer handle(const SendRequest& create);  // POST certificates, DELETE creates, GET creates/{id}
    enum class Network { Good, Poor };
    Answer answer(const SendRequest& request, Network network);  // to all others; Good: always with 200
    // The certificates of a look-up are made out so: what is on screen shows what it was asked for.
    static std::string askedFor(std::string_view identity, UserId user);
    static Answer problem(ProblemCode code);

    void passTime(Instant seconds);  // keys are forgotten after a day
    void findOut();                  // what became of one that was left open

    bool hasAdded(const std::string& key) const { return added_.contains(key); }
    bool hasMissing(const std::string& key) const { return missing_.contains(key); }  // not all was added
    bool hasAll(const std::string& body) const;       // of what it asks for, whoever has added it
    bool wasTakenBack(const std::string& key) const;  // by DELETE, before its POST has arrived
    Instant now() const { return now_; }

    int caller = 0;
    void renewToken();                               // which may fill in and lock a user and a number
    bool keepsLocks(const std::string& body) const;  // as far as they were told

    UserId searched = 7;  // whom every search finds

  private:
    enum class State { Open, Done, Rejected };
    struct Record {
        std::string key;
        int caller;
        std::int64_t id;
        Instant begun;
        std::string body;  // of its POST; empty: it was taken back
        State state = State::Open;
        Answer answer{};
    };

    Record& begin(const SendRequest& request);
    Answer create(const SendRequest& request);
    Answer withdraw(const SendRequest& request);
    Answer tell(Record& record);
    void resolve(Record& record);
    void reject(Record& record, ProblemCode code);
    void add(Record& record);
    std::string lookUp(const SendRequest& request) const;
    std::string bodyFor(const SendRequest& request);

    Dice& dice_;
    Instant now_ = 0;
    std::int64_t lastId_ = 100;
    std::vector<Record> records_;
    std::set<std::pair<UserId, std::string>> onList_;
    std::set<std::string> added_, missing_;  // keys
    Prefill prefill_, told_;                 // of the token, and of the session that was told last
};

}  // namespace smartca::app
