#include <httplib.h>
#include <stdlib.h>

#include <atomic>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "client_fixture.h"
#include "proxy/base/file.h"
#include "proxy/upstream/channel.h"
#include "raw_server.h"

using namespace smartca;
using namespace smartca::upstream;

namespace {

// An HTTPS server whose certificate was made for the test; `ca` is the file to trust it by.
class TlsServer {
  public:
    explicit TlsServer(const CertificateSpec& spec) {
        std::string pattern = (std::filesystem::temp_directory_path() / "smartca-upstream-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
        const IssuedCertificate issued = issue(spec);
        std::ofstream(caFile(), std::ios::binary) << issued.pem;
        std::ofstream(folder_ / "key.pem", std::ios::binary) << issued.keyPem;
        server_ = std::make_unique<httplib::SSLServer>(caFile().c_str(), (folder_ / "key.pem").c_str());
        REQUIRE(server_->is_valid());
        server_->set_tcp_nodelay(true);
        server_->Post("/sca/sp769/v1/credentials/get_certificate",
                      [this](const auto&, httplib::Response& response) {
                          ++requests_;
                          response.set_content(oneCertificate(), "application/json");
                      });
        port_ = server_->bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_->listen_after_bind(); });
        server_->wait_until_ready();
    }
    ~TlsServer() {
        server_->stop();
        thread_.join();
        std::filesystem::remove_all(folder_);
    }
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    httplib::SSLServer& server() { return *server_; }
    std::string caFile() const { return (folder_ / "cert.pem").string(); }
    std::string url(const std::string& host) const {
        return "https://" + host + ":" + std::to_string(port_) + "/sca/sp769";
    }
    int requests() const { return requests_; }

  private:
    std::filesystem::path folder_;
    std::unique_ptr<httplib::SSLServer> server_;
    std::atomic<int> requests_ = 0;
    int port_ = 0;
    std::thread thread_;
};

CertificateSpec serverCertificate(const std::string& names) {
    const Instant now = std::time(nullptr);
    return {.subject = {{"CN", "test"}},
            .validFrom = now - 3600,
            .validTo = now + 3600,
            .alternativeName = names};
}

SmartCaOptions trusting(const TlsServer& server, const std::string& host) {
    SmartCaOptions options = optionsFor(server.url(host));
    options.http.caFile = server.caFile();
    return options;
}

void checkFault(ProblemCode fault, const TlsServer& server, const SmartCaOptions& options) {
    const TestAccount account;
    const auto found = makeClient(options, account)->certificatesOf("1", "");
    REQUIRE_FALSE(found);
    INFO(found.error().detail);
    CHECK(found.error().code == fault);
    CHECK(server.requests() == 0);
}

}  // namespace

TEST_CASE("a server that proves its name or address is asked, over one connection") {
    const TlsServer server(serverCertificate("DNS:localhost,IP:127.0.0.1"));
    const TestAccount account;
    for (const char* host : {"localhost", "127.0.0.1"}) {
        const auto client = makeClient(trusting(server, host), account);
        for (int i = 0; i < 3; ++i) {
            const auto found = client->certificatesOf("1", "");
            if (!found) FAIL(found.error().detail);
        }
    }
    CHECK(server.requests() == 6);
}

TEST_CASE("a server with another name or address is not trusted, and gets no request") {
    const TlsServer server(serverCertificate("DNS:gwsca.vnpt.vn,IP:127.0.0.2"));
    checkFault(ProblemCode::UpstreamUntrusted, server, trusting(server, "localhost"));
    checkFault(ProblemCode::UpstreamUntrusted, server, trusting(server, "127.0.0.1"));
}

TEST_CASE("a server that nobody vouches for is not trusted, and gets no request") {
    const TlsServer server(serverCertificate("DNS:localhost"));
    checkFault(ProblemCode::UpstreamUntrusted, server,
               optionsFor(server.url("localhost")));  // the system's authorities
    const TlsServer other(serverCertificate("DNS:localhost"));
    SmartCaOptions options = optionsFor(server.url("localhost"));
    options.http.caFile = other.caFile();
    checkFault(ProblemCode::UpstreamUntrusted, server, options);
}

TEST_CASE("a server whose certificate has expired is not trusted, and gets no request") {
    CertificateSpec expired = serverCertificate("DNS:localhost");
    expired.validTo = expired.validFrom + 1800;
    const TlsServer server(expired);
    checkFault(ProblemCode::UpstreamUntrusted, server, trusting(server, "localhost"));
}

