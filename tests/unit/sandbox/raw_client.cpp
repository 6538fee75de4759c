#include "raw_client.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>

namespace smartca::sandbox {
namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

milliseconds since(Steady::time_point start) {
    return std::chrono::duration_cast<milliseconds>(Steady::now() - start);
}

struct Socket {
    int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    Socket() = default;
    ~Socket() { ::close(descriptor); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
};

bool connectTo(int descriptor, int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

Ending endingOf(SSL* session, int result) {
    const int systemError = errno;
    const int error = SSL_get_error(session, result);
    if (error == SSL_ERROR_ZERO_RETURN) return Ending::Closed;
    if (error == SSL_ERROR_SYSCALL && systemError == ECONNRESET) return Ending::Reset;
    return Ending::Cut;  // OpenSSL 3 calls it SSL_R_UNEXPECTED_EOF_WHILE_READING
}

void readAll(SSL* session, milliseconds deadline, Steady::time_point start, RawAnswer& answer) {
    std::array<char, 16'384> buffer{};
    while (true) {
        const auto left = deadline - since(start);
        pollfd waiting{SSL_get_fd(session), POLLIN, 0};
        const bool ready = SSL_pending(session) > 0 ||
                           (left.count() > 0 && ::poll(&waiting, 1, static_cast<int>(left.count())) > 0);
        if (!ready) {
            answer.ending = Ending::Deadline;
            return;
        }
        ERR_clear_error();
        errno = 0;
        const int got = SSL_read(session, buffer.data(), static_cast<int>(buffer.size()));
        if (got <= 0 && SSL_get_error(session, got) == SSL_ERROR_WANT_READ)
            continue;  // a session ticket, half a record
        if (got <= 0) {
            answer.ending = endingOf(session, got);
            return;
        }
        if (answer.pieces++ == 0) answer.firstOctet = since(start);
        answer.octets.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

}  // namespace

int RawAnswer::status() const {
    return octets.rfind("HTTP/1.1 ", 0) == 0 ? std::atoi(octets.substr(9, 3).c_str()) : 0;
}

std::string RawAnswer::header() const {
    return octets.substr(0, octets.find("\r\n\r\n"));
}

std::string RawAnswer::body() const {
    const std::size_t end = octets.find("\r\n\r\n");
    return end == std::string::npos ? std::string() : octets.substr(end + 4);
}

RawAnswer sendRaw(const RawRequest& request) {
    const auto start = Steady::now();
    RawAnswer answer;
    const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()),
                                                               SSL_CTX_free);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_load_verify_locations(context.get(), request.root.c_str(), nullptr);
    SSL_CTX_set_max_proto_version(context.get(), request.highestTls);
    const Socket socket;
    if (!connectTo(socket.descriptor, request.port)) return answer;
    const std::unique_ptr<SSL, void (*)(SSL*)> session(SSL_new(context.get()), SSL_free);
    SSL_set1_host(session.get(), "localhost");
    SSL_set_tlsext_host_name(session.get(), "localhost");
    SSL_set_fd(session.get(), socket.descriptor);
    if (SSL_connect(session.get()) != 1) return answer;
    const std::string message =
        request.method + ' ' + request.path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(request.body.size()) +
        "\r\n\r\n" + request.body;
    SSL_write(session.get(), message.data(), static_cast<int>(message.size()));
    ::fcntl(socket.descriptor, F_SETFL, O_NONBLOCK);  // so that poll() alone waits, and the deadline holds
    readAll(session.get(), request.deadline, start, answer);
    answer.whole = since(start);
    return answer;
}

}  // namespace smartca::sandbox
