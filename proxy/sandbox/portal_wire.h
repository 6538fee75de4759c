// The wire of VNPT eContract Premium's API: one envelope {data, success, code, messages} around every answer,
// and the user with the certificates in it.
//
// Source: VNPT, eContract Premium API documents 2.3.0 (general format; users, users/smart-ca/*;
// authentication). Documented oddities, which a client has to live with, are switches here: `message` beside
// `messages`, code 200 beside 0, ids as texts. Observed in public integrations: the keys of a certificate
// beyond the documented ones, and that request keys are matched without regard to case.
//
// Threads: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/sandbox/portal_plan.h"
#include "proxy/sandbox/wire.h"

namespace smartca::sandbox {

struct PortalQuirks {
    bool idsAsText = false;              // "id": "5001"
    bool singleMessage = false;          // "message": "…" in place of "messages": […]
    bool successSays200 = false;         // "code": 200 with success
    bool errorsAsHttp400 = false;        // refusals are HTTP 400; otherwise HTTP 200 with success false
    bool unauthorizedAsHttp200 = false;  // a token that is not taken: HTTP 200 with code 401
    bool refuseDuplicates =
        false;  // adding what is there already is refused; otherwise a success without effect
    bool chooseKeepsToken = false;  // choose-company answers true and the token stays; otherwise a new token
    bool answersWithoutList = false;  // add, update and delete leave userCertificates out
    bool ignoresChanges = false;      // update and delete say success and change nothing
    bool passesOverSerials = false;   // add attaches all of the identity, whichever is asked for
    bool omitsNextPage = false;       // the list of users does not say whether there is another page
    std::string loginKey;  // a log-in's data is an object that has the token under this key; empty: a text
    int staleReads = 0;    // so many reads of a user still show it as it was before its last change
    int maximumPageSize = 50;
};
// Changes what the object names; the error says which key is wrong.
std::optional<std::string> changeQuirks(PortalQuirks& quirks, const Json& object);
Json jsonOf(const PortalQuirks& quirks);

Reply portalSuccess(Json data, const PortalQuirks& quirks);
Reply portalRefusal(const std::string& message, const PortalQuirks& quirks);
Reply portalUnauthorized(const std::string& message, const PortalQuirks& quirks);

// As GET users lists it, and with all that GET users/{id} and the answers of smart-ca/* have.
Json listItemOf(const PortalUser& user, const PortalQuirks& quirks);
Json detailOf(const PortalUser& user, std::int64_t now, const PortalQuirks& quirks);

// A request's body: keys in any case, numbers also as texts. A body that is no JSON object has no keys.
class PortalBody {
  public:
    explicit PortalBody(std::string_view body);
    // The elements of an array; an object is one element.
    std::vector<PortalBody> elements() const;
    const Json* find(std::string_view key) const;
    std::string text(std::string_view key) const;  // empty: missing, null or of another type
    std::optional<std::int64_t> integer(std::string_view key) const;
    std::optional<bool> flag(std::string_view key) const;
    std::vector<std::string> keys() const;

  private:
    Json body_;
};

}  // namespace smartca::sandbox
