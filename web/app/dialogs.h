// The dialogs over the page. All functions but the four that open one expect theirs to be open, or do nothing
// while it is closed, as is said at each.
#pragma once

#include "web/app/turn.h"

namespace smartca::app {

// ======== "Create new VNPT SmartCA certificate": its fields, and what follows from each of them. All but
// openDialog() expect it to be open.

// dialog.cpp: opening, closing, and which function handles which control
void openDialog(Turn& turn, const OpenRequested& asked);
// The embedding page hears that it is open once it is known for whom: its token may name another user.
void tellOpened(Turn& turn);
bool holdsEntries(const DialogState& dialog);
void requestClose(Turn& turn);  // asks first if anything was entered
void giveUp(Turn& turn);        // closes; inside a portal only if its page lets it
void discard(Turn& turn);       // closes, and tells what became of what was sent where that is not known
void closeDialog(Turn& turn);
void activateInDialog(Turn& turn, Control control);
void typeInDialog(Turn& turn, Control control, const std::string& text);
void keyInDialog(Turn& turn, Control control, Key key);
void leaveInDialog(Turn& turn, Control control);
bool dialogAnswered(Turn& turn, const Answered& answered);

// rules.cpp: what the rules say of the draft
void revalidate(State& state);
void fieldChanged(Turn& turn, Field field);  // the person changed it: refusals go, and it is another draft
void refuse(Turn& turn, Findings refusals);  // what the proxy says of this draft, shown at its fields
bool focusFirstError(Turn& turn);            // and says how many there are; false when there is none
Control controlOf(const DialogState& dialog, Field field);
Field fieldOf(ControlKind kind);  // Field::Form where there is none

// prefill.cpp: what the portal's server fills in, once the session has told it: before what the embedding page asks for,
// and after what the person has entered, but for what is locked
void takePrefill(Turn& turn);
bool isLocked(const State& state, ControlKind kind);  // it would change such a field
Control firstControl(const State& state);             // what a person who opens the dialog enters first

// user.cpp
void startWithUser(Turn& turn, UserId user);  // as if the embedding page had asked for them
void chooseUser(Turn& turn, int option);
bool userSearchAnswered(Turn& turn, const Answered& answered);
void clearUser(Turn& turn);
void escapeUsers(Turn& turn);  // closes the list, and takes back what was typed over the chosen user
void leaveUser(Turn& turn);    // by its button
void forgetUser(Turn& turn);   // none is chosen, nor is the one that the embedding page asked for
void nameUser(Turn& turn);     // finds the user that the embedding page asked for, if it did
void nameUserAgain(Turn& turn);
bool userNamed(Turn& turn, const Answered& answered);

// lookup.cpp
// ListPassed: what is shown is of before.
enum class LookupTrigger : std::uint8_t { LeavingField, Button, Retry, OtherUser, ListPassed };
void lookUp(Turn& turn, LookupTrigger trigger);
// The form may be scrolled down.
void revealBanner(Turn& turn);
// Above the form: in the banner, or behind what it says of a create.
void tell(Turn& turn, const Trouble& trouble, Retry retry);
void withdrawBanner(DialogState& dialog);  // user or number is another: what it says is not of this draft
// The form is sent once the person has seen what will be added: until then Enter and Create look up. False
// where it has been seen, or there is nothing to look up.
bool lookUpBeforeSending(Turn& turn);
void identityTyped(Turn& turn, const std::string& text);
void takeSuggestion(Turn& turn, std::size_t index);
std::string whatWasFound(const State& state);
void announceProspect(Turn& turn);  // unless the form says, and has said, what is wrong instead
bool lookupAnswered(Turn& turn, const Answered& answered);

// picking.cpp: what the person ticks of what was found
void tick(Turn& turn, int place);
void tickAll(Turn& turn);  // the box in the head
void serialTyped(Turn& turn, const std::string& text);
void pickSearchTyped(Turn& turn, const std::string& text);
void keyInPicks(Turn& turn, Control control, Key key);
void namesChanged(Turn& turn);  // another user is chosen, or theirs became known
// A business account takes one, and of several none by itself. What was ticked comes back when it is switched back.
void swapTicks(Turn& turn);

// agree.cpp
bool askAboutDoubts(Turn& turn);  // false where nothing is to be asked
void announceDoubt(Turn& turn);   // the question that stands
void answerDoubt(Turn& turn, ControlKind answer);
void withdrawDoubt(Turn& turn);
void goBack(Turn& turn);  // the person does, from the question

// business.cpp
void toggleBusiness(Turn& turn);
void secretTyped(Turn& turn, Field field, const std::string& text);
void codeTick(Turn& turn);
void codeComputed(Turn& turn, const CodeComputed& computed);
void wipeSecrets(DialogState& dialog);  // it is closed or given up

// signature.cpp
void loadDefaults(Turn& turn);
void userSettingsChange(Turn& turn);
bool defaultsAnswered(Turn& turn, const Answered& answered);
void resolve(Turn& turn);
void signatureTyped(Turn& turn, const std::string& text);
void chooseDisplayMode(Turn& turn, int option);
void resetSignature(Turn& turn, Field field);

// placeholders.cpp: the menu over the signature's content
void caretMoved(Turn& turn, const CaretMoved& moved);
void openPlaceholders(Turn& turn);  // by its button; closes it where it is open
void closePlaceholders(DialogState& dialog);
void choosePlaceholder(Turn& turn, int option);
void keyInPlaceholders(Turn& turn, Key key);

// image.cpp
void imageOffered(Turn& turn, const ImageOffered& offered);
void imageProgresses(DialogState& dialog, const ImageProgress& progress);
void stopImage(Turn& turn);  // the one that is being prepared
void imageChosen(Turn& turn, const ImageChosen& chosen);
void imageLoaded(Turn& turn, const ImageLoaded& loaded);
void showImage(Turn& turn);

void showImageAgain(Turn& turn);  // after the dialog was closed for a while

// create.cpp: also for creates whose dialog was left
void submit(Turn& turn);
void withdrawCreate(Turn& turn);  // the create of the open dialog, of which it is not known what became
// What a press on Create has led to is there: presses count again once it can have been seen.
void letBeSeen(Turn& turn);
void askAboutOpen(Turn& turn);  // finds out about creates of which nobody knows, and nobody asks, what became
void createAgain(Turn& turn);   // Timer::CreateAgain
void createTick(Turn& turn);    // Timer::Creating
bool createAnswered(Turn& turn, const Answered& answered);

// outcome.cpp: a create, of the open dialog or of one that was left, has ended; or it is not known whether it has
void createFailed(Turn& turn, DialogState& dialog, Trouble trouble);
// Nothing was created, and nothing will be. `why`: of what is said of it, where nothing else was waiting for that.
void createUndone(Turn& turn, DialogState& dialog, Trouble why);
void createForgotten(Turn& turn, DialogState& dialog);  // nobody can tell any more what became of it
void createSucceeded(Turn& turn, DialogState& dialog, const CreateAnswer& answer);

// created.cpp: what a person is told of a create that has ended
// Added: alone of what it did, and of what may be missing in that, which no later create makes up for.
enum class TellOf : std::uint8_t { All, Added };
Notice noticeOf(const State& state, const CreateAnswer& answer, const SubmissionState& submission,
                TellOf tell = TellOf::All);
// Which they are, where the dialog holds others by now.
std::string serialsWords(Locale locale, const std::vector<Certificate>& added);
void addSentence(std::string& text, std::string_view sentence);

// left.cpp: a create goes on while its dialog is closed. Neither needs an open dialog but the first.
void leaveRunning(Turn& turn);
void openLeft(Turn& turn, std::uint16_t number);  // nothing while something else is open
void leftFailed(Turn& turn, DialogState& dialog, const Trouble& trouble);  // a notice leads back to it
void forgetLeft(State& state, std::uint16_t number);
LeftCreate* leftWith(State& state, const DialogState& dialog);  // null: the one that is open

// ======== details.cpp: what a certificate says of itself, opened from its row. All but openDetails() do
// nothing while it is closed.
void openDetails(Turn& turn, const Certificate& certificate, Control returnTo);
void closeDetails(Turn& turn);
void activateInDetails(Turn& turn, Control control);
bool detailsAnswered(Turn& turn, const Answered& answered);
void textCopied(Turn& turn, const TextCopied& copied);

// ======== rename.cpp: gives a certificate another name on the list. All but openRename() do nothing while it
// is closed.
void openRename(Turn& turn, const Certificate& certificate, Control returnTo);
bool holdsEntries(const RenameState& rename);
void requestCloseRename(Turn& turn);  // asks first if something else was typed
void closeRename(Turn& turn);
void endRename(Turn& turn);  // the name is its own now
void activateInRename(Turn& turn, Control control);
void typeInRename(Turn& turn, Control control, const std::string& text);
void leaveRename(Turn& turn);  // the field
bool renameAnswered(Turn& turn, const Answered& answered);

// ======== confirm.cpp: the one question that may stand over everything: discard the draft, or delete a
// certificate.
void ask(Turn& turn, Confirm confirm);  // the focus goes to the answer that changes nothing
void confirmAccepted(Turn& turn);
void confirmRejected(Turn& turn);

}  // namespace smartca::app
