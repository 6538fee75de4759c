#include "proxy/sandbox/server.h"

#include <httplib.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>

#include "proxy/sandbox/connections.h"
#include "proxy/sandbox/faults.h"
#include "proxy/sandbox/ledger.h"
#include "proxy/sandbox/misbehaviour.h"
#include "proxy/sandbox/portal_routes.h"

namespace smartca::sandbox {
namespace {

constexpr const char* kBase = "/sca/sp769";
constexpr std::size_t kMaximumRequest = 1 << 20;
// A held connection keeps its thread, so there must be more of them than a test holds.
constexpr std::size_t kThreads = 16;
constexpr std::size_t kMaximumThreads = 256;

bool setUpTls(SSL_CTX* context, const Credential& server, Connections& connections) {
    return connections.watch(context) && SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_use_certificate(context, server.certificate.get()) == 1 &&
           SSL_CTX_use_PrivateKey(context, server.key.get()) == 1;
}

void answerProblem(httplib::Response& response, int status, const std::string& error) {
    answerJson(response, status, {{"error", error}});
}

}  // namespace

struct SandboxServer::Rooms {
    Gateway gateway;
    Portal portal;
    StoredAnswers answers;
    FaultPlan faults;
    Ledger ledger;
    std::atomic<bool> serving{false};   // run() is on its way
    std::atomic<bool> stopping{false};  // stop() was called
    Connections connections;            // before the server, whose connections it has to outlive
    httplib::SSLServer http;

    Rooms(const Vault& vault, GatewayOptions options, PortalPlan plan, PortalOptions portalOptions,
          StoredAnswers stored)
        : gateway(vault, std::move(options)),
          portal(vault, std::move(plan), std::move(portalOptions)),
          answers(std::move(stored)),
          http([&](httplib::tls::ctx_t context) {
              return setUpTls(static_cast<SSL_CTX*>(context), vault.server, connections);
          }) {
        configure();
        routeGateway();
        routePortal(http, portal, faults);
        routeControls();
    }

