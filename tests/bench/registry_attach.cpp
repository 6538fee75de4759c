// A create's part in the registry (the journal's record, then the certificate, its answer and its audit entry
// in one transaction) with ever more certificates stored. The commit, which waits for the disk, is timed
// apart by the store's own watch. With a file, work is the time of this thread's own, so that what else the
// machine does is not in it; with a server, it is what passes.
#include <cstdio>

#include "figure.h"
#include "proxy/journal/sql_journal.h"
#include "registry.h"

namespace smartca::bench {
namespace {

constexpr int kCreates = 400;

// Of one create.
struct Times {
    double work = 0;
    double commit = 0;
};

struct Watch {
    Stopwatch commit;
    WorkWatch commitWork;
    double committed = 0;
    double committedWork = 0;
    bool isServer = false;
};

Times createOne(const std::shared_ptr<store::Store>& store, registry::SqlRegistry& registry, UserId user,
                Watch& watch) {
    journal::SqlJournal journal(store);
    const journal::Key key{"anyone", "bench " + std::to_string(user)};
    registry::Attachment attachment;
    attachment.draft.userId = user;
    attachment.certificates = {certificateOf(100'000'000 + user)};
    const registry::Settlement settlement{key};
    const Stopwatch whole;
    const WorkWatch own;
    if (!journal.begin(key, "fingerprint", kNow) || !registry.attach(attachment, settlement, kNow)) {
        std::fprintf(stderr, "a create failed\n");
        std::exit(2);
    }
    if (watch.isServer) return {whole.elapsed() - watch.committed, watch.committed};
    return {own.elapsed() - watch.committedWork, watch.committed};
}

}  // namespace

int benchAttach(const std::filesystem::path& folder, std::int64_t largest,
                const std::filesystem::path& figure) {
    Watch watch;
    const auto store = openStore({.path = databaseIn(folder),
                                  .readers = 1,
                                  .watch = [&watch](std::string_view step, store::Moment moment) {
                                      if (step != "created") return;
                                      if (moment == store::Moment::Before) {
                                          watch.commit = Stopwatch();
                                          watch.commitWork = WorkWatch();
                                      }
                                      if (moment == store::Moment::After) {
                                          watch.committed = watch.commit.elapsed();
                                          watch.committedWork = watch.commitWork.elapsed();
                                      }
                                  }});
    watch.isServer = store::isPostgresUrl(databaseIn(folder));
    registry::SqlRegistry registry(store, companyIn(*store), std::nullopt);
    std::printf("%12s %14s %14s %16s %16s   of %d creates\n", "certificates", "work p50 ms", "work p99 ms",
                "commit p50 ms", "commit p99 ms", kCreates);
    std::vector<Point> points;
    UserId user = kUsers;
    for (std::int64_t stored = 100; stored <= largest; stored *= 10) {
        fill(*store, stored);
        std::vector<double> work;
        std::vector<double> commit;
        for (int i = 0; i < kCreates; ++i) {
            // For somebody who has none, as most creates are: choosing the default looks at all that a user
            // has. They stay, and are few beside what is stored from the second point on.
            const Times times = createOne(store, registry, ++user, watch);
            work.push_back(times.work);
            commit.push_back(times.commit);
        }
        points.push_back({static_cast<double>(stored), percentile(work, 0.5), percentile(commit, 0.5)});
        std::printf("%12lld %14.3f %14.3f %16.3f %16.3f\n", static_cast<long long>(stored),
                    percentile(work, 0.5), percentile(work, 0.99), percentile(commit, 0.5),
                    percentile(commit, 0.99));
        std::fflush(stdout);
    }
    if (!figure.empty() && !drawFigure(figure, points)) return 2;
    // Flat: the last is no more than half again what the second is; the first has an empty cache behind it.
    const double first = points[points.size() > 1 ? 1 : 0].work;
    return points.back().work <= 1.5 * first ? 0 : 1;
}

}  // namespace smartca::bench
