// What the tests of the client share.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "issuing.h"
#include "proxy/upstream/smartca_client.h"
#include "shared/text.h"

namespace smartca::upstream {

using namespace std::chrono_literals;

struct TestAccount {
    std::string id = "4d3a-canary-id.apps.signserviceapi.com";
    std::string password = "canary \"password\" \\ mật khẩu";
    AccountSource source() const {
        return [this] { return Account{id, password}; };
    }
};

inline std::unique_ptr<SmartCaClient> makeClient(const SmartCaOptions& options, const TestAccount& account) {
    std::signal(SIGPIPE, SIG_IGN);  // as the proxy does
    auto client = makeSmartCaClient(options, account.source());
    if (!client) FAIL(client.error());
    return std::move(client).value();
}

inline SmartCaOptions optionsFor(const std::string& baseUrl, std::chrono::milliseconds deadline = 5s) {
    SmartCaOptions options;
    options.url = smartCaUrl(baseUrl).value();
    options.deadline = deadline;
    return options;
}

inline std::string oneCertificate() {
    static const std::string answer =
        nlohmann::json{{"status_code", 200},
                       {"message", "Success"},
                       {"data", {{"user_certificates", {{{"cert_data", base64Of(issue().der)}}}}}}}
            .dump();
    return answer;
}

class Stopwatch {
  public:
    std::chrono::milliseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                     start_);
    }

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace smartca::upstream
