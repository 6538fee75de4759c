// GET users/{id}/signature-image and GET company/signature-image: the stored file, as it was uploaded.
#include <memory>

#include "proxy/api/answers.h"
#include "proxy/api/routes.h"
#include "proxy/http/response.h"

namespace smartca::api {
namespace {

http::Response answerWith(base::Outcome<SignatureImage> image, const http::Request& request) {
    if (!image) return answerOf(image.error(), request);
    const bool isPng = image.value().mediaType == "image/png";
    // Whatever the store holds, nothing but these two types goes out under our origin.
    if (!isPng && image.value().mediaType != "image/jpeg") return answerOf({ProblemCode::Internal}, request);
    http::Response response;
    response.outcome = "ok";
    const auto etag = http::etagOf(image.value().data);
    response.headers = {{"ETag", etag},
                        {"Cache-Control", "private, no-cache"},
                        // Opened on its own, the file may do nothing at all.
                        {"Content-Security-Policy", "default-src 'none'; sandbox"},
                        {"Content-Disposition", isPng ? "inline; filename=\"signature.png\""
                                                      : "inline; filename=\"signature.jpg\""}};
    if (http::matchesEtag(request.head.header("if-none-match"), etag)) {
        response.status = 304;
        return response;
    }
    response.contentType = isPng ? "image/png" : "image/jpeg";
    response.body = std::make_shared<const std::string>(std::move(image).value().data);
    return response;
}

}  // namespace

http::Response getUserImage(const Context& context, http::Request& request) {
    const auto id = idOf(request, kLargestUserId);
    if (!id) return answerOf({ProblemCode::NotFound}, request);
    return answerWith(context.registry.userImage(*id), request);
}

http::Response getCompanyImage(const Context& context, http::Request& request) {
    return answerWith(context.registry.companyImage(), request);
}

}  // namespace smartca::api
