// What a broken or hostile upstream does, and what becomes of it.
#include <thread>

#include "client_fixture.h"
#include "raw_server.h"

using namespace smartca;
using namespace smartca::upstream;

namespace {

base::Fault faultFrom(const SmartCaOptions& options) {
    const TestAccount account;
    const auto found = makeClient(options, account)->certificatesOf("001099000001", "");
    REQUIRE_FALSE(found);
    for (const auto& text : {found.error().message, found.error().detail}) {
        CHECK(text.find("canary") == std::string::npos);
    }
    return found.error();
}

// The fault when each connection gets these bytes after its request and is then closed.
ProblemCode faultAfter(const std::string& bytes) {
    RawServer server([&](RawServer::Peer& peer) {
        peer.readRequest();
        peer.write(bytes);
    });
    return faultFrom(optionsFor(server.url())).code;
}

// Sends a byte of `bytes` every few milliseconds, without end.
void drip(RawServer::Peer& peer, const std::string& head) {
    peer.readRequest();
    if (!peer.write(head)) return;
    for (int i = 0; i < 400 && peer.write("x"); ++i)
        std::this_thread::sleep_for(10ms);
}

}  // namespace

TEST_CASE("a port where nobody listens is unreachable") {
    int port = 0;
    {
        const RawServer gone([](RawServer::Peer&) {});
        port = gone.port();
    }
    CHECK(faultFrom(optionsFor("http://127.0.0.1:" + std::to_string(port))).code ==
          ProblemCode::UpstreamUnreachable);
}

TEST_CASE("silence ends at the deadline") {
    RawServer server([](RawServer::Peer& peer) {
        peer.readRequest();
        std::this_thread::sleep_for(400ms);
    });
    const Stopwatch watch;
    CHECK(faultFrom(optionsFor(server.url(), 150ms)).code == ProblemCode::UpstreamTimeout);
    CHECK(watch.elapsed() < 3s);
}

TEST_CASE("a slow drip of headers or body does not outlive the deadline") {
    for (const char* head :
         {"HTTP/1.1 200 OK\r\nX-Slow: ", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
          "HTTP/1.1 200 OK\r\n\r\n", ""}) {
        CAPTURE(head);
        RawServer server([&](RawServer::Peer& peer) { drip(peer, head); });
        const Stopwatch watch;
        CHECK(faultFrom(optionsFor(server.url(), 200ms)).code == ProblemCode::UpstreamTimeout);
        CHECK(watch.elapsed() < 3s);  // the drip would last 4
    }
}

TEST_CASE("a TLS handshake that drips does not outlive the deadline") {
    RawServer server([](RawServer::Peer& peer) {
        // A handshake record that promises 16 KB and comes a byte at a time.
        peer.write(std::string("\x16\x03\x03\x40\x00", 5));
        for (int i = 0; i < 400 && peer.write(std::string(1, '\x02')); ++i)
            std::this_thread::sleep_for(10ms);
    });
    const Stopwatch watch;
    const std::string url = "https://127.0.0.1:" + std::to_string(server.port());
    CHECK(faultFrom(optionsFor(url, 200ms)).code == ProblemCode::UpstreamTimeout);
    CHECK(watch.elapsed() < 3s);  // the drip would last 4
}

TEST_CASE("an answer larger than the bound is given up, with a length, in chunks, or without end") {
    const std::string filler(8000, ' ');
    for (const char* head : {"HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n",
                             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4C4B40\r\n"}) {
        CAPTURE(head);
        RawServer server([&](RawServer::Peer& peer) {
            peer.readRequest();
            peer.write(head);
            for (int i = 0; i < 625 && peer.write(filler); ++i) {
            }
        });
        SmartCaOptions options = optionsFor(server.url());
        options.http.maximumAnswerBytes = 100'000;
        CHECK(faultFrom(options).code == ProblemCode::UpstreamNonsense);
    }
}

TEST_CASE("an answer of exactly the bound is read") {
    RawServer server([](RawServer::Peer& peer) {
        peer.readRequest();
        peer.write(httpAnswer(oneCertificate()));
    });
    const TestAccount account;
    SmartCaOptions options = optionsFor(server.url());
    options.http.maximumAnswerBytes = oneCertificate().size();
    CHECK(makeClient(options, account)->certificatesOf("1", "").ok());
}

TEST_CASE("a connection closed or reset before or within the answer is unreachable") {
    CHECK(faultAfter("") == ProblemCode::UpstreamUnreachable);
    CHECK(faultAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status_") ==
          ProblemCode::UpstreamUnreachable);
    RawServer server([](RawServer::Peer& peer) {
        peer.readRequest();
        peer.resetAtEnd();
    });
    CHECK(faultFrom(optionsFor(server.url())).code == ProblemCode::UpstreamUnreachable);
}

TEST_CASE("pages, redirects and broken JSON are nonsense") {
    CHECK(faultAfter(httpAnswer("<html>")) == ProblemCode::UpstreamNonsense);
    CHECK(faultAfter("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") == ProblemCode::UpstreamNonsense);
    CHECK(faultAfter("HTTP/1.1 204 No Content\r\n\r\n") == ProblemCode::UpstreamNonsense);
}

TEST_CASE("a redirect is not followed") {
    bool followed = false;
    RawServer elsewhere([&](RawServer::Peer& peer) { followed = !peer.readRequest().empty(); });
    CHECK(faultAfter("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + elsewhere.url() +
                     "\r\nContent-Length: 0\r\n\r\n") == ProblemCode::UpstreamNonsense);
    CHECK_FALSE(followed);
}

TEST_CASE("absurd status lines and headers end the call, not the process") {
    for (const auto& bytes :
         {"HTTP/1.1 200 " + std::string(8'000, 'x') + "\r\n\r\n",
          "HTTP/1.1 200 " + std::string(32'000, 'x') + "\r\n\r\n", std::string(1'000'000, 'x'),
          "HTTP/1.1 200 OK\r\nX: " + std::string(1'000'000, 'x'), std::string("\0\x01\x02\r\n\r\n", 7)}) {
        const ProblemCode fault = faultAfter(bytes);
        CHECK((fault == ProblemCode::UpstreamUnreachable || fault == ProblemCode::UpstreamNonsense));
    }
    std::string headers = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 10'000; ++i)
        headers += "X-" + std::to_string(i) + ": y\r\n";
    CHECK(faultAfter(headers + "\r\n") != ProblemCode::UpstreamRefused);
}

TEST_CASE("a message that quotes our account comes back without it") {
    const TestAccount account;
    const nlohmann::json answer = {{"status_code", 403},
                                   {"message", "failed for " + account.id + " / " + account.password},
                                   {"data", nullptr}};
    RawServer server([&](RawServer::Peer& peer) {
        peer.readRequest();
        peer.write(httpAnswer(answer.dump()));
    });
    const base::Fault error = faultFrom(optionsFor(server.url()));
    CHECK(error.code == ProblemCode::UpstreamRefused);
    CHECK(error.message == "failed for *** / ***");
}
