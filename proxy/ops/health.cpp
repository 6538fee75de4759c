#include "proxy/ops/health.h"

#include <memory>

namespace smartca::ops {
namespace {

http::Response plainText(int status, std::string text) {
    http::Response response;
    response.status = status;
    response.contentType = "text/plain; version=0.0.4; charset=utf-8";
    response.body = std::make_shared<const std::string>(std::move(text));
    response.outcome = "ok";
    return response;
}

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
}

std::vector<http::Route> Health::routes() {
    return {
        {"GET", "/livez", [](http::Request&) { return plainText(200, "alive\n"); }},
        {"GET", "/readyz",
         [this](http::Request&) {
             if (ready_ && !database_) return plainText(503, "not ready: the database does not answer\n");
             return ready_ ? plainText(200, "ready\n") : plainText(503, "not ready\n");
         }},
        {"GET", "/metrics", [this](http::Request&) { return plainText(200, metricsText()); }},
    };
}

std::string Health::metricsText() const {
    std::string text =
        "# TYPE smartca_ready gauge\nsmartca_ready " + std::to_string(ready_ && database_ ? 1 : 0) +
        "\n# TYPE smartca_open_creates gauge\nsmartca_open_creates " + std::to_string(openCreates_) +
        "\n# TYPE smartca_broken_secret_files_total counter\nsmartca_broken_secret_files_total " +
        std::to_string(brokenSecrets_) + "\n";
    const std::lock_guard lock(mutex_);
    const auto family = [&](const char* name, auto&& valueOf) {
        text += std::string("# TYPE ") + name + " counter\n";
        for (const auto& [key, sum] : sums_)
            text += std::string(name) + "{route=\"" + key.first + "\",status=\"" +
                    std::to_string(key.second) + "\"} " + valueOf(sum) + "\n";
    };
    family("smartca_requests_total", [](const Sum& sum) { return std::to_string(sum.requests); });
    family("smartca_request_seconds_total", [](const Sum& sum) { return seconds(sum.microseconds); });
    family("smartca_upstream_seconds_total",
           [](const Sum& sum) { return seconds(sum.upstreamMicroseconds); });
    return text;
}

}  // namespace smartca::ops
