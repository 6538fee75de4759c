// The TLS connections that are open, so that a stop does not wait for clients that say nothing: cpp-httplib
// 0.41 waits, up to its read timeout, for a handshake to come and for the peer's close_notify at the end, and
// an idle client of a connection pool sends neither.
//
// Use:  Connections open;  open.watch(context);  …  open.endReading();
// Threads: any. Ownership: must outlive the context's connections.
#pragma once

#include <openssl/ssl.h>

#include <mutex>
#include <set>

namespace smartca::sandbox {

class Connections {
  public:
    // Knows every connection that is made with that context from now on. False when OpenSSL refuses.
    bool watch(SSL_CTX* context);
    // From now on every connection, open or still to come, reads as if its client had closed it. What is
    // being answered is still written.
    void endReading();

  private:
    struct Entry;
    static void onEvent(const SSL* connection, int where, int value);
    static void onFree(void* parent, void* self, CRYPTO_EX_DATA* data, int index, long argument,
                       void* pointer);
    void add(int socket);
    void remove(int socket);

    std::mutex mutex_;
    std::set<int> sockets_;
    bool ended_ = false;
};

}  // namespace smartca::sandbox
