// A running server on a free port, and a client that sends bytes as they are given.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "proxy/http/response.h"
#include "proxy/http/server.h"
#include "proxy/http/site.h"

namespace smartca::http::test {

using namespace std::chrono_literals;

struct Reply {
    std::string text;     // all that came
    bool closed = false;  // by the server
    int status() const { return text.size() > 12 ? std::stoi(text.substr(9, 3)) : 0; }
    bool has(std::string_view part) const { return text.find(part) != std::string::npos; }
};

class Client {
  public:
    explicit Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
        connected_ = ::connect(fd_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    bool connected() const { return connected_; }
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    // Reads one whole answer by its Content-Length, or until the server closes or the time is over.
    Reply receive(std::chrono::milliseconds limit = 3000ms) {
        Reply reply;
        const auto end = std::chrono::steady_clock::now() + limit;
        while (!isWhole(reply.text)) {
            if (!readSome(reply, end)) return reply;
        }
        return reply;
    }
    // Everything until the server closes.
    Reply receiveAll(std::chrono::milliseconds limit = 3000ms) {
        Reply reply;
        const auto end = std::chrono::steady_clock::now() + limit;
        while (readSome(reply, end)) {
        }
        return reply;
    }
    // Something has come, or the server has closed.
    bool isAnswered() const {
        pollfd waiting{fd_.get(), POLLIN, 0};
        return ::poll(&waiting, 1, 0) > 0;
    }
    int fd() const { return fd_.get(); }

  private:
    static bool isWhole(const std::string& text) {
        const auto head = text.find("\r\n\r\n");
        if (head == std::string::npos) return false;
        const auto at = text.find("Content-Length: ");
        const std::size_t length = at < head ? std::stoul(text.substr(at + 16)) : 0;
        return text.size() >= head + 4 + length;
    }
    bool readSome(Reply& reply, std::chrono::steady_clock::time_point end) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        pollfd waiting{fd_.get(), POLLIN, 0};
        if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) return false;
        char bytes[4096];
        const auto got = ::recv(fd_.get(), bytes, sizeof bytes, 0);
        if (got <= 0) {
            reply.closed = true;
            return false;
        }
        reply.text.append(bytes, static_cast<std::size_t>(got));
        return true;
    }

    base::UniqueDescriptor fd_;
    bool connected_ = false;
};

inline std::vector<Route> testRoutes() {
    return {
        {"GET", "/api/v1/session", {}, [](Request&) { return jsonResponse(200, "hello"); }},
        {"GET",
         "/api/v1/users/:id/signature-image",
         {Right::Create},
         [](Request& r) { return jsonResponse(200, r.parameters.at("id")); }},
        {"POST",
         "/api/v1/lookups",
         {},
         [](Request& r) { return jsonResponse(200, r.body); },
         {.bodyLimit = 1024}},
        {"GET",
         "/api/v1/boom",
         {},
         [](Request&) -> Response { throw std::runtime_error("sp_password=geheim"); }},
        {"POST",
         "/api/v1/slow",
         {},
         [](Request&) {
             std::this_thread::sleep_for(300ms);
             return jsonResponse(200, "late");
         },
         {.bulkhead = 0}},
    };
}

struct Running {
    explicit Running(SiteOptions site = {}, ServerOptions how = {}, std::vector<Route> routes = testRoutes())
        : site_(std::move(routes), std::move(site)), server(site_, how) {
        port = server.start(parseAddress("127.0.0.1:0").value()).value().port;
    }
    Reply ask(std::string_view bytes, std::chrono::milliseconds limit = 3000ms) const {
        Client client(port);
        client.send(bytes);
        return client.receive(limit);
    }

    Site site_;
    Server server;
    std::uint16_t port = 0;
};

inline std::string get(std::string_view path, std::string_view more = "") {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(more) + "\r\n";
}
inline std::string post(std::string_view path, std::string_view body, std::string_view more = "") {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n" + std::string(more) + "\r\n" + std::string(body);
}

}  // namespace smartca::http::test
