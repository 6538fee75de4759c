// People who come and go, and a network that loses and delays, in front of a proxy that knows what was created: in
// whatever order, nothing is created that nobody pressed for, nothing that was entered is lost, and nothing is told of a
// create that is not so.
#include <doctest/doctest.h>

#include <algorithm>

#include "web/app/picks.h"
#include "web/app/requests.h"
#include "world.h"

using namespace smartca;
using namespace smartca::app;

namespace {

// What was said last of a key. Unknown: that nobody can tell any more.
enum class Told { Nothing, Undone, Done, Unknown };
enum class Fate { Answered, AnswerLost, Lost, Late, TurnedAway };

class Office {
  public:
    Office(std::uint64_t seed, Opening opening, World::Network network)
        : dice_(seed), opening_(opening), network_(network) {
        happen(Started{opening, Locale::English, Theme::Light, Layout::Designed, kWorldBegins, "seed"});
    }

    void step() {
        if (dice_.below(3) == 0) return network();
        if (dice_.below(40) == 0) return time();
        if (!state_.dialog) return outside();
        if (dice_.below(8) == 0) return fill();
        constexpr std::pair<ControlKind, ControlKind> kButtons[] = {
            {ControlKind::BannerRetry, ControlKind::BannerDismiss},
            {ControlKind::Cancel, ControlKind::DialogClose},
            {ControlKind::ConfirmAccept, ControlKind::ConfirmReject},
            {ControlKind::DoubtWith, ControlKind::DoubtBack}};
        const int what = dice_.below(12);
        if (what < 4) return press(either(kButtons[what].first, kButtons[what].second));
        switch (what) {
            case 4:
                return choose();
            case 5:
                return type(ControlKind::Identity, either(kIdentity, kOtherIdentity));
            case 6:
                return type(ControlKind::SignatureText, either("one", "two"));
            case 7:
                return press(ControlKind::Pick, dice_.below(2));
            case 8:
                return dice_.below(6) == 0 ? happen(ClosedByPage{}) : happen(CancelAllowed{});
            case 9:
                return outside();
            default:
                return press(ControlKind::Submit);
        }
    }

    // Everything arrives, whoever sent it is back, and somebody opens a form: what was left open is told.
    void end() {
        world_.caller = 0;
        late_.clear();
        network_ = World::Network::Good;
        while (!others_.empty())
            deliverOther();
        for (int opened = 0; opened < 2; ++opened) {
            happen(ClosedByPage{});
            for (int i = 0; !creates_.empty() || runsAgain_; ++i) {
                must(i < 1000, "creates come to an end");
                if (creates_.empty())
                    again();
                else
                    deliver(takeOne(creates_), Fate::Answered);
            }
            open();
        }
        for (const auto& [key, told] : told_) {
            must(told != Told::Nothing, "what became of " + key + " is told");
            must(told != Told::Undone || !world_.hasAdded(key),
                 key + " was told as undone, and was done after that");
        }
    }

    int count(Told told) const {
        return static_cast<int>(
            std::ranges::count(told_, told, [](const auto& each) { return each.second; }));
    }

  private:
    template <class T>
    T either(T one, T other) {
        return dice_.below(2) == 0 ? one : other;
    }

    // ---- the network
    void network() {
        if (!late_.empty() && dice_.below(3) == 0) {
            world_.handle(late_.back());
            return late_.pop_back();
        }
        if (dice_.below(12) == 0) {
            world_.caller = dice_.below(2);
            late_.clear();  // what a person has sent does not stay away for so long
        }
        if (dice_.below(4) == 0) world_.findOut();
        if (opening_ == Opening::Dialog && dice_.below(20) == 0) {
            world_.renewToken();
            happen(SessionRenewed{});
        }
        constexpr Fate kFates[] = {Fate::Answered, Fate::Answered,   Fate::Answered,   Fate::Answered,
                                   Fate::Answered, Fate::AnswerLost, Fate::AnswerLost, Fate::Lost,
                                   Fate::Late,     Fate::TurnedAway};
        if (!others_.empty() && dice_.below(2) == 0) return deliverOther();
        if (!creates_.empty()) return deliver(takeOne(creates_), kFates[dice_.below(10)]);
        if (runsAgain_) again();
    }

