#include "script.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/json_guard.h"

namespace smartca::app {
namespace {

constexpr Instant kNow = 1'795'334'640;  // 2026-11-22T08:04:00Z

std::uint32_t bitOf(Timer timer) {
    return 1u << static_cast<unsigned>(timer);
}

}  // namespace

Script::Script(Opening opening) : Script(opening, Loading::Done) {}

Script::Script(Opening opening, Loading loading) {
    happen(Started{opening, Locale::English, Theme::Light, Layout::Designed, kNow,
                   "00112233445566778899aabbccddeeff"});
    if (loading == Loading::Pending) return;
    Session session;
    session.now = kNow;
    answer("session", 200, bodyOf(session));
    if (opening == Opening::Page) answer("certificates", 200, bodyOf(CertificatePage{}));
}

Reaction& Script::happen(const Event& event) {
    last = update(state, event);
    for (const Effect& effect : last.effects) {
        if (const auto* announce = std::get_if<Announce>(&effect)) said = announce->text;
        if (const auto* request = std::get_if<SendRequest>(&effect)) {
            for (const SendRequest& earlier : sent)
                REQUIRE(earlier.number != request->number);
            sent.push_back(*request);
            waiting_.push_back(request->number);
        }
        if (const auto* cancelled = std::get_if<CancelRequest>(&effect))
            std::erase(waiting_, cancelled->number);
        if (const auto* timer = std::get_if<StartTimer>(&effect)) timers_ |= bitOf(timer->timer);
        if (const auto* timer = std::get_if<StopTimer>(&effect)) timers_ &= ~bitOf(timer->timer);
    }
    return last;
}

void Script::press(ControlKind kind, int index) {
    if (runs(Timer::Seen)) fire(Timer::Seen);  // who presses has seen what there is
    happen(Activated{{kind, static_cast<std::uint16_t>(index)}});
}
void Script::type(ControlKind kind, std::string text) {
    happen(TextChanged{{kind}, std::move(text)});
}
bool Script::key(ControlKind kind, Key key) {
    return happen(KeyPressed{{kind}, key}).handled;
}
void Script::enter(ControlKind kind, int index) {
    happen(FocusGained{{kind, static_cast<std::uint16_t>(index)}});
}
void Script::leave(ControlKind kind, int index) {
    happen(FocusLost{{kind, static_cast<std::uint16_t>(index)}});
}

void Script::fire(Timer timer) {
    REQUIRE(runs(timer));
    timers_ &= ~bitOf(timer);
    happen(TimerFired{timer});
}
bool Script::runs(Timer timer) const {
    return timers_ & bitOf(timer);
}

void Script::answer(std::string_view path, int status, std::string body) {
    for (auto request = sent.rbegin(); request != sent.rend(); ++request) {
        const auto waits = std::find(waiting_.begin(), waiting_.end(), request->number);
        if (!request->path.starts_with(path) || waits == waiting_.end()) continue;
        waiting_.erase(waits);
        happen(Answered{request->number, status, std::move(body)});
        return;
    }
    FAIL("no request waits for " << path);
}

void Script::fail(std::string_view path, ProblemCode code, Findings findings) {
    Problem problem;
    problem.code = code;
    problem.requestId = "7f3a-91c2";
    problem.findings = std::move(findings);
    answer(path, statusOf(code), bodyOf(problem));
}

void Script::lose() {
    for (;;) {
        answer(dialog().submission.isOpen ? "creates" : "certificates", 0, "");
        if (!runs(Timer::CreateAgain)) return;
        fire(Timer::CreateAgain);
    }
}
bool Script::waitsFor(std::string_view path) const {
    return std::any_of(sent.begin(), sent.end(), [&](const SendRequest& request) {
        return request.path.starts_with(path) &&
               std::find(waiting_.begin(), waiting_.end(), request.number) != waiting_.end();
    });
}

SendRequest Script::request(std::string_view path) const {
    for (auto request = sent.rbegin(); request != sent.rend(); ++request)
        if (request->path.starts_with(path)) return *request;
    FAIL("nobody asked for " << path);
    return {};
}

int Script::requests(std::string_view path) const {
    return static_cast<int>(std::count_if(sent.begin(), sent.end(), [&](const SendRequest& request) {
        return request.path.starts_with(path);
    }));
}

DialogState& Script::open() {
    if (state.opening == Opening::Dialog)
        happen(OpenRequested{});
    else
        press(ControlKind::OpenCreate);
    Defaults defaults;
    defaults.company.text = "Signed by: {{SubjectDN.CN}}";
    answer("defaults", 200, bodyOf(defaults));
    return dialog();
}

void Script::choose(const User& user) {
    type(ControlKind::User, user.name);
    fire(Timer::UserSearch);
    answer("users", 200, bodyOf(std::vector<User>{user}));
    press(ControlKind::UserOption, 0);
    Defaults defaults;
    defaults.company.text = "Signed by: {{SubjectDN.CN}}";
    defaults.user.emplace();
    defaults.user->text = "Ký bởi: " + user.name;
    answer("defaults?userId=", 200, bodyOf(defaults));
}

void Script::lookUp(std::string identity, std::vector<RegisteredCertificate> certificates) {
    type(ControlKind::Identity, identity);
    leave(ControlKind::Identity);
    answer("lookups", 200, bodyOf(LookupAnswer{std::move(identity), std::move(certificates)}));
}

void Script::fill() {
    open();
    choose(userNamed(7, "Nguyễn Văn A"));
    lookUp(std::string(kIdentity), {registered(std::string(kSerialA)), registered(std::string(kSerialB))});
}

bool Script::announced(std::string_view words) const {
    return std::any_of(last.effects.begin(), last.effects.end(), [&](const Effect& effect) {
        const auto* announce = std::get_if<Announce>(&effect);
        return announce && announce->text.find(words) != std::string::npos;
    });
}

bool Script::focused(ControlKind kind, int index) const {
    const Control wanted{kind, static_cast<std::uint16_t>(index)};
    return std::any_of(last.effects.begin(), last.effects.end(), [&](const Effect& effect) {
        const auto* move = std::get_if<MoveFocus>(&effect);
        return move && move->control == wanted;
    });
}

bool Script::raised(std::string_view name) const {
    return std::any_of(last.effects.begin(), last.effects.end(), [&](const Effect& effect) {
        const auto* raised = std::get_if<RaiseEvent>(&effect);
        return raised && raised->name == name;
    });
}

User userNamed(UserId id, std::string name) {
    User user;
    user.id = id;
    user.code = "USER" + std::to_string(id);
    user.name = std::move(name);
    return user;
}

RegisteredCertificate registered(std::string serial) {
    RegisteredCertificate certificate;
    certificate.serial = std::move(serial);
    certificate.commonName = "Nguyễn Văn A";
    certificate.subject = "CN=Nguyễn Văn A";
    return certificate;
}

std::vector<std::int64_t> idsOf(const std::vector<Certificate>& certificates) {
    std::vector<std::int64_t> ids;
    for (const Certificate& certificate : certificates)
        ids.push_back(certificate.id);
    return ids;
}

Certificate listed(std::int64_t id, std::string name) {
    Certificate certificate;
    certificate.id = id;
    certificate.name = std::move(name);
    certificate.userId = 7;
    certificate.userName = "Nguyễn Văn A";
    certificate.identity = kIdentity;
    certificate.serial = kSerialA;
    return certificate;
}

CreateAnswer oneAdded() {
    CreateAnswer answer;
    answer.added = {listed(11, "A")};
    return answer;
}

std::string bodyOf(const Session& session) {
    return writeJson(toJson(session));
}
std::string bodyOfUser(const User& user) {
    return writeJson(toJson(user));
}
std::string bodyOf(const Page<User>& users) {
    return writeJson(toJson(users));
}
std::string bodyOf(const std::vector<User>& users) {
    Page<User> page;
    page.items = users;
    page.totalCount = page.allCount = static_cast<std::int64_t>(users.size());
    return bodyOf(page);
}
std::string bodyOf(const Defaults& defaults) {
    return writeJson(toJson(defaults));
}
std::string bodyOf(const LookupAnswer& answer) {
    return writeJson(toJson(answer));
}
std::string bodyOf(const Certificate& certificate) {
    return writeJson(toJson(certificate));
}
std::string bodyOf(const CertificateDetails& details) {
    return writeJson(toJson(details));
}
std::string bodyOf(const CertificatePage& certificates) {
    return writeJson(toJson(certificates));
}
std::string bodyOf(const std::vector<Certificate>& certificates) {
    CertificatePage page;
    page.items = certificates;
    page.totalCount = page.allCount = static_cast<std::int64_t>(certificates.size());
    page.userCount = certificates.empty() ? 0 : 1;
    return bodyOf(page);
}
std::string bodyOf(const CreateAnswer& answer) {
    return writeJson(toJson(answer));
}
std::string bodyOf(const PendingCreate& pending) {
    return writeJson(toJson(pending));
}
std::string bodyOf(const Problem& problem) {
    return writeJson(toJson(problem, Locale::English));
}

std::string pngOf(int width, int height) {
    std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    for (const int side : {width, height})
        for (int shift = 24; shift >= 0; shift -= 8)
            png += static_cast<char>(side >> shift & 0xFF);
    return png + std::string("\x08\x06\0\0\0\0\0\0\0", 9);
}

}  // namespace smartca::app
