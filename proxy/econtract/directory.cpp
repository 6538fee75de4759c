#include "proxy/econtract/directory.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>
#include <utility>

namespace smartca::econtract {
namespace {

constexpr int kPageSize = 100;
constexpr std::chrono::milliseconds kLag{600};

std::chrono::steady_clock::time_point now() {
    return std::chrono::steady_clock::now();
}

}  // namespace

Directory::Directory(PortalClient& portal, DirectoryOptions options) : portal_(portal), options_(options) {}

// Which users there are. The portal may give smaller pages than it is asked for.
base::Outcome<Directory::UserIds> Directory::listUserIds() {
    UserIds found;
    std::set<UserId> known;
    for (int page = 1;; ++page) {
        const auto answer = portal_.users({.search = "", .page = page, .pageSize = kPageSize});
        if (!answer) return answer.error();
        found.leftOut += answer.value().leftOut;
        bool bringsNew = false;
        for (const User& user : answer.value().items) {
            if (!known.insert(user.id).second) continue;
            if (static_cast<std::int64_t>(found.ids.size()) >= options_.maximumUsers) {
                found.complete = false;
                return found;
            }
            found.ids.push_back(user.id);
            bringsNew = true;
        }
        // Not every portal says that there is another page, nor stops where it ends.
        const auto seen = static_cast<std::int64_t>(found.ids.size()) + found.leftOut;
        const bool lacks = seen < answer.value().totalCount;
        if (bringsNew && (answer.value().hasNextPage || lacks)) continue;
        found.complete = !lacks;
        return found;
    }
}

// A user whom the portal refuses or fails to show is passed over. One that fails with everybody, or has enough of the
// questions, is left alone.
Directory::Reading Directory::readAll(const std::vector<UserId>& ids, TimePoint end) {
    constexpr int kMostFailures = 10;
    std::atomic<std::size_t> next{0};
    std::mutex counting;
    Reading reading;
    int failures = 0;
    const auto readNext = [&] {
        for (std::size_t at = next++; at < ids.size(); at = next++) {
            if (now() >= end) {
                const std::lock_guard lock(counting);
                reading.all = false;
                return;
            }
            const auto user = read(ids[at]);
            const std::lock_guard lock(counting);
            if (user) ++reading.count;
            if (user && user.value().hasList) continue;
            reading.all = false;
            if (user) continue;
            if (user.error().code == ProblemCode::PortalRefused) {
                const std::lock_guard entries(mutex_);
                entries_.erase(ids[at]);
                continue;
            }
            reading.failure = user.error();
            reading.failure->detail += ", of user " + std::to_string(ids[at]);
            if (++failures >= kMostFailures || user.error().code == ProblemCode::PortalBusy)
                next = ids.size();
        }
    };
    {
        std::vector<std::jthread> readers;
        for (std::size_t i = 1; i < std::min(options_.readers, ids.size()); ++i)
            readers.emplace_back(readNext);
        readNext();
    }
    return reading;
}

base::Outcome<bool> Directory::walk() {
    // Whoever waits holds one of the workers, also for a browser that has long asked for something else.
    constexpr int kMostWaiting = 3;
    std::unique_lock walking(walking_, std::try_to_lock);
    if (!walking) {
        const bool waits = waiting_++ < kMostWaiting;
        if (waits) walking.lock();
        --waiting_;
        if (!waits) return false;
    }
    {
        const std::lock_guard lock(mutex_);
        if (walked_ && now() - *walked_ < options_.fresh) return true;
    }
    const auto begun = now();
    auto found = listUserIds();
    if (!found) return found.error();
    auto& ids = found.value().ids;
    {
        const std::lock_guard lock(mutex_);
        if (found.value().complete)
            std::erase_if(entries_, [&](const auto& entry) {
                return std::find(ids.begin(), ids.end(), entry.first) == ids.end();
            });
        // Who was not read for longest comes first, so that a walk that is cut short goes on where the last one was.
        std::ranges::sort(ids, {}, [&](UserId id) {
            const auto known = entries_.find(id);
            return known == entries_.end() ? TimePoint::min() : known->second.asOf;
        });
    }
    const Reading reading = readAll(ids, begun + options_.patience);
    if (reading.failure && reading.count == 0) return *reading.failure;
    const std::lock_guard lock(mutex_);
    walked_ = now();
    complete_ = found.value().complete && found.value().leftOut == 0 && reading.all;
    passedOver_ = reading.failure ? reading.failure->detail : std::string();
    return true;
}

bool Directory::readDoubted() {
    std::vector<UserId> ids;
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(doubted_, [&](const auto& each) { return now() - each.second > options_.fresh; });
        for (const auto& [id, since] : doubted_)
            ids.push_back(id);
    }
    return readAll(ids, now() + options_.patience).all;
}

