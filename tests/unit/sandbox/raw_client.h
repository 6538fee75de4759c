// One HTTPS request by hand, so that a test sees what a real client library would hide: every octet of the
// answer, when it came, and how the connection ended. Verifies the server against a root, for the name
// localhost.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace smartca::sandbox {

struct RawRequest {
    std::string root;  // PEM file
    int port = 0;
    std::string method = "GET";
    std::string path = "/";
    std::string body{};
    std::chrono::milliseconds deadline{5'000};
    int highestTls = 0;  // as in SSL_CTX_set_max_proto_version
};

enum class Ending : std::uint8_t {
    NoConnection,  // TCP or TLS failed
    Closed,        // TLS close_notify
    Cut,           // FIN without close_notify
    Reset,         // RST
    Deadline,      // still open when the time was over
};

struct RawAnswer {
    Ending ending = Ending::NoConnection;
    std::string octets;
    int pieces = 0;  // reads that brought something
    std::chrono::milliseconds firstOctet{0};
    std::chrono::milliseconds whole{0};

    int status() const;          // 0 when there is no status line
    std::string header() const;  // without the empty line
    std::string body() const;
};

RawAnswer sendRaw(const RawRequest& request);

}  // namespace smartca::sandbox
