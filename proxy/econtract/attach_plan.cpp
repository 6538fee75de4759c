#include "proxy/econtract/attach_plan.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/json_guard.h"
#include "shared/json_writer.h"

namespace smartca::econtract {
namespace {

using Json = nlohmann::json;

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

// Reads lists out of the plan's own JSON; anything that is not as textOf() writes it makes it unreadable.
class Lists {
  public:
    explicit Lists(const Json& json) : json_(json) {}
    std::vector<std::string> texts(const char* key) {
        std::vector<std::string> found;
        for (const Json& each : at(key)) {
            broken_ = broken_ || !each.is_string();
            if (each.is_string()) found.push_back(each.get<std::string>());
        }
        return found;
    }
    std::vector<std::int64_t> numbers(const char* key) {
        std::vector<std::int64_t> found;
        for (const Json& each : at(key)) {
            broken_ = broken_ || !each.is_number_integer();
            if (each.is_number_integer()) found.push_back(each.get<std::int64_t>());
        }
        return found;
    }
    std::vector<Field> fields(const char* key) {
        std::vector<Field> found;
        for (const auto& name : texts(key))
            found.push_back(fieldOfKey(name));
        return found;
    }
    bool broken() const { return broken_; }

  private:
    const Json& at(const char* key) {
        static const Json kNone = Json::array();
        const auto found = json_.find(key);
        if (found != json_.end() && found->is_array()) return *found;
        broken_ = true;
        return kNone;
    }
    const Json& json_;
    bool broken_ = false;
};

}  // namespace

std::string textOf(const AttachPlan& plan) {
    Json json = {{"userId", plan.userId},
                 {"all", plan.asked == Asked::All},
                 {"wanted", plan.wanted},
                 {"alreadyOnList", plan.alreadyOnList},
                 {"before", plan.before},
                 {"inAdd", keysOf(plan.inAdd)},
                 {"afterAdd", keysOf(plan.afterAdd)}};
    if (plan.displayMode) json["displayMode"] = static_cast<int>(*plan.displayMode);
    return writeJson(json);
}

std::optional<AttachPlan> readAttachPlan(std::string_view text) {
    const auto json = parseJson(text);
    if (!json || !json.value().is_object()) return std::nullopt;
    Lists lists(json.value());
    AttachPlan plan;
    const auto userId = json.value().find("userId");
    if (userId == json.value().end() || !userId->is_number_integer()) return std::nullopt;
    plan.userId = userId->get<UserId>();
    const auto all = json.value().find("all");
    if (all == json.value().end() || !all->is_boolean()) return std::nullopt;
    plan.asked = all->get<bool>() ? Asked::All : Asked::Each;
    plan.wanted = lists.texts("wanted");
    plan.alreadyOnList = lists.texts("alreadyOnList");
    plan.before = lists.numbers("before");
    plan.inAdd = lists.fields("inAdd");
    plan.afterAdd = lists.fields("afterAdd");
    if (const auto mode = json.value().find("displayMode"); mode != json.value().end()) {
        if (!mode->is_number_integer()) return std::nullopt;
        plan.displayMode = static_cast<DisplayMode>(mode->get<int>());
    }
    if (lists.broken()) return std::nullopt;
    return plan;
}

registry::Attached attachedBy(const AttachPlan& plan, const PortalUser& user, Instant now) {
    registry::Attached attached;
    attached.alreadyOnList = plan.alreadyOnList;
    attached.missing = plan.wanted;
    std::vector<std::int64_t> added;
    for (const PortalCertificate& certificate : user.certificates) {
        const bool wanted = plan.asked == Asked::All || isAmong(plan.wanted, certificate.serial);
        if (!wanted || isAmong(plan.before, certificate.id)) continue;
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
