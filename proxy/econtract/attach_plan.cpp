#include "proxy/econtract/attach_plan.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/json_guard.h"
#include "shared/object_reader.h"

namespace smartca::econtract {
namespace {

template <class T>
bool isAmong(const std::vector<T>& all, const T& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

Json keysOf(const std::vector<Field>& fields) {
    Json keys = Json::array();
    for (const Field field : fields)
        keys.push_back(std::string(ruleOf(field).key));
    return keys;
}

}  // namespace

std::string textOf(const AttachPlan& plan) {
    Json json = {{"userId", plan.userId},
                 {"all", plan.asked == Asked::All},
                 {"wanted", plan.wanted},
                 {"alreadyOnList", plan.alreadyOnList},
                 {"before", plan.before},
                 {"inAdd", keysOf(plan.inAdd)},
                 {"afterAdd", keysOf(plan.afterAdd)}};
    if (plan.displayMode) json["displayMode"] = nameOf(*plan.displayMode);
    return writeJson(json);
}

std::optional<AttachPlan> readAttachPlan(std::string_view text) {
    const auto json = parseJson(text);
    if (!json) return std::nullopt;
    ObjectReader reader(json.value());
    AttachPlan plan;
    const auto texts = [&](const char* key, std::vector<std::string>& into) {
        reader.eachText(key, [&](std::string_view each) { into.emplace_back(each); });
    };
    const auto fields = [&](const char* key, std::vector<Field>& into) {
        reader.eachText(key, [&](std::string_view each) { into.push_back(fieldOfKey(each)); });
    };
    plan.userId = reader.integer("userId", 1, kLargestUserId);
    plan.asked = reader.flag("all") ? Asked::All : Asked::Each;
    texts("wanted", plan.wanted);
    texts("alreadyOnList", plan.alreadyOnList);
    const Json* before = reader.value("before");
    for (std::size_t at = 0; before != nullptr && at < before->size(); ++at) {
        const auto id = before->is_array() ? numberOf((*before)[at]) : std::nullopt;
        if (!id) return std::nullopt;
        plan.before.push_back(*id);
    }
    fields("inAdd", plan.inAdd);
    fields("afterAdd", plan.afterAdd);
    plan.displayMode = displayModeOfName(reader.optionalText("displayMode"));
    if (reader.failed()) return std::nullopt;
    return plan;
}

registry::Attached attachedBy(const AttachPlan& plan, const PortalUser& user, Instant now) {
    registry::Attached attached;
    attached.alreadyOnList = plan.alreadyOnList;
    attached.missing = plan.wanted;
    std::vector<std::int64_t> added;
    std::vector<std::string> identities;  // of what was asked for and came
    const auto isNew = [&](const auto& each) { return !isAmong(plan.before, each.id); };
    for (const PortalCertificate& each : user.certificates) {
        if (isNew(each) && isAmong(plan.wanted, each.serial)) identities.push_back(each.identity);
    }
    for (const PortalCertificate& certificate : user.certificates) {
        const bool came = plan.asked == Asked::All || isAmong(plan.wanted, certificate.serial) ||
                          isAmong(identities, certificate.identity);
        if (!came || !isNew(certificate)) continue;
        std::erase(attached.missing, certificate.serial);
        added.push_back(certificate.id);
        attached.added.push_back(certificateOf(certificate, user.user, now));
    }
    attached.notSaved = notKept(plan.inAdd, plan.displayMode, user, added);
    return attached;
}

std::vector<Field> notKept(const std::vector<Field>& sent, const std::optional<DisplayMode>& displayMode,
                           const PortalUser& user, const std::vector<std::int64_t>& added) {
    std::vector<Field> fields;
    const auto lost = [&](Field field) {
        if (isAmong(sent, field) && !isAmong(fields, field)) fields.push_back(field);
    };
    for (const PortalCertificate& certificate : user.certificates) {
        if (!isAmong(added, certificate.id)) continue;
        if (certificate.type != CertificateType::Business) lost(Field::BusinessAccount);
        if (certificate.displayMode != displayMode) lost(Field::DisplayMode);
    }
    return fields;
}

}  // namespace smartca::econtract
