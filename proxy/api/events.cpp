// GET events: what the audit log tells, for the portal's server, in order. A view of the log and nothing more: an
// entry's place is the cursor, so that whoever asks again from the last one that was taken in misses nothing.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "proxy/api/answers.h"
#include "proxy/api/query.h"
#include "proxy/api/routes.h"
#include "proxy/audit/export.h"
#include "proxy/base/text.h"
#include "shared/json_guard.h"

namespace smartca::api {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kPage = 200;  // entries that are looked at for one answer
constexpr std::int64_t kLongestWait = 30;
constexpr auto kPause = 500ms;  // until the log is looked at again

// "1042-1795000000123"
std::string textOf(const audit::Cursor& after) {
    return std::to_string(after.sequence) + '-' + std::to_string(after.milliseconds);
}

std::optional<audit::Cursor> cursorOf(std::string_view text) {
    if (text.empty()) return audit::Cursor{};
    constexpr auto kLargest = std::numeric_limits<std::int64_t>::max();
    const auto dash = std::min(text.find('-'), text.size());
    const auto sequence = base::wholeNumberOf(text.substr(0, dash), 0, kLargest - 1);
    const auto time = base::wholeNumberOf(text.substr(std::min(dash + 1, text.size())), 0, kLargest);
    if (!sequence || !time) return std::nullopt;
    return audit::Cursor{*sequence, *time};
}

// What became of it, in the log's words, but for two that several of them come to.
std::string_view endingOf(std::string_view outcome) {
    if (outcome == "sent" || outcome == "unknown") return "pending";
    if (outcome == "rejected" || outcome == "refused" || outcome == "failed") return "failed";
    return outcome;
}

// Refused requests are the operator's business.
bool isFor(const http::Caller& caller, const audit::Record& record) {
    return record.action != "access" && record.company == caller.company && caller.mayActFor(record.userId);
}

std::string eventOf(const audit::Record& record, audit::Identities identities) {
    std::string line = audit::lineOf(record, audit::Format::JsonLines, identities);
    line.pop_back();
    return R"({"type":)" + writeJson(record.action + '.' + std::string(endingOf(record.outcome))) + ',' +
           line.substr(1);
}

http::Response pageOf(const std::string& events, const audit::Slice& slice) {
    const bool isMore = slice.records.size() == kPage;
    http::Response response;
    response.contentType = "application/json";
    response.outcome = "ok";
    response.body = std::make_shared<const std::string>(R"({"events":[)" + events + R"(],"cursor":")" +
                                                        textOf(slice.end) + R"(","more":)" +
                                                        (isMore ? "true}" : "false}"));
    return response;
}

}  // namespace

http::Response getEvents(const Context& context, http::Request& request) {
    if (!request.caller.isServer()) return notTheServer(request);
    QueryReader query(request.head.query);
    const auto after = cursorOf(query.text("after", 40));
    const std::chrono::milliseconds wait = std::chrono::seconds(query.integer("wait", 0, 0, kLongestWait));
    if (query.fault()) return malformed(request, query);
    if (!after) return malformed(request, "The query parameter \"after\" is no cursor of an earlier answer.");
    const auto slice = context.journal.entriesAfter(*after, kPage);
    if (!slice) return answerOf(slice.error(), request);
    if (!slice.value())
        return http::problemResponse(
            ProblemCode::CursorGone, request,
            "This log does not have the entry that \"after\" names, so what followed it is "
            "not known: begin anew, without \"after\", at the oldest.");
    // Numbers are shown to who may see them on the list.
    const auto identities =
        request.caller.may.has(Right::List) ? audit::Identities::Full : audit::Identities::Masked;
    std::string events;
    for (const audit::Record& record : slice.value()->records)
        if (isFor(request.caller, record))
            events.append(events.empty() ? "" : ",").append(eventOf(record, identities));
    auto response = pageOf(events, *slice.value());
    const bool isDone = !events.empty() || slice.value()->records.size() == kPage;
    if (!isDone && request.waited < wait)
        response.again = std::min<std::chrono::milliseconds>(kPause, wait - request.waited);
    return response;
}

}  // namespace smartca::api
