// The calls of the eContract API that we need (VNPT's documents 2.3.0), with the token seen to: a call that
// is answered "not authenticated" is made once more with a new token, and no more than once. Such an answer
// means that nothing was done, so that this is safe for changes as well; in every other case a change is sent
// at most once.
//
// Threads: any.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "proxy/econtract/login.h"
#include "proxy/econtract/records.h"
#include "proxy/econtract/session.h"
#include "proxy/registry/registry.h"

namespace smartca::econtract {

struct PortalOptions {
    std::string baseUrl;  // "https://econtract.example.vn"; the paths begin with /api, see portalUrl()
    std::string caFile;   // PEM bundle to verify with; empty: the system's
    LoginOptions login;
    std::chrono::milliseconds deadline{10'000};  // for one call, with the log-in that it may need
    std::size_t maximumConnections = 16;
    std::size_t maximumAnswerBytes = 4 * 1024 * 1024;
};

// As upstream::parseBaseUrl(), but refuses what already ends in the /api that every call's path begins with.
Result<upstream::BaseUrl, std::string> portalUrl(std::string_view text);

class PortalClient {
  public:
    // `accounts` must outlive it. Fails only on an unusable base URL or CA file; the text says what is wrong.
    static Result<std::unique_ptr<PortalClient>, std::string> make(const PortalOptions& options,
                                                                   const AccountSource& accounts);

    Result<PortalUserPage, PortalError> users(const registry::UserQuery& query);
    // Refused where there is no such user: the API has no other word for it.
    Result<PortalUser, PortalError> user(UserId id);

    // POST of `body`; the user in the answer where it has one that can be read.
    Result<std::optional<PortalUser>, PortalError> change(const std::string& path, const Json& body);

  private:
    PortalClient(const PortalOptions& options, const upstream::BaseUrl& url, upstream::TrustStore trust,
                 const AccountSource& accounts);
    Result<Json, PortalError> ask(upstream::Call& call, Purpose purpose);

    const PortalOptions options_;
    upstream::Caller caller_;
    Login login_;
    Session session_;
};

}  // namespace smartca::econtract
