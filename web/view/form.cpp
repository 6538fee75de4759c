#include "web/view/form.h"

#include <algorithm>
#include <utility>

#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

constexpr float kNoteDistance = 6, kSignWidth = 14;

ColorToken colorOf(Note::Kind kind) {
    switch (kind) {
        case Note::Kind::Good:
            return ColorToken::Ok;
        case Note::Kind::Warning:
            return ColorToken::Warn;
        case Note::Kind::Error:
            return ColorToken::Error;
        case Note::Kind::Help:
            break;
    }
    return ColorToken::Muted;
}

Role roleOf(Entry entry) {
    switch (entry) {
        case Entry::Search:
            return Role::ComboBox;
        case Entry::Lines:
            return Role::LinesField;
        case Entry::Password:
            return Role::PasswordField;
        default:
            return Role::TextField;
    }
}

// Where the value that is shown comes from; while that is not known, why.
Message wordsOf(const Form& form, Provenance provenance) {
    if (const Message unknown = settingsMissing(form);
        unknown != Message::None && provenance != Provenance::Edited)
        return unknown;
    switch (provenance) {
        case Provenance::Company:
            return Message::FromCompany;
        case Provenance::User:
            return Message::FromUser;
        case Provenance::Edited:
            return Message::FromEdit;
        case Provenance::BuiltIn:
            break;
    }
    return Message::FromBuiltIn;
}

// Said before anything is lost: an entry that was there before this was known, or a secret that the account needs.
Note noteOfUnsaved(const Form& form, Field field) {
    return {.words = app::notSavedWords(form.painter.locale(), {&field, 1}), .kind = Note::Kind::Warning};
}

app::Control suggestionControl(std::size_t index) {
    return {app::ControlKind::IdentitySuggestion, static_cast<std::uint16_t>(index)};
}

std::string suggestionName(const Painter& painter, const std::string& suggestion) {
    return painter.say(Message::IdentityUseSuggestion, {{"suggestion", suggestion}});
}

ColorToken suggestionColor(const Note& note) {
    return note.kind == Note::Kind::Help ? ColorToken::Accent : ColorToken::Warn;
}

float signWidthOf(const Note& note) {
    return note.kind == Note::Kind::Help ? 0.f : kSignWidth;
}

// The place of a part that can be taken over, in the words; without height where it is broken over two lines.
Rectangle placeOf(const Painter& painter, const Rectangle& box, const Note& note, std::string_view part) {
    float y = box.y, indent = signWidthOf(note);
    for (const std::string_view line : painter.type().lines(TextFace::Help, note.words, box.width, indent)) {
        if (const std::size_t at = line.find(part); at != std::string_view::npos)
            return {box.x + indent + painter.type().width(TextFace::Help, line.substr(0, at)), y,
                    painter.type().width(TextFace::Help, part), 16};
        y += painter.type().lineHeight(TextFace::Help);
        indent = 0;
    }
    return {};
}

// A button over the very digits.
void suggestion(const Form& form, const Rectangle& digits, const Note& note, std::size_t index) {
    Painter& painter = form.painter;
    const app::Control control = suggestionControl(index);
    const Rectangle target = {digits.x - 4, digits.y - 4, digits.width + 8, painter.target(24)};
    Item& item =
        painter.item(Role::Button, idOf(control), target, suggestionName(painter, note.suggestions[index]));
    item.flags = kQuiet | (form.availability != Availability::Enabled ? kDisabled : 0u);
    item.face = TextFace::Help;
    item.color = suggestionColor(note);
    // In the middle of a sentence there is no room for a ring: a band with a thick line shows the focus.
    if (painter.focuses(control) && painter.interaction().focusVisible) {
        painter.brush().fill(digits, 0, painter.ink(ColorToken::Accent, 0.06f));
        painter.brush().fill({digits.x, digits.y + 15, digits.width, 2}, 0, painter.ink(ColorToken::Accent));
    } else {
        const float alpha = painter.hovers(control) ? 1 : 0.5f;
        painter.brush().horizontal(digits.x, digits.y + 15, digits.width,
                                   painter.ink(suggestionColor(note), alpha));
    }
}

// Buttons under the words, where two of them would lie on one another within.
float suggestionsBelow(const Form& form, const Rectangle& below, const Note& note) {
    Painter& painter = form.painter;
    const float height = painter.target(24);
    Point at = {below.x, bottom(below) + 4};
    for (std::size_t i = 0; i < note.suggestions.size(); ++i) {
        const std::string name = suggestionName(painter, note.suggestions[i]);
        const float width = buttonWidth(painter, name, TextFace::Label);
        if (at.x > below.x && at.x + width > right(below)) at = {below.x, at.y + height + 4};
        button(painter, suggestionControl(i), {at.x, at.y, width, height}, name,
               {.look = Look::Link, .face = TextFace::Label, .availability = form.availability});
        at.x += width + 8;
    }
    return at.y + height - bottom(below);
}

