// The single routes; routes.cpp puts them at their paths. `id` is the path's ":id", checked.
#pragma once

#include <cstdint>

#include "proxy/api/context.h"
#include "proxy/http/message.h"

namespace smartca::api {

// events.cpp
http::Response getEvents(const Context& context, http::Request& request);
// sessions.cpp
http::Response postSession(const Context& context, http::Request& request);
// users.cpp
http::Response getSession(const Context& context, http::Request& request);
http::Response getUsers(const Context& context, http::Request& request);
http::Response getUser(const Context& context, http::Request& request, UserId id);
http::Response getDefaults(const Context& context, http::Request& request);
http::Response getUserImage(const Context& context, http::Request& request, UserId id);
http::Response getCompanyImage(const Context& context, http::Request& request);
// lookups.cpp
http::Response postLookup(const Context& context, http::Request& request);
// certificates.cpp
http::Response getCertificates(const Context& context, http::Request& request);
http::Response getCertificate(const Context& context, http::Request& request, std::int64_t id);
http::Response getCertificateDetails(const Context& context, http::Request& request, std::int64_t id);
http::Response patchCertificate(const Context& context, http::Request& request, std::int64_t id);
http::Response deleteCertificate(const Context& context, http::Request& request, std::int64_t id);
// create.cpp
http::Response postCertificate(const Context& context, http::Request& request);
http::Response withdrawCreate(const Context& context, http::Request& request);
http::Response getCreate(const Context& context, http::Request& request, std::int64_t id);

}  // namespace smartca::api
