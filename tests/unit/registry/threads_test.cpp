// Meant to run under ThreadSanitizer as well: ctest --preset tsan.
#include <atomic>
#include <thread>
#include <vector>

#include "fixture.h"

namespace smartca::registry {
namespace {

template <class Work>
void inThreads(int count, const Work& work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&work, i] { work(i); });
    for (auto& thread : threads)
        thread.join();
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "of many who attach the same serial at once, exactly one adds it") {
    std::atomic<int> added = 0;
    std::atomic<int> already = 0;
    inThreads(8, [&](int) {
        auto attached = tryToAttach(attachment(1, {certificate("01")}));
        if (!attached) return;
        added += static_cast<int>(attached.value().added.size());
        already += static_cast<int>(attached.value().alreadyOnList.size());
    });
    CHECK(added == 1);
    CHECK(already == 7);
    CHECK(list().totalCount == 1);
}

TEST_CASE_FIXTURE(Fixture, "of many who begin with the same key at once, exactly one is fresh") {
    journal::SqlJournal journal(store);
    std::atomic<int> fresh = 0;
    std::atomic<int> inProgress = 0;
    inThreads(8, [&](int) {
        auto begun = journal.begin({"portal", "key"}, "body", kNow);
        if (!begun) return;
        fresh += begun.value().state == journal::BeginState::Fresh ? 1 : 0;
        inProgress += begun.value().state == journal::BeginState::InProgress ? 1 : 0;
    });
    CHECK(fresh == 1);
    CHECK(inProgress == 7);
}

TEST_CASE_FIXTURE(Fixture, "readers, more of them than connections, and writers run beside each other") {
    std::atomic<int> faults = 0;
    inThreads(10, [&](int thread) {
        for (int i = 0; i < 10; ++i) {
            if (thread < 2) {
                const std::string serial = std::to_string(thread) + std::to_string(i);
                if (!tryToAttach(attachment(1, {certificate(serial)}))) ++faults;
            } else {
                auto page = registry.certificates({.search = "nguyen", .pageSize = 100});
                // A snapshot: the rows and the counts are of one moment.
                if (!page || page.value().totalCount != static_cast<std::int64_t>(page.value().items.size()))
                    ++faults;
            }
        }
    });
    CHECK(faults == 0);
    CHECK(list().totalCount == 20);
}

}  // namespace smartca::registry
