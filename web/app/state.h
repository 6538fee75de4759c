// Everything the program knows, in one value. Only update() changes it; the view only reads it.
#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shared/api.h"
#include "shared/certificate_details.h"
#include "web/app/control.h"
#include "web/app/dialog_state.h"
#include "web/app/trouble.h"

namespace smartca::app {

// A field with a short fixed list under it.
struct Choice {
    int selected = 0;
    int active = -1;
    Visibility list = Visibility::Hidden;
};

// What is wrong with a day that the list is filtered by.
enum class DayFault : std::uint8_t { None, NoDay, BeforeFirst };
Message messageOf(DayFault fault);  // there is one

// Of a filter how many there are, of another page which.
enum class ListNews : std::uint8_t { None, Count, Range };

struct ListState {
    std::string search;
    UserSearch user;
    std::optional<User> chosenUser;
    RequestNumber naming = 0;  // the request for the name of a user that the address told
    Choice type;
    Choice status;
    std::string validFrom;  // as typed
    std::string validTo;
    DayFault validFromFault = DayFault::None;  // of a field that has been left, or finished by Enter
    DayFault validToFault = DayFault::None;
    int page = 1;
    bool hasStepped = false;  // what is typed into the focused filter is a step of the way back already
    std::string address;      // of the above, when the rows were last asked for
    Loaded<CertificatePage> certificates;
    bool stale = false;                // the rows are from before: the last time to load them failed
    int openMenu = -1;                 // row whose menu is open
    int activeItem = -1;               // highlighted item of that menu
    std::vector<Certificate> added;    // during this visit, to be pointed out
    std::vector<std::int64_t> only;    // ids that alone are shown, whatever the filters; empty: all
    bool revealsAdded = false;         // the list loads because of those just added
    ListNews news = ListNews::None;    // what is worth saying of the rows that load
    std::vector<Certificate> changed;  // each becomes its user's default, one after the other
    RequestNumber changing = 0;        // the request that makes the first of them it; 0: none
    std::int64_t copying = 0;          // id of the row whose serial number is on its way to the clipboard
    std::int64_t copied = 0;           // and of the one whose got there a moment ago
};
// "Serial 540101014e46…c89999 · valid until 07/03/2027"
std::string tellingApart(Locale locale, const Certificate& certificate);
std::string userWords(const Certificate& certificate);  // "Nguyễn Văn An · USER01"
std::string userWords(const User& user);
// Whether something narrows the list down: with no rows, "nothing matches" rather than "nothing yet".
bool isFiltered(const ListState& list);

bool showsList(const ListState& list);  // under a filter, or a row's menu
bool offersAll(const ListState& list);  // the user filter's first option is "all": nobody is searched for

// What is the default already cannot be made it, nor what will never sign again: documents would be sent to
// their signers with a certificate that is refused.
bool mayBecomeDefault(const Certificate& certificate, Instant now);

// The items of a row's menu, in their order.
inline constexpr std::array kRowActions = {ControlKind::RowDetails, ControlKind::RowRename,
                                           ControlKind::RowSetDefault, ControlKind::RowDelete};
// Of these the last can always be pressed.
bool mayBePressed(ControlKind rowAction, const Certificate& certificate, Instant now);

struct State;
// Whether the portal's server lets the field be as it filled it in.
bool isLocked(const State& state, Field field);
// Whether SmartCA can be asked for it.
bool isAskable(const Certificate& certificate);
// What SmartCA said last of a status, in its own words, since ours are only a reading of them; else why there are none.
std::string sourceOf(Locale locale, const CertificateDetails& details);
// A finding in words; at a field that the portal has locked, what is wrong and that nobody here can mend it.
std::string findingWords(const State& state, const Finding& finding);
// Whether whoever sits here has the right; until the session is known, everybody has all, and the page's buttons wait.
bool may(const State& state, Right right);
// Of kRowActions: those of other rights are not there.
bool isOffered(const State& state, ControlKind rowAction);
bool offersRowActions(const State& state);

// A create whose dialog was left while it ran, with all that was entered: it runs on, or it has failed and
// can be opened again.
struct LeftCreate {
    std::uint16_t number = 0;
    DialogState dialog{};
};

// What a certificate says of itself, opened from its row.
struct DetailsState {
    Certificate certificate;  // as the row has it; shown until the answer is there
    Loaded<CertificateDetails> details;
    bool answered = false;
    ControlKind copying = ControlKind::None;    // the button whose text is on its way to the clipboard
    ControlKind copied = ControlKind::None;     // the one whose text got there a moment ago
    ControlKind notCopied = ControlKind::None;  // and the one whose text the browser did not take
    Control returnTo;                           // where the focus goes when it closes