    void again() {
        runsAgain_ = false;
        happen(TimerFired{Timer::CreateAgain});
    }

    SendRequest takeOne(std::vector<SendRequest>& requests) {
        const auto which = requests.begin() + dice_.below(static_cast<int>(requests.size()));
        SendRequest request = *which;
        requests.erase(which);
        return request;
    }

    void deliver(const SendRequest& request, Fate fate) {
        constexpr ProblemCode kBeforeTheKey[] = {ProblemCode::Unauthorized, ProblemCode::Unavailable,
                                                 ProblemCode::TooManyRequests};
        World::Answer answer{0, ""};
        if (fate == Fate::Late) late_.push_back(request);
        if (fate == Fate::Answered || fate == Fate::AnswerLost) answer = world_.handle(request);
        if (fate == Fate::AnswerLost) answer = either(World::Answer{0, ""}, World::Answer{502, "<html>"});
        if (fate == Fate::AnswerLost && dice_.below(4) == 0) answer = World::problem(ProblemCode::Internal);
        if (fate == Fate::TurnedAway) answer = World::problem(kBeforeTheKey[dice_.below(3)]);
        note("answered " + request.idempotencyKey + ": " + std::to_string(answer.first));
        about_ = request.idempotencyKey;
        happen(Answered{request.number, answer.first, answer.second});
        about_.clear();
    }

    // In whatever order they come, and mostly well.
    void deliverOther() {
        const SendRequest request = takeOne(others_);
        const World::Answer answer = world_.answer(request, network_);
        note("answers " + request.path + ' ' + request.body + ": " + std::to_string(answer.first));
        happen(Answered{request.number, answer.first, answer.second});
    }

    void time() {
        late_.clear();
        world_.passTime(dice_.below(4) == 0 ? 25 * 3600 : dice_.below(600));
        happen(ClockRead{kWorldBegins + world_.now(), world_.now()});
    }

    // ---- the people
    void outside() {
        switch (dice_.below(6)) {
            case 0:
                return press(ControlKind::NoticeAct, dice_.below(3));
            case 1:
                return press(ControlKind::NoticeDismiss, dice_.below(3));
            case 2:
                return press(ControlKind::LeftOpen, state_.left.empty() ? 0 : state_.left.front().number);
            case 3:
                return happen(CloseRequested{});
            default:
                return open();
        }
    }

    void open() {
        if (opening_ == Opening::Page) return press(ControlKind::OpenCreate);
        happen(OpenRequested{dice_.below(3) == 0 ? UserId{7} + dice_.below(2) : 0});
    }

    void choose() {
        world_.searched = 7 + dice_.below(2);
        type(ControlKind::User, "Nguyễn Văn A");
        happen(TimerFired{Timer::UserSearch});
        press(ControlKind::UserOption);
    }

    void fill() {
        choose();
        type(ControlKind::Identity, either(kIdentity, kOtherIdentity));
        press(ControlKind::Submit);
    }

    void type(ControlKind kind, std::string_view text) {
        happen(TextChanged{{kind}, std::string(text)});
        happen(FocusLost{{kind}});
    }

    void press(ControlKind kind, int index = 0) {
        happen(TimerFired{Timer::Seen});
        note("presses " + std::to_string(static_cast<int>(kind)));
        if (state_.dialog && isLookedUp(*state_.dialog) &&
            (kind == ControlKind::Submit || kind == ControlKind::BannerRetry ||
             kind == ControlKind::DoubtWith))
            pressed_ = createBody(state_.dialog->draft);
        happen(Activated{{kind, static_cast<std::uint16_t>(index)}});
    }

    // ---- what happens, and whether that was right
    struct Before {
        bool isOpen = false, isUnknown = false, holdsEntries = false, isAsked = false;
        std::string key, banner;
        std::set<std::string> left;
        std::vector<Notice> notices;
    };

