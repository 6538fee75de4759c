// The SmartCA SP769 client: `get_certificate` as domain.md §2 has it, faults as values.
//
// Threads: certificatesOf() may be called from any thread; connections are pooled and reused. One call sends
// the request at most once per connection attempt: reading certificates is safe to repeat, so a connection
// that turns out to be dead before any answer came is replaced once, within the same deadline.
//
// The deadline covers waiting for a connection, connecting, TLS and the answer to its last byte; only the
// time that the system's resolver takes for the host name is the resolver's own.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/upstream/base_url.h"
#include "shared/calendar.h"
#include "shared/result.h"

namespace smartca::upstream {

enum class SmartCaFault : std::uint8_t {
    Unreachable,         // no connection, TLS could not be made, or it broke before the answer was complete
    Untrusted,           // its certificate is not one that we trust for this host
    Timeout,             // no complete answer within the deadline
    Nonsense,            // not HTTP, not JSON, not the SP769 envelope, or larger than the bound
    CredentialsRefused,  // status_code 401 that names sp_id or sp_password
    Refused,             // any other error of SmartCA's own; `message` has its words
};
struct SmartCaError {
    SmartCaFault fault;
    std::string
        message;  // SmartCA's own words, cleaned of control characters, at most 200 code points; may be empty
    std::string detail;  // for our log: which step failed; never holds credentials
};

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
    std::string baseUrl;                         // "https://gwsca.vnpt.vn/sca/sp769"
    std::string caFile;                          // PEM bundle to verify with; empty: the system's
    std::chrono::milliseconds deadline{10'000};  // for one call, everything included
    std::size_t maximumAnswerBytes = 4 * 1024 * 1024;
    std::size_t maximumConnections = 16;
    std::chrono::seconds idleConnection{20};
    // Told, on the calling thread, of certificates in an answer that had to be left out, and why. For our
    // log; may be empty.
    std::function<void(const std::string& note)> note;
};

// Where the SP account comes from, asked anew for each call so that a rotated secret is used at once.
class CredentialSource {
  public:
    virtual ~CredentialSource() = default;
    struct Credentials {
        std::string id;        // sp_id
        std::string password;  // sp_password
    };
    virtual Credentials smartCa() const = 0;
};

class SmartCaClient {
  public:
    virtual ~SmartCaClient() = default;
    // `identity` is canonical; `serial` canonical or empty for all. An identity without certificates gives an
    // empty list.
    virtual Result<std::vector<SmartCaCertificate>, SmartCaError> certificatesOf(
        const std::string& identity, const std::string& serial) = 0;
};

// As parseBaseUrl(), but refuses what already ends in a part of the call's own path, /v1/credentials/….
Result<BaseUrl, std::string> smartCaUrl(std::string_view text);

// `credentials` must outlive the client. Fails only on an unusable base URL or CA file; the text says what is
// wrong with it.
Result<std::unique_ptr<SmartCaClient>, std::string> makeSmartCaClient(const SmartCaOptions& options,
                                                                      const CredentialSource& credentials);

}  // namespace smartca::upstream
