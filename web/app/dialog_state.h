// What the dialog holds: the draft, what stands around it on screen, and the create that was sent of it.
#pragma once

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/api.h"
#include "shared/identity.h"
#include "shared/secret_key.h"
#include "shared/validation.h"
#include "web/app/control.h"
#include "web/app/event.h"
#include "web/app/trouble.h"

namespace smartca::app {

enum class Phase : std::uint8_t { Idle, Loading, Ready, Failed };

// Something fetched. While it loads again the old value stays, so that nothing on screen jumps.
template <class T>
struct Loaded {
    Phase phase = Phase::Idle;
    T value{};
    Trouble problem;  // of the last failure
    RequestNumber request = 0;
};

enum class Visibility : std::uint8_t { Hidden, Shown };

// A field with a list of users under it.
struct UserSearch {
    std::string text;      // what stands in the field
    bool isTyped = false;  // and was typed, so that it is searched for even if it is the chosen user's name
    Visibility list = Visibility::Hidden;
    int active = -1;               // highlighted option, -1 none
    Loaded<Page<User>> results;    // pages are appended to one another
    std::string searched;          // the text that `results` answer
    std::string requested;         // the text that is being searched for
    int requestedPage = 0;         // and its page
    bool waiting = false;          // typed, and Timer::UserSearch runs until the typing pauses
    bool takesFirst = false;       // Enter was pressed before the results for the text were there
    bool selectsNextPage = false;  // the highlight goes on to the next page's first user when that page comes
};
bool mayShowMore(const UserSearch& search);  // there are users beyond those loaded
bool isAwaited(const UserSearch& search);    // no option is there yet
int markedOption(
    const UserSearch& search);  // what Enter takes: the highlighted one, or the first match; -1: none

struct OneTimeCode {
    std::string digits;  // "428117"; empty: none to show
    int secondsLeft = 0;
};

// The image that the dialog shows, from whatever source.
struct ShownImage {
    std::string name;
    int width = 0;  // 0: still loading, or none
    int height = 0;
    std::int64_t bytes = 0;
    Phase phase = Phase::Idle;
    std::string path;                // where a stored image comes from; empty for a file the person chose
    std::uint32_t changes = 0;       // of ImageChange: what was done to that file
    std::int64_t bytesAsChosen = 0;  // how large it was before
    std::optional<SignatureImage> before{};  // while a file loads: the one it is to take the place of
};

// "turned, 3.9 MB → 84 KB"; empty where nothing was done.
std::string describeChanges(Locale locale, const ShownImage& image);

// A file on its way to become the signature's image. What was there before stays until it is ready.
struct ImagePreparation {
    std::string name;
    std::int64_t bytes = 0;
    ImageStep step = ImageStep::Reading;
    int percent = 0;
    Visibility card = Visibility::Hidden;  // shown once it takes longer than a blink
};
Message wordsOf(ImageStep step);
// The last file that did not become the signature's image, and why.
struct RefusedImage {
    std::string name;
    Finding why;
};
std::string refusedWords(Locale locale, const RefusedImage& refused);

// The dialog's user.
struct UserState {
    std::optional<User> chosen;  // where the draft has a user: empty while the name is awaited
    UserSearch search;
    UserId startedWith = 0;    // the user the embedding page asked for; not an entry of the person
    std::string startedCode;   // of that user, while no more is known of him
    RequestNumber naming = 0;  // the request for that user's name: nothing is sent before it is shown

    // What the chosen one is called in sentences, with the code: names are not unique. Empty: nobody is chosen.
    std::string words() const;
    bool isAskedFor() const { return startedWith != 0 || !startedCode.empty(); }
};

// Who has chosen what is ticked: until the person does, the rules of picks.h do.
enum class Ticking : std::uint8_t { ByItself, ByHand };

// The certificates that SmartCA has of an identity. Those that are ticked are the draft's.
struct LookupState {
    Loaded<LookupAnswer> answer;
    std::string
        identity;       // the canonical one that `answer` answers; of another one it is stale and not shown
    UserId user = 0;    // whom it was asked for
    UserId listOf = 0;  // the user of the list that the answer's `onList` speaks of; 0: of anybody's
    // What the rules look at of the answer: another answer has another.
    std::shared_ptr<const Registered> registered{};
    bool hasAnswer = false;  // `answer` is there for `identity`, maybe while it is asked again
    bool isSilent =
        false;  // it runs because the user changed: what is found is known, what would be added is not
    Ticking ticking = Ticking::ByItself;
    std::vector<std::string> aside{};   // what was ticked while the business account was on
    std::vector<std::string> behind{};  // what was ticked before it was, or before a serial was typed
    std::string search;                 // in the list of many

