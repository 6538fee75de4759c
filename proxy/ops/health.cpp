#include "proxy/ops/health.h"

#include "proxy/http/response.h"

namespace smartca::ops {
namespace {

// Prometheus' text format, which is plain text to everybody else.
constexpr std::string_view kText = "text/plain; version=0.0.4; charset=utf-8";

std::string seconds(std::uint64_t microseconds) {
    std::string fraction = std::to_string(microseconds % 1'000'000);
    return std::to_string(microseconds / 1'000'000) + '.' + std::string(6 - fraction.size(), '0') + fraction;
}

}  // namespace

void Health::count(const http::RequestRecord& record) {
    const std::lock_guard lock(mutex_);
    auto& sum = sums_[{std::string(record.route), record.status}];
    ++sum.requests;
    sum.microseconds += static_cast<std::uint64_t>(record.duration.count());
    sum.upstreamMicroseconds += static_cast<std::uint64_t>(record.upstream.count());
    if (record.outcome == nameOf(ProblemCode::TooManyRequests)) ++limited_[std::string(record.detail)];
}

std::vector<http::Route> Health::routes() {
    return {
        {"GET", "/livez", {}, [](http::Request&) { return http::textResponse("alive\n", kText); }},
        {"GET",
         "/readyz",
         {},
         [this](http::Request&) {
             if (ready_ && database_) return http::textResponse("ready\n", kText);
             return http::textResponse(ready_ ? "not ready: the database does not answer\n" : "not ready\n",
                                       kText, http::Availability::Unavailable);
         }},
        {"GET", "/metrics", {}, [this](http::Request&) { return http::textResponse(metricsText(), kText); }},
    };
}

std::string Health::metricsText() const {
    std::string text;
    // README.md beside this folder has the same names, types and words in a table; a test compares them.
    const auto family = [&text](const std::string& name, const char* type, const char* help) {
        text += "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    };
    const auto single = [&](const std::string& name, const char* type, const char* help,
                            std::uint64_t value) {
        family(name, type, help);
        text += name + ' ' + std::to_string(value) + '\n';
    };
    single("smartca_ready", "gauge", "1 while requests are wanted and the database answers, else 0.",
           ready_ && database_ ? 1 : 0);
    single("smartca_open_creates", "gauge",
           "Creates that were sent to eContract and of which it is not known yet what became of them.",
           openCreates_);
    single("smartca_broken_secret_files_total", "counter",
           "How often a changed secret file could not be used, and the old secret went on.", brokenSecrets_);

    const std::lock_guard lock(mutex_);
    const auto byRoute = [&](const std::string& name, const char* help, auto&& valueOf) {
        family(name, "counter", help);
        for (const auto& [key, sum] : sums_)
            text += name + "{route=\"" + key.first + "\",status=\"" + std::to_string(key.second) + "\"} " +
                    valueOf(sum) + '\n';
    };
    family("smartca_limited_requests_total", "counter", "Requests of callers who had asked too often.");
    for (const auto& [limit, count] : limited_)
        text += "smartca_limited_requests_total{limit=\"" + limit + "\"} " + std::to_string(count) + '\n';
    byRoute("smartca_requests_total", "Requests answered.",
            [](const Sum& sum) { return std::to_string(sum.requests); });
    byRoute("smartca_request_seconds_total", "Seconds that answering them took, waiting included.",
            [](const Sum& sum) { return seconds(sum.microseconds); });
    byRoute("smartca_upstream_seconds_total", "Seconds of those that were spent waiting for SmartCA.",
            [](const Sum& sum) { return seconds(sum.upstreamMicroseconds); });
    return text;
}

}  // namespace smartca::ops
