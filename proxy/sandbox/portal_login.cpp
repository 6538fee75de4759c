// How the portal is entered: log-in in both versions, companies, tokens.
#include <algorithm>
#include <utility>

#include "proxy/sandbox/portal.h"
#include "proxy/sandbox/signing.h"

namespace smartca::sandbox {
namespace {

constexpr const char* kWrongLogin = "Tên đăng nhập hoặc mật khẩu không đúng";
constexpr const char* kNoToken = "Phiên đăng nhập không hợp lệ hoặc đã hết hạn";
constexpr std::size_t kMaximumTokens = 10'000;

}  // namespace

Portal::Portal(const Vault& vault, PortalPlan plan, PortalOptions options)
    : vault_(vault), plan_(std::move(plan)), options_(std::move(options)), tokenKey_(randomOctets(32)) {}

std::string Portal::newToken(const std::string& username, std::int64_t company) {
    const std::int64_t now = options_.clock();
    const std::int64_t expires = now + options_.tokenSeconds;
    const Json claims = {{"sub", username},
                         {"comId", company},
                         {"jti", hexOf(randomOctets(8))},
                         {"iat", now},
                         {"exp", expires}};
    if (tokens_.size() >= kMaximumTokens) tokens_.clear();
    std::string token = signedToken(claims.dump(), tokenKey_);
    tokens_[token] = {username, company, expires};
    return token;
}

Portal::Token* Portal::tokenOf(const PortalRequest& request) {
    const auto found = tokens_.find(request.token);
    return found == tokens_.end() || options_.clock() >= found->second.expires ? nullptr : &found->second;
}

std::optional<Reply> Portal::refuse(const PortalRequest& request, std::int64_t& company) {
    const Token* token = tokenOf(request);
    if (token == nullptr) return portalUnauthorized(kNoToken, quirks_);
    company = token->company;
    if (company == 0) return refusal("Chưa chọn công ty làm việc");
    return std::nullopt;
}

Reply Portal::login(PortalRequest& request, LoginVersion version) {
    const std::lock_guard lock(mutex_);
    const std::string username = request.body.text("username");
    const std::string password = request.body.text("password");
    const auto account = std::find_if(plan_.accounts.begin(), plan_.accounts.end(), [&](const auto& each) {
        return each.username == username && sameSecret(each.password, password);
    });
    if (account == plan_.accounts.end()) {
        ++refusedLogins_;
        return portalUnauthorized(kWrongLogin, quirks_);
    }
    std::int64_t company = 0;
    if (version == LoginVersion::V1) {
        company = request.body.integer("companyId").value_or(0);
        const auto& own = account->companies;
        if (company != 0 && std::find(own.begin(), own.end(), company) == own.end()) {
            ++refusedLogins_;
            return refusal("Tài khoản không thuộc công ty này");
        }
    } else if (account->companies.size() == 1) {
        company = account->companies.front();
    }
    ++logins_;
    const std::string token = newToken(username, company);
    if (quirks_.loginKey.empty()) return portalSuccess(token, quirks_);
    return portalSuccess({{quirks_.loginKey, token}}, quirks_);
}

Reply Portal::processCodeLogin(PortalRequest& request) {
    const std::lock_guard lock(mutex_);
    const std::string code = request.body.text("processCode");
    const auto recipient = std::find_if(plan_.users.begin(), plan_.users.end(),
                                        [&](const PortalUser& user) { return user.code == code; });
    if (code.empty() || recipient == plan_.users.end()) {
        ++refusedLogins_;
        return refusal("Mã xử lý không hợp lệ");
    }
    ++logins_;
    return portalSuccess({{"token", newToken(recipient->email, recipient->companyId)},
                          {"waitingProcess", {{"processCode", code}, {"comId", recipient->companyId}}}},
                         quirks_);
}

Reply Portal::companies(PortalRequest& request) {
    const std::lock_guard lock(mutex_);
    const Token* token = tokenOf(request);
    if (token == nullptr) return portalUnauthorized(kNoToken, quirks_);
    Json list = Json::array();
    for (const PortalAccount& account : plan_.accounts) {
        if (account.username != token->username) continue;
        for (const PortalCompany& company : plan_.companies) {
            const auto& own = account.companies;
            if (std::find(own.begin(), own.end(), company.id) == own.end()) continue;
            list.push_back({{"id", company.id},
                            {"name", company.name},
                            {"address", ""},
                            {"taxCode", company.taxCode},
                            {"createdDate", "2021-01-06T17:06:07.2893325"},
                            {"status", {{"value", 1}, {"description", "Hoạt động"}}}});
        }
    }
    return portalSuccess(std::move(list), quirks_);
}

Reply Portal::chooseCompany(PortalRequest& request) {
    const std::lock_guard lock(mutex_);
    Token* token = tokenOf(request);
    if (token == nullptr) return portalUnauthorized(kNoToken, quirks_);
    const std::int64_t company = request.body.integer("comId").value_or(0);
    const auto owns = [&](const PortalAccount& account) {
        return account.username == token->username &&
               std::find(account.companies.begin(), account.companies.end(), company) !=
                   account.companies.end();
    };
    if (std::none_of(plan_.accounts.begin(), plan_.accounts.end(), owns))
        return refusal("Tài khoản không thuộc công ty này");
    if (quirks_.chooseKeepsToken) {
        token->company = company;
        return portalSuccess(true, quirks_);
    }
    return portalSuccess(newToken(token->username, company), quirks_);
}

std::optional<std::string> Portal::configure(Json change) {
    const std::lock_guard lock(mutex_);
    if (!change.is_object()) return "the body must be a JSON object";
    if (change.contains("revokeTokens")) {
        tokens_.clear();
        change.erase("revokeTokens");
    }
    if (const auto seconds = change.find("tokenSeconds"); seconds != change.end()) {
        if (!seconds->is_number_integer()) return "\"tokenSeconds\" must be a whole number";
        options_.tokenSeconds = seconds->get<std::int64_t>();
        change.erase("tokenSeconds");
    }
    return changeQuirks(quirks_, change);
}

Json Portal::state() const {
    const std::lock_guard lock(mutex_);
    return {{"quirks", jsonOf(quirks_)},
            {"tokenSeconds", options_.tokenSeconds},
            {"logins", logins_},
            {"refusedLogins", refusedLogins_},
            {"tokens", tokens_.size()}};
}

}  // namespace smartca::sandbox