    // By arrange() from the above; a certificate is named by its place in the answer.
    std::vector<std::uint16_t> order{};  // of the rows
    std::vector<std::uint16_t> rows{};   // those of them that the search shows
    std::vector<std::uint16_t>
        unreadable{};  // and those that could not be read, which have rows of their own
    // By place: it carries another name than the chosen user's. A std::vector<bool> would be code of its own.
    std::vector<unsigned char> isOthers{};
    std::uint16_t stop = 0;  // the row that the Tab key stops at, where not all are
};

// The otpauth link that the secret key was pasted as. The field keeps the key alone.
struct PastedLink {
    std::string issuer;  // whose key it is; may be empty
    SecretKeyDoubt doubt = SecretKeyDoubt::None;
};

// The business account's secrets on screen.
struct SecretsState {
    Visibility password = Visibility::Hidden;
    Visibility secretKey = Visibility::Hidden;
    OneTimeCode code;
    std::optional<PastedLink> link;
    // For whom each was typed, as far as that was known then.
    struct Owner {
        UserId user = 0;
        std::string identity{};  // canonical; empty where SmartCA has no certificates under it
    };
    Owner passwordOf, secretKeyOf;
};

// The menu of placeholders over the signature's content.
struct PlaceholderMenu {
    Visibility list = Visibility::Hidden;
    int active = 0;
    std::string typed;         // after the "{{" that the caret stands behind
    bool isOpen = false;       // there is such a "{{"
    std::size_t begin = 0;     // of it in the text, else the caret's place
    std::size_t end = 0;       // the caret's place
    bool afterTyping = false;  // the caret is about to move because something was typed
    bool dismissed = false;    // closed by Escape, until the caret leaves these braces
};
struct PlaceholderRow {
    std::string_view name;
    Message meaning;
};
// Those that match what is typed, the likeliest first.
std::vector<PlaceholderRow> placeholderRows(Locale locale, const PlaceholderMenu& menu);

// Content, display mode and image of the signature, with the defaults they come from.
struct SignatureState {
    Loaded<Defaults> defaults;
    bool settingsKnown = false;  // the company's settings were loaded once
    ResolvedSignature resolved;
    ShownImage image;
    std::optional<ImagePreparation> preparation;
    std::optional<RefusedImage> refused;
    PlaceholderMenu menu;

    // Otherwise nothing is shown that nobody has entered: it may not be what the documents will have.
    bool knowsSettings() const { return settingsKnown && defaults.phase != Phase::Failed; }
};

using FieldSet = std::bitset<static_cast<std::size_t>(Field::Count)>;

// What is said of the fields.
struct ValidationState {
    Findings findings;       // all that the rules and the proxy say now
    Findings refusals;       // what the proxy said of this very draft
    FieldSet edited;         // by Field: changed by the person
    FieldSet touched;        // by Field: left after an edit, so that its errors may show
    bool submitted = false;  // pressed Create New once: all errors show
};

// The create that was sent last, under way or not.
struct SubmissionState {
    RequestNumber request = 0;    // 0: it is not under way
    std::string idempotencyKey;   // its own
    Instant sentAt = 0;           // by State::now
    std::size_t addedBefore = 0;  // how many had been added during this visit (ListState::added)
    UserId userId = 0;
    std::string user;
    std::vector<std::string> wanted;  // canonical serials; empty: all
    bool isUnchanged = false;         // the draft is still what was sent
    bool isOpen = false;     // it is not known what became of it: nothing else is sent before that is asked
    bool sendsNext = false;  // Create New was pressed for what the dialog holds, which has its turn after it
    bool isDiscarded = false;  // with what was entered: what became of it is all that is waited for
    Origin lostTo = Origin::NoConnection;  // why its own answer is missing
    int retriesLeft = 0;                   // how often it is asked about again
    std::int64_t checked = 0;  // its number, where the proxy is finding out about it; 0: it is not
    bool waits = false;        // it is asked about again when Timer::CreateAgain fires
    Instant since = 0;         // when it was sent, by the steady clock
    Instant seconds = 0;       // and how long ago that is

