#include "proxy/upstream/http_client.h"

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

HttpFault faultOf(const httplib::Result& result) {
    switch (result.error()) {
        case httplib::Error::ConnectionTimeout:
        case httplib::Error::Timeout:
            return HttpFault::Timeout;
        case httplib::Error::HTTPParsing:
        case httplib::Error::InvalidHeaders:
        case httplib::Error::ExceedMaxPayloadSize:
            return HttpFault::Nonsense;
        case httplib::Error::SSLServerVerification:
        case httplib::Error::SSLServerHostnameVerification:
            return HttpFault::Untrusted;
        default:
            return refusedCertificate(result) ? HttpFault::Untrusted : HttpFault::Unreachable;
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

httplib::Result sendOn(Connection& connection, const HttpRequest& wanted, const std::string& basePath,
                       Deadline deadline, std::size_t bound, Exchange& exchange) {
    httplib::Request request;
    request.method = wanted.method;
    request.path = basePath + wanted.path;
    request.set_header("Accept", "application/json");
    for (const auto& [name, value] : wanted.headers)
        request.set_header(name, value);
    if (!wanted.body.empty()) {
        request.set_header("Content-Type", "application/json; charset=utf-8");
        sendBodyOnce(request, wanted.body, exchange);
    }
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

HttpClient::HttpClient(std::string basePath, std::size_t maximumAnswerBytes,
                       std::unique_ptr<ConnectionPool> pool)
    : basePath_(std::move(basePath)), maximumAnswerBytes_(maximumAnswerBytes), pool_(std::move(pool)) {}
HttpClient::~HttpClient() = default;

Result<std::unique_ptr<HttpClient>, std::string> HttpClient::make(const BaseUrl& url,
                                                                  const HttpClientOptions& options) {
    auto trust = loadTrustStore(options.caFile);
    if (!trust) return trust.error();
    auto pool = std::make_unique<ConnectionPool>(url, std::move(trust).value(), options);
    return std::unique_ptr<HttpClient>(new HttpClient(url.path, options.maximumAnswerBytes, std::move(pool)));
}

Result<HttpResponse, HttpError> HttpClient::send(const HttpRequest& request, Deadline deadline) {
    const auto lease = pool_->acquire(deadline);
    if (!lease) return HttpError{HttpFault::Timeout, Sent::No, "all connections are busy"};
    if (request.retry == Retry::Never && lease->connection().reused()) lease->replace();
    Exchange exchange;
    httplib::Result result;
    for (bool again = true; again;) {
        if (!lease->connection().usable())
            return HttpError{HttpFault::Unreachable, Sent::No, "TLS settings refused"};
        const bool reused = lease->connection().reused();
        exchange = {};
        result = sendOn(lease->connection(), request, basePath_, deadline, maximumAnswerBytes_, exchange);
        again = !result && reused && !exchange.begun && !isOver(deadline) && request.retry == Retry::Once;
        if (again) lease->replace();
    }
    const Sent sent = exchange.handedOver || request.body.empty() ? Sent::Maybe : Sent::No;
    if (exchange.tooLarge) {
        return HttpError{HttpFault::Nonsense, sent,
                         "the answer is larger than " + std::to_string(maximumAnswerBytes_) + " bytes"};
    }
    if (lease->connection().wasCut() || (!result && isOver(deadline)))
        return HttpError{HttpFault::Timeout, sent, "the deadline passed"};
    if (!result) return HttpError{faultOf(result), sent, detailOf(result, exchange)};
    lease->keep();
    return HttpResponse{result->status, std::move(exchange.body)};
}

}  // namespace smartca::upstream
