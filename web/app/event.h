// What can happen to the program. The platform turns DOM events, answers and timers into these; update()
// consumes them.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "shared/calendar.h"
#include "shared/message.h"
#include "web/app/control.h"

namespace smartca::app {

enum class Theme : std::uint8_t { Light, Dark };
// As designed, or as plain elements one after another, which take any size and spacing of type.
enum class Layout : std::uint8_t { Designed, Plain };
enum class Opening : std::uint8_t {
    Page,
    Dialog
};  // the standalone page, or just the dialog inside a portal
// What the dialog is for: to attach certificates, or to see which there are.
enum class Mode : std::uint8_t { Create, Lookup };
enum class Key : std::uint8_t {
    ArrowDown,
    ArrowUp,
    Home,
    End,
    PageDown,
    PageUp,
    Enter,
    Escape,
    Tab,
    SelectAll,  // Ctrl+A, where no text is edited
};
enum class Timer : std::uint8_t {
    UserSearch,
    FilterSearch,
    Code,
    Notice,
    CreateAgain,
    Copied,
    Creating,
    NewDay,
    Seen
};
enum class ImageSlot : std::uint8_t { Signature };  // the one image shown in the dialog

using RequestNumber = std::uint32_t;

// First event of all. `seed` is 16 random bytes in hexadecimal: the stem of this session's idempotency keys.
struct Started {
    Opening opening = Opening::Page;
    Locale locale = Locale::Vietnamese;
    Theme theme = Theme::Light;
    Layout layout = Layout::Designed;
    Instant now = 0;
    std::string seed;
    std::string address{};  // of a page of our own; what ShowAddress made
};
struct Activated {
    Control control;
};  // clicked, or Enter or Space on it
struct TextChanged {
    Control control;
    std::string text;
};  // after every input event; UTF-8, as typed
// In a field of lines, after every input and every other move of the caret.
struct CaretMoved {
    Control control;
    std::string before;  // the text up to the caret
};
struct FocusGained {
    Control control;
};
struct FocusLost {
    Control control;
    Control to{};  // the control that takes it; None where no control does
};
// Only for combo boxes, their lists, menus and dialogs; see Reaction::handled.
struct KeyPressed {
    Control control;
    Key key;
};
// A file was chosen, dropped or pasted: its name, and how large it is.
struct ImageOffered {
    std::string name;
    std::int64_t bytes = 0;
};
// How far the effect PrepareImage has come; told where that takes longer than a blink.
enum class ImageStep : std::uint8_t { Reading, Turning, Converting, Shrinking };
struct ImageProgress {
    ImageStep step = ImageStep::Reading;
    int percent = 0;
};
// What was done to a file so that it can be sent.
enum ImageChange : std::uint32_t {
    kImageTurned = 1u << 0,     // upright
    kImageConverted = 1u << 1,  // from another format
    kImageSmaller = 1u << 2,
    kImageStripped = 1u << 3,  // of all but the still picture: place, camera, words, movement, what follows
};
// The end of PrepareImage: the bytes that are sent, or the first ones of a file that no image could be made
// of.
struct ImageChosen {
    std::string name;
    std::string data;
    enum class Verdict : std::uint8_t { Whole, Broken } verdict = Verdict::Whole;
    std::uint32_t changes = 0;  // of ImageChange
};
// The browser decoded the image of an effect LoadImage (width 0: it could not).
struct ImageLoaded {
    ImageSlot slot;
    int width = 0;
    int height = 0;
};
struct Answered {
    RequestNumber number = 0;
    int status = 0;  // HTTP status; 0: no answer (offline, refused, aborted by a timeout of the browser)
    std::string body;
    Instant age = 0;  // seconds since it was asked for, rounded up
};
struct SessionRenewed {};  // there is another token: of somebody else perhaps, or with other rights
struct TimerFired {
    Timer timer;
};
struct ClockRead {
    Instant now = 0;
    Instant steady = 0;  // of a clock that nobody sets: its beginning is unknown
};  // before any event whose handling shows or compares time
struct CodeComputed {
    std::string code;
    int secondsLeft = 0;
};  // six digits, or empty when the key is unusable
struct TextCopied {
    bool succeeded = false;
};  // the end of an effect CopyText
struct LocaleChosen {
    Locale locale;
};  // by the embedding page
struct LocaleMissing {};  // the texts of the one that was to be chosen did not come
struct ThemeChosen {
    Theme theme;
};
struct LayoutChosen {
    Layout layout;
};  // by the embedding page or the system
// By the embedding page, with what the form starts with; each may be missing.
struct OpenRequested {
    std::int64_t userId = 0;
    std::string userCode{};  // the user's, where no id is given
    std::string identity{};
    std::string serial{};
    std::string signatureText{};
    Mode mode = Mode::Create;
};
struct CloseRequested {};  // Escape on the dialog, or the embedding page
// By the browser's "back", or forward: so many layers are left of what was open, and that is the address.
struct WentBack {
    int layers = 0;
    std::string address;
};
struct ClosedByPage {};   // the embedding page closes the dialog and asks nobody
struct CancelAllowed {};  // the embedding page does not prevent what RequestCancel told it

using Event =
    std::variant<Started, Activated, TextChanged, CaretMoved, FocusGained, FocusLost, KeyPressed,
                 ImageOffered, ImageProgress, ImageChosen, ImageLoaded, Answered, SessionRenewed, TimerFired,
                 ClockRead, CodeComputed, TextCopied, LocaleChosen, LocaleMissing, ThemeChosen, LayoutChosen,
                 OpenRequested, CloseRequested, WentBack, ClosedByPage, CancelAllowed>;

}  // namespace smartca::app
