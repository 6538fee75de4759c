// Which of the certificates found would be added: what can be ticked, what is ticked by itself, and what
// follows from it. A certificate is named by its place in the look-up's answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "web/app/state.h"

namespace smartca::app {

// From so many on the list can be searched, and has a scroller of its own.
inline constexpr std::size_t kSearchedFrom = 8, kScrolledFrom = 12;
// As many of those that could not be read have a row.
inline constexpr std::size_t kUnreadableShown = 20;

// The list on screen is that of this number and this user, and is not being asked for anew.
bool isLookedUp(const DialogState& dialog);
// All that SmartCA has of the number, read or not.
std::size_t countFound(const DialogState& dialog);
bool isSearched(const DialogState& dialog);
// "3 certificates at VNPT SmartCA, 1 could not be read".
std::string foundWords(Locale locale, const DialogState& dialog);

// It is on the user's list already; what others have does not count.
bool isListed(const DialogState& dialog, std::uint16_t place);
// Not what is listed, and not what shares its serial number: nothing else tells the proxy which is meant.
bool mayBeTicked(const DialogState& dialog, std::uint16_t place);
bool notes(const RegisteredCertificate& certificate, CertificateNote note);
// SmartCA says another holder, number or serial number than the certificate.
bool differs(const RegisteredCertificate& certificate);
// Active, with the user's name, all of which can be read, and no other than SmartCA says.
bool isPlain(const DialogState& dialog, std::uint16_t place);
// And on nobody else's list: Create has nothing to ask about it.
bool isCertain(const DialogState& dialog, std::uint16_t place);
// The places of those that would be added, in the order of the rows, whether the search shows them or not.
std::vector<std::uint16_t> ticked(const DialogState& dialog);

// What the head's box ticks of what is shown: what is plain; where nothing is, what is active.
std::vector<std::uint16_t> fitting(const DialogState& dialog);
// How much is ticked of what may be; Off: there is nothing for the box to do.
enum class BoxState : std::uint8_t { None, Some, All, Off };
BoxState boxOfAll(const DialogState& dialog);
// "2 selected, 3 not".
std::string selectedWords(Locale locale, const DialogState& dialog);
// "1 of 20 shown", of a search: those that could not be read among them.
std::string shownWords(Locale locale, const DialogState& dialog);

// After an answer: there is another list.
void takeAnswer(DialogState& dialog);
// Brings order, names and search up to date: after another user, or another search.
void arrange(DialogState& dialog);
// Ticks what is plain, until the person ticks by hand; what they have ticked
// stays, as far as it is still there to be added.
void tickByItself(DialogState& dialog);
// These and no others.
void tickOnly(DialogState& dialog, const std::vector<std::uint16_t>& places);

// What stands in the field of the serial number.
std::string serialShown(const DialogState& dialog);
// And what the list says instead of one: "2 of 5 certificates"; empty where one alone is ticked.
std::string countOfTicked(Locale locale, const DialogState& dialog);

// What a press on Create would do.
enum class Prospect : std::uint8_t {
    Unknown,         // nothing is looked up, or what is typed is refused
    LookingUp,       // for this number and user
    OnlyUnreadable,  // nothing of it could be read
    AllOnList,       // everything found, or picked, is on the list already
    NothingTicked,
    OthersNames,  // nothing is ticked, since all that could be used carries other names
    Adds,
};
Prospect prospectOf(const DialogState& dialog);
// Nothing would be added, so that Create is off.
bool addsNothing(Prospect prospect);
// In a sentence; empty while it is unknown.
std::string prospectWords(Locale locale, const DialogState& dialog);
// What the dialog's foot says: how many fields are wrong, or that.
std::string footWords(Locale locale, const DialogState& dialog);

// What Create asks about before it sends.
struct Doubts {
    std::vector<std::uint16_t> places;    // ticked, and not certain; the next three and notes say why
    std::vector<std::uint16_t> others;    // another name than the user's
    std::vector<std::uint16_t> unusable;  // expired, revoked, suspended or the like
    std::size_t held = 0;                 // on other users' lists
    std::size_t unreadable = 0;           // left out, since it could not be read
    std::size_t certain = 0;              // ticked, and in no doubt
    bool secrets = false;                 // typed for another user or number
    bool any() const { return !places.empty() || unreadable > 0 || secrets; }
};
Doubts doubtsOf(const DialogState& dialog);
// The question in words. `without` is empty where there is but one way to go on.
struct DoubtWords {
    std::string title, text, without, with;
    ControlKind safe = ControlKind::DoubtBack;  // the answer that adds nothing that is in doubt
};
DoubtWords doubtWords(Locale locale, const DialogState& dialog);

}  // namespace smartca::app
