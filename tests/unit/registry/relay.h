// Stands between a store and its PostgreSQL server and can lose what the server says: a network that breaks
// at the worst moment.
#pragma once

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "place.h"

namespace smartca::registry {

class Relay {
  public:
    // `place` must outlive it.
    explicit Relay(const Place& place) {
        const std::string& url = place.path();
        const auto host = url.find("host=") + 5;
        const std::string server = url.substr(host, url.find('&', host) - host);
        path_ = url.substr(0, host) + folder_.file("") + url.substr(url.find('&', host));
        serverSocket_ = server + "/.s.PGSQL.5432";
        listener_ = listenAt(folder_.file(".s.PGSQL.5432"));
        thread_ = std::thread([this] { run(); });
    }
    ~Relay() {
        stopping_ = true;
        thread_.join();
        for (const auto& pair : pairs_)
            end(pair);
        ::close(listener_);
    }
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    // As StoreOptions::path: the same database, through here.
    const std::string& path() const { return path_; }

    enum class Afterwards : unsigned char { Works, StaysAway };
    // The next COMMIT reaches the server, which carries it out, and its answer reaches nobody.
    void loseNextCommit(Afterwards afterwards = Afterwards::Works) {
        afterwards_ = afterwards;
        losing_ = true;
    }
    // Connections break, and no new ones are let through.
    void cut(bool off) { cut_ = off; }
    // From now on a connection that the server ends stays open on our side, with what it said last.
    void holdEnds() { holding_ = true; }
    // How many have been held so.
    int heldEnds() const { return held_; }

  private:
    struct Pair {
        int client;
        int server;
        bool mute = false;
    };

    static sockaddr_un addressOf(const std::string& path) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
        return address;
    }
    static int listenAt(const std::string& path) {
        const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        const auto address = addressOf(path);
        REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(::listen(socket, 16) == 0);
        return socket;
    }
    void accept() {
        const int client = ::accept(listener_, nullptr, nullptr);
        const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
        const auto address = addressOf(serverSocket_);
        if (cut_ || ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            end({client, server});
            return;
        }
        pairs_.push_back({client, server});
    }
    static void end(const Pair& pair) {
        ::close(pair.client);
        if (pair.server >= 0) ::close(pair.server);
    }
    // False: the connection is over.
    bool pass(Pair& pair, bool toServer) {
        std::array<char, 65536> buffer{};
        const auto size = ::read(toServer ? pair.client : pair.server, buffer.data(), buffer.size());
        if (size <= 0 && !toServer && holding_) {
            ::close(std::exchange(pair.server, -1));  // poll() passes it over
            ++held_;
            return true;
        }
        if (size <= 0) return false;
        const std::string_view bytes(buffer.data(), static_cast<std::size_t>(size));
        if (!toServer && pair.mute) return false;
        constexpr std::string_view kCommit("COMMIT", 7);  // with the 0 at its end; not READ COMMITTED
        if (toServer && losing_ && bytes.find(kCommit) != std::string_view::npos) {
            losing_ = false;
            pair.mute = true;
        }
        const bool sent =
            ::send(toServer ? pair.server : pair.client, bytes.data(), bytes.size(), MSG_NOSIGNAL) == size;
        if (toServer && pair.mute && afterwards_ == Afterwards::StaysAway) cut_ = true;
        return sent;
    }
    void run() {
        while (!stopping_) {
            std::vector<pollfd> looks = {{listener_, POLLIN, 0}};
            for (const auto& pair : pairs_) {
                looks.push_back({pair.client, POLLIN, 0});
                looks.push_back({pair.server, POLLIN, 0});
            }
            ::poll(looks.data(), looks.size(), 10);
            std::vector<Pair> left;
            for (std::size_t i = 0; i < pairs_.size(); ++i) {
                Pair pair = pairs_[i];
                bool alive = !cut_;
                if (alive && looks[1 + 2 * i].revents != 0) alive = pass(pair, true);
                if (alive && looks[2 + 2 * i].revents != 0) alive = pass(pair, false);
                if (alive) {
                    left.push_back(pair);
                } else {
                    end(pair);
                }
            }
            pairs_ = std::move(left);
            if (looks[0].revents != 0) accept();
        }
    }

    TemporaryFolder folder_;
    std::string path_;
    std::string serverSocket_;
    int listener_ = -1;
    std::vector<Pair> pairs_;
    std::atomic<Afterwards> afterwards_ = Afterwards::Works;
    std::atomic<bool> losing_ = false;
    std::atomic<bool> cut_ = false;
    std::atomic<bool> holding_ = false;
    std::atomic<int> held_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

}  // namespace smartca::registry
