#include "proxy/sandbox/connections.h"

#include <sys/socket.h>

#include <memory>

namespace smartca::sandbox {

// Lies in its SSL's extra data and goes with it, before cpp-httplib closes the socket: the number cannot
// belong to another connection meanwhile.
struct Connections::Entry {
    Connections& all;
    int socket;
};

namespace {

// Where an SSL keeps its entry; -1 when OpenSSL has no place left.
int slot(CRYPTO_EX_free* onFree) {
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, onFree);
    return index;
}

}  // namespace

bool Connections::watch(SSL_CTX* context) {
    if (slot(&onFree) < 0) return false;
    SSL_CTX_set_info_callback(context, &onEvent);
    return SSL_CTX_set_app_data(context, this) == 1;
}

void Connections::endReading() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    for (const int socket : sockets_)
        ::shutdown(socket, SHUT_RD);
}

void Connections::add(int socket) {
    const std::lock_guard lock(mutex_);
    sockets_.insert(socket);
    if (ended_) ::shutdown(socket, SHUT_RD);
}

void Connections::remove(int socket) {
    const std::lock_guard lock(mutex_);
    sockets_.erase(socket);
}

void Connections::onEvent(const SSL* connection, int where, int /*value*/) {
    if ((where & SSL_CB_HANDSHAKE_START) == 0 || SSL_get_ex_data(connection, slot(&onFree)) != nullptr)
        return;
    auto& all = *static_cast<Connections*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(connection)));
    auto entry = std::make_unique<Entry>(Entry{all, SSL_get_fd(connection)});
    // OpenSSL hands its own connection out as const; only the extra data, which is ours, changes.
    if (SSL_set_ex_data(const_cast<SSL*>(connection), slot(&onFree), entry.get()) != 1) return;
    all.add(entry.release()->socket);
}

void Connections::onFree(void* /*parent*/, void* self, CRYPTO_EX_DATA* /*data*/, int /*index*/,
                         long /*argument*/, void* /*pointer*/) {
    const std::unique_ptr<Entry> entry(static_cast<Entry*>(self));
    if (entry) entry->all.remove(entry->socket);
}

}  // namespace smartca::sandbox
