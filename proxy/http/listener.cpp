#include "proxy/http/listener.h"

#include <arpa/inet.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "proxy/base/text.h"

namespace smartca::http {
namespace {

constexpr int kBacklog = 256;

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

SocketAddress socketAddressOf(const Address& address) {
    SocketAddress result;
    if (address.kind == Address::Kind::Ip4) {
        auto& in = reinterpret_cast<sockaddr_in&>(result.storage);
        in.sin_family = AF_INET;
        in.sin_port = htons(address.port);
        inet_pton(AF_INET, address.host.c_str(), &in.sin_addr);
        result.size = sizeof in;
    } else if (address.kind == Address::Kind::Ip6) {
        auto& in = reinterpret_cast<sockaddr_in6&>(result.storage);
        in.sin6_family = AF_INET6;
        in.sin6_port = htons(address.port);
        inet_pton(AF_INET6, address.host.c_str(), &in.sin6_addr);
        result.size = sizeof in;
    } else {
        auto& un = reinterpret_cast<sockaddr_un&>(result.storage);
        un.sun_family = AF_UNIX;
        std::memcpy(un.sun_path, address.host.c_str(), address.host.size() + 1);
        result.size = sizeof un;
    }
    return result;
}

bool isInUse(const SocketAddress& address) {
    base::UniqueDescriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    return probe && ::connect(probe.get(), address.get(), address.size) == 0;
}

std::string failure(const Address& address, int error) {
    if (error == EADDRINUSE)
        return "Something else listens on " + address.text() + " already; stop it or choose another address.";
    if (error == EEXIST)
        return "A file is in the way of " + address.text() + "; remove it or choose another address.";
    if (error == EACCES && address.kind == Address::Kind::Unix)
        return "This user may not make " + address.text() +
               "; let it write into that folder, or choose another.";
    if (error == EACCES)
        return "This user may not listen on " + address.text() + "; choose a port above 1023.";
    if (error == EADDRNOTAVAIL)
        return "This machine has no address " + address.host + "; choose one of its own, such as 127.0.0.1.";
    if (error == ENOENT) return "There is no folder for " + address.text() + "; make it first.";
    return "Cannot listen on " + address.text() + ": " + std::strerror(error) + ".";
}

std::uint16_t boundPort(int fd) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return 0;
    if (storage.ss_family == AF_INET) return ntohs(reinterpret_cast<sockaddr_in&>(storage).sin_port);
    return ntohs(reinterpret_cast<sockaddr_in6&>(storage).sin6_port);
}

}  // namespace

bool Address::isLocal() const {
    if (kind == Kind::Unix) return true;
    return kind == Kind::Ip4 ? host.starts_with("127.") : host == "::1";
}

std::string Address::text() const {
    if (kind == Kind::Unix) return "unix:" + host;
    return (kind == Kind::Ip6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<Address, std::string> parseAddress(std::string_view text) {
    const auto wrong = [&](const char* why) {
        return "'" + std::string(text) + "' is no address to listen on: " + why +
               ". Write it as 127.0.0.1:8080, [::1]:8080 or unix:/path/to.sock.";
    };
    Address address;
    if (text.starts_with("unix:")) {
        address.kind = Address::Kind::Unix;
        address.host = text.substr(5);
        if (address.host.empty()) return wrong("the path is missing");
        if (address.host.size() >= sizeof(sockaddr_un::sun_path)) return wrong("the path is too long");
        return address;
    }
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return wrong("the port is missing");
    auto host = text.substr(0, colon);
    const auto port = base::wholeNumberOf(text.substr(colon + 1), 0, 65535);
    if (!port) return wrong("the port is not a number from 0 to 65535");
    address.port = static_cast<decltype(address.port)>(*port);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
        address.kind = Address::Kind::Ip6;
    }
    address.host = host == "localhost" ? "127.0.0.1" : std::string(host);
    unsigned char bytes[sizeof(in6_addr)];
    if (inet_pton(address.kind == Address::Kind::Ip6 ? AF_INET6 : AF_INET, address.host.c_str(), bytes) != 1)
        return wrong("the host is not a numeric address");
    return address;
}

Result<Listener, std::string> listenOn(const Address& address) {
    const auto socketAddress = socketAddressOf(address);
    Listener listener{base::UniqueDescriptor(::socket(socketAddress.storage.ss_family,
                                                      SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)),
                      address};
    if (!listener.fd) return failure(address, errno);
    if (address.kind == Address::Kind::Unix) {
        // A socket file that a crashed process left behind is in the way of bind(); a living one is not ours
        // to remove.
        if (isInUse(socketAddress)) return failure(address, EADDRINUSE);
        struct stat status{};
        if (::lstat(address.host.c_str(), &status) == 0 && S_ISSOCK(status.st_mode))
            ::unlink(address.host.c_str());
        ::fchmod(listener.fd.get(), 0600);  // on Linux the file is made with the socket's own mode
    } else {
        const int on = 1;
        ::setsockopt(listener.fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    }
    if (::bind(listener.fd.get(), socketAddress.get(), socketAddress.size) != 0 ||
        ::listen(listener.fd.get(), kBacklog) != 0)
        // Nobody listens there, as has been tried.
        return failure(address, errno == EADDRINUSE && address.kind == Address::Kind::Unix ? EEXIST : errno);
    if (address.kind != Address::Kind::Unix) listener.address.port = boundPort(listener.fd.get());
    return listener;
}

void beginNone(const Listener& listener) {
    if (listener.address.kind == Address::Kind::Unix) {
        ::unlink(listener.address.host.c_str());
        return;
    }
    // Drops segments that have SYN, which is a bit of a TCP header's octet 13 (RFC 9293 section 3.1).
    constexpr std::uint32_t kAll = 0xffffffff;
    std::array<sock_filter, 4> program{{BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 13),
                                        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x02, 0, 1),
                                        BPF_STMT(BPF_RET | BPF_K, 0), BPF_STMT(BPF_RET | BPF_K, kAll)}};
    const sock_fprog filter{program.size(), program.data()};
    ::setsockopt(listener.fd.get(), SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter);
}

std::string peerOf(int fd) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return {};
    if (storage.ss_family == AF_UNIX) {
        ucred process{};
        socklen_t length = sizeof process;
        if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &process, &length) != 0) return {};
        return "unix:uid=" + std::to_string(process.uid);
    }
    const bool isIp4 = storage.ss_family == AF_INET;
    const void* bytes = isIp4 ? static_cast<const void*>(&reinterpret_cast<sockaddr_in&>(storage).sin_addr)
                              : &reinterpret_cast<sockaddr_in6&>(storage).sin6_addr;
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (::inet_ntop(storage.ss_family, bytes, text.data(), text.size()) == nullptr) return {};
    return text.data();
}

}  // namespace smartca::http
