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
#include "proxy/econtract/wire.h"
#include "proxy/registry/registry.h"

namespace smartca::econtract {

struct PortalOptions {
    upstream::BaseUrl url;  // of portalUrl()
    upstream::HttpClientOptions http{};
    LoginOptions login;
    std::chrono::milliseconds deadline{10'000};  // for one call, with the log-in that it may need
};

// "https://econtract.example.vn". As upstream::parseBaseUrl(), but refuses what already ends in the /api that
// every call's path begins with.
Result<upstream::BaseUrl, std::string> portalUrl(std::string_view text);

class PortalClient {
  public:
    // `http` is of options.url; clients of several accounts may share it.
    PortalClient(const PortalOptions& options, std::shared_ptr<upstream::HttpClient> http,
                 upstream::AccountSource account);
    // With connections of its own. Fails only on an unusable CA file; the text says what is wrong.
    static Result<std::unique_ptr<PortalClient>, std::string> make(const PortalOptions& options,
                                                                   upstream::AccountSource account);

    base::Outcome<PortalUserPage> users(const registry::UserQuery& query);
    // Refused where there is no such user: the API has no other word for it.
    base::Outcome<PortalUser> user(UserId id);

    // POST of `body`; the user in the answer where it has one that can be read.
    base::Outcome<std::optional<PortalUser>> change(const std::string& path, const Json& body);

  private:
    base::Outcome<Json> ask(upstream::HttpRequest& request, Purpose purpose);

    const PortalOptions options_;
    const std::shared_ptr<upstream::HttpClient> http_;
    Login login_;
    Session session_;
};

}  // namespace smartca::econtract
