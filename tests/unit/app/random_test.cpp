// A long night of a careless person and a hostile network, the same every time: whatever happens in whatever
// order, these things hold.
#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_set>

#include "dice.h"
#include "script.h"
#include "web/app/picks.h"
#include "web/app/requests.h"

using namespace smartca;
using namespace smartca::app;

namespace {

constexpr const char* kTexts[] = {
    "",
    "a",
    "nguyễn v",
    "001099000001",
    "0100684379",
    "0100684378-001",
    "c7654321",
    "\xFF\xFE",
    "31/12/2026",
    "2026-02-30",
    "540101014e4653549c5a6fdcb9c89999",
    "MDAxMTIyMzM0NDU1NjY3Nzg4OTlBQUJCQ0NEREVFRkY=",
    "{{SubjectDN.CN}} {{",
};

class Night {
  public:
    explicit Night(std::uint64_t seed) : dice_(seed) {
        Defaults defaults;
        defaults.company.text = "company";
        defaults.user.emplace();
        defaults.user->image = StoredImage{"users/7/signature-image", "a.png", 3, 4, 5};
        CertificatePage list;
        for (int i = 0; i < 10; ++i)
            list.items.push_back(listed(i + 1, "row"));
        list.totalCount = list.allCount = 25;
        Page<User> users;
        for (int i = 0; i < 10; ++i)
            users.items.push_back(userNamed(i + 1, "Nguyễn Văn A"));
        users.totalCount = users.allCount = 30;
        CreateAnswer created;
        created.added = {listed(99, "new")};
        Problem findings;
        findings.code = ProblemCode::Findings;
        findings.findings = {{Field::Identity, FindingCode::NoCertificate, {}},
                             {Field::Form, FindingCode::Required, {}}};
        Problem inProgress;
        inProgress.code = ProblemCode::InProgress;
        bodies_ = {
            bodyOf(Session{}),
            bodyOf(list),
            bodyOf(users),
            bodyOf(defaults),
            bodyOf(LookupAnswer{std::string(kIdentity), {registered(std::string(kSerialA))}}),
            bodyOf(LookupAnswer{"", {}}),
            bodyOf(created),
            bodyOf(listed(1, "row")),
            bodyOfUser(userNamed(7, "An")),
            bodyOf(findings),
            bodyOf(inProgress),
            "",
            "garbage",
            "{}",
            "[[[[[[[[[[[[[[[[[[[[[[",
        };
        CertificateDetails details;
        details.certificate = listed(1, "row");
        details_ = bodyOf(details);
        happen(
            Started{Opening::Page, Locale::English, Theme::Light, Layout::Designed, 1'795'334'640, "seed"});
    }

    void step() {
        switch (dice_.below(12)) {
            case 0:
            case 1:
            case 2:
                return happen(Activated{control()});
            case 3:
                return happen(TextChanged{control(), kTexts[dice_.below(std::size(kTexts))]});
            case 4:
                return happen(KeyPressed{control(), static_cast<Key>(dice_.below(10))});
            case 5:
                return happen(FocusLost{control()});
            case 6:
                return happen(FocusGained{control()});
            case 7:
            case 8:
            case 9:
                return answer();
            case 10:
                return happen(
                    TimerFired{dice_.below(2) == 0 ? Timer::Seen : static_cast<Timer>(dice_.below(9))});
            default:
                return oddity();
        }
    }

    int creates() const { return creates_; }
    int closings() const { return closings_; }

  private:
    Control control() {
        constexpr int kKinds = static_cast<int>(ControlKind::LeftOpen) + 2;
        // Half of the time something of the dialog, so that a draft now and then gets far enough to be sent.
        constexpr ControlKind kUseful[] = {
            ControlKind::OpenCreate, ControlKind::User,          ControlKind::UserOption,
            ControlKind::Identity,   ControlKind::Submit,        ControlKind::Submit,
            ControlKind::Pick,       ControlKind::ConfirmReject, ControlKind::BannerRetry,
            ControlKind::LookUp,     ControlKind::DoubtWith};
        const auto kind = dice_.below(2) == 0 ? kUseful[dice_.below(std::size(kUseful))]
                                              : static_cast<ControlKind>(dice_.below(kKinds));
        return {kind,
                static_cast<std::uint16_t>(dice_.below(20) == 0 ? dice_.below(65'536) : dice_.below(4))};
    }

    // Usually a number that was sent at some time; mostly one that still waits and a body of the right shape.
    void answer() {
        constexpr int kStatuses[] = {200, 200, 200, 201, 202, 204, 0, 400, 401, 409, 422, 500, 502, 504};
        RequestNumber number = static_cast<RequestNumber>(dice_.below(50));
        if (!waiting_.empty() && dice_.below(5) != 0) {
            const std::size_t which =
                static_cast<std::size_t>(dice_.below(static_cast<int>(waiting_.size())));
            number = waiting_[which].number;
            const std::string path = waiting_[which].path;
            const Method method = waiting_[which].method;
            waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(which));
            if (dice_.below(3) != 0) return happen(Answered{number, 200, fitting(path, method)});
        }
        happen(Answered{number, kStatuses[dice_.below(std::size(kStatuses))],
                        bodies_[static_cast<std::size_t>(dice_.below(static_cast<int>(bodies_.size())))]});
    }

    std::string fitting(const std::string& path, Method method) const {
        if (path.starts_with("session")) return bodies_[0];
        if (path.starts_with("users/")) return bodies_[8];
        if (path.starts_with("users")) return bodies_[2];
        if (path.starts_with("defaults")) return bodies_[3];
        if (path.starts_with("lookups")) return bodies_[4];
        if (path.ends_with("/details")) return details_;
        if (method == Method::Post) return bodies_[6];
        return method == Method::Get ? bodies_[1] : bodies_[7];
    }

    void oddity() {
        switch (dice_.below(14)) {
            case 11:
                return happen(ImageOffered{"x", dice_.below(99)});
            case 12:
                return happen(ImageProgress{ImageStep::Turning, dice_.below(100)});
            case 13:
                return happen(WentBack{
                    dice_.below(3), dice_.below(2) == 0 ? "status=expired&page=2&user=7" : "certificate=1"});
            case 9:
                return happen(CancelAllowed{});
            case 0:
                return happen(ImageChosen{"x", dice_.below(2) == 0 ? pngOf(dice_.below(99), 7) : "GIF89a"});
            case 1:
                return happen(ImageLoaded{ImageSlot::Signature, dice_.below(3), dice_.below(3)});
            case 2:
                return happen(CodeComputed{"123456", dice_.below(30)});
            case 3:
                return happen(ClockRead{1'795'334'640 + dice_.below(100'000), dice_.below(100'000)});
            case 4:
                return happen(OpenRequested{dice_.below(3)});
            case 5:
            case 6:
                return happen(CloseRequested{});
            case 7:
                return happen(LocaleChosen{dice_.below(2) == 0 ? Locale::English : Locale::Vietnamese});
            case 8:
                return happen(TextCopied{dice_.below(2) == 0});
            default:
                return happen(ThemeChosen{Theme::Dark});
        }
    }

    void happen(const Event& event) {
        const bool wasOpen = state_.dialog.has_value();
        const Reaction reaction = update(state_, event);
        if (wasOpen && !state_.dialog) ++closings_;
        for (const Effect& effect : reaction.effects) {
            if (const auto* request = std::get_if<SendRequest>(&effect)) {
                if (!used_.insert(request->number).second) FAIL("a request number came twice");
                if (request->path == "certificates") ++creates_;
                waiting_.push_back(*request);
            }
            if (const auto* cancelled = std::get_if<CancelRequest>(&effect))
                std::erase_if(waiting_, [&](const SendRequest& request) {
                    return request.number == cancelled->number;
                });
            if (const auto* announced = std::get_if<Announce>(&effect)) said_ = announced->text;
            if (const auto* raised = std::get_if<RaiseEvent>(&effect))
                if (raised->detail.empty()) FAIL("an event without detail");
        }
        checkSaid();
        checkList();
        if (state_.dialog) checkDialog(*state_.dialog);
    }

    // Plain comparisons: doctest's macros two million times over would take minutes under a sanitizer.
    void must(bool holds, const char* what) const {
        if (!holds) FAIL(std::string(what) << " after " << used_.size() << " requests");
    }

    // Whatever the foot ever said is said while it stands there, and at no other time.
    void checkSaid() {
        const std::string foot = state_.dialog ? footWords(state_.locale, *state_.dialog) : std::string();
        const bool waits = foot.ends_with("…");  // so does more than the foot
        if (!foot.empty() && !waits) feet_.insert(foot);
        for (const std::string& past : feet_)
            must(foot.find(past) != std::string::npos || said_.find(past) == std::string::npos,
                 ("nothing past is said: " + said_ + " / " + foot).c_str());
    }

    void checkList() const {
        const ListState& list = state_.list;
        const int rows = static_cast<int>(list.certificates.value.items.size());
        must(list.page >= 1, "the page is positive");
        must(list.openMenu < rows, "an open menu belongs to a row");
        must((list.openMenu < 0) == (list.activeItem < 0), "a highlighted item belongs to an open menu");
        must(!(state_.dialog && list.openMenu >= 0), "no menu stays open under the dialog");
        must(std::ranges::count(state_.notices, NoticeAction::None, &Notice::action) <= 4,
             "notices do not pile up");
        must((list.certificates.phase == Phase::Loading) == (list.certificates.request != 0),
             "loading has a request");
        const Confirm& confirm = state_.confirm;
        must(confirm.question != Question::DeleteCertificate || !state_.dialog,
             "one modal question at a time");
        must(confirm.question != Question::DiscardDraft || state_.dialog || state_.rename,
             "only an open draft is discarded");
        must(state_.dialog.has_value() + state_.details.has_value() + state_.rename.has_value() <= 1,
             "one dialog at a time");
        must(!(state_.rename && state_.rename->busy() && confirm.question != Question::None),
             "nothing is asked while a name is sent");
        must(!state_.details ||
                 (state_.details->details.phase == Phase::Loading) == (state_.details->details.request != 0),
             "details that load have a request");
        must((confirm.request != 0) == confirm.busy, "a busy question waits for an answer");
    }

    void checkDialog(const DialogState& dialog) const {
        const Draft& draft = dialog.draft;
        if (draft.businessAccount == Switch::Off) {
            must(!keepsSecrets(dialog) || createBody(draft).find("\"password\"") == std::string::npos,
                 "no secrets are sent without the business account");
            must(dialog.secrets.code.digits.empty(), "no code without the business account");
            must(dialog.secrets.password == Visibility::Hidden &&
                     dialog.secrets.secretKey == Visibility::Hidden,
                 "nothing will show when it is on again");
        }
        must(!dialog.user.chosen || dialog.user.chosen->id == draft.userId, "the shown user is the draft's");
        must(dialog.identity.canonical == parseIdentity(draft.identity).canonical,
             "the identity is the draft's");
        if (const auto* certificates = registeredCertificates(dialog))
            must(dialog.lookup.identity == dialog.identity.canonical && certificates,
                 "shown certificates are the identity's");
        must((dialog.lookup.answer.phase == Phase::Loading) == (dialog.lookup.answer.request != 0),
             "a look-up that runs has a request");
        must(dialog.lookup.answer.request == 0 || dialog.lookup.identity == dialog.identity.canonical,
             "a stale look-up is dropped");
        must(dialog.lookup.answer.request == 0 || dialog.lookup.user == draft.userId,
             "a look-up is for the draft's user");
        must(dialog.busy() <= !dialog.submission.idempotencyKey.empty(), "what is sent has a key");
        must(!(dialog.busy() && state_.confirm.question != Question::None), "nothing is asked while sending");
        const UserSearch& search = dialog.user.search;
        must(search.active < static_cast<int>(search.results.value.items.size()),
             "the highlight is in the list");
        must(search.list == Visibility::Shown || (search.active == -1 && search.results.request == 0),
             "a closed list neither highlights nor loads");
        must((dialog.signature.resolved.text.provenance == Provenance::Edited) ==
                 draft.signatureText.has_value(),
             "an edited text is the draft's");
        must(!draft.signatureImage || dialog.signature.image.path.empty(),
             "the draft's image is the one shown");
        must(!(dialog.busy() && dialog.signature.preparation), "nothing is prepared while sending");
        for (std::size_t i = 1; i < dialog.validation.findings.size(); ++i)
            must(dialog.validation.findings[i - 1].field <= dialog.validation.findings[i].field,
                 "findings stand in the fields' order");
    }

    Dice dice_;
    State state_;
    std::vector<std::string> bodies_;
    std::string details_;
    std::vector<SendRequest> waiting_;
    std::unordered_set<RequestNumber> used_;
    std::unordered_set<std::string> feet_;
    std::string said_;
    int creates_ = 0;
    int closings_ = 0;
};

}  // namespace

TEST_CASE("300 000 events in any order break none of the promises") {
    int creates = 0;
    int closings = 0;
    for (const std::uint64_t seed : {1u, 20'261'122u, 769u, 42u}) {
        Night night(seed);
        for (int i = 0; i < 75'000; ++i)
            night.step();
        creates += night.creates();
        closings += night.closings();
    }
    MESSAGE(creates << " creates were sent, the dialog closed " << closings << " times");
    CHECK(creates > 40);
    CHECK(closings > 100);
}
