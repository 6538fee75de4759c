#include "proxy/upstream/smartca_client.h"

#include <nlohmann/json.hpp>

#include "proxy/base/crypto.h"
#include "proxy/upstream/caller.h"
#include "proxy/upstream/certificate_answer.h"
#include "shared/json_guard.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

constexpr const char* kPath = "/v1/credentials/get_certificate";

// Unique per request, as SP769 demands: 128 random bits. Empty without randomness.
std::string newTransactionId() {
    return hexadecimalOf(base::randomBytes(16));
}

void replaceAll(std::string& text, const std::string& part, std::string_view replacement) {
    if (part.empty()) return;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + replacement.size())) {
        text.replace(at, part.size(), replacement);
    }
}

SmartCaFault faultOf(CallFault fault) {
    switch (fault) {
        case CallFault::Timeout:
            return SmartCaFault::Timeout;
        case CallFault::Nonsense:
            return SmartCaFault::Nonsense;
        case CallFault::Untrusted:
            return SmartCaFault::Untrusted;
        case CallFault::Unreachable:
            break;
    }
    return SmartCaFault::Unreachable;
}

class PooledSmartCaClient final : public SmartCaClient {
  public:
    PooledSmartCaClient(const SmartCaOptions& options, const BaseUrl& url, TrustStore trust,
                        const CredentialSource& credentials)
        : options_(options),
          credentials_(credentials),
          caller_(url, std::move(trust),
                  {options.maximumConnections, options.idleConnection, options.maximumAnswerBytes}) {}

    Result<std::vector<SmartCaCertificate>, SmartCaError> certificatesOf(const std::string& identity,
                                                                         const std::string& serial) override {
        const Caller::Deadline deadline = std::chrono::steady_clock::now() + options_.deadline;
        CredentialSource::Credentials account = credentials_.smartCa();
        auto answer = ask(account, identity, serial, deadline);
        if (!answer) {
            SmartCaError error = answer.error();
            // A gateway that quotes the request in its message must not make us repeat the account's name
            // either.
            replaceAll(error.message, account.id, "***");
            base::wipe(account.password);
            return error;
        }
        base::wipe(account.password);
        if (options_.note) {
            for (const auto& note : answer.value().notes)
                options_.note(note);
        }
        return std::move(answer).value().certificates;
    }

  private:
    Result<CertificateAnswer, SmartCaError> ask(const CredentialSource::Credentials& account,
                                                const std::string& identity, const std::string& serial,
                                                Caller::Deadline deadline) {
        const std::string transactionId = newTransactionId();
        if (transactionId.empty()) return SmartCaError{SmartCaFault::Unreachable, {}, "no randomness"};
        // Field by field: nothing of the caller's but these two reaches the upstream.
        Call call{.path = kPath,
                  .body = writeJson({{"sp_id", account.id},
                                     {"sp_password", account.password},
                                     {"user_id", identity},
                                     {"serial_number", serial},
                                     {"transaction_id", transactionId}})};
        const auto answer = caller_.call(call, deadline);
        base::wipe(call.body);
        if (!answer) return SmartCaError{faultOf(answer.error().fault), {}, answer.error().detail};
        return readCertificateAnswer(answer.value().status, answer.value().body, account.password);
    }

    const SmartCaOptions options_;
    const CredentialSource& credentials_;
    Caller caller_;
};

}  // namespace

Result<BaseUrl, std::string> smartCaUrl(std::string_view text) {
    auto url = parseBaseUrl(text);
    if (!url) return url;
    for (const std::string_view own : {"/v1", "/v1/credentials", kPath})
        if (url.value().path.ends_with(own))
            return std::string("leave out /v1 and what follows it, which the proxy adds itself");
    return url;
}

Result<std::unique_ptr<SmartCaClient>, std::string> makeSmartCaClient(const SmartCaOptions& options,
                                                                      const CredentialSource& credentials) {
    auto url = smartCaUrl(options.baseUrl);
    if (!url) return url.error();
    auto trust = TrustStore::load(options.caFile);
    if (!trust) return trust.error();
    return std::unique_ptr<SmartCaClient>(
        std::make_unique<PooledSmartCaClient>(options, url.value(), std::move(trust).value(), credentials));
}

}  // namespace smartca::upstream