// What of the words can be taken over, drawn; returns the height that it needs under them.
float suggestions(const Form& form, const Rectangle& box, const Note& note) {
    std::vector<Rectangle> places;
    places.reserve(note.suggestions.size());
    for (const std::string& each : note.suggestions)
        places.push_back(placeOf(form.painter, box, note, each));
    for (const Rectangle& place : places)
        if (place.height == 0 || place.y != places.front().y) return suggestionsBelow(form, box, note);
    for (std::size_t i = 0; i < places.size(); ++i)
        suggestion(form, places[i], note, i);
    return 0;
}

// Behind the mark, whose lines are numbered on.
std::uint32_t provenanceId(Field field, LabelMark mark) {
    return idOf(Part::Mark, static_cast<std::uint32_t>(field) * 8 + (mark == LabelMark::None ? 0 : 4));
}

// Another number may be meant than the one that stands in the field.
bool meansAnother(const Finding& finding) {
    return finding.field == Field::Identity && !finding.arguments.empty() &&
           finding.arguments.front().name == "suggestion";
}

}  // namespace

Message settingsMissing(const Form& form) {
    const app::Phase phase = form.dialog.signature.defaults.phase;
    if (phase == app::Phase::Ready) return Message::None;
    return phase == app::Phase::Failed ? Message::SettingsNotLoaded : Message::SettingsLoading;
}

std::uint32_t labelId(Field field) {
    return idOf(Part::Label, static_cast<std::uint32_t>(field) * 4);
}

std::uint32_t noteId(Field field, std::uint32_t piece) {
    return idOf(Part::Finding, static_cast<std::uint32_t>(field) * 8 + piece);
}

float label(const Form& form, Field field, app::Control control, const Rectangle& box,
            const LabelOptions& options) {
    Painter& painter = form.painter;
    const std::uint32_t mark = provenanceId(field, LabelMark::None);
    std::vector<Run> runs = {{.id = labelId(field),
                              .text = std::string(painter.say(ruleOf(field).label)),
                              .style = {.face = TextFace::Label},
                              .role = Role::Label,
                              .target = idOf(control)}};
    const TextStyle faint = {.face = TextFace::LabelPlain, .color = ColorToken::Muted};
    if (options.mark == LabelMark::Required)
        runs.push_back(
            {.id = mark, .text = "*", .style = {.face = TextFace::Label, .color = ColorToken::Error}});
    if (options.mark == LabelMark::Optional)
        runs.push_back({.id = mark, .text = std::string(painter.say(Message::Optional)), .style = faint});
    if (options.provenance)
        runs.push_back({.id = provenanceId(field, options.mark),
                        .text = "· " + std::string(painter.say(options.instead != Message::None
                                                                   ? options.instead
                                                                   : wordsOf(form, *options.provenance))),
                        .style = faint});
    return painter.flow(box, runs);
}

float labelWithReset(const Form& form, Field field, app::Control control, const Rectangle& box,
                     const LabelOptions& options, const ResetOptions& reset) {
    Painter& painter = form.painter;
    const bool edited = reset.provenance == Provenance::Edited;
    if (!edited && reset.reserved == 0) return label(form, field, control, box, options);
    // On a line of 18 pixels a finger's target needs some of the distance to the field above, and a bit more.
    const float lift = painter.roomy() ? 14.f : 0.f, height = painter.target(24);
    const std::string_view words = painter.say(Message::Reset);
    const float width = edited ? buttonWidth(painter, words, TextFace::Label) : 0.f;
    const Rectangle rest = {box.x, box.y + lift, box.width - width - reset.reserved - 8, box.height};
    const float labels = label(form, field, control, rest, options);
    if (edited)
        button(painter, {reset.control, 0},
               {right(box) - reset.reserved - width, rest.y + 21 - height, width, height},
               painter.say(reset.name),
               {.look = Look::Quiet,
                .face = TextFace::Label,
                .availability = form.availability,
                .words = words});
    return lift + labels;
}

const Finding* findingToSay(const Form& form, Field field) {
    const Finding* shown = app::findingAt(form.dialog, field);
    // The braces that are being written are no mistake yet.
    if (shown != nullptr && shown->code == FindingCode::PlaceholderUnclosed && menuOpen(form)) return nullptr;
    if (shown == nullptr) return nullptr;
    if (shown->code != FindingCode::NoCertificate && shown->code != FindingCode::PersonUnknown) return shown;
    for (const Finding& finding : form.dialog.validation.findings)
        if (meansAnother(finding)) return &finding;
    return shown;
}