TEST_CASE("authorities that are read anew decide on each call from then on, and broken ones change nothing") {
    const TlsServer server(serverCertificate("DNS:localhost")), other(serverCertificate("DNS:localhost"));
    const base::ScratchFolder folder;
    SmartCaOptions options = optionsFor(server.url("localhost"));
    options.http.caFile = folder.path() + "/ca.pem";
    const auto put = [&](const std::string& pem) {
        std::ofstream(options.http.caFile, std::ios::binary) << pem;
    };
    const auto ours = base::readFile(server.caFile()).value();
    put(ours);
    const std::shared_ptr<HttpClient> http = HttpClient::make(options.url, options.http).value();
    const TestAccount account;
    const auto client = makeSmartCaClient(options, account.source(), http);
    const auto isAnswered = [&] { return client->certificatesOf("1", "").ok(); };
    REQUIRE(isAnswered());
    put("none");
    CHECK(http->reloadAuthorities().value_or("taken").find("no PEM certificate") != std::string::npos);
    CHECK(isAnswered());
    put(base::readFile(other.caFile()).value());
    CHECK_FALSE(http->reloadAuthorities());
    CHECK_FALSE(isAnswered());  // nor on the connection that was kept
    put(ours);
    CHECK_FALSE(http->reloadAuthorities());
    CHECK(isAnswered());

    std::atomic<int> failed = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < 4; ++i)
        callers.emplace_back([&] {
            for (int call = 0; call < 20; ++call)
                failed += isAnswered() ? 0 : 1;
        });
    for (int i = 0; i < 20; ++i)
        CHECK_FALSE(http->reloadAuthorities());
    for (auto& caller : callers)
        caller.join();
    CHECK(failed == 0);
}

TEST_CASE("a server that speaks no TLS newer than 1.1 gets no request") {
    TlsServer server(serverCertificate("DNS:localhost"));
    auto* context = static_cast<SSL_CTX*>(server.server().tls_context());
    SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
    SSL_CTX_set_security_level(context, 0);
    checkFault(ProblemCode::UpstreamUnreachable, server, trusting(server, "localhost"));
}

namespace {

// Answers the first request over TLS with these bytes and closes; with close_notify or, as many gateways, without.
enum class End : std::uint8_t { Announced, Bare };
ProblemCode faultOfTlsAnswer(const std::string& bytes, End end) {
    const IssuedCertificate issued = issue(serverCertificate("IP:127.0.0.1"));
    const base::ScratchFolder folder;
    std::ofstream(folder.path() + "/cert.pem", std::ios::binary) << issued.pem;
    std::ofstream(folder.path() + "/key.pem", std::ios::binary) << issued.keyPem;
    const TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    SSL_CTX_use_certificate_file(context.get(), (folder.path() + "/cert.pem").c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_use_PrivateKey_file(context.get(), (folder.path() + "/key.pem").c_str(), SSL_FILETYPE_PEM);
    RawServer server([&](RawServer::Peer& peer) {
        const std::unique_ptr<SSL, FreeSsl> session(SSL_new(context.get()));
        SSL_set_fd(session.get(), peer.descriptor());
        if (SSL_accept(session.get()) != 1) return;
        // All of it: what is left unread becomes a reset.
        for (std::string request; !request.ends_with('}');) {
            char part[4096];
            const int size = SSL_read(session.get(), part, sizeof part);
            if (size <= 0) return;
            request.append(part, static_cast<std::size_t>(size));
        }
        SSL_write(session.get(), bytes.data(), static_cast<int>(bytes.size()));
        if (end == End::Announced) SSL_shutdown(session.get());
        SSL_set_quiet_shutdown(session.get(), 1);
    });
    SmartCaOptions options = optionsFor("https://127.0.0.1:" + std::to_string(server.port()));
    options.http.caFile = folder.path() + "/cert.pem";
    const TestAccount account;
    const auto found = makeClient(options, account)->certificatesOf("1", "");
    if (found) return ProblemCode::Count;  // no fault
    INFO(found.error().detail);
    return found.error().code;
}

}  // namespace

TEST_CASE("an answer over TLS that ends with the connection is read where its JSON is whole") {
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";
    for (const End end : {End::Announced, End::Bare}) {
        CHECK(faultOfTlsAnswer(head + oneCertificate(), end) == ProblemCode::Count);
        CHECK(faultOfTlsAnswer(head + oneCertificate().substr(0, 400), end) == ProblemCode::UpstreamNonsense);
        CHECK(faultOfTlsAnswer("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + oneCertificate(), end) ==
              ProblemCode::UpstreamUnreachable);
        CHECK(faultOfTlsAnswer("", end) == ProblemCode::UpstreamUnreachable);
    }
}
