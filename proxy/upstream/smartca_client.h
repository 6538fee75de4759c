// The SmartCA SP769 client: `get_certificate`, with faults as values.
//
// Errors (base/fault.h); their messages are SmartCA's own words, at most 200 code points:
//   UpstreamUnreachable   no connection, TLS could not be made, or it broke before the answer was complete
//   UpstreamBlocked       something before SmartCA refuses us: HTTP 401, 403, 407, 413, 451 in no words of SmartCA's
//   UpstreamUntrusted     its certificate is not trusted for this host
//   UpstreamTimeout       no complete answer within the deadline
//   UpstreamNonsense      not HTTP, not JSON, not the SP769 envelope, larger than the bound, or a list of which
//                         nothing can be read
//   UpstreamCredentials   it refuses our account
//   UpstreamAccessDenied  it refuses our account or the person, and does not say which
//   UpstreamBusy, UpstreamMaintenance, UpstreamFailed    it cannot answer now; with retryAfterSeconds where it
//                         says when
//   UpstreamRefused       any other error of SmartCA's own
//
// Threads: certificatesOf() may be called from any thread. What the deadline covers, and when a request is
// sent once more (it only reads), is in http_client.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/base/fault.h"
#include "proxy/upstream/http_client.h"
#include "shared/api.h"
#include "shared/calendar.h"
#include "shared/result.h"

namespace smartca::upstream {

// One certificate of an identity: what it says of itself, and what only SmartCA knows.
struct SmartCaCertificate {
    std::string serial;  // canonical, but for irregular ones (x509/certificate.h)
    std::string commonName;
    std::string subject;  // RFC 4514 text
    std::string issuer;
    std::string serviceType;  // "SMARTCA", "ESEAL"; may be empty
    std::string serviceName;
    std::string statusText;                                // or the code; empty where SmartCA tells no status
    CertificateStatus status = CertificateStatus::Active;  // by code and text; not by the dates
    Instant validFrom = 0;
    Instant validTo = 0;
    std::string der;
    std::vector<CertificateNote> notes;
};

// One that cannot be read: what the text beside it says.
struct UnreadableItem : UnreadableCertificate {
    CertificateStatus status = CertificateStatus::Active;  // as above
    std::string statusText{};
};

struct SmartCaAnswer {
    std::vector<SmartCaCertificate> certificates{};
    std::vector<UnreadableItem> unreadable{};
    bool personUnknown = false;  // SmartCA says so; both lists are empty then

    bool saysNone() const { return certificates.empty() && unreadable.empty(); }
};

struct SmartCaOptions {
    BaseUrl url;  // of smartCaUrl()
    HttpClientOptions http{};
    std::chrono::milliseconds deadline{10'000};  // for one call, everything included
    // Told, on the calling thread, of what is odd in an answer, and of certificates that could not be read, and
    // why. For our log; may be empty.
    std::function<void(const std::string& note)> note;
};

class SmartCaClient {
  public:
    virtual ~SmartCaClient() = default;
    // `identity` is canonical; `serial` canonical or empty for all. An identity without certificates gives
    // empty lists.
    virtual base::Outcome<SmartCaAnswer> certificatesOf(const std::string& identity,
                                                        const std::string& serial) = 0;
};

// "https://gwsca.vnpt.vn/sca/sp769". As parseBaseUrl(), but refuses what already ends in a part of the call's
// own path, /v1/credentials/….
Result<BaseUrl, std::string> smartCaUrl(std::string_view text);

// `account` gives sp_id and sp_password. `http` is of options.url; clients of several accounts may share it.
std::unique_ptr<SmartCaClient> makeSmartCaClient(const SmartCaOptions& options, AccountSource account,
                                                 std::shared_ptr<HttpClient> http);
// With connections of its own. Fails only on an unusable CA file; the text says what is wrong with it.
Result<std::unique_ptr<SmartCaClient>, std::string> makeSmartCaClient(const SmartCaOptions& options,
                                                                      AccountSource account);

}  // namespace smartca::upstream
