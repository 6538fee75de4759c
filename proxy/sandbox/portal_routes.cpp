#include "proxy/sandbox/portal_routes.h"

#include <charconv>
#include <string_view>

#include "proxy/sandbox/ledger.h"
#include "proxy/sandbox/misbehaviour.h"

namespace smartca::sandbox {
namespace {

using httplib::Request;
using httplib::Response;
using Act = Reply (Portal::*)(PortalRequest&);

PortalRequest readRequest(const Request& request) {
    PortalRequest read;
    read.path = request.path;
    constexpr std::string_view kBearer = "Bearer ";
    const std::string header = request.get_header_value("Authorization");
    if (header.starts_with(kBearer)) read.token = header.substr(kBearer.size());
    read.query = [&request](const char* name) { return request.get_param_value(name); };
    read.body = PortalBody(request.body);
    if (const auto id = request.path_params.find("id"); id != request.path_params.end())
        std::from_chars(id->second.data(), id->second.data() + id->second.size(), read.id);
    return read;
}

// One request: the fault of the day, the portal's answer, a line in the ledger.
template <class Answering>
httplib::Server::Handler handler(Portal& portal, FaultPlan& faults, Answering answering) {
    return [&portal, &faults, answering](const Request& request, Response& response) {
        const std::string receivedAt = nowWithMilliseconds();
        PortalRequest read = readRequest(request);
        const Fault fault = faults.take(request.path);
        // Who refuses, or has too much to do, has not done it either.
        const bool undone = fault.mode == FaultMode::DropUndone || fault.mode == FaultMode::Status403 ||
                            fault.mode == FaultMode::Status429;
        const Reply reply = undone ? Reply{Api::EContract, 503, {}} : answering(read);
        portal.record(read, reply, describe(fault.mode).name, receivedAt);
        respond(reply, fault, faults, request, response);
    };
}

}  // namespace

void routePortal(httplib::Server& http, Portal& portal, FaultPlan& faults) {
    const auto calls = [&](Act act) {
        return handler(portal, faults,
                       [&portal, act](PortalRequest& request) { return (portal.*act)(request); });
    };
    const auto logsIn = [&](Portal::LoginVersion version) {
        return handler(portal, faults,
                       [&portal, version](PortalRequest& request) { return portal.login(request, version); });
    };
    http.Post("/api/auth/password-login", logsIn(Portal::LoginVersion::V1));
    http.Post("/api/v2/auth/password-login", logsIn(Portal::LoginVersion::V2));
    // VNPT's page has it without "/api".
    for (const char* path : {"/api/auth/process-code-login", "/auth/process-code-login"})
        http.Post(path, calls(&Portal::processCodeLogin));
    http.Get("/api/auth/get-companies", calls(&Portal::companies));
    http.Post("/api/auth/choose-company", calls(&Portal::chooseCompany));
    http.Get("/api/users", calls(&Portal::users));
    http.Get("/api/users/:id", calls(&Portal::user));
    http.Post("/api/users/update", calls(&Portal::updateUser));
    http.Post("/api/users/create-or-update", calls(&Portal::createOrUpdateUsers));
    http.Post("/api/users/smart-ca/add", calls(&Portal::addCertificates));
    http.Post("/api/users/smart-ca/update", calls(&Portal::updateCertificate));
    http.Post("/api/users/smart-ca/delete", calls(&Portal::deleteCertificate));
    http.Post("/api/users/smart-ca/settings", calls(&Portal::changeSettings));

    http.Get("/sandbox/econtract",
             [&portal](const Request&, Response& response) { answerJson(response, 200, portal.state()); });
    http.Post("/sandbox/econtract", [&portal](const Request& request, Response& response) {
        const auto fault = portal.configure(Json::parse(request.body, nullptr, false));
        answerJson(response, fault ? 400 : 200, fault ? Json{{"error", *fault}} : portal.state());
    });
    http.Get("/sandbox/econtract/ledger",
             [&portal](const Request&, Response& response) { answerJson(response, 200, portal.ledger()); });
    http.Delete("/sandbox/econtract/ledger", [&portal](const Request&, Response& response) {
        portal.clearLedger();
        response.status = 204;
    });
}

}  // namespace smartca::sandbox
