#include "proxy/upstream/smartca_client.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rand.h>

#include <array>
#include <nlohmann/json.hpp>

#include "proxy/upstream/certificate_answer.h"
#include "proxy/upstream/connection_pool.h"
#include "shared/json_guard.h"

namespace smartca::upstream {
namespace {

constexpr const char* kPath = "/v1/credentials/get_certificate";

// Unique per request, as SP769 demands: 128 random bits. Empty without randomness.
std::string newTransactionId() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return {};
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string id;
    for (const unsigned char byte : bytes) {
        id += kDigits[byte >> 4];
        id += kDigits[byte & 15];
    }
    return id;
}

void wipe(std::string& secret) {
    OPENSSL_cleanse(secret.data(), secret.size());
    secret.clear();
}

void replaceAll(std::string& text, const std::string& part, std::string_view replacement) {
    if (part.empty()) return;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + replacement.size())) {
        text.replace(at, part.size(), replacement);
    }
}

// What came back, as far as it came.
struct Exchange {
    std::string body;
    bool begun = false;     // a status line and headers were read
    bool tooLarge = false;  // the body went beyond the bound and was given up
};

// httplib counts whole milliseconds, so its own timeouts come up to one early, and some of them as errors of
// reading.
bool isOver(Deadline deadline) {
    return std::chrono::steady_clock::now() + std::chrono::milliseconds(2) >= deadline;
}

SmartCaFault faultOf(httplib::Error error) {
    switch (error) {
        case httplib::Error::ConnectionTimeout:
        case httplib::Error::Timeout:
            return SmartCaFault::Timeout;
        case httplib::Error::HTTPParsing:
        case httplib::Error::InvalidHeaders:
        case httplib::Error::ExceedMaxPayloadSize:
            return SmartCaFault::Nonsense;
        default:
            return SmartCaFault::Unreachable;
    }
}

std::string detailOf(const httplib::Result& result, const Exchange& exchange) {
    std::string detail = exchange.begun ? "the answer broke off: " : "no answer: ";
    detail += httplib::to_string(result.error());
    const char* reason = ERR_reason_error_string(result.ssl_backend_error());
    if (reason != nullptr) detail += std::string(" (") + reason + ")";
    return detail;
}

class PooledSmartCaClient final : public SmartCaClient {
  public:
    PooledSmartCaClient(const SmartCaOptions& options, const BaseUrl& url, TrustStore trust,
                        const CredentialSource& credentials)
        : options_(options),
          path_(url.path + kPath),
          credentials_(credentials),
          pool_(url, std::move(trust), {options.maximumConnections, options.idleConnection}) {}

    Result<std::vector<SmartCaCertificate>, SmartCaError> certificatesOf(const std::string& identity,
                                                                         const std::string& serial) override {
        const Deadline deadline = std::chrono::steady_clock::now() + options_.deadline;
        CredentialSource::Credentials account = credentials_.smartCa();
        auto answer = ask(account, identity, serial, deadline);
        if (!answer) {
            SmartCaError error = answer.error();
            // A gateway that quotes the request in its message must not make us repeat the account's name
            // either.
            replaceAll(error.message, account.id, "***");
            wipe(account.password);
            return error;
        }
        wipe(account.password);
        if (options_.note) {
            for (const auto& note : answer.value().notes)
                options_.note(note);
        }
        return std::move(answer).value().certificates;
    }

  private:
    Result<CertificateAnswer, SmartCaError> ask(const CredentialSource::Credentials& account,
                                                const std::string& identity, const std::string& serial,
                                                Deadline deadline) {
        const std::string transactionId = newTransactionId();
        if (transactionId.empty()) return SmartCaError{SmartCaFault::Unreachable, {}, "no randomness"};
        const auto lease = pool_.acquire(deadline);
        if (!lease) return SmartCaError{SmartCaFault::Timeout, {}, "all connections are busy"};

        httplib::Request request;
        request.method = "POST";
        request.path = path_;
        request.set_header("Content-Type", "application/json; charset=utf-8");
        request.set_header("Accept", "application/json");
        // Field by field: nothing of the caller's but these two reaches the upstream.
        request.body = writeJson({{"sp_id", account.id},
                                  {"sp_password", account.password},
                                  {"user_id", identity},
                                  {"serial_number", serial},
                                  {"transaction_id", transactionId}});
        auto answer = exchangeOn(*lease, request, account.password, deadline);
        wipe(request.body);
        return answer;
    }

    Result<CertificateAnswer, SmartCaError> exchangeOn(ConnectionPool::Lease& lease,
                                                       httplib::Request& request, const std::string& password,
                                                       Deadline deadline) {
        if (!lease.connection().usable())
            return SmartCaError{SmartCaFault::Unreachable, {}, "TLS settings refused"};
        const bool reused = lease.connection().reused();
        Exchange exchange;
        auto result = sendOnce(lease.connection(), request, deadline, exchange);
        const bool diedUnused = !result && reused && !exchange.begun && !isOver(deadline);
        if (diedUnused) {
            lease.replace();
            if (!lease.connection().usable())
                return SmartCaError{SmartCaFault::Unreachable, {}, "TLS settings refused"};
            exchange = {};
            result = sendOnce(lease.connection(), request, deadline, exchange);
        }
        if (exchange.tooLarge) {
            return SmartCaError{
                SmartCaFault::Nonsense,
                {},
                "the answer is larger than " + std::to_string(options_.maximumAnswerBytes) + " bytes"};
        }
        if (lease.connection().wasCut() || (!result && isOver(deadline)))
            return SmartCaError{SmartCaFault::Timeout, {}, "the deadline passed"};
        if (!result) return SmartCaError{faultOf(result.error()), {}, detailOf(result, exchange)};
        lease.keep();
        return readCertificateAnswer(result->status, exchange.body, password);
    }

    httplib::Result sendOnce(Connection& connection, httplib::Request& request, Deadline deadline,
                             Exchange& exchange) const {
        request.response_handler = [&exchange](const httplib::Response&) { return exchange.begun = true; };
        request.content_receiver = [&exchange, bound = options_.maximumAnswerBytes](
                                       const char* data, std::size_t size, std::size_t, std::size_t) {
            exchange.tooLarge = size > bound - exchange.body.size();
            if (!exchange.tooLarge) exchange.body.append(data, size);
            return !exchange.tooLarge;
        };
        return connection.send(request, deadline);
    }

    const SmartCaOptions options_;
    const std::string path_;
    const CredentialSource& credentials_;
    ConnectionPool pool_;
};

}  // namespace

Result<std::unique_ptr<SmartCaClient>, std::string> makeSmartCaClient(const SmartCaOptions& options,
                                                                      const CredentialSource& credentials) {
    auto url = parseBaseUrl(options.baseUrl);
    if (!url) return url.error();
    auto trust = TrustStore::load(options.caFile);
    if (!trust) return trust.error();
    return std::unique_ptr<SmartCaClient>(
        std::make_unique<PooledSmartCaClient>(options, url.value(), std::move(trust).value(), credentials));
}

}  // namespace smartca::upstream
