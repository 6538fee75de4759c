#include "proxy/upstream/caller.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "proxy/upstream/connection_pool.h"

namespace smartca::upstream {
namespace {

// What came back and what went out, as far as it did.
struct Exchange {
    std::string body;
    bool begun = false;       // a status line and headers were read
    bool tooLarge = false;    // the body went beyond the bound and was given up
    bool handedOver = false;  // the request's body was given to the connection
};

// httplib counts whole milliseconds, so its own timeouts come up to one early, and some of them as errors of
// reading.
bool isOver(Deadline deadline) {
    return std::chrono::steady_clock::now() + std::chrono::milliseconds(2) >= deadline;
}

// What the peer showed in the handshake was refused. cpp-httplib 0.41 calls that SSLConnection, like any
// other end of a handshake; what OpenSSL said tells it apart.
bool refusedCertificate(const httplib::Result& result) {
    const auto said = result.ssl_backend_error();
    return ERR_GET_LIB(said) == ERR_LIB_SSL && ERR_GET_REASON(said) == SSL_R_CERTIFICATE_VERIFY_FAILED;
}

CallFault faultOf(const httplib::Result& result) {
    switch (result.error()) {
        case httplib::Error::ConnectionTimeout:
        case httplib::Error::Timeout:
            return CallFault::Timeout;
        case httplib::Error::HTTPParsing:
        case httplib::Error::InvalidHeaders:
        case httplib::Error::ExceedMaxPayloadSize:
            return CallFault::Nonsense;
        case httplib::Error::SSLServerVerification:
        case httplib::Error::SSLServerHostnameVerification:
            return CallFault::Untrusted;
        default:
            return refusedCertificate(result) ? CallFault::Untrusted : CallFault::Unreachable;
    }
}

std::string detailOf(const httplib::Result& result, const Exchange& exchange) {
    std::string detail = exchange.begun ? "the answer broke off: " : "no answer: ";
    detail += httplib::to_string(result.error());
    const char* reason = ERR_reason_error_string(result.ssl_backend_error());
    if (reason != nullptr) detail += std::string(" (") + reason + ")";
    return detail;
}

// The body as a provider. httplib writes a request again, of itself, when the peer closes right after it
// (cpp-httplib 0.41, ClientImpl::send, SSLPeerCouldBeClosed_), by which time the peer may have acted on it.
// The second time there is no body to be had, and without one there is nothing to act on.
void sendBodyOnce(httplib::Request& request, const std::string& body, Exchange& exchange) {
    request.content_length_ = body.size();
    request.content_provider_ = [&body, &exchange](std::size_t offset, std::size_t length,
                                                   httplib::DataSink& sink) {
        if (offset == 0 && exchange.handedOver) return false;
        exchange.handedOver = true;
        return sink.write(body.data() + offset, length);
    };
}

httplib::Request requestOf(const Call& call, const std::string& base) {
    httplib::Request request;
    request.method = call.method;
    request.path = base + call.path;
    request.set_header("Accept", "application/json");
    if (!call.body.empty()) request.set_header("Content-Type", "application/json; charset=utf-8");
    for (const auto& [name, value] : call.headers)
        request.set_header(name, value);
    return request;
}

httplib::Result sendOn(Connection& connection, const Call& call, httplib::Request& request, Deadline deadline,
                       std::size_t bound, Exchange& exchange) {
    sendBodyOnce(request, call.body, exchange);
    if (call.body.empty()) request.content_provider_ = nullptr;
    request.response_handler = [&exchange](const httplib::Response&) { return exchange.begun = true; };
    request.content_receiver = [&exchange, bound](const char* data, std::size_t size, std::size_t,
                                                  std::size_t) {
        exchange.tooLarge = size > bound - exchange.body.size();
        if (!exchange.tooLarge) exchange.body.append(data, size);
        return !exchange.tooLarge;
    };
    return connection.send(request, deadline);
}

}  // namespace

struct Caller::Pool : ConnectionPool {
    using ConnectionPool::ConnectionPool;
};

Caller::Caller(const BaseUrl& url, TrustStore trust, const CallerOptions& options)
    : base_(url.path),
      options_(options),
      pool_(std::make_unique<Pool>(url, std::move(trust),
                                   PoolOptions{options.maximumConnections, options.idleConnection})) {}
Caller::~Caller() = default;

Result<HttpAnswer, CallError> Caller::call(const Call& call, Deadline deadline) {
    const auto lease = pool_->acquire(deadline);
    if (!lease) return CallError{CallFault::Timeout, Sent::No, "all connections are busy"};
    if (call.repeat == Repeat::Never && lease->connection().reused()) lease->replace();
    auto request = requestOf(call, base_);
    Exchange exchange;
    httplib::Result result;
    for (bool again = true; again;) {
        if (!lease->connection().usable())
            return CallError{CallFault::Unreachable, Sent::No, "TLS settings refused"};
        const bool reused = lease->connection().reused();
        exchange = {};
        result = sendOn(lease->connection(), call, request, deadline, options_.maximumAnswerBytes, exchange);
        again = !result && reused && !exchange.begun && !isOver(deadline) && call.repeat == Repeat::Safe;
        if (again) lease->replace();
    }
    const Sent sent = exchange.handedOver || call.body.empty() ? Sent::Maybe : Sent::No;
    if (exchange.tooLarge) {
        return CallError{
            CallFault::Nonsense, sent,
            "the answer is larger than " + std::to_string(options_.maximumAnswerBytes) + " bytes"};
    }
    if (lease->connection().wasCut() || (!result && isOver(deadline)))
        return CallError{CallFault::Timeout, sent, "the deadline passed"};
    if (!result) return CallError{faultOf(result), sent, detailOf(result, exchange)};
    lease->keep();
    return HttpAnswer{result->status, std::move(exchange.body)};
}

}  // namespace smartca::upstream
