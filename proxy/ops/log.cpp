#include "proxy/ops/log.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "shared/calendar.h"
#include "shared/json_guard.h"

namespace smartca::ops {
namespace {

std::string timeNow() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    std::string iso = isoOf(milliseconds / 1000);
    std::array<char, 8> fraction;
    const int size =
        std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(milliseconds % 1000));
    iso.pop_back();
    return iso.append(fraction.data(), static_cast<std::size_t>(size));
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

void writeLine(int fd, std::string& line) {
    line += '\n';
    for (std::string_view left = line; !left.empty();) {
        const ssize_t written = ::write(fd, left.data(), left.size());
        if (written <= 0) return;  // nobody reads the log: serving goes on
        left.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

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
    text(",\"method\":", knownMethod(record.method));
    text(",\"route\":", record.route);
    line.append(",\"status\":").append(std::to_string(record.status));
    line.append(",\"ms\":").append(milliseconds(record.duration));
    if (record.upstream.count() > 0) line.append(",\"upstreamMs\":").append(milliseconds(record.upstream));
    text(",\"outcome\":", record.outcome);
    if (!record.detail.empty()) line.append(",\"detail\":").append(writeJson(record.detail));
    line += '}';
    writeLine(fd_, line);
}

void Log::event(std::string_view name, std::string_view text) const {
    nlohmann::json json = {{"event", name}, {"time", timeNow()}, {"text", text}};
    std::string line = writeJson(json);
    writeLine(fd_, line);
}

}  // namespace smartca::ops