    // There is something to show: an answer, maybe while it is asked again, or what the row says.
    bool known() const { return details.value.certificate.id != 0; }
};

// Another name for a certificate on the list.
struct RenameState {
    Certificate certificate;
    std::string name;                    // as typed
    bool showsFault = false;             // the field was left, or the form sent
    std::optional<std::string> unknown;  // the name that it may have by now: no answer told
    RequestNumber submitting = 0;
    std::optional<Trouble> banner;
    Control returnTo;

    bool busy() const { return submitting != 0; }
};
// What is wrong with the name, where it may be said already.
std::optional<Finding> faultShown(const RenameState& rename);
std::string_view bannerTitle(Locale locale, const RenameState& rename);

enum class Question : std::uint8_t { None, DiscardDraft, DeleteCertificate };
struct Confirm {
    Question question = Question::None;
    Certificate certificate;  // for DeleteCertificate
    bool busy = false;
    bool again = false;  // its answer got lost, so it is asked once more
    RequestNumber request = 0;
    Control returnTo;  // where the focus goes when the answer is no
};

enum class NoticeKind : std::uint8_t { Success, Information, Error };
enum class NoticeAction : std::uint8_t { None, Show, OpenAgain };
struct Notice {
    NoticeKind kind = NoticeKind::Success;
    std::string title;
    std::string text;
    NoticeAction action = NoticeAction::None;
    std::vector<std::int64_t> shows{};  // ids, for Show
    std::uint16_t left = 0;             // number of the create, for OpenAgain
    bool stays =
        false;  // until it is dismissed: whoever it is for may be looking elsewhere, or hearing of something else
    bool makesRoom =
        false;  // says no more than for whom something was added: the next one of its kind takes its place
};

// Where the browser was told that we are.
struct Place {
    std::string page, open;
    int layers = 0;
    bool guards = false;
    bool isTold = false;
    bool steps = false;  // what changes the address in this event is a step that "back" takes back
    bool operator==(const Place&) const = default;
};

struct State {
    Opening opening = Opening::Page;
    Locale locale = Locale::Vietnamese;
    Theme theme = Theme::Light;
    Layout layout = Layout::Designed;
    Instant now = 0;         // by the proxy's clock, once it told the time
    Instant steady = 0;      // by a clock that nobody sets; 0: not read yet
    Instant clockAhead = 0;  // how far the proxy's clock is ahead of the visitor's, in seconds
    Control focused;
    Loaded<Session> session;
    ListState list;
    std::optional<DialogState> dialog;  // of these three at most one is open
    std::optional<DetailsState> details;
    std::optional<RenameState> rename;
    Confirm confirm;
    std::vector<Notice> notices;
    std::list<LeftCreate> left;  // a list: what holds secrets stays where it is until it is wiped
    std::uint16_t lastLeft = 0;
    Place place;
    std::vector<std::string> said;  // of what was announced last, what the page shows
    std::string seed;
    RequestNumber lastRequest = 0;
    std::uint32_t lastKey = 0;
};

// Whether this deployment can save what the field holds, as far as is known. What it cannot save is left out, but for what
// was entered before that was known.
bool isSaved(const State& state, Field field);
bool isOffered(const State& state, Field field);
std::string labelsOf(Locale locale, std::span<const Field> fields);  // "Password, Secret key"
std::string notSavedWords(Locale locale, std::span<const Field> fields);

}  // namespace smartca::app
