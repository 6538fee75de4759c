#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "client_fixture.h"
#include "raw_server.h"

using namespace smartca;
using namespace smartca::upstream;
using Json = nlohmann::json;

namespace {

// Answers every request with one certificate, on as many connections and as often as it is asked.
void answerAll(RawServer::Peer& peer) {
    while (!peer.readRequest().empty() && peer.write(httpAnswer(oneCertificate()))) {
    }
}

Json bodyOf(const std::string& request) {
    return Json::parse(request.substr(request.find("\r\n\r\n") + 4));
}

}  // namespace

TEST_CASE("a look-up sends the five documented fields and nothing else, and reads the certificates") {
    std::string request;
    RawServer server([&](RawServer::Peer& peer) {
        request = peer.readRequest();
        peer.write(httpAnswer(oneCertificate()));
    });
    const TestAccount account;
    const auto client = makeClient(optionsFor(server.url()), account);
    const auto found = client->certificatesOf("0100684378-001", "5401");
    REQUIRE(found);
    CHECK(found.value().certificates.at(0).commonName == "Nguyễn Văn A");

    CHECK(request.starts_with("POST /sca/sp769/v1/credentials/get_certificate HTTP/1.1\r\n"));
    CHECK(request.find("Content-Type: application/json") != std::string::npos);
    CHECK(request.find("Expect:") == std::string::npos);
    const Json body = bodyOf(request);
    CHECK(body.size() == 5);
    CHECK(body["sp_id"] == account.id);
    CHECK(body["sp_password"] == account.password);
    CHECK(body["user_id"] == "0100684378-001");
    CHECK(body["serial_number"] == "5401");
    CHECK(body["transaction_id"].get<std::string>().size() == 32);
}

