// GET creates/{id}: what became of a create that was answered 202.
#include <limits>

#include "proxy/api/answers.h"
#include "proxy/api/routes.h"

namespace smartca::api {

http::Response getCreate(const Context& context, http::Request& request) {
    constexpr int kAskAgainAfterSeconds = 2;
    const auto id = idOf(request, std::numeric_limits<std::int64_t>::max());
    if (!id) return answerOf({ProblemCode::NotFound}, request);
    const auto found = context.journal.find(request.caller.name, *id);
    if (!found) return answerOf({ProblemCode::Unavailable}, request);
    if (!found.value()) return answerOf({ProblemCode::NotFound}, request);
    const journal::Standing& standing = *found.value();
    if (journal::isSettled(standing.state)) return replayed(standing.answer);
    if (standing.isDead) {
        Problem problem;
        problem.code = ProblemCode::NotCreated;
        problem.requestId = request.requestId;
        return http::problemResponse(problem, request.locale);
    }
    const auto state =
        standing.state == journal::CreateState::Unknown ? PendingState::Unknown : PendingState::InProgress;
    return pendingAnswer({*id, state, standing.since, kAskAgainAfterSeconds}, std::to_string(*id));
}

}  // namespace smartca::api
