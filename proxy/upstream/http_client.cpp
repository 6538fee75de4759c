#include "proxy/upstream/http_client.h"

#include "proxy/upstream/connection_pool.h"
#include "proxy/upstream/http_answer.h"

namespace smartca::upstream {
namespace {

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
    for (const auto& [name, value] : request.headers)
        add(name, value);
    if (!request.body.empty()) {
        add("Content-Type", "application/json; charset=utf-8");
        add("Content-Length", std::to_string(request.body.size()));
    }
    return head + "\r\n";
}

// One attempt, and how far it came.
struct Exchange {
    Sent sent = Sent::No;
    bool hasBegun = false;  // of the answer

    Result<HttpAnswer, HttpError> run(Channel& channel, const HttpRequest& request, const BaseUrl& url,
                                      Deadline deadline, std::size_t bound) {
        if (request.body.empty()) sent = Sent::Maybe;
        if (auto failure = channel.write(headOf(request, url), deadline)) return *std::move(failure);
        sent = Sent::Maybe;
        if (auto failure = channel.write(request.body, deadline)) return *std::move(failure);
        AnswerReader reader(channel, deadline, bound);
        auto answer = reader.read();
        hasBegun = reader.hasBegun();
        return answer;
    }
};

}  // namespace

HttpClient::HttpClient(BaseUrl url, std::size_t maximumAnswerBytes, std::unique_ptr<ConnectionPool> pool)
    : url_(std::move(url)), maximumAnswerBytes_(maximumAnswerBytes), pool_(std::move(pool)) {}
HttpClient::~HttpClient() = default;

Result<std::unique_ptr<HttpClient>, std::string> HttpClient::make(const BaseUrl& url,
                                                                  const HttpClientOptions& options) {
    auto context = makeTlsContext(url.host, options.caFile);
    if (!context) return context.error();
    auto tls = url.transport == Transport::Tls ? std::move(context).value() : TlsContext();
    auto pool = std::make_unique<ConnectionPool>(url, std::move(tls), options);
    return std::unique_ptr<HttpClient>(new HttpClient(url, options.maximumAnswerBytes, std::move(pool)));
}

Result<HttpResponse, HttpError> HttpClient::send(const HttpRequest& request, Deadline deadline) {
    const auto lease = pool_->acquire(deadline);
    if (!lease) return HttpError{HttpFault::Timeout, Sent::No, "all connections are busy"};
    if (request.retry == Retry::Never) lease->drop();
    for (;;) {
        const bool isReused = lease->isReused();
        const auto channel = lease->channel(deadline);
        if (!channel) return channel.error();
        Exchange exchange;
        auto answer = exchange.run(*channel.value(), request, url_, deadline, maximumAnswerBytes_);
        if (answer) {
            if (answer.value().mayFollow) lease->keep();
            return std::move(answer).value().response;
        }
        HttpError error = answer.error();
        error.sent = exchange.sent;
        if (!isReused || exchange.hasBegun || error.fault != HttpFault::Unreachable) return error;
        lease->drop();
    }
}

}  // namespace smartca::upstream
