// The SmartCA SP769 client: `get_certificate`, with faults as values.
//
// Errors (base/fault.h); their messages are SmartCA's own words, at most 200 code points:
//   UpstreamUnreachable  no connection, TLS could not be made, or it broke before the answer was complete
//   UpstreamUntrusted    its certificate is not trusted for this host
//   UpstreamTimeout      no complete answer within the deadline
//   UpstreamNonsense     not HTTP, not JSON, not the SP769 envelope, or larger than the bound
//   UpstreamCredentials  status_code 401 that names sp_id or sp_password
//   UpstreamRefused      any other error of SmartCA's own
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
#include "shared/calendar.h"
#include "shared/result.h"

namespace smartca::upstream {

// One certificate of an identity. Optional keys of the wire are filled from the certificate itself where they
// are missing.
struct SmartCaCertificate {
    std::string serial;  // canonical
    std::string commonName;
    std::string subject;  // RFC 4514 text
    std::string issuer;
    std::string serviceType;  // "SMARTCA", "ESEAL"; may be empty
    std::string serviceName;
    std::string statusText;
    bool active = true;  // by status code or text; validity dates are not considered here
    Instant validFrom = 0;
    Instant validTo = 0;
    std::string der;
};

struct SmartCaOptions {
    BaseUrl url;  // of smartCaUrl()
    HttpClientOptions http{};
    std::chrono::milliseconds deadline{10'000};  // for one call, everything included
    // Told, on the calling thread, of certificates in an answer that had to be left out, and why. For our
    // log; may be empty.
    std::function<void(const std::string& note)> note;
};

class SmartCaClient {
  public:
    virtual ~SmartCaClient() = default;
    // `identity` is canonical; `serial` canonical or empty for all. An identity without certificates gives an
    // empty list.
    virtual base::Outcome<std::vector<SmartCaCertificate>> certificatesOf(const std::string& identity,
                                                                          const std::string& serial) = 0;
};

// "https://gwsca.vnpt.vn/sca/sp769". As parseBaseUrl(), but refuses what already ends in a part of the call's
// own path, /v1/credentials/….
Result<BaseUrl, std::string> smartCaUrl(std::string_view text);

// `account` gives sp_id and sp_password. Fails only on an unusable CA file; the text says what is wrong with
// it.
Result<std::unique_ptr<SmartCaClient>, std::string> makeSmartCaClient(const SmartCaOptions& options,
                                                                      AccountSource account);

}  // namespace smartca::upstream
