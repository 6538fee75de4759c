#include "proxy/sandbox/faults.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace smartca::sandbox {
namespace {

constexpr std::int64_t kLongest = 10 * 60 * 1000;
constexpr std::int64_t kLargest = 1 << 30;

constexpr FaultDescription kFaults[] = {
    {FaultMode::None, "none", "answers as it should", 0, 0},
    {FaultMode::Delay, "delay", "waits `milliseconds`, then answers as it should", 1'000, 0},
    {FaultMode::Drop, "drop", "does the work, then closes the connection without answering", 0, 0},
    {FaultMode::DropUndone, "dropUndone", "closes the connection without having done the work", 0, 0},
    {FaultMode::Reset, "reset", "does the work, then resets the TCP connection without answering", 0, 0},
    {FaultMode::ResetInBody, "resetInBody", "sends the header and half of the body, then resets", 0, 0},
    {FaultMode::Hang, "hang", "never answers; lets go when the client leaves or the fault is changed", 0, 0},
    {FaultMode::Truncated, "truncated", "Content-Length is `size` larger than what comes before the close", 0,
     1'000},
    {FaultMode::Drip, "drip", "the right answer, one byte every `milliseconds`", 100, 0},
    {FaultMode::Garbage, "garbage", "200 application/json with bytes that are not JSON", 0, 0},
    {FaultMode::Html502, "html502", "a gateway's 502 page in HTML", 0, 0},
    {FaultMode::Html503, "html503", "a maintenance page in HTML: 503 with Retry-After: 120", 0, 0},
    {FaultMode::Html403, "html403", "a firewall's 403 page in HTML", 0, 0},
    {FaultMode::Busy, "busy", "503 with Retry-After: 1", 0, 0},
    {FaultMode::Redirect, "redirect", "307 to another host, where credentials must not follow", 0, 0},
    {FaultMode::Status500, "status500", "the envelope with status_code 500", 0, 0},
    {FaultMode::Status403, "status403", "the envelope with status_code 403; the portal has done nothing then",
     0, 0},
    {FaultMode::Status401, "status401", "the envelope with status_code 401 and `message`", 0, 0},
    {FaultMode::Status429, "status429",
     "the envelope with status_code 429, and Retry-After: 30; the portal has done nothing then", 0, 0},
    {FaultMode::ErrorsAsHttp200, "errorsAsHttp200", "refusals keep their status_code, but HTTP says 200", 0,
     0},
    {FaultMode::WrongContentType, "wrongContentType", "the right answer, called text/html", 0, 0},
    {FaultMode::HugeBody, "hugeBody", "valid JSON of `size` octets", 0, 64 << 20},
    {FaultMode::DeepJson, "deepJson", "valid JSON, arrays nested `size` deep", 0, 100'000},
    {FaultMode::InvalidUtf8, "invalidUtf8", "the right answer with octets that are not UTF-8 in `message`", 0,
     0},
    {FaultMode::DuplicateKeys, "duplicateKeys",
     "the right answer after another verdict: status_code 401, or success false", 0, 0},
    {FaultMode::Chunked, "chunked", "the right answer in chunks of at most `size` octets", 0, 7},
    {FaultMode::LegacyZero, "legacyZero", "success says status_code 0, or code 200", 0, 0},
    {FaultMode::EmptyData, "emptyData", "200 with data {}", 0, 0},
    {FaultMode::NullData, "nullData", "200 with data null", 0, 0},
    {FaultMode::Wrapped, "wrapped", "the right answer inside {\"responseBody\": …}", 0, 0},
    {FaultMode::ByteOrderMark, "bom", "the right answer after the octets EF BB BF", 0, 0},
    {FaultMode::Interim, "interim", "102 and 103 before the right answer", 0, 0},
    {FaultMode::UntilClose, "untilClose", "the right answer without a length; TLS close_notify ends it", 0,
     0},
    {FaultMode::UntilCut, "untilCut", "the right answer without a length; the end of TCP alone ends it", 0,
     0},
    {FaultMode::LongHead, "longHead", "the right answer after `size` octets of header fields", 0, 15'000},
    {FaultMode::Answer, "answer", "`http`, `headers` and `body` as they are given", 0, 0},
};

// A whole number of `key` in [least, most], `otherwise` when it is not there; nothing for anything else.
std::optional<std::int64_t> numberIn(const Json& object, const char* key, std::int64_t otherwise,
                                     std::int64_t least, std::int64_t most) {
    const auto found = object.find(key);
    if (found == object.end()) return otherwise;
    if (!found->is_number_integer()) return std::nullopt;
    const auto value = found->get<std::int64_t>();
    if (value < least || value > most) return std::nullopt;
    return value;
}

}  // namespace

const FaultDescription& describe(FaultMode mode) {
    return *std::find_if(std::begin(kFaults), std::end(kFaults),
                         [&](const auto& row) { return row.mode == mode; });
}

Json describeFaults() {
    Json list = Json::object();
    for (const FaultDescription& row : kFaults)
        list[row.name] = row.meaning;
    return list;
}

Result<Fault, std::string> parseFault(std::string_view text) {
    const Json object = Json::parse(text, nullptr, false);
    const std::string name = textIn(object, "mode").value_or("");
    const auto* row = std::find_if(std::begin(kFaults), std::end(kFaults),
                                   [&](const auto& each) { return name == each.name; });
    if (row == std::end(kFaults))
        return std::string("\"mode\" must be one of the names that GET /sandbox/faults lists");
    const auto milliseconds = numberIn(object, "milliseconds", row->milliseconds, 0, kLongest);
    if (!milliseconds) return "\"milliseconds\" must be 0 to " + std::to_string(kLongest);
    const auto size = numberIn(object, "size", row->size, 0, kLargest);
    if (!size) return "\"size\" must be 0 to " + std::to_string(kLargest);
    const auto count = numberIn(object, "count", -1, 1, kLargest);
    if (!count) return std::string("\"count\" must be a positive number");
    Fault fault{row->mode, std::chrono::milliseconds(*milliseconds), static_cast<std::size_t>(*size), *count,
                textIn(object, "path").value_or("")};
    fault.message = textIn(object, "message").value_or("sp_id or sp_password invalid");
    if (fault.mode == FaultMode::Answer) {
        auto answer = parseStoredAnswer(object);
        if (!answer) return answer.error();
        fault.answer = std::move(answer).value();
    }
    return fault;
}

Json jsonOf(const Fault& fault) {
    Json object = {{"mode", describe(fault.mode).name}};
    if (fault.pause.count() > 0) object["milliseconds"] = fault.pause.count();
    if (fault.size > 0) object["size"] = fault.size;
    if (fault.count >= 0) object["count"] = fault.count;
    if (!fault.path.empty()) object["path"] = fault.path;
    if (fault.mode == FaultMode::Status401) object["message"] = fault.message;
    if (fault.mode == FaultMode::Answer) object["http"] = fault.answer.http;
    return object;
}

void FaultPlan::set(const Fault& fault) {
    const std::lock_guard lock(mutex_);
    fault_ = fault;
    ++generation_;
    changed_.notify_all();
}

Fault FaultPlan::current() const {
    const std::lock_guard lock(mutex_);
    return fault_;
}

Fault FaultPlan::take(std::string_view path) {
    const std::lock_guard lock(mutex_);
    if (!path.starts_with(fault_.path)) {
        ++taken_[describe(FaultMode::None).name];
        return Fault{};
    }
    Fault taken = fault_;
    ++taken_[describe(taken.mode).name];
    const bool last = fault_.count == 1;  // 0: it has no end
    if (fault_.count > 0) --fault_.count;
    if (last) fault_ = Fault{};  // those that are held stay held
    return taken;
}

Json FaultPlan::counters() const {
    const std::lock_guard lock(mutex_);
    return taken_;
}

bool FaultPlan::hold(std::chrono::milliseconds pause, const std::function<bool()>& gone) {
    using std::chrono::steady_clock;
    const auto end = steady_clock::now() + pause;
    std::unique_lock lock(mutex_);
    const std::uint64_t generation = generation_;
    while (!stopped_ && generation == generation_) {
        const auto now = steady_clock::now();
        if (now >= end) return true;
        changed_.wait_until(lock, std::min(end, now + std::chrono::milliseconds(20)));
        if (gone()) return false;
    }
    return false;
}

void FaultPlan::stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
}

}  // namespace smartca::sandbox
