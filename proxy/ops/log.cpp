#include "proxy/ops/log.h"

#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "proxy/base/text.h"
#include "shared/json_guard.h"

namespace smartca::ops {
namespace {

std::string timeNow() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return base::timestampOf(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

std::string_view knownMethod(std::string_view method) {
    constexpr std::array<std::string_view, 8> kMethods = {"GET",    "HEAD",    "POST", "PATCH",
                                                          "DELETE", "OPTIONS", "PUT",  "-"};
    return std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end() ? "other" : method;
}

std::string milliseconds(std::chrono::microseconds duration) {
    const auto tenths = duration.count() / 100;
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

// A pipe that is ready takes PIPE_BUF bytes at once and whole (POSIX write()), a socket or a terminal has as
// much room.
bool writeAtOnce(int fd, std::string_view line) {
    pollfd waiting{fd, POLLOUT, 0};
    if (::poll(&waiting, 1, 0) <= 0 || (waiting.revents & POLLOUT) == 0) return false;
    return ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

// What comes from elsewhere and may be long, as JSON text of a bounded length, so that a line keeps within
// PIPE_BUF.
std::string bounded(std::string_view text) {
    constexpr std::size_t kLongest = 1024;
    std::string json = writeJson(text.substr(0, kLongest));
    if (json.size() > 3 * kLongest) json = "\"(too long for the log)\"";
    return json;
}

std::string eventLine(std::string_view name, std::string_view text) {
    return "{\"time\":\"" + timeNow() + "\",\"event\":" + writeJson(name) + ",\"text\":" + bounded(text) +
           "}\n";
}

}  // namespace

static_assert(PIPE_BUF >= 4096);

void Log::write(std::string line) const {
    const std::lock_guard lock(mutex_);
    if (missed_ > 0) {
        line.insert(0, eventLine("logGap", std::to_string(missed_) +
                                               " lines before this one were not taken by the log's reader."));
    }
    missed_ = writeAtOnce(fd_, line) ? 0 : missed_ + 1;
}

// All but the detail are of a closed set or of checked characters (see RequestRecord), so that they need no
// escaping.
void Log::request(const http::RequestRecord& record) const {
    std::string line;
    line.reserve(256);
    const auto text = [&line](const char* key, std::string_view value) {
        line.append(key).append("\"").append(value).append("\"");
    };
    text("{\"time\":", timeNow());
    text(",\"event\":", "request");
    text(",\"id\":", record.requestId);
    if (!record.trace.empty()) text(",\"trace\":", record.trace);
    text(",\"method\":", knownMethod(record.method));
    text(",\"route\":", record.route);
    line.append(",\"status\":").append(std::to_string(record.status));
    line.append(",\"ms\":").append(milliseconds(record.duration));
    if (record.upstream.count() > 0) line.append(",\"upstreamMs\":").append(milliseconds(record.upstream));
    text(",\"outcome\":", record.outcome);
    if (!record.detail.empty()) line.append(",\"detail\":").append(bounded(record.detail));
    if (!record.reason.empty()) text(",\"reason\":", record.reason);
    write(line.append("}\n"));
}

void Log::event(std::string_view name, std::string_view text) const {
    write(eventLine(name, text));
}

}  // namespace smartca::ops
