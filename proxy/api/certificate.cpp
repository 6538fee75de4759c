// GET, PATCH and DELETE certificates/{id}
#include <nlohmann/json.hpp>

#include "proxy/api/answers.h"
#include "proxy/api/routes.h"
#include "proxy/base/unicode.h"
#include "shared/validation.h"

namespace smartca::api {
namespace {

http::Response certificateAnswer(const base::Outcome<Certificate>& certificate, const http::Request& request,
                                 std::string_view outcome) {
    return certificate ? http::jsonResponse(200, toJson(certificate.value()), outcome)
                       : answerOf(certificate.error(), request);
}

// What is wrong with a change, for a developer: the screen does not let a person send such a one.
std::optional<std::string_view> reasonAgainst(CertificateChange& change) {
    if (!change.name && !change.isDefault) return "The change names nothing to change.";
    if (change.isDefault && !*change.isDefault)
        return "/isDefault: only true can be set; make another one the default.";
    if (!change.name) return std::nullopt;
    auto name = base::composed(*change.name);
    if (!name) return "/name: is not UTF-8";
    const bool removesNickname = name->empty();
    change.name = certificateNameOf(*name);
    if (change.name->empty() && !removesNickname) return "/name: is blank";
    const auto fault = faultOfCertificateName(*change.name);
    if (fault && fault->code == FindingCode::TooLong) return "/name: is longer than 200 characters";
    if (fault) return "/name: holds a control or invisible character";
    return std::nullopt;
}

}  // namespace

http::Response getCertificate(const Context& context, http::Request& request) {
    const auto id = idOf(request, kLargestId);
    if (!id) return answerOf({ProblemCode::NotFound}, request);
    return certificateAnswer(context.registry.certificate(*id, context.now()), request, "ok");
}

http::Response patchCertificate(const Context& context, http::Request& request) {
    const auto id = idOf(request, kLargestId);
    if (!id) return answerOf({ProblemCode::NotFound}, request);
    http::Response response;
    const auto json = jsonBody(request, response);
    if (!json) return response;
    auto change = parseCertificateChange(*json);
    if (!change) return malformed(request, change.error());
    if (const auto fault = reasonAgainst(change.value())) return malformed(request, *fault);
    return certificateAnswer(context.registry.change(*id, change.value(), context.now(), sourceOf(request)),
                             request, "changed");
}

http::Response deleteCertificate(const Context& context, http::Request& request) {
    const auto id = idOf(request, kLargestId);
    if (!id) return answerOf({ProblemCode::NotFound}, request);
    const auto removed = context.registry.remove(*id, sourceOf(request));
    if (!removed) return answerOf(removed.error(), request);
    http::Response response;
    response.status = 204;
    response.outcome = "removed";
    return response;
}

}  // namespace smartca::api
