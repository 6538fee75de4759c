#include "proxy/econtract/login.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include "proxy/base/crypto.h"
#include "proxy/upstream/redaction.h"
#include "shared/json_guard.h"
#include "shared/text.h"

namespace smartca::econtract {
namespace {

// While the old token still serves, a failed renewal is not tried again with every request.
constexpr std::chrono::seconds kPauseAfterFailure{5};

// How long before its end a token is replaced: a tenth of its life, at most a minute.
std::chrono::seconds marginOf(std::chrono::seconds life) {
    return std::min(std::chrono::seconds(60), life / 10);
}

constexpr std::chrono::seconds kDocumentedLife{24 * 60 * 60};
constexpr std::chrono::seconds kFirstPause{30};
constexpr std::chrono::seconds kLongestPause{60 * 60};
constexpr std::size_t kLongestToken = 16 * 1024;

std::string digestOf(const upstream::Account& account) {
    std::string text = account.name + '\n' + account.password;
    auto digest = base::sha256(text);
    base::wipe(text);
    return digest;
}

// What may stand in a header.
bool isToken(const std::string& text) {
    return !text.empty() && text.size() <= kLongestToken &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

// The token of a log-in's data: documented as a text; two independent clients also meet an object.
std::optional<std::string> tokenIn(const Json& data) {
    if (const auto* text = data.get_ptr<const std::string*>(); text != nullptr && isToken(*text))
        return *text;
    if (!data.is_object()) return std::nullopt;
    for (const char* key : {"token", "accessToken", "access_token", "access"}) {
        const auto found = data.find(key);
        if (found == data.end()) continue;
        if (const auto* text = found->get_ptr<const std::string*>(); text != nullptr && isToken(*text))
            return *text;
    }
    return std::nullopt;
}

// A refusal while logging in is one of the account; the portal's words come along.
base::Fault asLoginError(base::Fault error) {
    if (error.code == ProblemCode::PortalRefused) error.code = ProblemCode::PortalCredentials;
    error.detail = "log-in: " + error.detail;
    return error;
}

base::Outcome<Json> ask(upstream::HttpClient& http, upstream::HttpRequest& request,
                        Session::TimePoint deadline) {
    const auto answer = http.send(request, deadline);
    base::wipe(request.body);
    if (!answer) return asLoginError(faultOf(answer.error(), Purpose::Question));
    auto data = readAnswer(answer.value(), Purpose::Question, std::time(nullptr));
    if (data) return data;
    if (!isUnauthorized(answer.value())) return asLoginError(data.error());
    return base::Fault{ProblemCode::PortalCredentials, data.error().message, "log-in: not authenticated"};
}

std::vector<std::pair<std::string, std::string>> bearer(const std::string& token) {
    return {{"Authorization", "Bearer " + token}};
}

std::optional<Json> payloadOf(const std::string& token) {
    const auto first = token.find('.');
    const auto second = token.find('.', first == std::string::npos ? first : first + 1);
    if (second == std::string::npos) return std::nullopt;
    std::string encoded = token.substr(first + 1, second - first - 1);
    std::replace(encoded.begin(), encoded.end(), '-', '+');
    std::replace(encoded.begin(), encoded.end(), '_', '/');
    encoded.resize((encoded.size() + 3) / 4 * 4, '=');
    std::string payload;
    if (!decodeBase64(encoded, payload)) return std::nullopt;
    auto json = parseJson(payload);
    if (!json || !json.value().is_object()) return std::nullopt;
    return std::move(json).value();
}

}  // namespace

Session::Session(LogIn logIn, Clock clock) : logIn_(std::move(logIn)), clock_(std::move(clock)) {}

base::Outcome<Session::Ticket> Session::ticket(TimePoint deadline) {
    std::unique_lock lock(mutex_);
    if (usable() && (clock_() < renewAt_ || loggingIn_)) return Ticket{token_, number_};
    if (!loggingIn_) return renew(lock, deadline);
    const auto flight = flights_;
    if (!changed_.wait_until(lock, deadline, [&] { return flights_ != flight; }))
        return base::Fault{ProblemCode::PortalUnreachable, {}, "another request's log-in takes too long"};
    if (usable()) return Ticket{token_, number_};
    return failure_.value_or(base::Fault{ProblemCode::Unavailable, {}, "the new token was refused at once"});
}

base::Outcome<Session::Ticket> Session::renew(std::unique_lock<std::mutex>& lock, TimePoint deadline) {
    loggingIn_ = true;
    const TimePoint begun = clock_();
    lock.unlock();
    auto made = logIn_(deadline);
    lock.lock();
    loggingIn_ = false;
    ++flights_;
    failure_ = made ? std::nullopt : std::optional(made.error());
    if (made) {
        const auto life = made.value().life;
        token_ = std::move(made).value().text;
        ++number_;
        endsAt_ = begun + life;
        renewAt_ = endsAt_ - marginOf(life);
    } else {
        renewAt_ = clock_() + kPauseAfterFailure;
    }
    changed_.notify_all();
    // The old token serves until its end where a new one cannot be had.
    if (usable()) return Ticket{token_, number_};
    return failure_.value_or(
        base::Fault{ProblemCode::PortalNonsense, {}, "the portal gave a token that is over"});
}

void Session::refused(std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    if (number == number_) token_.clear();
}

std::chrono::seconds lifeOf(const std::string& token, std::int64_t now) {
    const auto payload = payloadOf(token);
    if (!payload) return kDocumentedLife;
    const auto instant = [&](const char* key) {
        const auto found = payload->find(key);
        return found == payload->end() ? std::nullopt : numberOf(*found);
    };
    const auto ends = instant("exp");
    if (!ends) return kDocumentedLife;
    const std::int64_t life = *ends - instant("iat").value_or(now);
    return std::chrono::seconds(std::clamp<std::int64_t>(life, 1, 30 * kDocumentedLife.count()));
}

std::chrono::seconds pauseAfterRefusals(int refusals) {
    constexpr int kMostDoublings = 10;
    return std::min(kFirstPause * (1 << std::clamp(refusals - 1, 0, kMostDoublings)), kLongestPause);
}

Login::Login(upstream::HttpClient& http, upstream::AccountSource account, LoginOptions options)
    : http_(http), account_(std::move(account)), options_(options) {}

base::Outcome<Token> Login::logIn(Session::TimePoint deadline) {
    auto account = account_();
    const std::string digest = digestOf(account);
    if (digest == refusedAccount_ && std::chrono::steady_clock::now() < refusedUntil_) {
        base::wipe(account.password);
        return refusal_;
    }
    auto token = passwordLogin(account, deadline);
    if (!token) {
        // A portal that quotes the request in its words must not make us repeat the password.
        base::Fault error = token.error();
        error.message = upstream::redacted(error.message, {account.password});
        if (error.code == ProblemCode::PortalCredentials)
            error.detail +=
                "; correct --econtract-username-file or --econtract-password-file: a changed file is tried "
                "at once, the same account after 30 s and then less and less often";
        token = std::move(error);
    }
    base::wipe(account.password);
    if (token && options_.version == LoginVersion::V2)
        token =
            options_.company == 0 ? onlyCompany(token.value(), deadline) : choose(token.value(), deadline);
    if (!token) {
        if (token.error().code == ProblemCode::PortalCredentials) {
            refusals_ = digest == refusedAccount_ ? refusals_ + 1 : 1;
            refusedAccount_ = digest;
            refusal_ = token.error();
            refusedUntil_ = std::chrono::steady_clock::now() + pauseAfterRefusals(refusals_);
        }
        return token.error();
    }
    refusedAccount_.clear();
    const auto life = lifeOf(token.value(), static_cast<std::int64_t>(std::time(nullptr)));
    return Token{std::move(token).value(), life};
}

base::Outcome<std::string> Login::passwordLogin(const upstream::Account& account,
                                                Session::TimePoint deadline) {
    Json body = {{"username", account.name}, {"password", account.password}};
    upstream::HttpRequest request{.path = "/api/v2/auth/password-login"};
    if (options_.version == LoginVersion::V1) {
        request.path = "/api/auth/password-login";
        body["companyId"] = options_.company;
    }
    request.body = writeJson(body);
    base::wipe(body["password"].get_ref<std::string&>());
    auto data = ask(http_, request, deadline);
    if (!data) return data.error();
    if (auto token = tokenIn(data.value())) return *std::move(token);
    return base::Fault{ProblemCode::PortalNonsense, {}, "log-in: the answer holds no token"};
}

// Whether choose-company answers a new token is not documented: one that looks like a token is used, else the
// old one goes on.
base::Outcome<std::string> Login::choose(const std::string& token, Session::TimePoint deadline) {
    upstream::HttpRequest request{.path = "/api/auth/choose-company",
                                  .headers = bearer(token),
                                  .body = writeJson(Json{{"comId", options_.company}})};
    auto data = ask(http_, request, deadline);
    if (!data) return data.error();
    auto given = tokenIn(data.value());
    return given && given->size() > 32 ? *std::move(given) : token;
}

base::Outcome<std::string> Login::onlyCompany(const std::string& token, Session::TimePoint deadline) {
    upstream::HttpRequest request{
        .method = "GET", .path = "/api/auth/get-companies", .headers = bearer(token)};
    auto data = ask(http_, request, deadline);
    if (!data) return data.error();
    if (!data.value().is_array() || data.value().size() <= 1) return token;
    std::string ids;
    for (const Json& company : data.value()) {
        if (!company.is_object() || !company.contains("id")) continue;
        if (const auto id = numberOf(company["id"])) ids += (ids.empty() ? "" : ", ") + std::to_string(*id);
    }
    return base::Fault{
        ProblemCode::PortalCredentials,
        {},
        "log-in: the account has several companies (" + ids + "); choose one with --econtract-company"};
}

}  // namespace smartca::econtract