TEST_CASE("what an answer contradicts is told to our log") {
    const auto der = issue({.serial = "5401", .validTo = 4'000'000'000}).der;
    const Json answer = {
        {"status_code", 200},
        {"data", {{"user_certificates", {{{"cert_data", base64Of(der)}, {"cert_status", "Hết hạn"}}}}}}};
    RawServer server([&](RawServer::Peer& peer) {
        peer.readRequest();
        peer.write(httpAnswer(answer.dump()));
    });
    std::vector<std::string> told;
    auto options = optionsFor(server.url());
    options.note = [&told](const std::string& note) { told.push_back(note); };
    CHECK(makeClient(options, {})->certificatesOf("079099000003", "").ok());
    CHECK(told == std::vector<std::string>{
                      "certificate 1 of 1, serial 5401: its UID is another number than the one asked about",
                      "serial 5401 is said to have expired, and its dates say otherwise"});
}

TEST_CASE("every request has a transaction id of its own, and connections are reused") {
    std::set<std::string> ids;
    RawServer server([&](RawServer::Peer& peer) {
        for (std::string request = peer.readRequest(); !request.empty(); request = peer.readRequest()) {
            ids.insert(bodyOf(request)["transaction_id"]);
            peer.write(httpAnswer(oneCertificate()));
        }
    });
    const TestAccount account;
    {
        const auto client = makeClient(optionsFor(server.url()), account);
        for (int i = 0; i < 20; ++i)
            CHECK(client->certificatesOf("001099000001", "").ok());
    }
    CHECK(server.connections() == 1);
    CHECK(ids.size() == 20);
}

TEST_CASE("a rotated account is used at once") {
    std::vector<std::string> passwords;
    RawServer server([&](RawServer::Peer& peer) {
        for (std::string request = peer.readRequest(); !request.empty(); request = peer.readRequest()) {
            passwords.push_back(bodyOf(request)["sp_password"]);
            peer.write(httpAnswer(oneCertificate()));
        }
    });
    TestAccount account;
    {
        const auto client = makeClient(optionsFor(server.url()), account);
        REQUIRE(client->certificatesOf("1", ""));
        account.password = "new";
        REQUIRE(client->certificatesOf("1", ""));
    }
    CHECK(passwords.back() == "new");
}

TEST_CASE("calls run beside each other, on no more connections than allowed") {
    std::atomic<int> running = 0;
    std::atomic<int> most = 0;
    RawServer server([&](RawServer::Peer& peer) {
        while (!peer.readRequest().empty()) {
            most = std::max(most.load(), ++running);
            std::this_thread::sleep_for(20ms);
            --running;
            peer.write(httpAnswer(oneCertificate()));
        }
    });
    const TestAccount account;
    SmartCaOptions options = optionsFor(server.url());
    options.http.maximumConnections = 3;
    {
        const auto client = makeClient(options, account);
        std::atomic<int> found = 0;
        std::vector<std::thread> callers;
        for (int i = 0; i < 9; ++i) {
            callers.emplace_back([&] {
                if (client->certificatesOf("1", "")) ++found;
            });
        }
        for (auto& caller : callers)
            caller.join();
        CHECK(found == 9);
    }
    CHECK(most <= 3);
    CHECK(server.connections() <= 3);
}

TEST_CASE("waiting for a free connection counts towards the deadline") {
    RawServer server([](RawServer::Peer& peer) {
        peer.readRequest();
        std::this_thread::sleep_for(400ms);
        peer.write(httpAnswer(oneCertificate()));
    });
    const TestAccount account;
    SmartCaOptions options = optionsFor(server.url(), 200ms);
    options.http.maximumConnections = 1;
    const auto client = makeClient(options, account);
    std::thread holder([&] { static_cast<void>(client->certificatesOf("1", "")); });
    while (server.connections() == 0)
        std::this_thread::sleep_for(1ms);
    const Stopwatch watch;
    const auto found = client->certificatesOf("2", "");
    holder.join();
    REQUIRE_FALSE(found);
    CHECK(found.error().code == ProblemCode::UpstreamTimeout);
    CHECK(watch.elapsed() < 1000ms);
}

TEST_CASE("a connection that was idle for too long is not used again") {
    RawServer server(answerAll);
    const TestAccount account;
    SmartCaOptions options = optionsFor(server.url());
    options.http.idleConnection = 0s;
    {
        const auto client = makeClient(options, account);
        CHECK(client->certificatesOf("1", "").ok());
        std::this_thread::sleep_for(5ms);
        CHECK(client->certificatesOf("1", "").ok());
    }
    CHECK(server.connections() == 2);
}

TEST_CASE("a kept connection that dies before it answers is replaced once") {
    std::atomic<int> requests = 0;
    RawServer server([&](RawServer::Peer& peer) {
        peer.readRequest();
        ++requests;
        peer.write(httpAnswer(oneCertificate()));
        // The second request on this connection is read and then nothing comes: it was closed while idle.
        if (!peer.readRequest().empty()) ++requests;
    });
    const TestAccount account;
    {
        const auto client = makeClient(optionsFor(server.url()), account);
        CHECK(client->certificatesOf("1", "").ok());
        CHECK(client->certificatesOf("1", "").ok());
    }
    CHECK(requests == 3);
    CHECK(server.connections() == 2);
}

TEST_CASE("a connection that the other side closed while it was idle costs nothing") {
    RawServer server([&](RawServer::Peer& peer) {
        peer.readRequest();
        peer.write(httpAnswer(oneCertificate()));
    });
    const TestAccount account;
    const auto client = makeClient(optionsFor(server.url()), account);
    for (int i = 0; i < 5; ++i) {
        CHECK(client->certificatesOf("1", "").ok());
        std::this_thread::sleep_for(10ms);
    }
    CHECK(server.connections() == 5);
}

TEST_CASE("certificates that cannot be read are noted") {
    RawServer server([&](RawServer::Peer& peer) {
        peer.readRequest();
        peer.write(
            httpAnswer(R"({"status_code":200,"data":{"user_certificates":[{"serial_number":"5401"}]}})"));
    });
    const TestAccount account;
    SmartCaOptions options = optionsFor(server.url());
    std::vector<std::string> notes;
    options.note = [&](const std::string& note) { notes.push_back(note); };
    const auto found = makeClient(options, account)->certificatesOf("001099000001", "");
    REQUIRE(found);
    CHECK(found.value().unreadable.at(0).serial == "5401");
    CHECK(notes == std::vector<std::string>{"certificate 1 of 1 cannot be read: it has no cert_data"});
}

TEST_CASE("an unusable base URL or CA file is told in words") {
    const TestAccount account;
    CHECK_FALSE(smartCaUrl("http://gwsca.vnpt.vn"));
    SmartCaOptions options = optionsFor("https://gwsca.vnpt.vn/sca/sp769");
    options.http.caFile = "/nowhere/ca.pem";
    CHECK(makeSmartCaClient(options, account.source()).error().find("/nowhere/ca.pem") != std::string::npos);
}
