#include "proxy/sandbox/portal_plan.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "proxy/sandbox/issuing.h"

namespace smartca::sandbox {
namespace {

using nlohmann::json;

constexpr std::int64_t kFirstCertificateId = 5001;

std::vector<PortalCompany> companiesOf(const json& document) {
    std::vector<PortalCompany> companies;
    for (const json& object : document.value("companies", json::array())) {
        companies.push_back({object.at("id").get<std::int64_t>(), object.value("name", std::string()),
                             object.value("taxCode", std::string())});
    }
    if (companies.empty()) companies.push_back({101, "Công ty Mẫu", "0100684378"});
    return companies;
}

std::vector<PortalAccount> accountsOf(const json& document, const std::vector<PortalCompany>& companies) {
    std::vector<PortalAccount> accounts;
    for (const json& object : document.value("accounts", json::array())) {
        accounts.push_back({object.at("username").get<std::string>(),
                            object.at("password").get<std::string>(),
                            object.at("companies").get<std::vector<std::int64_t>>()});
    }
    if (!accounts.empty()) return accounts;
    PortalAccount group{kDemoGroupUsername, kDemoPortalPassword, {}};
    for (const PortalCompany& company : companies)
        group.companies.push_back(company.id);
    return {{kDemoPortalUsername, kDemoPortalPassword, {companies.front().id}}, std::move(group)};
}

PortalUser userOf(const json& object, std::int64_t company) {
    PortalUser user;
    user.id = object.at("id").get<std::int64_t>();
    user.companyId = object.value("companyId", company);
    user.code = object.at("code").get<std::string>();
    user.name = object.at("name").get<std::string>();
    user.phone = object.value("phone", std::string());
    user.email = object.value("email", std::string());
    if (object.contains("text")) user.signatureText = object.at("text").get<std::string>();
    return user;
}

PortalCertificate certificateOf(const json& object, std::int64_t id, std::int64_t now) {
    PortalCertificate certificate;
    certificate.id = id;
    if (object.contains("name")) certificate.name = object.at("name").get<std::string>();
    certificate.commonName = object.at("commonName").get<std::string>();
    certificate.identity = object.at("identity").get<std::string>();
    certificate.serial = object.at("serial").get<std::string>();
    certificate.subject = object.at("subject").get<std::string>();
    certificate.issuer = object.at("issuer").get<std::string>();
    certificate.service = object.at("serviceName").get<std::string>();
    certificate.validFrom = now + object.at("validFromDays").get<std::int64_t>() * kDay;
    certificate.validTo = now + object.at("validToDays").get<std::int64_t>() * kDay;
    certificate.business = object.value("type", std::string()) == "business";
    return certificate;
}

PortalPlan planOf(const json& document, std::int64_t now) {
    PortalPlan plan;
    plan.companies = companiesOf(document);
    plan.accounts = accountsOf(document, plan.companies);
    for (const json& object : document.at("users"))
        plan.users.push_back(userOf(object, plan.companies.front().id));
    std::int64_t nextId = kFirstCertificateId;
    for (const json& object : document.value("certificates", json::array())) {
        const auto owner = object.at("userId").get<std::int64_t>();
        for (PortalUser& user : plan.users) {
            if (user.id != owner) continue;
            user.certificates.push_back(certificateOf(object, nextId, now));
            if (user.defaultCertificate == 0 && object.value("isDefault", true))
                user.defaultCertificate = nextId;
        }
        ++nextId;
    }
    return plan;
}

}  // namespace

Result<PortalPlan, std::string> parsePortalPlan(std::string_view text, std::int64_t now) {
    const json document = json::parse(text, nullptr, false);
    if (!document.is_object() || !document.contains("users"))
        return std::string("not a JSON object with \"users\"");
    try {
        return planOf(document, now);
    } catch (const json::exception& error) {  // a key is missing or of another type
        return std::string(error.what());
    }
}

}  // namespace smartca::sandbox