    Before before() const {
        Before all;
        all.banner = bannerWords();
        all.left = leftKeys();
        all.notices = state_.notices;
        all.isAsked = state_.confirm.question == Question::DiscardDraft;
        if (!state_.dialog) return all;
        const DialogState& dialog = *state_.dialog;
        all.isOpen = true;
        all.isUnknown = dialog.submission.isOpen && !dialog.busy();
        all.holdsEntries = !dialog.draft.identity.empty() || dialog.draft.signatureText;
        all.key = dialog.submission.idempotencyKey;
        return all;
    }

    void happen(const Event& event) {
        const Before was = before();
        const std::string key = about_;
        const Reaction reaction = update(state_, event);
        std::vector<SendRequest> others;
        bool created = false;
        for (const Effect& effect : reaction.effects) {
            if (const auto* request = std::get_if<SendRequest>(&effect)) {
                if (World::isCreate(*request))
                    send(*request, was.key);
                else
                    others.push_back(*request);
            }
            if (const auto* cancelled = std::get_if<CancelRequest>(&effect))
                std::erase_if(others_,
                              [&](const SendRequest& other) { return other.number == cancelled->number; });
            if (const auto* timer = std::get_if<StartTimer>(&effect))
                runsAgain_ |= timer->timer == Timer::CreateAgain;
            if (const auto* said = std::get_if<Announce>(&effect)) judge(key, said->text);
            if (const auto* raised = std::get_if<RaiseEvent>(&effect)) {
                if (raised->name != "closed")
                    judge(key, raised->name + raised->detail);  // that tells of others
                created |= raised->name == "created" && !world_.hasMissing(key);
            }
        }
        for (const Notice& notice : state_.notices)
            if (std::ranges::find(was.notices, notice.title + notice.text, [](const Notice& each) {
                    return each.title + each.text;
                }) == was.notices.end())
                judge(key, notice.title + ". " + notice.text);
        if (bannerWords() != was.banner) judge(key, bannerWords());
        checkClosing(event, was, created);
        checkOpening(event, was);
        checkLookUp();
        for (const SendRequest& request : others) {
            others_.push_back(request);
            if (network_ == World::Network::Good || dice_.below(3) != 0) deliverOther();
        }
    }

    // What is on screen, and what would be added of it, is of the number and the user beside it.
    void checkLookUp() const {
        if (!state_.dialog || !isLookedUp(*state_.dialog)) return;
        const DialogState& dialog = *state_.dialog;
        for (const RegisteredCertificate& certificate : dialog.lookup.answer.value.certificates)
            must(certificate.serviceName == World::askedFor(dialog.identity.canonical, dialog.draft.userId),
                 "a look-up is shown for what it was asked for, not " + certificate.serviceName);
    }

    // One press is good for one create of what the form held then, and for one more where the first was taken back
    // before it arrived.
    void send(const SendRequest& request, const std::string& before) {
        const std::string& key = request.idempotencyKey;
        note("sends " + request.path + ' ' + key);
        creates_.push_back(request);
        if (request.method != Method::Post) return;
        const bool wasTakenBack = world_.wasTakenBack(before);
        // Of what was pressed for before, the proxy finds that.
        must(wasTakenBack || world_.keepsLocks(request.body), "what is locked stays");
        must(bodies_.emplace(key, request.body).second, "a key is sent once");
        must(request.body == pressed_ ||
                 (wasTakenBack && request.body == bodies_[before] && !spent_.contains(before)),
             "only what somebody pressed for is created");
        if (wasTakenBack && told_[before] == Told::Nothing) told_[before] = Told::Undone;
        must(before.empty() || told_[before] != Told::Nothing, "it is told what became of the one before");
        if (request.body != pressed_) spent_.insert(key);
        pressed_.clear();
        told_[key] = Told::Nothing;
    }

    void judge(const std::string& key, std::string words) {
        if (key.empty()) return;
        words = words.substr(0, words.find("Nothing was created for"));  // of what was not sent
        note("  said of " + key + ": " + words.substr(0, 120));
        const auto says = [&](std::string_view part) { return words.find(part) != std::string::npos; };
        if (says("Nothing new to add") || says("already on the list")) {
            told_[key] = Told::Done;
        } else if (says("No certificate was added for") || says("Nothing was c") || says("notCreated")) {
            must(!world_.hasAdded(key), key + " was done, and is told as undone: " + words);
            told_[key] = Told::Undone;
        } else if (says("Added for")) {
            must(world_.hasAdded(key), key + " was not done, and is told as done: " + words);
            must(!world_.hasMissing(key) || says("not added"),
                 "what is missing of " + key + " is told: " + words);
            told_[key] = Told::Done;
        } else if (says("outcomeUnknown")) {
            told_[key] = Told::Unknown;
        }
    }