    void configure() {
        http.new_task_queue = [] { return new httplib::ThreadPool(kThreads, kMaximumThreads); };
        http.set_tcp_nodelay(true);
        http.set_payload_max_length(kMaximumRequest);
        http.set_keep_alive_max_count(1'000'000);
        http.set_keep_alive_timeout(60);
        http.set_read_timeout(std::chrono::seconds(60));
        http.set_write_timeout(std::chrono::seconds(10));
        // httplib's default also sets SO_REUSEPORT, with which a second sandbox would silently share the
        // port.
        http.set_socket_options([](int socket) {
            const int yes = 1;
            ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
    }

    // The fault of the day; without one, the answer that is stored for this number.
    Fault faultFor(const WireRequest& wire, const std::string& path) {
        Fault fault = faults.take(path);
        const auto stored = answers.find(wire.textOr("user_id", ""));
        if (fault.mode != FaultMode::None || stored == answers.end()) return fault;
        fault.mode = FaultMode::Answer;
        fault.answer = stored->second;
        return fault;
    }

    // One request to the gateway: its answer, a line in the ledger, and then the fault of the day.
    using Act = Answer (*)(Gateway&, const WireRequest&, const httplib::Request&);
    void serve(Act act, const httplib::Request& request, httplib::Response& response) {
        const std::string receivedAt = nowWithMilliseconds();
        const WireRequest wire(request.body);
        const Fault fault = faultFor(wire, request.path);
        const Answer answer =
            fault.mode == FaultMode::DropUndone ? refusal(503, "") : act(gateway, wire, request);
        ledger.add({request.path, wire.textOr("transaction_id", ""), wire.textOr("user_id", ""),
                    wire.textOr("serial_number", ""), receivedAt, answer.status, describe(fault.mode).name});
        faults.hold(gateway.delayOf(wire), [&request] { return clientGone(request); });
        respond(replyOf(answer), fault, faults, request, response);
    }

    void route(const std::string& path, Act act) {
        http.Post(kBase + path, [this, act](const httplib::Request& request, httplib::Response& response) {
            serve(act, request, response);
        });
    }

    void routeGateway() {
        const Act certificates = [](Gateway& gate, const WireRequest& wire, const httplib::Request&) {
            return gate.certificates(wire);
        };
        route("/v1/credentials/get_certificate", certificates);
        route("/v2/credentials/get_certificate", certificates);
        route("/v1/signatures/sign", [](Gateway& gate, const WireRequest& wire, const httplib::Request&) {
            return gate.sign(wire);
        });
        route("/v1/signatures/sign/:transaction/status",
              [](Gateway& gate, const WireRequest&, const httplib::Request& request) {
                  return gate.signatureStatus(request.path_params.at("transaction"));
              });
        http.Get(std::string(kBase) + "/v1/signatures/sign/:transaction/status",
                 [](const httplib::Request&, httplib::Response& response) {
                     response.set_header("Allow", "POST");
                     answerJson(response, 405, refusal(405, "Request method 'GET' not supported").envelope());
                 });
        route("/v2/signatures/sign", [](Gateway& gate, const WireRequest& wire, const httplib::Request&) {
            return gate.signWithOtp(wire);
        });
        route("/v2/signatures/confirm", [](Gateway& gate, const WireRequest& wire, const httplib::Request&) {
            return gate.confirm(wire);
        });
    }

    void routeControls() {
        using httplib::Request;
        using httplib::Response;
        http.Get("/sandbox/health",
                 [](const Request&, Response& response) { answerJson(response, 200, {{"ok", true}}); });
        http.Get("/sandbox/faults", [this](const Request&, Response& response) {
            answerJson(response, 200,
                       {{"fault", jsonOf(faults.current())},
                        {"faults", faults.counters()},
                        {"requests", ledger.counters()},
                        {"modes", describeFaults()}});
        });
        http.Post("/sandbox/faults", [this](const Request& request, Response& response) {
            const auto fault = parseFault(request.body);
            if (!fault) return answerProblem(response, 400, fault.error());
            faults.set(fault.value());
            answerJson(response, 200, {{"fault", jsonOf(fault.value())}});
        });
        http.Get("/sandbox/answers", [this](const Request&, Response& response) {
            answerJson(response, 200, describe(answers));
        });
        http.Get("/sandbox/ledger",
                 [this](const Request&, Response& response) { answerJson(response, 200, ledger.entries()); });
        http.Delete("/sandbox/ledger", [this](const Request&, Response& response) {
            ledger.clear();
            response.status = 204;
        });
        http.Post("/sandbox/transactions/:id", [this](const Request& request, Response& response) {
            decide(request.path_params.at("id"), WireRequest(request.body).textOr("decision", ""), response);
        });
    }

    void decide(const std::string& transaction, const std::string& decision, httplib::Response& response) {
        const bool confirm = decision == "confirm";
        if (!confirm && decision != "reject") {
            return answerProblem(response, 400, "\"decision\" must be \"confirm\" or \"reject\"");
        }
        if (!gateway.decide(transaction, confirm ? Gateway::Decision::Confirm : Gateway::Decision::Reject)) {
            return answerProblem(response, 404, "no such transaction waits");
        }
        answerJson(response, 200, {{"decision", decision}});
    }
};

SandboxServer::SandboxServer(const Vault& vault, GatewayOptions options, PortalPlan plan,
                             PortalOptions portal, StoredAnswers answers)
    : rooms_(std::make_unique<Rooms>(vault, std::move(options), std::move(plan), std::move(portal),
                                     std::move(answers))) {}
SandboxServer::~SandboxServer() = default;

Result<int, std::string> SandboxServer::bind(const std::string& host, int port) {
    if (!rooms_->http.is_valid()) return std::string("the TLS certificate cannot be used");
    errno = 0;
    const int bound =
        port == 0 ? rooms_->http.bind_to_any_port(host) : (rooms_->http.bind_to_port(host, port) ? port : -1);
    if (bound > 0) return bound;
    const std::string reason =
        errno == 0 ? "no such address" : std::error_code(errno, std::generic_category()).message();
    return "cannot listen on " + host + ":" + std::to_string(port) + ": " + reason;
}

bool SandboxServer::run() {
    rooms_->serving = true;
    const bool listened = rooms_->stopping || rooms_->http.listen_after_bind();
    rooms_->serving = false;
    return listened;
}

void SandboxServer::stop() {
    rooms_->stopping = true;
    rooms_->faults.stop();
    // cpp-httplib 0.41 forgets a stop() that comes before it accepts its first connection.
    while (rooms_->serving && !rooms_->http.is_running())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    rooms_->http.stop();
    rooms_->connections.endReading();
}

}  // namespace smartca::sandbox
