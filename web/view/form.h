// What the fields of the dialog have in common: labels with their marks, and what is said under a field.
#pragma once

#include <optional>
#include <span>

#include "web/view/input.h"

namespace smartca::view {

class LookupRows;

// The dialog's data with where it is drawn.
struct Form {
    Painter& painter;
    const app::State& state;
    const app::DialogState& dialog;
    LookupRows& lookupRows;                             // of the last frame
    Availability availability = Availability::Enabled;  // fixed while the create is under way

    // Between fields: 16, on narrow screens 14; where small buttons stand beside labels, enough for fingers.
    float gap() const { return painter.narrow() ? 14.f : 16 - painter.viewport().tightness; }
    // The same for a field, which the portal's server may have locked.
    Form of(Field field) const {
        return {painter, state, dialog, lookupRows,
                app::isLocked(state, field) ? Availability::Locked : availability};
    }
    bool looksUp() const { return dialog.mode == app::Mode::Lookup; }  // nothing is attached
    bool business() const { return dialog.draft.businessAccount == Switch::On; }
    // The certificates of the identity that stands in the field, or null while they are not known.
    const std::vector<RegisteredCertificate>* registered() const {
        return app::registeredCertificates(dialog);
    }
};

// Why what is shown may not be the settings of the user, or of the company; None where it is.
Message settingsMissing(const Form& form);

std::uint32_t labelId(Field field);
std::uint32_t noteId(Field field, std::uint32_t piece = 0);

enum class LabelMark : std::uint8_t { None, Required, Optional };

struct LabelOptions {
    LabelMark mark = LabelMark::None;
    std::optional<Provenance> provenance = {};
    Message instead = Message::None;  // said in the provenance's place
};

// The label of a field's control; returns its height. 18 for one line.
float label(const Form& form, Field field, app::Control control, const Rectangle& box,
            const LabelOptions& options);

// The same, with a small button at its end that drops the person's own edit.
struct ResetOptions {
    app::ControlKind control = app::ControlKind::None;
    Message name = Message::None;
    Provenance provenance = Provenance::BuiltIn;  // of the value: only an edit can be dropped
    float reserved = 0;                           // right of it, for another button of the caller's
};
float labelWithReset(const Form& form, Field field, app::Control control, const Rectangle& box,
                     const LabelOptions& options, const ResetOptions& reset);

// What the field says of the findings at it: where a number has no certificate and fails its check digit, the
// latter, since it says which number may have been meant.
const Finding* findingToSay(const Form& form, Field field);

// Whether an error is shown at the field.
bool isInvalid(const Form& form, Field field);

// What stands under a field: its finding, else that this installation cannot save it, else what the caller
// gives.
struct Note {
    std::string words = {};
    enum class Kind : std::uint8_t { Help, Good, Warning, Error } kind = Kind::Help;
    std::vector<std::string> suggestions = {};  // parts of the words that can be taken over
};
Note noteFor(const Form& form, Field field, Note otherwise);

// Draws the note at the box's top and returns its height with the distance above it, 0 where there is none.
float note(const Form& form, Field field, const Rectangle& below, const Note& note);

// The items that describe a field's control.
std::vector<std::uint32_t> describedBy(Field field, const Note& note);

// A field from its label to what stands under it. Its rule gives the label, the placeholder and the kind of
// control, the dialog's findings the rest.
//
//   const FieldBox field = beginField(form, Field::Identity, control, {at.x, at.y, width}, {.mark = ...});
//   input(painter, control, field.box, field.name, inputOptions(form, field));
//   return endField(form, field);
struct FieldBox {
    Field field = Field::Form;
    LabelMark mark = LabelMark::None;
    std::string_view name;
    Rectangle box;    // of the control
    float above = 0;  // height of the label, with its distance
    Note said;
};
struct FieldOptions {
    LabelOptions label = {};
    ResetOptions reset = {};  // with a control: the button beside the label
    float height = 0;         // of the control; 0: an input's
    Note otherwise = {};      // said where nothing is wrong
};
// Draws the label.
FieldBox beginField(const Form& form, Field field, app::Control control, const Rectangle& at,
                    const FieldOptions& options);
// What describes its control: what is said under it, and that the portal gave what it holds.
std::vector<std::uint32_t> describedBy(const Form& form, const FieldBox& field);
InputOptions inputOptions(const Form& form, const FieldBox& field);
// Draws what stands under the control and returns the height of all.
float endField(const Form& form, const FieldBox& field);

// ---- the fields, each drawn at a place; all return the height they took

// Everything below the header of the form column: banner, fields, and the lists that open over them. The
// column's height is what is seen of it at once.
float drawFormColumn(const Form& form, const Rectangle& column);

// A field of nothing but text.
float drawTextField(const Form& form, Field field, app::Control control, const Rectangle& at,
                    const FieldOptions& options);
float drawBanner(const Form& form, Point at, float width);
float drawUserField(const Form& form, Point at, float width);
// The list under the user's field; drawn last, since it lies over what follows.
void drawUserList(const Form& form, const Rectangle& field, const Rectangle& bounds);
float drawIdentityField(const Form& form, Point at, float width);
float drawSerialField(const Form& form, Point at, float width);
// The certificates found under the identity; 0 where nothing was looked up.
float drawLookupList(const Form& form, Point at, float width);
// Over the end of the form's place, in the dialog.
void drawDoubt(const Form& form, const Rectangle& above);
float drawBusinessCard(const Form& form, Point at, float width);
float drawPasswordField(const Form& form, Point at, float width);
float drawSecretKeyField(const Form& form, Point at, float width);
// The one-time code of the key, in a place of its own.
float drawCodeCard(const Form& form, Point at, float width);
float drawSignatureText(const Form& form, Point at, float width);
bool menuOpen(const Form& form);
// The placeholders over the signature's content, whose box is `field`; drawn last, as the users are.
// `seen`: how much of the form is on screen.
void drawPlaceholderMenu(const Form& form, const Rectangle& field, const Rectangle& bounds, float seen);
float drawDisplayMode(const Form& form, Point at, float width);

// The right column, or below the form on narrow screens.
// The values of the placeholders: those of the one certificate that would be added; while there is none or
// there are several, what the chosen user is known to be called, and dots for the rest. Nothing is made up.
Arguments placeholderValuesFor(const Form& form);
float drawPreview(const Form& form, Point at, float width);
float drawImageCard(const Form& form, Point at, float width);

// What is saved of how a signature looks is known here, so that it can be shown.
bool previews(const Form& form);
bool hasImage(const Form& form);
// The signature's image within `room`, as an item that shows it by itself.
void drawImage(const Form& form, const Rectangle& room, Part part, std::string_view name);
// Takes a file that is dragged, over all that `box` holds.
void drawDropTarget(const Form& form, std::uint32_t index, const Rectangle& box);

}  // namespace smartca::view
