#include "proxy/upstream/http_client.h"

#include <algorithm>
#include <optional>

#include "proxy/base/call.h"
#include "proxy/base/crypto.h"
#include "proxy/upstream/connection_pool.h"
#include "proxy/upstream/http_answer.h"

namespace smartca::upstream {
namespace {

using Clock = std::chrono::steady_clock;

std::string hostOf(const BaseUrl& url) {
    const bool isVersion6 = url.host.find(':') != std::string::npos;
    const std::string host = isVersion6 ? '[' + url.host + ']' : url.host;
    const int usual = url.transport == Transport::Tls ? 443 : 80;
    return url.port == usual ? host : host + ':' + std::to_string(url.port);
}

std::string headOf(const HttpRequest& request, const BaseUrl& url) {
    std::string head = request.method + ' ' + url.path + request.path + " HTTP/1.1\r\n";
    const auto add = [&head](std::string_view name, std::string_view value) {
        head.append(name).append(": ").append(value).append("\r\n");
    };
    add("Host", hostOf(url));
    add("User-Agent", "smartca-proxy");
    add("Accept", "application/json");
    add("Accept-Encoding", "identity");  // we unpack nothing
    if (const auto* call = base::currentCall(); call && !call->traceparent.empty())
        add("traceparent", call->traceparent);
    for (const auto& [name, value] : request.headers)
        add(name, value);
    if (!request.body.empty()) {
        add("Content-Type", "application/json; charset=utf-8");
        add("Content-Length", std::to_string(request.body.size()));
    }
    return head + "\r\n";
}

std::string_view outcomeOf(const Result<HttpResponse, HttpError>& answer) {
    if (answer) return "answered";
    switch (answer.error().fault) {
        case HttpFault::Unreachable:
            return "unreachable";
        case HttpFault::Untrusted:
            return "untrusted";
        case HttpFault::Timeout:
            return "timeout";
        case HttpFault::Nonsense:
            return "nonsense";
    }
    return "nonsense";
}

// One attempt, and how far it came.
struct Exchange {
    Sent sent = Sent::No;
    bool hasBegun = false;  // of the answer

    Result<HttpAnswer, HttpError> run(Channel& channel, const HttpRequest& request, const BaseUrl& url,
                                      Deadline deadline, std::size_t bound) {
        sent = Sent::Maybe;
        // In one piece, which is a record of TLS and a packet less.
        std::string bytes = headOf(request, url) + request.body;
        auto failure = channel.write(bytes, deadline);
        base::wipe(bytes);
        if (failure) return *std::move(failure);
        AnswerReader reader(channel, deadline, bound);
        auto answer = reader.read();
        hasBegun = reader.hasBegun();
        return answer;
    }
};

}  // namespace

HttpClient::HttpClient(BaseUrl url, const HttpClientOptions& options, std::unique_ptr<ConnectionPool> pool)
    : url_(std::move(url)),
      caFile_(options.caFile),
      maximumAnswerBytes_(options.maximumAnswerBytes),
      observe_(options.observe),
      breaker_(options.changed),
      pool_(std::move(pool)) {}
HttpClient::~HttpClient() = default;

Result<std::unique_ptr<HttpClient>, std::string> HttpClient::make(const BaseUrl& url,
                                                                  const HttpClientOptions& options) {
    auto context = makeTlsContext(url.host, options.caFile);
    if (!context) return context.error();
    auto tls = url.transport == Transport::Tls ? std::move(context).value() : TlsContext();
    auto pool = std::make_unique<ConnectionPool>(url, std::move(tls), options);
    return std::unique_ptr<HttpClient>(new HttpClient(url, options, std::move(pool)));
}

std::optional<std::string> HttpClient::reloadAuthorities() {
    auto context = makeTlsContext(url_.host, caFile_);
    if (!context) return context.error();
    if (url_.transport == Transport::Tls) pool_->use(std::move(context).value());
    return std::nullopt;
}

Result<HttpResponse, HttpError> HttpClient::send(const HttpRequest& request, Deadline deadline) {
    const auto begin = Clock::now();
    const auto* call = base::currentCall();
    if (call && request.retry == Retry::Once) {
        const auto left = deadline - begin;
        deadline -= std::min<Clock::duration>(call->begun - call->arrived, left * 3 / 4);
    }
    std::optional<Result<HttpResponse, HttpError>> answer;
    const bool isAsked = breaker_.lets(begin);
    if (isAsked) {
        answer = exchange(request, deadline);
        const bool timedOut = !*answer && answer->error().fault == HttpFault::Timeout;
        breaker_.saw(timedOut ? Breaker::Call::TimedOut : Breaker::Call::Answered, Clock::now());
    } else {
        answer = HttpError{HttpFault::Timeout, Sent::No, "not asked: it has not answered others in time"};
    }
    const auto duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
    observe_({isAsked ? outcomeOf(*answer) : "notAsked", duration});
    return *std::move(answer);
}

Result<HttpResponse, HttpError> HttpClient::exchange(const HttpRequest& request, Deadline deadline) {
    const auto lease = pool_->acquire(deadline);
    if (!lease) return HttpError{HttpFault::Timeout, Sent::No, "all connections are busy"};
    if (request.retry == Retry::Never) lease->drop();
    for (;;) {
        const bool isReused = lease->isReused();
        const auto channel = lease->channel(deadline);
        if (!channel) return channel.error();
        Exchange attempt;
        auto answer = attempt.run(*channel.value(), request, url_, deadline, maximumAnswerBytes_);
        if (answer) {
            if (answer.value().mayFollow) lease->keep();
            return std::move(answer).value().response;
        }
        HttpError error = answer.error();
        error.sent = attempt.sent;
        if (!isReused || attempt.hasBegun || error.fault != HttpFault::Unreachable) return error;
        lease->drop();
    }
}

}  // namespace smartca::upstream