    void checkClosing(const Event& event, const Before& was, bool created) {
        const auto* activated = std::get_if<Activated>(&event);
        const bool isConfirmed =
            was.isAsked && activated && activated->control.kind == ControlKind::ConfirmAccept;
        const bool isCancelled =
            std::holds_alternative<CancelAllowed>(event);  // the portal is asked after the person
        if (was.isOpen && !state_.dialog) {                // whoever leaves is told that nothing more is sent
            pressed_.clear();
            spent_.insert(was.key);
            if (was.isUnknown && (isConfirmed || isCancelled)) discarded_.insert(was.key);
            must(!was.holdsEntries || isConfirmed || isCancelled || created || leftKeys().contains(was.key) ||
                     std::holds_alternative<ClosedByPage>(event),
                 "what was entered is not lost");
        }
        for (const std::string& each : was.left)
            must(leftKeys().contains(each) || created || discarded_.contains(each) || isOf(each) ||
                     world_.hasAll(bodies_[each]),
                 "what was left with its entries is not lost");
    }

    void checkOpening(const Event& event, const Before& was) {
        if (was.isOpen || !state_.dialog) return;
        const auto* activated = std::get_if<Activated>(&event);
        const std::string& key = state_.dialog->submission.idempotencyKey;
        if (activated && activated->control.kind != ControlKind::OpenCreate)
            discarded_.erase(key);  // by its notice: it is theirs again
        must(!discarded_.contains(key), "what is discarded stays away");
    }

    bool isOf(const std::string& key) const {
        return state_.dialog && state_.dialog->submission.idempotencyKey == key;
    }

    std::set<std::string> leftKeys() const {
        std::set<std::string> keys;
        for (const LeftCreate& left : state_.left)
            keys.insert(left.dialog.submission.idempotencyKey);
        return keys;
    }

    std::string bannerWords() const {
        if (!state_.dialog) return {};
        const BannerState& banner = state_.dialog->banner;
        if (!banner.outcomeTitle.empty()) return banner.outcomeTitle + ". " + banner.outcome;
        return banner.trouble ? describe(Locale::English, *banner.trouble) : std::string();
    }

    void note(std::string what) { story_ += '\n' + std::move(what); }
    void must(bool holds, const std::string& what) const {
        if (!holds) FAIL(what << story_);
    }

    Dice dice_;
    World world_{dice_};
    Opening opening_;
    World::Network network_;  // for all else
    State state_;
    std::vector<SendRequest> creates_, late_, others_;
    bool runsAgain_ = false;
    std::map<std::string, Told> told_;           // by key, as are these:
    std::map<std::string, std::string> bodies_;  // what was sent
    std::set<std::string> spent_, discarded_;    // not sent once more by itself; not to be seen again
    std::string pressed_, about_, story_;
};

}  // namespace

TEST_CASE(
    "whatever is lost, whoever comes and goes: nothing is created unasked, and nothing told that is not so") {
    int done = 0, undone = 0, unknown = 0;
    for (const Opening opening : {Opening::Page, Opening::Dialog})
        for (std::uint64_t seed = 1; seed <= 400; ++seed) {
            CAPTURE(seed);
            CAPTURE(static_cast<int>(opening));
            Office office(seed, opening, seed % 2 == 0 ? World::Network::Poor : World::Network::Good);
            for (int i = 0; i < 300; ++i)
                office.step();
            office.end();
            done += office.count(Told::Done);
            undone += office.count(Told::Undone);
            unknown += office.count(Told::Unknown);
        }
    MESSAGE("told as done " << done << ", as undone " << undone << ", as unknown " << unknown);
    CHECK(done > 100);
    CHECK(undone > 100);
    CHECK(unknown > 50);
}
