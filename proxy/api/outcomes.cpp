#include "proxy/api/outcomes.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "proxy/registry/audit_story.h"
#include "proxy/registry/create_answer.h"
#include "shared/json_guard.h"

namespace smartca::api {

using std::chrono::milliseconds;

OutcomeFinder::OutcomeFinder(RegistryOf registryOf, journal::Journal& journal, Clock clock, Watchers watchers,
                             OutcomesOptions options)
    : registryOf_(std::move(registryOf)),
      journal_(journal),
      clock_(std::move(clock)),
      watchers_(std::move(watchers)),
      options_(options) {}

milliseconds OutcomeFinder::round(TimePoint now) {
    const auto open = journal_.open();
    if (!open) return options_.longestPause;
    std::set<std::int64_t> ids;
    for (const auto& create : open.value())
        ids.insert(create.id);
    std::erase_if(watched_, [&](const auto& watch) { return !ids.contains(watch.first); });

    milliseconds next = options_.idle;
    std::size_t settled = 0;
    for (const auto& create : open.value()) {
        if (stopped_) break;
        const auto [found, isNew] = watched_.try_emplace(create.id, Watch{now, now, options_.firstPause});
        Watch& watch = found->second;
        // Cut off while it was sent. Should this fail, it is found out all the same.
        if (isNew && create.state == journal::CreateState::Sent)
            static_cast<void>(journal_.unknown(
                create.key, audit::withOutcome(create.entry, audit::Outcome::Unknown, "cutOff")));
        if (watch.due <= now && look(create, watch, now) == Look::Settled) {
            ++settled;
            continue;
        }
        next = std::min(next, std::chrono::ceil<milliseconds>(watch.due - now));
    }
    watchers_.open(open.value().size() - settled);
    return next;
}

OutcomeFinder::Look OutcomeFinder::look(const journal::OpenCreate& create, Watch& watch, TimePoint now) {
    registry::Registry* const registry = registryOf_(create.plan.company);
    const auto seen = registry != nullptr ? registry->lookBack(create.plan, clock_())
                                          : base::Fault{ProblemCode::Unavailable};
    const bool noUser = !seen && seen.error().code == ProblemCode::NotFound;
    watch.looks = seen ? watch.looks + 1 : 0;
    if (!noUser) watch.goneSince.reset();
    if (noUser && !watch.goneSince) watch.goneSince = now;
    if (seen || noUser) {
        const registry::Attached attached = seen ? seen.value() : registry::Attached{};
        if (isCertain(watch, attached, now) && settle(create, attached) == Look::Settled)
            return Look::Settled;
    }
    watch.due = now + watch.pause;
    watch.pause = std::min(watch.pause * 2, options_.longestPause);
    return Look::Again;
}

bool OutcomeFinder::isCertain(const Watch& watch, const registry::Attached& attached, TimePoint now) const {
    if (watch.goneSince) return now - *watch.goneSince >= options_.gone;
    if (attached.missing.empty()) return true;
    return watch.looks >= options_.looks && now - watch.since >= options_.settle;
}

OutcomeFinder::Look OutcomeFinder::settle(const journal::OpenCreate& create,
                                          const registry::Attached& attached) {
    const auto memo = registry::readAnswerMemo(create.plan.memo);
    if (!memo) {
        watchers_.note("the memo of create " + std::to_string(create.id) + " in the journal cannot be read");
        return Look::Again;
    }
    journal::StoredAnswer answer{journal::CreateState::Created, registry::createBody(*memo, attached)};
    if (attached.added.empty())
        answer = {journal::CreateState::Rejected,
                  writeJson(toJson(Problem{ProblemCode::NotCreated, memo->requestId}, memo->locale))};
    auto entry = audit::withOutcome(create.entry, audit::Outcome::Rejected);
    if (!attached.added.empty()) entry = registry::attachedEntry(create.entry, *memo, attached);
    entry.reason.append(entry.reason.empty() ? "" : " ").append("readBack");
    if (!journal_.finish(create.key, answer, clock_(), entry)) return Look::Again;
    const std::size_t added = attached.added.size(), asked = added + attached.missing.size();
    std::string done = added == 0 ? "not carried out" : "carried out";
    if (added > 0 && added < asked)
        done += " in part (" + std::to_string(added) + " of " + std::to_string(asked) + ")";
    watchers_.note("create " + std::to_string(create.id) + " was " + done +
                   ", as the user's certificates show");
    return Look::Settled;
}

Outcomes::Outcomes(OutcomeFinder& finder) : finder_(finder), thread_([this] { run(); }) {}

Outcomes::~Outcomes() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    finder_.stop();
    changed_.notify_all();
    thread_.join();
}

void Outcomes::wake() {
    {
        const std::lock_guard lock(mutex_);
        woken_ = true;
    }
    changed_.notify_all();
}

void Outcomes::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        woken_ = false;
        lock.unlock();
        const auto pause = finder_.round(std::chrono::steady_clock::now());
        lock.lock();
        changed_.wait_for(lock, pause, [this] { return stopping_ || woken_; });
    }
}

}  // namespace smartca::api
