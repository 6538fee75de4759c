// Answers as gateways and what stands before them send them.
#include <atomic>

#include "client_fixture.h"
#include "raw_server.h"

using namespace smartca;
using namespace smartca::upstream;

namespace {

// What becomes of these bytes, after which the connection ends.
Result<HttpResponse, HttpError> answerTo(const std::string& bytes, std::size_t bound = 100'000) {
    RawServer server([&](RawServer::Peer& peer) {
        peer.readRequest();
        peer.write(bytes);
    });
    HttpClientOptions options;
    options.maximumAnswerBytes = bound;
    const auto client = HttpClient::make(parseBaseUrl(server.url()).value(), options);
    return client.value()->send({.body = "{}"}, std::chrono::steady_clock::now() + 5s);
}
std::string textFrom(const std::string& bytes) {
    const auto answer = answerTo(bytes);
    return answer ? answer.value().body : "fault: " + answer.error().detail;
}
HttpFault failureFrom(const std::string& bytes, std::size_t bound = 100'000) {
    const auto answer = answerTo(bytes, bound);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().sent == Sent::Maybe);
    return answer.error().fault;
}

const std::string kOk = "HTTP/1.1 200 OK\r\n";

}  // namespace

TEST_CASE("any number of 1xx may come before an answer") {
    const std::string answer = kOk + "Content-Length: 2\r\n\r\n{}";
    CHECK(textFrom("HTTP/1.1 100 Continue\r\n\r\n" + answer) == "{}");
    CHECK(textFrom("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + answer) == "{}");
    CHECK(textFrom("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nContent-Length: 7\r\n\r\n" +
                   answer) == "{}");
    CHECK(failureFrom("HTTP/1.1 101 Switching Protocols\r\n\r\n" + answer) == HttpFault::Nonsense);
    CHECK(failureFrom("HTTP/1.1 100 Continue\r\n\r\n") == HttpFault::Unreachable);
}

TEST_CASE("an answer without a length ends with the connection") {
    CHECK(textFrom(kOk + "\r\n{\"a\":1}") == "{\"a\":1}");
    CHECK(textFrom("HTTP/1.0 200 OK\r\n\r\n{}") == "{}");
    CHECK(textFrom(kOk + "Connection: close\r\n\r\n") == "");
}

TEST_CASE("heads of 16 KB are read, in many lines or in one; endless ones are not") {
    const std::string end = "Content-Length: 2\r\n\r\n{}";
    std::string many = kOk;
    for (int i = 0; i < 300; ++i)
        many += "X-Header-" + std::to_string(i) + ": " + std::string(40, 'x') + "\r\n";
    CHECK(textFrom(many + end) == "{}");
    CHECK(textFrom(kOk + "Content-Security-Policy: " + std::string(16'384, 'x') + "\r\n" + end) == "{}");
    CHECK(textFrom("HTTP/1.1 200 " + std::string(16'384, 'x') + "\r\n" + end) == "{}");
    CHECK(failureFrom(kOk + "X: " + std::string(70'000, 'x') + "\r\n" + end) == HttpFault::Nonsense);
}

TEST_CASE("chunks are read, with extensions and trailers, however many") {
    CHECK(textFrom(kOk + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;a=b\r\n}\r\n0\r\nX: y\r\n\r\n") ==
          "{}");
    std::string many = kOk + "transfer-encoding: Chunked\r\n\r\n";
    for (int i = 0; i < 20'000; ++i)
        many += "1\r\nx\r\n";
    CHECK(textFrom(many + "0\r\n\r\n").size() == 20'000);
    CHECK(failureFrom(kOk + "Transfer-Encoding: chunked\r\n\r\nx\r\n") == HttpFault::Nonsense);
    CHECK(failureFrom(kOk + "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n") ==
          HttpFault::Nonsense);
    CHECK(failureFrom(kOk + "Transfer-Encoding: chunked\r\n\r\n5\r\nab") == HttpFault::Unreachable);
    CHECK(failureFrom(kOk + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n") == HttpFault::Nonsense);
    CHECK(failureFrom(kOk + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n") == HttpFault::Nonsense);
}

TEST_CASE("lines may end without a carriage return, and a blank before a value may be missing") {
    CHECK(textFrom("HTTP/1.1 200\nContent-Length:2\n\n{}") == "{}");
}

TEST_CASE("what is no HTTP/1.1, or contradicts itself, is nonsense") {
    for (const char* bytes :
         {"HTTP/2 200\r\n\r\n", "HTTP/1.1 20\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "ICY 200 OK\r\n\r\n",
          "\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
          "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"}) {
        CAPTURE(bytes);
        CHECK(failureFrom(bytes) == HttpFault::Nonsense);
    }
}

TEST_CASE("an answer that is shorter than it says broke off") {
    const auto answer = answerTo(kOk + "Content-Length: 9\r\n\r\n{}");
    REQUIRE_FALSE(answer);
    CHECK(answer.error().fault == HttpFault::Unreachable);
    CHECK(answer.error().detail == "the answer broke off: the connection was closed");
    CHECK(answerTo("").error().detail == "no answer: the connection was closed");
}

TEST_CASE("a connection is kept only where the next answer is sure to begin at its beginning") {
    const auto connectionsFor = [](const std::string& answer) {
        RawServer server([&](RawServer::Peer& peer) {
            while (!peer.readRequest().empty() && peer.write(answer)) {
            }
        });
        const auto client = HttpClient::make(parseBaseUrl(server.url()).value(), {});
        for (int i = 0; i < 2; ++i)
            CHECK(client.value()->send({.body = "{}"}, std::chrono::steady_clock::now() + 5s).ok());
        return server.connections();
    };
    CHECK(connectionsFor(kOk + "Content-Length: 2\r\n\r\n{}") == 1);
    CHECK(connectionsFor(kOk + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == 1);
    CHECK(connectionsFor(kOk + "Content-Length: 2\r\n\r\n{}trailing") == 2);
    CHECK(connectionsFor(kOk + "Connection: close\r\nContent-Length: 2\r\n\r\n{}") == 2);
    CHECK(connectionsFor("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}") == 2);
}

TEST_CASE("a BOM before the JSON of an answer is passed over") {
    RawServer server([&](RawServer::Peer& peer) {
        peer.readRequest();
        peer.write(httpAnswer("\xEF\xBB\xBF" + oneCertificate()));
    });
    const TestAccount account;
    CHECK(makeClient(optionsFor(server.url()), account)->certificatesOf("1", "").ok());
}

TEST_CASE("when SmartCA wants to be asked again is passed on, as seconds or as a date") {
    const auto secondsOf = [](const std::string& header) {
        RawServer server([&](RawServer::Peer& peer) {
            peer.readRequest();
            peer.write("HTTP/1.1 503 Service Unavailable\r\n" + header + "Content-Length: 4\r\n\r\nbusy");
        });
        const TestAccount account;
        const auto found = makeClient(optionsFor(server.url()), account)->certificatesOf("1", "");
        REQUIRE_FALSE(found);
        CHECK(found.error().code == ProblemCode::UpstreamMaintenance);
        return found.error().retryAfterSeconds;
    };
    CHECK(secondsOf("Retry-After: 120\r\n") == 120);
    CHECK(secondsOf("retry-after: 259200\r\n") == 259'200);
    // Which nobody means.
    CHECK(secondsOf("retry-after: 999999999\r\n") == 0);
    CHECK(secondsOf("Retry-After: Fri, 31 Dec 2999 23:59:59 GMT\r\n") == 0);
    CHECK(secondsOf("Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n") == 0);
    CHECK(secondsOf("Retry-After: soon\r\n") == 0);
    CHECK(secondsOf("") == 0);
}
