// Where the server listens: "127.0.0.1:8080", "[::1]:0", or "unix:/run/smartca/proxy.sock".
//
// A listening socket of ours never shares its port (no SO_REUSEPORT): a second instance fails to start
// instead of taking every other connection. Unix sockets are readable and writable by their owner only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "proxy/base/unique_descriptor.h"
#include "shared/result.h"

namespace smartca::http {

struct Address {
    enum class Kind : unsigned char { Ip4, Ip6, Unix } kind = Kind::Ip4;
    std::string host;  // numeric address, or the path of the unix socket
    std::uint16_t port = 0;

    // Only programs on this machine can reach it.
    bool isLocal() const;
    std::string text() const;
};

// Errors are sentences for the operator.
Result<Address, std::string> parseAddress(std::string_view text);

struct Listener {
    base::UniqueDescriptor fd;  // non-blocking
    Address address;            // with the port that the system chose
};
Result<Listener, std::string> listenOn(const Address& address);

// No further connection begins; those that have begun are still handed out. Whoever comes later knows nothing
// of it until the listener is closed: then the system tries again, and is refused. Closing it alone would reset
// connections that the system has made and we have not accepted yet, with a request on them perhaps.
void beginNone(const Listener& listener);

// The other end of an accepted connection: the numeric address without the port, or
// "unix:uid=1000". Empty when the system does not say.
std::string peerOf(int fd);

}  // namespace smartca::http