bool isInvalid(const Form& form, Field field) {
    const Finding* finding = app::findingAt(form.dialog, field);
    return finding != nullptr && app::isError(form.dialog, *finding);
}

Note noteFor(const Form& form, Field field, Note otherwise) {
    const Finding* finding = findingToSay(form, field);
    if (finding == nullptr) {
        return app::isSaved(form.state, field) ? std::move(otherwise) : noteOfUnsaved(form, field);
    }
    Note note = {.words = app::findingWords(form.state, *finding),
                 .kind = isInvalid(form, field) ? Note::Kind::Error : Note::Kind::Warning,
                 .suggestions = {}};
    const auto& refused = form.dialog.signature.refused;
    if (refused && refused->why == *finding) note.words = app::refusedWords(form.painter.locale(), *refused);
    if (meansAnother(*finding) && form.availability != Availability::Locked)
        note.suggestions = app::identitySuggestions(form.dialog);
    return note;
}

float note(const Form& form, Field field, const Rectangle& below, const Note& note) {
    if (note.words.empty()) return 0;
    Painter& painter = form.painter;
    const ColorToken color = colorOf(note.kind);
    const Rectangle box = {below.x, bottom(below) + kNoteDistance, below.width, 0};
    const Point sign = {box.x + 5.5f, box.y + 8};
    TextStyle style = {.face = TextFace::Help, .color = color};
    if (note.kind != Note::Kind::Help) style.indent = kSignWidth;
    if (note.kind == Note::Kind::Good) icon::check(painter.brush(), sign, 8, painter.ink(color), 1.2f);
    if (note.kind == Note::Kind::Warning || note.kind == Note::Kind::Error)
        icon::warning(painter.brush(), sign, painter.ink(color), painter.ink(ColorToken::Surface));
    const float height = painter.text(noteId(field), box, note.words, style);
    return kNoteDistance + height + suggestions(form, {box.x, box.y, box.width, height}, note);
}

std::vector<std::uint32_t> describedBy(Field field, const Note& note) {
    if (note.words.empty()) return {};
    return {noteId(field)};
}

FieldBox beginField(const Form& form, Field field, app::Control control, const Rectangle& at,
                    const FieldOptions& wanted) {
    FieldOptions options = wanted;
    if (app::isLocked(form.state, field)) {
        if (options.label.mark == LabelMark::Optional) options.label.mark = LabelMark::None;
        options.label.provenance = Provenance::BuiltIn;
        options.reset.provenance = Provenance::BuiltIn;
    }
    const auto& given = form.dialog.startedAs.signatureText;
    const bool fills = field == Field::SignatureText && given && form.dialog.draft.signatureText == given;
    if (fills || app::isLocked(form.state, field)) options.label.instead = Message::FromPortal;
    FieldBox made = {.field = field,
                     .mark = options.label.mark,
                     .name = form.painter.say(ruleOf(field).label),
                     .box = at,
                     .said = noteFor(form, field, options.otherwise)};
    made.above = (options.reset.control == app::ControlKind::None
                      ? label(form, field, control, at, options.label)
                      : labelWithReset(form, field, control, at, options.label, options.reset)) +
                 kLabelDistance;
    made.box.y += made.above;
    made.box.height = options.height > 0 ? options.height : inputHeight(form.painter);
    return made;
}

std::vector<std::uint32_t> describedBy(const Form& form, const FieldBox& field) {
    std::vector<std::uint32_t> items = describedBy(field.field, field.said);
    if (form.availability == Availability::Locked) items.push_back(provenanceId(field.field, field.mark));
    return items;
}

InputOptions inputOptions(const Form& form, const FieldBox& field) {
    const FieldRule& rule = ruleOf(field.field);
    return {.role = roleOf(rule.entry),
            .value = rule.text == nullptr ? std::string_view() : form.dialog.draft.*rule.text,
            .placeholder = form.painter.say(rule.placeholder),
            .flags = (field.mark == LabelMark::Required ? kRequired : 0u) |
                     (isInvalid(form, field.field) ? kInvalid : 0u),
            .labelledBy = labelId(field.field),
            .describedBy = describedBy(form, field),
            .rule = field.field,
            .availability = form.availability};
}

float endField(const Form& form, const FieldBox& field) {
    return field.above + field.box.height + note(form, field.field, field.box, field.said);
}

}  // namespace smartca::view
