#include "proxy/upstream/connection_pool.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <utility>

#include "proxy/base/file.h"

namespace smartca::upstream {
namespace {

// Makes the handshake itself fail unless the other side proves to be `host` (a name or an address), with
// TLS 1.2 or newer. False when OpenSSL refuses the settings: the context must not be used then.
bool verifyPeer(SSL_CTX* context, const TrustStore& trust, const std::string& host) {
    if (context == nullptr || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1) return false;
    SSL_CTX_set1_cert_store(context, trust.get());
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    X509_VERIFY_PARAM* expected = SSL_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1) return true;  // an address
    ERR_clear_error();
    return X509_VERIFY_PARAM_set1_host(expected, host.c_str(), host.size()) == 1;
}

std::unique_ptr<httplib::ClientImpl> makeClient(const BaseUrl& url, const TrustStore& trust) {
    if (url.transport == Transport::Plain) return std::make_unique<httplib::ClientImpl>(url.host, url.port);
    auto client = std::make_unique<httplib::SSLClient>(url.host, url.port);
    // OpenSSL verifies chain and host within the handshake. httplib's own check comes after the
    // handshake and reads the authorities anew for each client, adding the system's to ours (cpp-httplib
    // 0.41, SSLClient::load_certs).
    client->enable_server_certificate_verification(false);
    if (!verifyPeer(static_cast<SSL_CTX*>(client->tls_context()), trust, url.host)) return nullptr;
    return client;
}

}  // namespace

Result<TrustStore, std::string> loadTrustStore(const std::string& caFile) {
    TrustStore store(X509_STORE_new(), X509_STORE_free);
    const bool loaded = store && (caFile.empty() ? X509_STORE_set_default_paths(store.get()) == 1
                                                 : X509_STORE_load_file(store.get(), caFile.c_str()) == 1);
    ERR_clear_error();
    if (!loaded && caFile.empty())
        return std::string(
            "the system's certificate authorities cannot be read; install them (Debian: ca-certificates)");
    if (!loaded)
        return "the CA file " + caFile +
               (base::readFile(caFile) ? " holds no PEM certificate" : " cannot be read") +
               "; name the certificate of the authority that signed the gateway's";
    return store;
}

Connection::Connection(const BaseUrl& url, const TrustStore& trust, SocketWatchdog& watchdog)
    : watchdog_(watchdog), client_(makeClient(url, trust)) {
    if (!client_) return;
    client_->set_keep_alive(true);
    client_->set_follow_location(false);  // a redirect would carry the SP password to another host
    client_->set_tcp_nodelay(true);       // httplib writes head and body apart: 40 ms each time otherwise
    client_->set_decompress(false);
    client_->set_socket_options([this](socket_t descriptor) { watchdog_.adopt(socket_, descriptor); });
}

httplib::Result Connection::send(httplib::Request& request, Deadline deadline) {
    const auto now = std::chrono::steady_clock::now();
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - now);
    const auto time = std::max(left, std::chrono::milliseconds(1));
    client_->set_connection_timeout(time);
    client_->set_read_timeout(time);
    client_->set_write_timeout(time);
    client_->set_max_timeout(time);
    request.start_time_ = now;

    const SocketWatchdog::Watch watch = watchdog_.watch(socket_, deadline);
    auto result = client_->send(request);
    ++exchanges_;
    return result;
}

ConnectionPool::ConnectionPool(BaseUrl url, TrustStore trust, HttpClientOptions options)
    : url_(std::move(url)), trust_(std::move(trust)), options_(std::move(options)) {}

std::unique_ptr<Connection> ConnectionPool::connect() {
    return std::make_unique<Connection>(url_, trust_, watchdog_);
}

void ConnectionPool::dropIdle() {
    const auto oldest = std::chrono::steady_clock::now() - options_.idleConnection;
    std::erase_if(idle_, [&](const auto& connection) { return connection->lastUsed_ < oldest; });
}

std::unique_ptr<ConnectionPool::Lease> ConnectionPool::acquire(Deadline deadline) {
    std::unique_ptr<Connection> connection;
    {
        std::unique_lock lock(mutex_);
        const auto most = std::max<std::size_t>(options_.maximumConnections, 1);
        if (!free_.wait_until(lock, deadline, [&] { return leased_ < most; })) return nullptr;
        ++leased_;
        dropIdle();
        if (!idle_.empty()) {
            connection = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    if (!connection) connection = connect();
    return std::make_unique<Lease>(*this, std::move(connection));
}

void ConnectionPool::giveBack(std::unique_ptr<Connection> connection) {
    {
        const std::lock_guard lock(mutex_);
        --leased_;
        if (connection) {
            connection->lastUsed_ = std::chrono::steady_clock::now();
            idle_.push_back(std::move(connection));
        }
    }
    free_.notify_one();
}

}  // namespace smartca::upstream
