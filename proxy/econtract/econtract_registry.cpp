// Users and settings; certificates.cpp has the list, attach.cpp and change.cpp what writes.
#include "proxy/econtract/econtract_registry.h"

#include <algorithm>
#include <utility>

namespace smartca::econtract {

EContractRegistry::EContractRegistry(PortalClient& portal, registry::Registry& company,
                                     journal::Journal& journal, RegistryOptions options)
    : portal_(portal),
      company_(company),
      journal_(journal),
      options_(std::move(options)),
      directory_(portal, options_.directory) {}

void EContractRegistry::note(const std::string& text) const {
    if (options_.note) options_.note(text);
}

base::Outcome<PortalUser> EContractRegistry::read(UserId id) {
    const auto asked = std::chrono::steady_clock::now();
    auto user = portal_.user(id);
    if (!user) {
        auto fault = user.error();
        if (fault.code == ProblemCode::PortalRefused) fault.code = ProblemCode::NotFound;
        return fault;
    }
    if (user.value().leftOut > 0)
        note(std::to_string(user.value().leftOut) + " certificates of a user have no id or serial number");
    directory_.put(user.value(), asked);
    return std::move(user).value();
}

base::Outcome<Page<User>> EContractRegistry::users(const registry::UserQuery& query) {
    auto found = portal_.users(query);
    if (!found) return found.error();
    Page<User> page;
    page.items = std::move(found.value().items);
    page.page = found.value().page;
    page.pageSize = found.value().pageSize;
    page.totalCount = found.value().totalCount;
    page.allCount = page.totalCount;
    for (User& user : page.items)
        user.certificateCount = directory_.countOf(user.id).value_or(kCountUnknown);
    if (query.search.empty()) return page;
    // How many there are without the search is another question.
    const auto all = portal_.users({.search = "", .page = 1, .pageSize = 1});
    if (!all) return all.error();
    page.allCount = std::max(all.value().totalCount, page.totalCount);
    return page;
}

base::Outcome<User> EContractRegistry::user(UserId id) {
    auto user = read(id);
    if (!user) return user.error();
    return std::move(user).value().user;
}

base::Outcome<SignatureSettings> EContractRegistry::companySettings() {
    return company_.companySettings();
}

base::Outcome<SignatureImage> EContractRegistry::companyImage() {
    return company_.companyImage();
}

base::Outcome<SignatureSettings> EContractRegistry::userSettings(UserId id) {
    auto user = read(id);
    if (!user) return user.error();
    SignatureSettings settings;
    settings.text = std::move(user).value().signatureText;
    return settings;
}

// The public API gives nobody's image.
base::Outcome<SignatureImage> EContractRegistry::userImage(UserId) {
    return base::Fault{ProblemCode::NotFound};
}

std::vector<Field> EContractRegistry::saves() const {
    auto fields = options_.fieldMap.fields();
    const bool mapped = std::find(fields.begin(), fields.end(), Field::SignatureText) != fields.end();
    if (options_.signatureTexts == SignatureTexts::Written && !mapped) fields.push_back(Field::SignatureText);
    return fields;
}

}  // namespace smartca::econtract
