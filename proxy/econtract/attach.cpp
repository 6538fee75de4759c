// What adds to the list of certificates; change.cpp has the rest.
//
// Attaching reads the user, adds what is missing, and tells by comparing the lists what was added: how the
// portal answers a certificate that is there already is not documented. One certificate is added by its
// serial number. Several are added in one call with a blank serial number, which means "all of this
// identity", only where they are all that SmartCA has and none of them is there; else one by one: a blank one
// would attach what was left out or not picked, and what it does with those that are there is not documented.
#include <algorithm>
#include <utility>

#include "proxy/base/crypto.h"
#include "proxy/econtract/econtract_registry.h"
#include "proxy/registry/audit_story.h"
#include "proxy/registry/create_answer.h"
#include "shared/json_guard.h"

namespace smartca::econtract {
namespace {

using registry::Attached;
using registry::Attachment;

constexpr const char* kUserUpdatePath = "/api/users/update";

// Overwrites the texts of a body that may hold a password.
struct WipedBody {
    Json json = Json::object();
    ~WipedBody() {
        for (auto& value : json) {
            if (auto* text = value.get_ptr<std::string*>()) base::wipe(*text);
        }
    }
};

const PortalCertificate* withSerial(const PortalUser& user, const std::string& serial) {
    for (const PortalCertificate& certificate : user.certificates) {
        if (certificate.serial == serial) return &certificate;
    }
    return nullptr;
}

void addOnce(std::vector<Field>& fields, Field field) {
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
}

// That nothing was done, for certain, though the add was announced. A refusal is an answer, and kept.
bool hadNoEffect(ProblemCode error) {
    return error != ProblemCode::OutcomeUnknown && error != ProblemCode::PortalRefused;
}

}  // namespace

base::Outcome<PortalUser> EContractRegistry::changed(const std::string& path, const Json& body, UserId id) {
    directory_.changing(id);
    auto answer = portal_.change(path, body);
    if (!answer) {
        if (answer.error().code == ProblemCode::OutcomeUnknown)
            directory_.doubt(id, std::chrono::steady_clock::now());
        return answer.error();
    }
    auto& user = answer.value();
    if (user && user->hasList && user->user.id == id) {
        directory_.changed(*user, std::chrono::steady_clock::now());
        return withTold(*std::move(user));
    }
    return readAfter(id);
}

base::Outcome<PortalUser> EContractRegistry::readAfter(UserId id) {
    auto user = read(id);
    if (user) return user;
    directory_.doubt(id, std::chrono::steady_clock::now());
    auto fault = user.error();
    fault.code = ProblemCode::OutcomeUnknown;
    return fault;
}

base::Outcome<EContractRegistry::Added> EContractRegistry::add(const Attachment& attachment,
                                                               const AttachPlan& plan) {
    const std::vector<std::string> calls =
        plan.asked == Asked::All ? std::vector<std::string>{""} : plan.wanted;
    std::optional<PortalUser> user;
    std::optional<base::Fault> refusal;
    bool isDone = false;
    for (const std::string& serial : calls) {
        WipedBody body;
        body.json["userId"] = attachment.draft.userId;
        body.json["userName"] = attachment.certificates.front().identity;
        if (!serial.empty()) body.json["serialNumber"] = serial;
        options_.fieldMap.fill(body.json, kAddPath, attachment);
        auto after = changed(kAddPath, body.json, attachment.draft.userId);
        if (!after) {
            refusal = after.error();
            // Said also of what was done in part, or where something went wrong afterwards: what it shows tells.
            if (refusal->code == ProblemCode::PortalRefused) after = readAfter(attachment.draft.userId);
            if (!after && (!user || after.error().code == ProblemCode::OutcomeUnknown)) return after.error();
        }
        if (after) user = std::move(after).value();
        if (refusal) break;  // those after it are not there, for certain
        isDone = true;
    }
    const bool seen = std::any_of(plan.wanted.begin(), plan.wanted.end(),
                                  [&](const auto& serial) { return withSerial(*user, serial) != nullptr; });
    if (seen) return Added{*std::move(user), std::move(refusal)};
    if (refusal && !isDone) return *refusal;
    // The portal says that it has done it, and shows a list without it: its reads may lag behind.
    auto again = read(attachment.draft.userId);
    return Added{again ? std::move(again).value() : *std::move(user), std::move(refusal)};
}

base::Outcome<Attached> EContractRegistry::attach(const Attachment& attachment,
                                                  const registry::Settlement& settlement, Instant now) {
    const UserLocks::Lock lock(locks_, attachment.draft.userId,
                               std::chrono::steady_clock::now() + options_.patience);
    if (!lock) return base::Fault{ProblemCode::Unavailable, {}, "other changes of that user take long"};
    auto attached = attachMissing(attachment, settlement, now);
    if (!attached) return attached;
    // Where this fails the record says that the add was sent: reading back will find the same.
    if (!journal_.finish(
            settlement.key,
            {journal::CreateState::Created, registry::createBody(settlement.memo, attached.value())}, now,
            registry::attachedEntry(settlement.audit, settlement.memo, attached.value())))
        note("the answer of a create could not be kept in the journal");
    return attached;
}

base::Outcome<Attached> EContractRegistry::lookBack(const journal::Plan& recorded, Instant now) {
    const auto plan = readAttachPlan(recorded.registry);
    if (!plan) return base::Fault{ProblemCode::Internal, {}, "a create's plan cannot be read"};
    const auto user = read(plan->userId);
    if (!user) return user.error();
    Attached attached = attachedBy(*plan, user.value(), now);
    // What goes into the other fields was in memory alone, and is lost.
    if (!attached.added.empty()) {
        for (const Field field : plan->afterAdd)
            addOnce(attached.notSaved, field);
    }
    return attached;
}

AttachPlan EContractRegistry::planOf(const Attachment& attachment, const PortalUser& before) const {
    AttachPlan plan;
    plan.userId = attachment.draft.userId;
    for (const auto& certificate : attachment.certificates) {
        const bool named =
            std::find(plan.wanted.begin(), plan.wanted.end(), certificate.serial) != plan.wanted.end();
        if (named || withSerial(before, certificate.serial) != nullptr) {
            plan.alreadyOnList.push_back(certificate.serial);
        } else {
            plan.wanted.push_back(certificate.serial);
        }
    }
    if (attachment.extent == registry::Extent::All && plan.wanted.size() > 1 && plan.alreadyOnList.empty())
        plan.asked = Asked::All;
    for (const PortalCertificate& certificate : before.certificates)
        plan.before.push_back(certificate.id);
    WipedBody ignored;
    plan.inAdd = options_.fieldMap.fill(ignored.json, kAddPath, attachment);
    for (const std::string& path : options_.fieldMap.pathsAfterAdd()) {
        for (const Field field : options_.fieldMap.fill(ignored.json, path, attachment))
            addOnce(plan.afterAdd, field);
    }
    if (options_.signatureTexts == SignatureTexts::Written && attachment.draft.signatureText)
        addOnce(plan.afterAdd, Field::SignatureText);
    plan.displayMode = attachment.draft.displayMode;
    return plan;
}

base::Outcome<Done> EContractRegistry::announce(const AttachPlan& plan,
                                                const registry::Settlement& settlement) {
    const journal::Plan recorded{options_.company, plan.userId, textOf(plan), textOf(settlement.memo)};
    if (auto intended = journal_.intend(settlement.key, recorded); !intended) return intended;
    audit::Entry entry = audit::withOutcome(settlement.audit, audit::Outcome::Sent);
    entry.serials = plan.wanted;
    return journal_.sending(settlement.key, entry);
}

base::Outcome<Attached> EContractRegistry::attachMissing(const Attachment& attachment,
                                                         const registry::Settlement& settlement,
                                                         Instant now) {
    auto before = read(attachment.draft.userId);
    if (!before) return before.error();
    const AttachPlan plan = planOf(attachment, before.value());
    if (plan.wanted.empty()) {
        Attached nothing;
        nothing.alreadyOnList = plan.alreadyOnList;
        return nothing;
    }
    if (auto announced = announce(plan, settlement); !announced) return announced.error();
    auto after = add(attachment, plan);
    if (!after) {
        // Should this not be written, the record says sent, and reading back shows that nothing came of it.
        if (hadNoEffect(after.error().code) && !journal_.unsent(settlement.key))
            note("the journal could not be given that nothing was sent");
        return after.error();
    }
    PortalUser user = std::move(after.value().user);
    std::vector<std::int64_t> added;
    for (const Certificate& certificate : attachedBy(plan, user, now).added) {
        const bool wanted =
            std::find(plan.wanted.begin(), plan.wanted.end(), certificate.serial) != plan.wanted.end();
        if (wanted || plan.asked == Asked::All) added.push_back(certificate.id);
    }
    if (added.empty())
        return base::Fault{
            ProblemCode::OutcomeUnknown, {}, "eContract says that it has added, and shows nothing"};
    // The portal shows of a certificate that SmartCA calls revoked that it is active.
    for (const Certificate& certificate : attachedBy(plan, user, now).added)
        for (const auto& each : settlement.memo.found)
            if (each.serial == certificate.serial) tell(certificate.id, {each.status, each.statusText, now});
    user = withTold(std::move(user));
    std::optional<base::Fault> refusal = std::move(after.value().refusal);
    const auto unwritten = writeExtras(attachment, plan, user, added, refusal);
    Attached attached = attachedBy(plan, user, now);
    for (const Field field : unwritten)
        addOnce(attached.notSaved, field);
    attached.refusal = std::move(refusal);
    return attached;
}

std::vector<Field> EContractRegistry::writeExtras(const Attachment& attachment, const AttachPlan& plan,
                                                  PortalUser& user, const std::vector<std::int64_t>& added,
                                                  std::optional<base::Fault>& refusal) {
    std::vector<Field> unwritten;
    std::vector<Field> written;
    for (const std::string& path : options_.fieldMap.pathsAfterAdd()) {
        for (const std::int64_t id : added) {
            WipedBody body;
            body.json["id"] = id;
            body.json["userId"] = attachment.draft.userId;
            const auto fields = options_.fieldMap.fill(body.json, path, attachment);
            if (fields.empty()) break;
            auto after = changed(path, body.json, attachment.draft.userId);
            auto* into = after ? &written : &unwritten;
            if (after) {
                user = std::move(after).value();
            } else {
                note(std::string("a mapped field could not be written to ") + path + ": " +
                     after.error().detail);
                if (!refusal && !after.error().message.empty()) refusal = after.error();
            }
            for (const Field field : fields)
                addOnce(*into, field);
        }
    }
    for (const Field field : notKept(written, plan.displayMode, user, added))
        addOnce(unwritten, field);
    if (options_.signatureTexts == SignatureTexts::Written && attachment.draft.signatureText &&
        !writeSignatureText(attachment, user))
        addOnce(unwritten, Field::SignatureText);
    return unwritten;
}

bool EContractRegistry::writeSignatureText(const Attachment& attachment, const PortalUser& user) {
    // The profile as it is now: the user in an answer may lack keys that a detail has.
    const auto fresh = read(attachment.draft.userId);
    if (!fresh) return false;
    auto profile = parseJson(fresh.value().profile);
    if (!profile) return false;
    profile.value()["signatureText"] = withCrLf(*attachment.draft.signatureText);
    const auto written = portal_.change(kUserUpdatePath, profile.value());
    if (written) return true;
    note("the signature text of user " + std::to_string(user.user.id) +
         " could not be written: " + written.error().detail);
    return false;
}

}  // namespace smartca::econtract
