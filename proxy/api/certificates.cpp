// GET certificates?search=&userId=&type=&status=&validFrom=&validTo=&page=&pageSize=
#include <nlohmann/json.hpp>

#include "proxy/api/answers.h"
#include "proxy/api/query.h"
#include "proxy/api/routes.h"

namespace smartca::api {
namespace {

// The screen filters by these two; the others exist in answers only.
std::optional<CertificateStatus> filterOfName(std::string_view name) {
    const auto status = certificateStatusOfName(name);
    const bool offered = status == CertificateStatus::Active || status == CertificateStatus::Expired;
    return offered ? status : std::nullopt;
}

}  // namespace

http::Response getCertificates(const Context& context, http::Request& request) {
    QueryReader query(request.head.query);
    registry::CertificateQuery wanted;
    wanted.search = query.text("search", 100);
    wanted.userId = query.integer("userId", 0, 1, kLargestUserId);
    wanted.type = query.choice("type", certificateTypeOfName);
    wanted.status = query.choice("status", filterOfName);
    wanted.validFrom = query.date("validFrom", QueryReader::OfDay::FirstSecond);
    wanted.validTo = query.date("validTo", QueryReader::OfDay::LastSecond);
    wanted.page = static_cast<int>(query.integer("page", 1, 1, 1'000'000));
    wanted.pageSize = static_cast<int>(query.integer("pageSize", 10, 1, 100));
    wanted.now = context.now();
    if (const auto fault = query.fault()) return malformed(request, *fault);
    const auto page = context.registry.certificates(wanted);
    return page ? http::jsonResponse(200, toJson(page.value())) : answerOf(page.error(), request);
}

}  // namespace smartca::api
