#include "proxy/ops/health.h"

#include <algorithm>
#include <cstdlib>

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

void Histogram::add(std::chrono::microseconds duration) {
    const auto microseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
    for (std::size_t i = 0; i < kBounds.size(); ++i)
        if (static_cast<double>(microseconds) <= std::strtod(kBounds[i], nullptr) * 1e6) ++within_[i];
    ++count_;
    microseconds_ += microseconds;
}

std::string Histogram::text(std::string_view name, std::string_view labels) const {
    std::string text;
    const auto bucket = [&](std::string_view bound, std::uint64_t count) {
        text.append(name).append("_bucket{").append(labels).append(",le=\"").append(bound).append("\"} ");
        text.append(std::to_string(count)).append("\n");
    };
    for (std::size_t i = 0; i < kBounds.size(); ++i)
        bucket(kBounds[i], within_[i]);
    bucket("+Inf", count_);
    text.append(name).append("_sum{").append(labels).append("} ").append(seconds(microseconds_)).append("\n");
    text.append(name)
        .append("_count{")
        .append(labels)
        .append("} ")
        .append(std::to_string(count_))
        .append("\n");
    return text;
}

void Health::setReady(bool ready) {
    const std::lock_guard lock(mutex_);
    unready_ = ready ? "" : "stopping";
}

void Health::setDatabase(const std::string& trouble) {
    const std::lock_guard lock(mutex_);
    trouble_ = trouble;
}

void Health::count(const http::RequestRecord& record) {
    const std::lock_guard lock(mutex_);
    ++requests_[{std::string(record.route), record.status}];
    seconds_[std::string(record.route)].add(record.duration);
    if (record.outcome == nameOf(ProblemCode::TooManyRequests)) ++limited_[std::string(record.detail)];
}

void Health::countCall(std::string_view upstream, std::string_view outcome,
                       std::chrono::microseconds duration) {
    const std::lock_guard lock(mutex_);
    auto& known = upstreams_[std::string(upstream)];
    ++known.calls[std::string(outcome)];
    known.seconds.add(duration);
}

void Health::setHanging(std::string_view upstream, bool hangs) {
    const std::lock_guard lock(mutex_);
    upstreams_[std::string(upstream)].hangs = hangs;
}

void Health::setOpenCreates(std::size_t count) {
    const std::lock_guard lock(mutex_);
    openCreates_ = count;
}

void Health::setServer(const http::ServerState& state) {
    const std::lock_guard lock(mutex_);
    server_ = state;
}

void Health::countBrokenSecret() {
    const std::lock_guard lock(mutex_);
    ++brokenSecrets_;
}

void Health::countDatabaseFaults(std::uint64_t count) {
    const std::lock_guard lock(mutex_);
    databaseFaults_ += count;
}

std::string Health::readiness() const {
    const std::lock_guard lock(mutex_);
    if (!unready_.empty()) return "not ready: " + std::string(unready_) + "\n";
    return trouble_.empty() ? std::string() : "not ready: the database: " + trouble_ + "\n";
}

std::vector<http::Route> Health::routes() {
    return {
        {"GET", "/livez", {}, [](http::Request&) { return http::textResponse("alive\n", kText); }},
        {"GET",
         "/readyz",
         {},
         [this](http::Request&) {
             const auto why = readiness();
             if (why.empty()) return http::textResponse("ready\n", kText);
             return http::textResponse(why, kText, http::Availability::Unavailable);
         }},
        {"GET",
         "/version",
         {},
         [this](http::Request&) { return http::textResponse(version_ + "\n", kText); }},
        {"GET", "/metrics", {}, [this](http::Request&) { return http::textResponse(metricsText(), kText); }},
    };
}

std::string Health::metricsText() const {
    std::string text;
    // README.md beside this folder has the same names, types and words in a table; a test compares them.
    const auto family = [&text](const std::string& name, const char* type, const char* help) {
        text += "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    };
    const auto sample = [&text](std::string_view name, std::string_view labels, std::uint64_t value) {
        text.append(name);
        if (!labels.empty()) text.append("{").append(labels).append("}");
        text.append(" ").append(std::to_string(value)).append("\n");
    };
    const auto single = [&](const char* name, const char* type, const char* help, std::uint64_t value) {
        family(name, type, help);
        sample(name, {}, value);
    };
    const bool ready = readiness().empty();
    const std::lock_guard lock(mutex_);
    family("smartca_build_info", "gauge", "1; its label says which version this is.");
    sample("smartca_build_info", "version=\"" + version_ + '"', 1);
    single("smartca_ready", "gauge",
           "1 while requests are wanted and the database can be read and written, else 0.", ready ? 1 : 0);
    single("smartca_open_creates", "gauge",
           "Creates that were sent to eContract and of which it is not known yet what became of them.",
           openCreates_);
    single("smartca_broken_secret_files_total", "counter",
           "How often a changed secret file could not be used, and the old secret went on.", brokenSecrets_);
    single("smartca_database_faults_total", "counter",
           "Statements that failed: busy for too long, no room on the disk, no connection.", databaseFaults_);
    single("smartca_connections", "gauge", "Connections of clients.", server_.connections);
    single("smartca_body_bytes", "gauge", "Bytes of bodies that are received or worked on.",
           server_.bodyBytes);
    family("smartca_pressure_total", "counter", "What was given up for want of room, by kind.");
    for (const auto& [kind, count] :
         {std::pair("madeRoom", server_.madeRoom), std::pair("bodyRefused", server_.bodiesRefused),
          std::pair("queueFull", server_.queueFull), std::pair("queueLate", server_.queueLate),
          std::pair("noDescriptor", server_.noDescriptor)})
        sample("smartca_pressure_total", "kind=\"" + std::string(kind) + '"', count);
    family("smartca_limited_requests_total", "counter", "Requests of callers who had asked too often.");
    for (const auto& [limit, count] : limited_)
        sample("smartca_limited_requests_total", "limit=\"" + limit + '"', count);
    family("smartca_requests_total", "counter", "Requests answered.");
    for (const auto& [key, count] : requests_)
        sample("smartca_requests_total",
               "route=\"" + key.first + "\",status=\"" + std::to_string(key.second) + '"', count);
    family("smartca_request_seconds", "histogram", "Seconds from a request's arrival to its answer.");
    for (const auto& [route, histogram] : seconds_)
        text += histogram.text("smartca_request_seconds", "route=\"" + route + '"');
    family("smartca_upstream_calls_total", "counter", "Calls to SmartCA and eContract, by how they ended.");
    for (const auto& [name, upstream] : upstreams_)
        for (const auto& [outcome, count] : upstream.calls)
            sample("smartca_upstream_calls_total", "upstream=\"" + name + "\",outcome=\"" + outcome + '"',
                   count);
    family("smartca_upstream_seconds", "histogram", "Seconds that those calls took.");
    for (const auto& [name, upstream] : upstreams_)
        text += upstream.seconds.text("smartca_upstream_seconds", "upstream=\"" + name + '"');
    family("smartca_upstream_hangs", "gauge",
           "1 while an upstream hangs and is asked now and then only, else 0.");
    for (const auto& [name, upstream] : upstreams_)
        sample("smartca_upstream_hangs", "upstream=\"" + name + '"', upstream.hangs ? 1 : 0);
    return text;
}

}  // namespace smartca::ops
