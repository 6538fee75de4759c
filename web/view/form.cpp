#include "web/view/form.h"

#include <algorithm>

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

Message wordsOf(Provenance provenance) {
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

bool isSaved(const Form& form, Field field) {
    if (form.state.session.phase != app::Phase::Ready) return true;
    const std::vector<Field>& saves = form.state.session.value.saves;
    return std::find(saves.begin(), saves.end(), field) != saves.end();
}

// Said before anything is lost: at a default as a help, at an entry of the person as a warning.
std::optional<Note> noteOfUnsaved(const Form& form, Field field) {
    if (isSavedEverywhere(field) || isSaved(form, field)) return std::nullopt;
    return Note{.words = std::string(form.painter.say(Message::NotSavedHere)),
                .kind = isEntered(form.dialog.draft, field) ? Note::Kind::Warning : Note::Kind::Help,
                .suggestion = {}};
}

// The part of a warning that can be taken over: a button over the very digits.
void suggestion(const Form& form, const Rectangle& box, std::string_view words, std::string_view part) {
    Painter& painter = form.painter;
    float y = box.y, indent = kSignWidth;
    for (const std::string_view line : painter.type().lines(TextFace::Help, words, box.width, kSignWidth)) {
        const std::size_t at = line.find(part);
        if (at != std::string_view::npos) {
            const float x = box.x + indent + painter.type().width(TextFace::Help, line.substr(0, at));
            const float width = painter.type().width(TextFace::Help, part);
            const float height = painter.roomy() ? 44.f : 24.f;
            const app::Control control = {app::ControlKind::IdentitySuggestion, 0};
            const Rectangle target = {x - 4, y - 4, width + 8, height};
            Item& item = painter.item(
                Role::Button, idOf(control), target,
                painter.say(Message::IdentityUseSuggestion, {{"suggestion", std::string(part)}}));
            item.flags = kQuiet | (form.availability == Availability::Disabled ? kDisabled : 0u);
            item.face = TextFace::Help;
            item.color = ColorToken::Warn;
            // In the middle of a sentence there is no room for a ring: a band with a thick line shows the
            // focus.
            if (painter.focuses(control) && painter.interaction().focusVisible) {
                painter.brush().fill({x, y, width, 16}, 0, painter.ink(ColorToken::Accent, 0.06f));
                painter.brush().fill({x, y + 15, width, 2}, 0, painter.ink(ColorToken::Accent));
            } else {
                const float alpha = painter.hovers(control) ? 1 : 0.5f;
                painter.brush().horizontal(x, y + 15, width, painter.ink(ColorToken::Warn, alpha));
            }
            return;
        }
        y += painter.type().lineHeight(TextFace::Help);
        indent = 0;
    }
}

}  // namespace

std::uint32_t labelId(Field field) {
    return idOf(Part::Label, static_cast<std::uint32_t>(field) * 4);
}

std::uint32_t noteId(Field field, std::uint32_t piece) {
    return idOf(Part::Finding, static_cast<std::uint32_t>(field) * 8 + piece);
}

float label(const Form& form, Field field, app::Control control, const Rectangle& box,
            const LabelOptions& options) {
    Painter& painter = form.painter;
    const std::uint32_t mark = idOf(Part::Mark, static_cast<std::uint32_t>(field) * 8);
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
        runs.push_back({.id = mark,
                        .text = "· " + std::string(painter.say(wordsOf(*options.provenance))),
                        .style = faint});
    return painter.flow(box, runs);
}

float labelWithReset(const Form& form, Field field, app::Control control, const Rectangle& box,
                     const LabelOptions& options, const ResetOptions& reset) {
    Painter& painter = form.painter;
    if (reset.provenance != Provenance::Edited) return label(form, field, control, box, options);
    // On a line of 18 pixels a finger's target needs some of the distance to the field above, and a bit more.
    const float lift = painter.roomy() ? 14.f : 0.f, height = painter.roomy() ? 44.f : 24.f;
    const std::string_view words = painter.say(Message::Reset);
    const float width = buttonWidth(painter, words, TextFace::Label);
    const Rectangle rest = {box.x, box.y + lift, box.width - width - 8, box.height};
    const float labels = label(form, field, control, rest, options);
    button(painter, {reset.control, 0}, {right(box) - width, rest.y + 21 - height, width, height},
           painter.say(reset.name),
           {.look = Look::Quiet, .face = TextFace::Label, .availability = form.availability, .words = words});
    return lift + labels;
}

const Finding* findingToSay(const Form& form, Field field) {
    const Finding* shown = app::findingAt(form.dialog, field);
    if (shown == nullptr || shown->code != FindingCode::NoCertificate) return shown;
    for (const Finding& finding : form.dialog.validation.findings)
        if (finding.code == FindingCode::IdentityCheckDigit) return &finding;
    return shown;
}

bool isInvalid(const Form& form, Field field) {
    const Finding* finding = app::findingAt(form.dialog, field);
    return finding != nullptr && severityOf(finding->code) == Severity::Error;
}

Note noteFor(const Form& form, Field field, Note otherwise) {
    const Finding* finding = findingToSay(form, field);
    if (finding == nullptr) {
        if (auto unsaved = noteOfUnsaved(form, field)) return *std::move(unsaved);
        return otherwise;
    }
    Note note = {.words = describe(form.painter.locale(), *finding),
                 .kind = isInvalid(form, field) ? Note::Kind::Error : Note::Kind::Warning,
                 .suggestion = {}};
    if (finding->code == FindingCode::IdentityCheckDigit)
        for (const Argument& argument : finding->arguments)
            if (argument.name == "suggestion") note.suggestion = argument.value;
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
    if (!note.suggestion.empty()) suggestion(form, box, note.words, note.suggestion);
    return kNoteDistance + height;
}

std::vector<std::uint32_t> describedBy(Field field, const Note& note) {
    if (note.words.empty()) return {};
    return {noteId(field)};
}

FieldBox beginField(const Form& form, Field field, app::Control control, const Rectangle& at,
                    const FieldOptions& options) {
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

InputOptions inputOptions(const Form& form, const FieldBox& field) {
    const FieldRule& rule = ruleOf(field.field);
    return {.role = roleOf(rule.entry),
            .value = rule.text == nullptr ? std::string_view() : form.dialog.draft.*rule.text,
            .placeholder = form.painter.say(rule.placeholder),
            .flags = (field.mark == LabelMark::Required ? kRequired : 0u) |
                     (isInvalid(form, field.field) ? kInvalid : 0u),
            .labelledBy = labelId(field.field),
            .describedBy = describedBy(field.field, field.said),
            .rule = field.field,
            .availability = form.availability};
}

float endField(const Form& form, const FieldBox& field) {
    return field.above + field.box.height + note(form, field.field, field.box, field.said);
}

}  // namespace smartca::view
