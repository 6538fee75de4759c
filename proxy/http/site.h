// Everything behind the transport: guards, authentication, routes, static files, and one record a request for
// the log.
//
// Order for each request: known Host, then a file of the page, or a route; for routes the caller, then origin
// and media type of requests that change something; only then is the body read. Any thread; immutable after
// construction.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "proxy/http/authenticate.h"
#include "proxy/http/dispatcher.h"
#include "proxy/http/guards.h"
#include "proxy/http/route_table.h"
#include "proxy/http/service.h"
#include "proxy/http/static_files.h"

namespace smartca::http {

struct SiteOptions {
    GuardOptions guards;
    Authenticator authenticate = allowAnyone();
    StaticFiles files;
    Observer observe = [](const RequestRecord&) {};
};

class Site : public Service {
  public:
    Site(std::vector<Route> routes, SiteOptions options);

    Admission admit(const RequestHead& head) override;
    Output refuse(const HeadFault& fault, const RequestHead* head, After after) override;
    Output serve(RequestHead head, std::string body, After after) override;

  private:
    Response respond(Request& request, std::string_view& route) const;
    Output compose(const Response& response, const RequestHead* head, const std::string& requestId,
                   After after) const;
    std::string requestIdOf(const RequestHead* head) const;

    RouteTable table_;
    Dispatcher dispatcher_;
    SiteOptions options_;
    Guards guards_;
};

}  // namespace smartca::http
