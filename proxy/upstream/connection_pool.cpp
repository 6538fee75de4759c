#include "proxy/upstream/connection_pool.h"

#include <algorithm>
#include <utility>

#include "proxy/upstream/sigpipe_blocked.h"

namespace smartca::upstream {
namespace {

std::unique_ptr<httplib::ClientImpl> makeClient(const BaseUrl& url, const TrustStore& trust) {
    if (url.transport == Transport::Plain) return std::make_unique<httplib::ClientImpl>(url.host, url.port);
    auto client = std::make_unique<httplib::SSLClient>(url.host, url.port);
    // OpenSSL verifies chain and host within the handshake (TrustStore). httplib's own check comes after the
    // handshake and reads the authorities anew for each client, adding the system's to ours (cpp-httplib
    // 0.41, SSLClient::load_certs).
    client->enable_server_certificate_verification(false);
    if (!trust.applyTo(static_cast<SSL_CTX*>(client->tls_context()), url.host)) return nullptr;
    return client;
}

}  // namespace

Connection::Connection(const BaseUrl& url, const TrustStore& trust, SocketWatchdog& watchdog)
    : watchdog_(watchdog), client_(makeClient(url, trust)) {
    if (!client_) return;
    client_->set_keep_alive(true);
    client_->set_follow_location(false);  // a redirect would carry the SP password to somebody else
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

    const SigpipeBlocked sigpipe;
    const SocketWatchdog::Watch watch = watchdog_.watch(socket_, deadline);
    auto result = client_->send(request);
    ++exchanges_;
    return result;
}

Connection::~Connection() {
    const SigpipeBlocked sigpipe;  // TLS says goodbye to whom may be gone
    client_.reset();
}

ConnectionPool::ConnectionPool(BaseUrl url, TrustStore trust, const PoolOptions& options)
    : url_(std::move(url)), trust_(std::move(trust)), options_(options) {}

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