    // Nothing is added for it any more: what became of it is being found out.
    bool isChecked() const { return isOpen || checked != 0; }
    // What the dialog holds is another one by now.
    bool isOfBefore() const { return isOpen && !isUnchanged; }
};
// What is said of one that takes long.
inline Message takesLongWords(const SubmissionState& submission) {
    return submission.isChecked() ? Message::CheckTakesLong : Message::CreateTakesLong;
}
// From when on its time is shown, and from when on the dialog offers to be left.
inline constexpr Instant kShowsTimeAfter = 2, kMayLeaveAfter = 3;

// What "Try again" in the dialog's banner repeats.
enum class Retry : std::uint8_t { None, LookUp, Create, Settings };
struct BannerState {
    std::optional<Trouble> trouble;
    Retry retry = Retry::None;
    std::string outcomeTitle{}, outcome{};  // in place of a trouble: what a create that did not add all did
    std::string also{};                     // what went wrong since, said after it
    bool addedNothing = false;              // that create: said of what was ticked then, and of nothing else

    bool isShown() const { return trouble.has_value() || !outcomeTitle.empty(); }
    void clear();
    void show(const Trouble& wrong, Retry repeats);
};

// Create asks once before it adds what the person may not have meant. Settled: answered with yes, for the
// draft as it is.
enum class Doubt : std::uint8_t { None, Asked, Settled };

struct DialogState {
    Mode mode = Mode::Create;
    bool isTold = false;  // the embedding page has heard that it is open, and for whom
    Draft draft;
    Draft startedAs;  // the texts the embedding page filled in; not entries of the person
    UserState user;
    Identity identity;  // of draft.identity
    LookupState lookup;
    SecretsState secrets;
    SignatureState signature;
    ValidationState validation;
    SubmissionState submission;
    BannerState banner;
    Doubt doubt = Doubt::None;
    // Nobody has asked for the look-up's answer, or Create has: it may meet a press that is not meant for it.
    bool mayMeetCreate = false;
    // What that look-up, or Create, led to came a moment ago: no press agrees to it yet.
    bool isUnseen = false;
    // Create was pressed while something was on its way that it sends: the footer says that it is to be pressed again.
    bool isTooEarly = false;
    bool isPrefilled = false;  // what may be changed of it is filled in once

    bool busy() const { return submission.request != 0; }
    // And not asking about the create before.
    bool isSending() const { return busy() && !submission.isChecked(); }
};

// The user whom it is for, else the number.
std::string userWords(const DialogState& dialog);
// The look-up's certificates if they are those of the identity that stands in the field, else null.
const std::vector<RegisteredCertificate>* registeredCertificates(const DialogState& dialog);
// Whether the errors of a field are shown: it was left after an edit, or the form was submitted. Warnings
// always are.
bool showsErrors(const DialogState& dialog, Field field);
// The finding to show at a field: its first error if errors are shown, else its first warning, else none.
const Finding* findingAt(const DialogState& dialog, Field field);
// Numbers to take over with a press, at most two: those that a finding says may be meant; in an empty field those
// of the user's certificates.
std::vector<std::string> identitySuggestions(const DialogState& dialog);
// A password or a secret key is sent that was typed for another user or number.
bool sendsSecretsOfOthers(const DialogState& dialog);
// A password or a secret key was typed and is not sent, since the business account is off.
bool keepsSecrets(const DialogState& dialog);
// The signature has one, chosen or from the settings.
bool hasImage(const DialogState& dialog);
// Whether a finding keeps the form from being sent. That a file is no image does not, while there is one.
bool isError(const DialogState& dialog, const Finding& finding);
// How many fields have an error that is shown.
int fieldsInError(const DialogState& dialog);
// The first of the certificates that would be added as things stand, or null.
const RegisteredCertificate* certificateToAdd(const DialogState& dialog);

}  // namespace smartca::app
