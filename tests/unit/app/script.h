// A person and a proxy at the two ends of update(): tests read as scripts of what is pressed, typed and
// answered.
//
//   Script script;
//   script.open();
//   script.type(ControlKind::Identity, "001099000001");
//   script.answer("lookups", 200, bodyOf(found));
//   CHECK(script.announced("2 certificates"));
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/app/update.h"

namespace smartca::app {

class Script {
  public:
    // The page in English with its session and an empty list loaded, or the bare dialog, not yet open.
    explicit Script(Opening opening = Opening::Page);
    enum class Loading { Done, Pending };
    Script(Opening opening, Loading loading);

    Reaction& happen(const Event& event);
    void press(ControlKind kind, int index = 0);
    void type(ControlKind kind, std::string text);
    bool key(ControlKind kind, Key key);  // whether it was used
    void enter(ControlKind kind, int index = 0);
    void leave(ControlKind kind, int index = 0);
    void fire(Timer timer);  // only if it runs

    // Answers the newest request that still waits and whose path begins so. Fails the test when there is
    // none.
    void answer(std::string_view path, int status, std::string body);
    void fail(std::string_view path, ProblemCode code, Findings findings = {});
    // No answer comes to the create, however often it is asked about.
    void lose();
    bool waitsFor(std::string_view path) const;
    SendRequest request(std::string_view path) const;  // the newest of that beginning, answered or not
    int requests(std::string_view path) const;         // how many were ever sent

    // Opens the dialog and answers the company's settings.
    DialogState& open();
    // Searches, picks the user and answers their settings.
    void choose(const User& user);
    // Types the identity, leaves the field and answers the look-up.
    void lookUp(std::string identity, std::vector<RegisteredCertificate> certificates);
    // A dialog that can be sent.
    void fill();

    DialogState& dialog() { return *state.dialog; }
    bool announced(std::string_view words) const;         // by the last event
    bool focused(ControlKind kind, int index = 0) const;  // asked for by the last event
    bool raised(std::string_view name) const;             // by the last event
    bool runs(Timer timer) const;
    template <class E>
    const E* effect() const {  // the last event's first effect of that kind
        for (const Effect& effect : last.effects)
            if (const E* found = std::get_if<E>(&effect)) return found;
        return nullptr;
    }

    State state;
    Reaction last;
    std::string said;  // what the live region holds: by the last event that said or emptied something
    std::vector<SendRequest> sent;

  private:
    std::vector<RequestNumber> waiting_;
    std::uint32_t timers_ = 0;
};

User userNamed(UserId id, std::string name);
RegisteredCertificate registered(std::string serial);
Certificate listed(std::int64_t id, std::string name);
std::vector<std::int64_t> idsOf(const std::vector<Certificate>& certificates);
CreateAnswer oneAdded();

std::string bodyOf(const Session& session);
std::string bodyOfUser(const User& user);
std::string bodyOf(const Page<User>& users);
std::string bodyOf(const std::vector<User>& users);  // all of them on one page
std::string bodyOf(const Defaults& defaults);
std::string bodyOf(const LookupAnswer& answer);
std::string bodyOf(const Certificate& certificate);
std::string bodyOf(const CertificateDetails& details);
std::string bodyOf(const CertificatePage& certificates);
std::string bodyOf(const std::vector<Certificate>& certificates);
std::string bodyOf(const CreateAnswer& answer);
std::string bodyOf(const PendingCreate& pending);
std::string bodyOf(const Problem& problem);

inline constexpr std::string_view kSerialA = "540101014e4653549c5a6fdcb9c89999";
inline constexpr std::string_view kSerialB = "54010101493c47d39f8a84b30ed55191";
inline constexpr std::string_view kIdentity = "001099000001";

// The smallest files whose headers say so many pixels.
std::string pngOf(int width, int height);

}  // namespace smartca::app
