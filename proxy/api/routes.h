// The single routes; one source file each or for a pair. routes.cpp puts them at their paths.
#pragma once

#include "proxy/api/context.h"
#include "proxy/api/recent_asks.h"
#include "proxy/http/message.h"

namespace smartca::api {

// session.cpp
http::Response getSession(const Context& context, http::Request& request);
// users.cpp
http::Response getUsers(const Context& context, http::Request& request);
http::Response getUser(const Context& context, http::Request& request);
// defaults.cpp
http::Response getDefaults(const Context& context, http::Request& request);
// signature_images.cpp
http::Response getUserImage(const Context& context, http::Request& request);
http::Response getCompanyImage(const Context& context, http::Request& request);
// lookups.cpp
http::Response postLookup(const Context& context, http::Request& request);
// certificates.cpp
http::Response getCertificates(const Context& context, http::Request& request);
// certificate.cpp
http::Response getCertificate(const Context& context, http::Request& request);
http::Response patchCertificate(const Context& context, http::Request& request);
http::Response deleteCertificate(const Context& context, http::Request& request);
// certificate_details.cpp
http::Response getCertificateDetails(const Context& context, RecentAsks& asks, http::Request& request);
// create.cpp
http::Response postCertificate(const Context& context, http::Request& request);
// creates.cpp
http::Response getCreate(const Context& context, http::Request& request);

}  // namespace smartca::api
