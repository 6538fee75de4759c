#include "world.h"

#include <algorithm>

namespace smartca::app {
namespace {

std::vector<std::string> serialsOf(const nlohmann::json& body) {
    const auto picked = body.find("serials");
    if (picked != body.end() && !picked->empty()) return *picked;
    if (body.at("identity") == kIdentity) return {std::string(kSerialA), std::string(kSerialB)};
    return {"5401010aabcdef0123456789abcdef01"};
}

}  // namespace

bool World::isCreate(const SendRequest& request) {
    return request.path.starts_with("creates") ||
           (request.path == "certificates" && request.method == Method::Post);
}

World::Answer World::problem(ProblemCode code) {
    Problem problem;
    problem.code = code;
    return {statusOf(code), bodyOf(problem)};
}

void World::passTime(Instant seconds) {
    constexpr Instant kKept = 24 * 3600;
    now_ += seconds;
    std::erase_if(records_, [&](const Record& record) { return now_ - record.begun > kKept; });
}

void World::findOut() {
    if (!records_.empty())
        resolve(records_[static_cast<std::size_t>(dice_.below(static_cast<int>(records_.size())))]);
}

bool World::wasTakenBack(const std::string& key) const {
    return std::ranges::any_of(records_,
                               [&](const Record& each) { return each.key == key && each.body.empty(); });
}

bool World::hasAll(const std::string& body) const {
    const nlohmann::json create = nlohmann::json::parse(body);
    return std::ranges::all_of(serialsOf(create), [&](const std::string& serial) {
        return onList_.contains({create.at("userId"), serial});
    });
}

World::Answer World::handle(const SendRequest& request) {
    const auto found = std::ranges::find_if(records_, [&](const Record& each) {
        return each.caller == caller &&
               (request.method == Method::Get ? request.path == "creates/" + std::to_string(each.id)
                                              : request.idempotencyKey == each.key);
    });
    if (found != records_.end()) return tell(*found);
    if (request.method == Method::Get) return problem(ProblemCode::NotFound);
    return request.method == Method::Delete ? withdraw(request) : create(request);
}

World::Record& World::begin(const SendRequest& request) {
    return records_.emplace_back(Record{request.idempotencyKey, caller, ++lastId_, now_, request.body});
}

World::Answer World::withdraw(const SendRequest& request) {
    if (std::ranges::find(records_, request.idempotencyKey, &Record::key) != records_.end())
        return problem(ProblemCode::OutcomeUnknown);
    reject(begin(request), ProblemCode::NotCreated);
    return {204, ""};
}

World::Answer World::create(const SendRequest& request) {
    const int luck = dice_.below(10);
    if (luck == 0) return problem(ProblemCode::UpstreamTimeout);  // which gives the key back
    Record& record = begin(request);
    if (luck == 1) reject(record, ProblemCode::PortalRefused);
    if (luck > 3) add(record);
    return tell(record);
}

World::Answer World::tell(Record& record) {
    resolve(record);
    if (record.state != State::Open) return record.answer;
    return {202, bodyOf(PendingCreate{record.id, PendingState::Unknown, kWorldBegins, 2})};
}

void World::resolve(Record& record) {
    if (record.state != State::Open || dice_.below(2) == 0) return;
    if (dice_.below(3) == 0)
        reject(record, ProblemCode::NotCreated);
    else
        add(record);
}

void World::reject(Record& record, ProblemCode code) {
    record.state = State::Rejected;
    record.answer = problem(code);
}

void World::add(Record& record) {
    const nlohmann::json body = nlohmann::json::parse(record.body);
    const UserId user = body.at("userId");
    CreateAnswer answer;
    for (const auto& serial : serialsOf(body)) {
        if (onList_.contains({user, serial})) {
            answer.alreadyOnList.push_back(registered(serial));
            continue;
        }
        if (dice_.below(8) == 0) {
            answer.missing.push_back(registered(serial));
            continue;
        }
        onList_.emplace(user, serial);
        Certificate& added = answer.added.emplace_back(listed(++lastId_, "A"));
        added.serial = serial;
        added.userId = user;
        added_.insert(record.key);
    }
    if (answer.added.empty() && !answer.missing.empty()) return reject(record, ProblemCode::NotCreated);
    record.state = State::Done;
    if (!answer.missing.empty()) missing_.insert(record.key);
    record.answer = {answer.added.empty() ? 200 : 201, bodyOf(answer)};
}

std::string World::askedFor(std::string_view identity, UserId user) {
    return std::string(identity) + " for " + std::to_string(user);
}

std::string World::lookUp(const SendRequest& request) const {
    const nlohmann::json body = nlohmann::json::parse(request.body);
    LookupAnswer answer;
    answer.identity = body.at("identity");
    for (const auto& serial : serialsOf(body)) {
        answer.certificates.push_back(registered(serial));
        const UserId user = body.value("userId", UserId{0});
        answer.certificates.back().onList = onList_.contains({user, serial});
        answer.certificates.back().serviceName = askedFor(answer.identity, user);
    }
    return bodyOf(answer);
}

World::Answer World::answer(const SendRequest& request, Network network) {
    const int luck = network == Network::Poor ? dice_.below(12) : 12;
    const Answer answer = luck == 0   ? Answer{0, ""}
                          : luck == 1 ? problem(ProblemCode::UpstreamTimeout)
                                      : Answer{200, bodyFor(request)};
    if (request.path == "session") told_ = answer.first == 200 ? prefill_ : Prefill{};
    return answer;
}

void World::renewToken() {
    prefill_ = {};
    prefill_.values.userId = 7 + dice_.below(2);
    prefill_.values.identity = dice_.below(2) == 0 ? kIdentity : kOtherIdentity;
    if (dice_.below(3) == 0) prefill_.locked.push_back(Field::User);
    if (dice_.below(3) == 0) prefill_.locked.push_back(Field::Identity);
}

bool World::keepsLocks(const std::string& body) const {
    const nlohmann::json draft = nlohmann::json::parse(body);
    return (!told_.locks(Field::User) || draft.at("userId") == told_.values.userId) &&
           (!told_.locks(Field::Identity) || draft.at("identity") == told_.values.identity);
}

std::string World::bodyFor(const SendRequest& request) {
    const std::string name =
        "Nguyễn Văn A";  // of every user, and of every certificate: nothing is to be asked
    const std::string& path = request.path;
    if (path.starts_with("session")) {
        Session session;
        session.now = kWorldBegins + now_;
        session.prefill = prefill_;
        return bodyOf(session);
    }
    if (path.starts_with("users/")) return bodyOfUser(userNamed(std::stoll(path.substr(6)), name));
    if (path.starts_with("users")) return bodyOf(std::vector<User>{userNamed(searched, name)});
    if (path.starts_with("lookups")) return lookUp(request);
    if (path.starts_with("defaults")) return bodyOf(Defaults{});
    return bodyOf(CertificatePage{});
}

}  // namespace smartca::app
