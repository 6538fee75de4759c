// The portal's answers, without sockets: the part of VNPT eContract Premium's API that a proxy for SmartCA
// certificates needs.
//
// From VNPT's documents 2.3.0: paths, requests and answers, tokens of 24 hours, the paging, that a blank
// serialNumber attaches every certificate of the identity, that deleting the default makes another one the
// default. Assumed, because nothing public says it:
//   - a wrong password, and a token that is not taken, are HTTP 401 with code 401 (see PortalQuirks for the
//   rest);
//   - any other refusal is HTTP 200 with success false, code 0 and its words;
//   - choose-company answers a new token;
//   - a token without a company (v1 without companyId, v2 with several companies) only learns the companies;
//   - users of other companies are not there;
//   - auth/process-code-login takes a user's code for a process code, and its token is of that user's company;
//   - users/create-or-update answers the users as users/{id} does; one with neither a known id nor a known code
//     is new;
//   - add also takes "isBusinessSmartCaAccount" and "signatureDisplayMode", which its answers have, and
//   passes
//     over what it does not know; users/update replaces every documented key, so that one left out is
//     emptied;
//   - POST /api/users/smart-ca/settings, which stands for whatever a portal's own pages use for the rest:
//   takes
//     anything with id and userId.
//
// Threads: any number at once. Ownership: the vault must outlive the portal.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "proxy/sandbox/portal_plan.h"
#include "proxy/sandbox/portal_wire.h"
#include "proxy/sandbox/vault.h"

namespace smartca::sandbox {

struct PortalOptions {
    std::int64_t tokenSeconds = 24 * 60 * 60;
    std::function<std::int64_t()> clock;  // seconds since 1970-01-01T00:00:00Z
};

struct PortalRequest {
    std::string path;
    std::string token;  // of the Authorization header, without "Bearer "
    std::function<std::string(const char*)> query;
    std::int64_t id = 0;  // in the path
    PortalBody body{""};
    std::vector<std::string> added;  // out: the serials that an add attached
};

// Whether the token was taken decides before anything else does.
class Portal {
  public:
    Portal(const Vault& vault, PortalPlan plan, PortalOptions options);

    enum class LoginVersion : std::uint8_t { V1, V2 };
    Reply login(PortalRequest& request, LoginVersion version);
    Reply processCodeLogin(PortalRequest& request);
    Reply companies(PortalRequest& request);
    Reply chooseCompany(PortalRequest& request);
    Reply users(PortalRequest& request);
    Reply user(PortalRequest& request);
    Reply updateUser(PortalRequest& request);
    Reply createOrUpdateUsers(PortalRequest& request);
    Reply addCertificates(PortalRequest& request);
    Reply updateCertificate(PortalRequest& request);
    Reply deleteCertificate(PortalRequest& request);
    Reply changeSettings(PortalRequest& request);

    // What was asked, oldest first: path, userId, userName, serialNumber, the body's keys, when, which fault
    // it met, whether it succeeded, and the serials that an add attached. Never a password.
    void record(const PortalRequest& request, const Reply& reply, const std::string& fault,
                const std::string& receivedAt);
    Json ledger() const;
    void clearLedger();

    // {"quirks", "logins", "refusedLogins", "tokens"}: what it does differently now, and what it has counted.
    Json state() const;
    // Quirks, and "revokeTokens": true, "tokenSeconds": n. The error says which key is wrong.
    std::optional<std::string> configure(Json change);

  private:
    struct Token {
        std::string username;
        std::int64_t company = 0;  // 0: not chosen yet
        std::int64_t expires = 0;
    };
    struct Stale {
        PortalUser before;
        int reads = 0;
    };
    // All of these with mutex_ held.
    std::string newToken(const std::string& username, std::int64_t company);
    Token* tokenOf(const PortalRequest& request);
    std::optional<Reply> refuse(const PortalRequest& request, std::int64_t& company);
    PortalUser* find(std::int64_t id, std::int64_t company);
    Reply changed(PortalUser& user, const PortalUser& before);
    Reply refusal(const std::string& message) const { return portalRefusal(message, quirks_); }
    void attach(PortalUser& user, const RegisteredIdentity& identity,
                const RegisteredCertificate& certificate, PortalRequest& request);
    // The user and certificate that a request names; an answer when it names none.
    std::optional<Reply> locate(const PortalRequest& request, PortalUser*& user,
                                PortalCertificate*& certificate);

    const Vault& vault_;
    PortalPlan plan_;
    PortalOptions options_;
    const std::string tokenKey_;

    mutable std::mutex mutex_;
    PortalQuirks quirks_;
    std::map<std::string, Token> tokens_;
    std::map<std::int64_t, Stale> stale_;  // by user
    std::int64_t nextCertificate_ = 6001;
    std::int64_t logins_ = 0;
    std::int64_t refusedLogins_ = 0;
    std::deque<Json> ledger_;
    std::int64_t recorded_ = 0;
};

// Where a user's default is gone: the newest valid certificate becomes the default, else the newest.
void ensureDefault(PortalUser& user, std::int64_t now);

}  // namespace smartca::sandbox