base::Outcome<Directory::Listing> Directory::everyone() {
    const auto walked = walk();
    if (!walked) return walked.error();
    const bool isSure = walked.value() && readDoubted();
    Listing listing;
    const std::lock_guard lock(mutex_);
    listing.complete = complete_ && isSure;
    listing.passedOver = std::exchange(passedOver_, {});
    for (const auto& [id, entry] : entries_)
        listing.users.push_back(entry.user);
    return listing;
}

void Directory::put(const PortalUser& user, TimePoint asOf) {
    if (!user.hasList) return;
    const std::lock_guard lock(mutex_);
    if (const auto known = entries_.find(user.user.id); known != entries_.end()) {
        if (known->second.asOf > asOf) return;
        known->second.user = user;
        known->second.asOf = asOf;
        return;
    }
    // Users beyond the walk's bound are kept as they come by, within reason.
    if (entries_.size() >= 2 * static_cast<std::size_t>(options_.maximumUsers))
        entries_.erase(entries_.begin());
    entries_[user.user.id] = {user, asOf};
}

bool Directory::isBehind(const PortalUser& read) {
    const std::lock_guard lock(mutex_);
    const auto known = entries_.find(read.user.id);
    if (!read.hasList || known == entries_.end()) return false;
    const Entry& entry = known->second;
    return now() - entry.changed <= options_.fresh && read.certificates != entry.user.certificates &&
           std::ranges::find(entry.before, read.certificates) != entry.before.end();
}

base::Outcome<PortalUser> Directory::read(UserId id) {
    constexpr int kAgain = 2;
    for (int times = 0;; ++times) {
        const auto asked = now();
        auto user = portal_.user(id);
        if (!user) return user;
        if (times == kAgain || !isBehind(user.value())) {
            put(user.value(), asked);
            return user;
        }
        std::this_thread::sleep_for(kLag);
    }
}

void Directory::changing(UserId id) {
    const std::lock_guard lock(mutex_);
    const auto known = entries_.find(id);
    if (known == entries_.end()) return;
    Entry& entry = known->second;
    if (now() - entry.changed > options_.fresh) entry.before.clear();
    entry.before.push_back(entry.user.certificates);
    entry.changed = now();
}

void Directory::changed(const PortalUser& user, TimePoint asOf) {
    put(user, asOf);
    const std::lock_guard lock(mutex_);
    if (const auto known = entries_.find(user.user.id); known != entries_.end())
        std::erase(known->second.before, user.certificates);
}

void Directory::doubt(UserId id, TimePoint since) {
    const std::lock_guard lock(mutex_);
    if (const auto known = entries_.find(id); known != entries_.end())
        known->second.asOf = since - options_.fresh;
    doubted_[id] = since;
}

std::optional<UserId> Directory::knownOwner(std::int64_t certificate) {
    const auto has = [certificate](const std::vector<PortalCertificate>& own) {
        return std::ranges::find(own, certificate, &PortalCertificate::id) != own.end();
    };
    const std::lock_guard lock(mutex_);
    for (const auto& [id, entry] : entries_) {
        if (has(entry.user.certificates) || std::ranges::any_of(entry.before, has)) return id;
    }
    return std::nullopt;
}

base::Outcome<UserId> Directory::ownerOf(std::int64_t certificate) {
    if (const auto known = knownOwner(certificate)) return *known;
    const auto all = everyone();
    if (!all) return all.error();
    if (const auto known = knownOwner(certificate)) return *known;
    if (all.value().complete) return base::Fault{ProblemCode::CertificateGone};
    return base::Fault{
        ProblemCode::Unavailable, {}, "whose certificate it is may be a user who was not looked at"};
}

std::optional<PortalCertificate> Directory::seen(std::int64_t certificate) {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, entry] : entries_)
        for (const auto& each : entry.user.certificates)
            if (each.id == certificate) return each;
    return std::nullopt;
}

std::vector<PortalUser> Directory::seenLately(UserId only) {
    std::vector<PortalUser> users;
    const std::lock_guard lock(mutex_);
    for (const auto& [id, entry] : entries_) {
        if ((only == 0 || id == only) && now() - entry.asOf <= options_.fresh) users.push_back(entry.user);
    }
    return users;
}

std::optional<std::int64_t> Directory::countOf(UserId id) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(id);
    if (found == entries_.end() || now() - found->second.asOf > options_.fresh) return std::nullopt;
    return found->second.user.user.certificateCount;
}

}  // namespace smartca::econtract
