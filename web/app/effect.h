// What update() asks others to do. Effects are data; the platform carries them out in order and answers with
// events.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <variant>

#include "web/app/control.h"
#include "web/app/event.h"

namespace smartca::app {

enum class Method : std::uint8_t { Get, Post, Patch, Delete };
// An outcome is polite, and stays beside what goes wrong after it.
enum class Politeness : std::uint8_t { Polite, Assertive, Outcome };

// Ends in Answered with the same number, unless cancelled.
struct SendRequest {
    RequestNumber number = 0;
    Method method = Method::Get;
    std::string path;            // below the API's base, with its query: "users?search=nguy%E1%BB%85n&page=1"
    std::string body;            // JSON, or empty
    std::string idempotencyKey;  // or empty
    std::uint32_t timeoutMilliseconds = 30'000;
};
struct CancelRequest {
    RequestNumber number = 0;
};
struct StartTimer {
    Timer timer;
    std::uint32_t milliseconds = 0;
};  // restarts it when it runs
struct StopTimer {
    Timer timer;
};
enum class Selection : std::uint8_t { AsItIs, All };
struct MoveFocus {
    Control control;
    Selection selection = Selection::AsItIs;  // of the text in a field
};  // after the next frame, when the control exists
// FromBraces: in place of the last "{{" before the caret, and of what follows it. All: of the whole text.
enum class Insertion : std::uint8_t { AtCaret, FromBraces, All };
struct InsertText {
    Control control;
    std::string text;
    Insertion insertion = Insertion::AtCaret;
};  // as if it were typed: it can be undone, and ends in TextChanged
struct Reveal {
    Control control;
};  // scrolls it into view after the next frame, when the control exists
struct RestoreFocus {};  // to what had it before the dialog opened
struct Announce {
    std::string text;
    Politeness politeness = Politeness::Polite;
};  // to assistive technology
// Makes what can be sent of the file that was offered last: upright, without what it tells beside the picture,
// within the bounds. Ends in ImageChosen, unless another one or StopPreparing comes first.
struct PrepareImage {
    std::int64_t mostBytes = 0;
    int mostPixels = 0;
};
struct StopPreparing {};
// Decodes an image for painting: from bytes, or from a path below the API's base. Ends in ImageLoaded, unless
// another LoadImage or a DropImage for the slot comes first.
struct LoadImage {
    ImageSlot slot;
    std::string path;
    std::string mediaType;
    std::string data;
};
struct DropImage {
    ImageSlot slot;
};
struct ComputeCode {
    std::string key;    // HMAC key bytes
    Instant ahead = 0;  // seconds to add to the browser's clock, which may be wrong
};  // RFC 6238; ends in CodeComputed
struct ChooseLocale {
    Locale locale;
};  // once its texts are there, and on the next visit; ends in LocaleChosen or LocaleMissing
struct Remember {
    Theme theme;
};  // the person's choice, for the next visit
struct ShowLayout {
    Layout layout;
};  // at once, and on the next visit
struct CopyText {
    std::string text;
};  // to the clipboard; ends in TextCopied
struct RaiseEvent {
    std::string name;
    std::string detail;
};  // a DOM event on the element; detail is JSON

// The DOM event "cancel" on the element: the person gives up. Ends in CancelAllowed, unless the page prevents
// it.
struct RequestCancel {};

// The address of a page of our own: `page` while nothing is open over it, with `open` behind it while something
// is, and `layers` steps of the browser's "back" until nothing is.
enum class AddressStep : std::uint8_t { Same, New };  // New: "back" leads to what was there before
struct ShowAddress {
    std::string page;
    std::string open;
    int layers = 0;
    AddressStep step = AddressStep::Same;
};
// Whether the browser asks before the page is left or loaded again.
struct GuardLeaving {
    bool guards = false;
};

using Effect = std::variant<SendRequest, CancelRequest, StartTimer, StopTimer, MoveFocus, InsertText, Reveal,
                            RestoreFocus, Announce, PrepareImage, StopPreparing, LoadImage, DropImage,
                            ComputeCode, ChooseLocale, Remember, CopyText, ShowLayout, RaiseEvent,
                            RequestCancel, ShowAddress, GuardLeaving>;
using Effects = std::list<Effect>;  // whose growing moves none: 0.2 KB of the page

}  // namespace smartca::app
