#include "proxy/upstream/smartca_client.h"

#include <ctime>
#include <nlohmann/json.hpp>

#include "proxy/base/crypto.h"
#include "proxy/upstream/certificate_answer.h"
#include "proxy/upstream/redaction.h"
#include "proxy/upstream/refusal.h"
#include "shared/json_guard.h"
#include "shared/text.h"

namespace smartca::upstream {
namespace {

constexpr const char* kPath = "/v1/credentials/get_certificate";

ProblemCode codeOf(HttpFault fault) {
    switch (fault) {
        case HttpFault::Timeout:
            return ProblemCode::UpstreamTimeout;
        case HttpFault::Nonsense:
            return ProblemCode::UpstreamNonsense;
        case HttpFault::Untrusted:
            return ProblemCode::UpstreamUntrusted;
        case HttpFault::Unreachable:
            break;
    }
    return ProblemCode::UpstreamUnreachable;
}

void noteDeniedExpiry(CertificateAnswer& answer) {
    for (const auto& one : answer.certificates)
        if (one.status == CertificateStatus::Expired &&
            statusWith(one.status, std::time(nullptr), one.validFrom, one.validTo) != one.status)
            answer.notes.push_back("serial " + one.serial +
                                   " is said to have expired, and its dates say otherwise");
}

class HttpSmartCaClient final : public SmartCaClient {
  public:
    HttpSmartCaClient(const SmartCaOptions& options, std::shared_ptr<HttpClient> http, AccountSource account)
        : options_(options), http_(std::move(http)), account_(std::move(account)) {}

    base::Outcome<SmartCaAnswer> certificatesOf(const std::string& identity,
                                                const std::string& serial) override {
        Account account = account_();
        auto answer = ask(account, identity, serial);
        base::wipe(account.password);
        if (!answer) {
            base::Fault error = answer.error();
            // A gateway that quotes the request must not make us repeat the account's name.
            error.message = redacted(error.message, {account.name});
            error.detail = redacted(error.detail, {account.name, identity});
            return error;
        }
        noteDeniedExpiry(answer.value());
        for (const auto& note : answer.value().notes)
            if (options_.note) options_.note(redacted(note, {account.name, identity}));
        return SmartCaAnswer(std::move(answer).value());
    }

  private:
    base::Outcome<CertificateAnswer> ask(const Account& account, const std::string& identity,
                                         const std::string& serial) {
        const Deadline deadline = std::chrono::steady_clock::now() + options_.deadline;
        // Unique per request, as SP769 demands: 128 random bits.
        const std::string transactionId = hexadecimalOf(base::randomBytes(16));
        if (transactionId.empty()) return base::Fault{ProblemCode::UpstreamUnreachable, {}, "no randomness"};
        // Field by field: nothing of the dialog's but these two reaches the upstream.
        HttpRequest request{.path = kPath,
                            .body = writeJson({{"sp_id", account.name},
                                               {"sp_password", account.password},
                                               {"user_id", identity},
                                               {"serial_number", serial},
                                               {"transaction_id", transactionId}})};
        const auto response = http_->send(request, deadline);
        base::wipe(request.body);
        if (!response) return base::Fault{codeOf(response.error().fault), {}, response.error().detail};
        auto answer = readCertificateAnswer(response.value().status, response.value().body, account.password,
                                            parseIdentity(identity));
        if (answer) return answer;
        base::Fault fault = answer.error();
        fault.retryAfterSeconds = retryAfterSeconds(response.value().retryAfter, std::time(nullptr));
        return fault;
    }

    const SmartCaOptions options_;
    const std::shared_ptr<HttpClient> http_;
    const AccountSource account_;
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

std::unique_ptr<SmartCaClient> makeSmartCaClient(const SmartCaOptions& options, AccountSource account,
                                                 std::shared_ptr<HttpClient> http) {
    return std::make_unique<HttpSmartCaClient>(options, std::move(http), std::move(account));
}

Result<std::unique_ptr<SmartCaClient>, std::string> makeSmartCaClient(const SmartCaOptions& options,
                                                                      AccountSource account) {
    auto http = HttpClient::make(options.url, options.http);
    if (!http) return http.error();
    return makeSmartCaClient(options, std::move(account), std::shared_ptr(std::move(http).value()));
}

}  // namespace smartca::upstream
