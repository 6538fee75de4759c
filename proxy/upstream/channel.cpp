#include "proxy/upstream/channel.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "proxy/base/file.h"
#include "proxy/upstream/connecting.h"

namespace smartca::upstream {
namespace {

HttpError overdue() {
    return {HttpFault::Timeout, Sent::No, "the deadline passed"};
}

HttpError broken(int error) {
    return {HttpFault::Unreachable, Sent::No, std::generic_category().message(error)};
}

// Of the last call of TLS in this thread.
HttpError tlsError() {
    const auto said = ERR_peek_last_error();
    const bool isRefused =
        ERR_GET_LIB(said) == ERR_LIB_SSL && ERR_GET_REASON(said) == SSL_R_CERTIFICATE_VERIFY_FAILED;
    const char* reason = ERR_reason_error_string(said);
    HttpError error{isRefused ? HttpFault::Untrusted : HttpFault::Unreachable, Sent::No,
                    std::string("TLS: ") + (reason != nullptr ? reason : "it was closed")};
    ERR_clear_error();
    return error;
}

bool setHost(X509_VERIFY_PARAM* expected, const std::string& host) {
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1) return true;  // an address
    ERR_clear_error();
    return X509_VERIFY_PARAM_set1_host(expected, host.c_str(), host.size()) == 1;
}

}  // namespace

Result<TlsContext, std::string> makeTlsContext(const std::string& host, const std::string& caFile) {
    TlsContext context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1 ||
        !setHost(SSL_CTX_get0_param(context.get()), host))
        return std::string("OpenSSL refuses the settings of TLS");
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_options(context.get(), SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    const bool loaded = caFile.empty() ? SSL_CTX_set_default_verify_paths(context.get()) == 1
                                       : SSL_CTX_load_verify_file(context.get(), caFile.c_str()) == 1;
    ERR_clear_error();
    if (!loaded && caFile.empty())
        return std::string(
            "the system's certificate authorities cannot be read; install them (Debian: ca-certificates)");
    if (!loaded)
        return "the CA file " + caFile +
               (base::readFile(caFile) ? " holds no PEM certificate" : " cannot be read") +
               "; name the certificate of the authority that signed the gateway's";
    return context;
}

Result<std::unique_ptr<Channel>, HttpError> Channel::open(const BaseUrl& url, SSL_CTX* context,
                                                          Deadline deadline) {
    auto socket = connectToOne(addressesOf(url.host, url.port), deadline);
    if (!socket) return socket.error();
    std::unique_ptr<Channel> channel(new Channel(std::move(socket).value()));
    if (context != nullptr) {
        if (auto error = channel->shakeHands(url, context, deadline)) return *std::move(error);
    }
    return channel;
}

Channel::~Channel() {
    // Tells the other side, as far as that can be done without waiting.
    if (session_ && SSL_is_init_finished(session_.get()) == 1) SSL_shutdown(session_.get());
    ERR_clear_error();
}

// Calls until it has done something. Zero: the other side has ended the stream.
template <class Call>
Result<int, HttpError> Channel::drive(Call call, short events, Deadline deadline) {
    for (;;) {
        ERR_clear_error();
        const int done = call();
        const int error = errno;
        if (done > 0) return done;
        if (session_) {
            const int wanted = SSL_get_error(session_.get(), done);
            if (wanted == SSL_ERROR_ZERO_RETURN) return 0;
            if (wanted == SSL_ERROR_SYSCALL && error != 0) return broken(error);
            if (wanted != SSL_ERROR_WANT_WRITE && wanted != SSL_ERROR_WANT_READ) return tlsError();
            events = wanted == SSL_ERROR_WANT_WRITE ? POLLOUT : POLLIN;
        } else {
            if (done == 0) return 0;
            if (error != EAGAIN && error != EINTR) return broken(error);
        }
        if (!waitFor(socket_.get(), events, deadline)) return overdue();
    }
}

std::optional<HttpError> Channel::shakeHands(const BaseUrl& url, SSL_CTX* context, Deadline deadline) {
    session_.reset(SSL_new(context));
    if (!session_ || SSL_set_fd(session_.get(), socket_.get()) != 1) return tlsError();
    // A name, not an address, is sent along (RFC 6066 §3).
    const bool isAddress = url.host.find(':') != std::string::npos ||
                           url.host.find_first_not_of("0123456789.") == std::string::npos;
    if (!isAddress && SSL_set_tlsext_host_name(session_.get(), url.host.c_str()) != 1) return tlsError();
    const auto done = drive([this] { return SSL_connect(session_.get()); }, POLLOUT, deadline);
    if (!done) return done.error();
    return done.value() > 0 ? std::nullopt : std::optional(tlsError());
}

std::optional<HttpError> Channel::write(std::string_view bytes, Deadline deadline) {
    while (!bytes.empty()) {
        const auto call = [&] {
            const int size = static_cast<int>(std::min<std::size_t>(bytes.size(), 64 * 1024));
            if (session_) return SSL_write(session_.get(), bytes.data(), size);
            return static_cast<int>(
                ::send(socket_.get(), bytes.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL));
        };
        const auto done = drive(call, POLLOUT, deadline);
        if (!done) return done.error();
        if (done.value() == 0) return broken(EPIPE);
        bytes.remove_prefix(static_cast<std::size_t>(done.value()));
    }
    return std::nullopt;
}

Result<bool, HttpError> Channel::read(std::string& bytes, Deadline deadline) {
    std::array<char, 16 * 1024> buffer;
    const auto call = [&] {
        if (session_) return SSL_read(session_.get(), buffer.data(), static_cast<int>(buffer.size()));
        return static_cast<int>(::recv(socket_.get(), buffer.data(), buffer.size(), 0));
    };
    const auto done = drive(call, POLLIN, deadline);
    if (!done) return done.error();
    bytes.append(buffer.data(), static_cast<std::size_t>(done.value()));
    return done.value() > 0;
}

bool Channel::isIdle() {
    char byte = 0;
    if (!session_) return ::recv(socket_.get(), &byte, 1, MSG_PEEK) < 0 && errno == EAGAIN;
    const int done = SSL_peek(session_.get(), &byte, 1);
    const bool isWaiting = done <= 0 && SSL_get_error(session_.get(), done) == SSL_ERROR_WANT_READ;
    ERR_clear_error();
    return isWaiting;
}

}  // namespace smartca::upstream
