// A host with several addresses, some of which do not answer. On the loopback network, with real sockets.
#include "proxy/upstream/connecting.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "client_fixture.h"
#include "raw_server.h"

using namespace smartca;
using namespace smartca::upstream;

namespace {

Address addressOf(const std::string& host, int port) {
    const auto found = addressesOf(host, port);
    REQUIRE(found.size() == 1);
    return found.front();
}

// An address that swallows SYNs: a listener whose queue is full answers none.
class BlackHole {
  public:
    explicit BlackHole(const std::string& host) {
        const Address wanted = addressOf(host, 0);
        listener_ = base::UniqueDescriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        REQUIRE(::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&wanted.bytes), wanted.size) == 0);
        REQUIRE(::listen(listener_.get(), 0) == 0);
        address_.size = sizeof address_.bytes;
        ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address_.bytes), &address_.size);
        // Until one stays without an answer.
        for (;;) {
            auto connected = connectToOne({address_}, std::chrono::steady_clock::now() + 100ms);
            if (!connected) break;
            fillers_.push_back(std::move(connected).value());
        }
    }
    const Address& address() const { return address_; }

  private:
    base::UniqueDescriptor listener_;
    Address address_;
    std::vector<base::UniqueDescriptor> fillers_;
};

Deadline within(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

// Which of them it is connected to.
std::string peerOf(const base::UniqueDescriptor& socket) {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    ::getpeername(socket.get(), reinterpret_cast<sockaddr*>(&peer), &size);
    char text[INET_ADDRSTRLEN] = {};
    ::inet_ntop(AF_INET, &peer.sin_addr, text, sizeof text);
    return text;
}

}  // namespace

TEST_CASE("an address that swallows SYNs is left for the next one, well before the deadline") {
    const BlackHole hole("127.0.0.2");
    RawServer server([](RawServer::Peer&) {});
    const Stopwatch watch;
    const auto connected = connectToOne({hole.address(), addressOf("127.0.0.1", server.port())}, within(10s));
    if (!connected) FAIL(connected.error().detail);
    CHECK(peerOf(connected.value()) == "127.0.0.1");
    CHECK(watch.elapsed() < 3s);
}

TEST_CASE("an address that refuses is left for the next one at once") {
    const BlackHole hole("127.0.0.2");
    int refusing = 0;
    {
        const RawServer gone([](RawServer::Peer&) {});
        refusing = gone.port();
    }
    RawServer server([](RawServer::Peer&) {});
    std::vector<Address> addresses(20, addressOf("127.0.0.1", refusing));
    addresses.push_back(addressOf("127.0.0.1", server.port()));
    const Stopwatch watch;
    CHECK(connectToOne(addresses, within(10s)).ok());
    CHECK(watch.elapsed() < 2s);  // with a head start each it would be five
}

TEST_CASE("an address that is slow is not given up for the next one") {
    const BlackHole hole("127.0.0.2");
    RawServer server([](RawServer::Peer&) {});
    const auto connected = connectToOne({addressOf("127.0.0.1", server.port()), hole.address()}, within(10s));
    REQUIRE(connected);
    CHECK(peerOf(connected.value()) == "127.0.0.1");
}

TEST_CASE("where every address is silent the deadline counts, where every one refuses it says so") {
    const BlackHole hole("127.0.0.2");
    const Stopwatch watch;
    const auto silent = connectToOne({hole.address(), hole.address()}, within(400ms));
    REQUIRE_FALSE(silent);
    CHECK(silent.error().fault == HttpFault::Timeout);
    CHECK(silent.error().sent == Sent::No);
    CHECK(watch.elapsed() < 3s);
    int refusing = 0;
    {
        const RawServer gone([](RawServer::Peer&) {});
        refusing = gone.port();
    }
    const auto refused =
        connectToOne({addressOf("127.0.0.1", refusing), addressOf("127.0.0.1", refusing)}, within(10s));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fault == HttpFault::Unreachable);
    CHECK(refused.error().detail == "no connection: Connection refused, Connection refused");
}

TEST_CASE("a name that nobody knows is unreachable, and said") {
    const auto connected = connectToOne({}, within(1s));
    REQUIRE_FALSE(connected);
    CHECK(connected.error().fault == HttpFault::Unreachable);
    CHECK(connected.error().detail == "no connection: the host's name is not known");
}
