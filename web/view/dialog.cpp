#include <algorithm>

#include "web/app/picks.h"
#include "web/view/certificate_words.h"
#include "web/view/dialogs.h"
#include "web/view/form.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

// As high as the window allows, up to a limit: what comes and goes inside never changes the dialog's place.
constexpr float kDialogWidth = 920, kDialogHeight = 820, kPreviewWidth = 324;
// Where nothing is attached there is little to fill in, and nothing to preview.
constexpr float kLookupWidth = 640, kLookupHeight = 620;
constexpr float kLeastBody = 120, kLeastLowBody = 60;

// The dialog's parts, with the lengths that its content decides.
struct Shape {
    float margin = 24;                       // at the sides of the content
    float width = 0, formWidth = 0;          // CSS px
    float header = 0, body = 0, footer = 0;  // heights
    Rectangle box{};                         // on the overlay
    float titleWidth = 0;
    Message title = Message::DialogTitle, subtitle = Message::DialogSubtitle;
};

float headerHeight(const Painter& painter, const Shape& shape) {
    const auto height = [&](TextFace face, Message words) {
        return painter.type().height(face, painter.say(words), shape.titleWidth);
    };
    const float title = height(TextFace::Title, shape.title);
    if (painter.low()) return 9 + title + 9;
    if (painter.narrow()) return 14 + title + 12;
    return 20 + title + 2 + height(TextFace::Body, shape.subtitle) + 16;
}

// On a phone held upright the note stands above the buttons, and its place is kept; else beside them.
bool stacksFooter(const Painter& painter) {
    return painter.narrow() && !painter.low();
}

// What the footer says, in the order of what matters: of a question, of errors, of what Create would do. Empty:
// which fields are required.
struct FooterWords {
    std::string words;
    ColorToken color = ColorToken::Muted;
};
FooterWords footerWords(const Painter& painter, const app::DialogState& dialog) {
    const bool wrong = app::fieldsInError(dialog) > 0 && dialog.doubt != app::Doubt::Asked;
    return {app::footWords(painter.locale(), dialog), wrong ? ColorToken::Error : ColorToken::Muted};
}

float footerHeight(const Painter& painter, const app::DialogState& dialog, float width) {
    if (stacksFooter(painter)) {
        const float words = painter.type().height(TextFace::Help, footerWords(painter, dialog).words, width);
        constexpr float kTwoLines = 32;  // the place that is kept for them
        return 1 + 12 + std::max(kTwoLines, words) + 8 + buttonHeight(painter) + 12;
    }
    const float around = painter.low() ? 6.f : 14.f;
    return 1 + around + buttonHeight(painter) + around;
}

bool showsTime(const app::DialogState& dialog) {
    return dialog.busy() && dialog.submission.seconds >= app::kShowsTimeAfter;
}
bool mayLeave(const app::DialogState& dialog) {
    return dialog.busy() && dialog.submission.seconds >= app::kMayLeaveAfter;
}

// What is known of a create that takes a while: for how long it has been going on, and nothing of how far it
// is.
std::string runningWords(const Painter& painter, const app::DialogState& dialog) {
    const std::string time = durationText(dialog.submission.seconds);
    const std::size_t asked = dialog.draft.serials.size();
    if (dialog.banner.trouble) return painter.say(Message::CheckingFor, {{"time", time}});
    if (asked > 1)
        return painter.say(Message::CreatingSome, {{"count", std::to_string(asked)}, {"time", time}});
    return painter.say(Message::CreatingFor, {{"time", time}});
}

// Where there is room for one line alone, the button's words say it.
enum class Advice : std::uint8_t { Said, Left };

// On the footer's upper edge: nobody says how far it is, so the mark goes round rather than on.
void drawRunningMark(Painter& painter, const Rectangle& box, float footer, Instant seconds) {
    constexpr int kSteps = 5;
    const float step = box.width / kSteps;
    const float x = box.x + step * static_cast<float>(seconds % kSteps);
    painter.brush().fill({x, bottom(box) - footer, step, 2}, 0, painter.ink(ColorToken::Accent));
}

void drawHeader(Painter& painter, const Shape& shape) {
    const Rectangle& box = shape.box;
    const bool small = painter.small();
    const float top = painter.low() ? 9.f : small ? 14.f : 20.f;
    Column column(painter, {box.x + shape.margin, box.y + top, shape.titleWidth, 0});
    column.text(idOf(Part::DialogTitle), painter.say(shape.title), {.face = TextFace::Title}, Role::Heading2);
    column.skip(2);
    if (!small)
        column.text(idOf(Part::DialogSubtitle), painter.say(shape.subtitle), {.color = ColorToken::Muted});
    closeButton(painter, app::ControlKind::DialogClose,
                {right(box) - (small ? 32.f : 40.f), box.y + (painter.low() ? shape.header / 2
                                                              : small       ? 30.f
                                                                            : 35.f)});
}

// "Fields marked * are required.": one sentence, whose star has the colour that it has at the labels.
void drawRequiredNote(Painter& painter, const Rectangle& box) {
    const std::string_view words = painter.say(Message::RequiredFieldsNote);
    const std::size_t star = words.find('*');
    painter.text(idOf(Part::FooterNote), box, words, {.face = TextFace::Help, .color = ColorToken::Muted});
    if (star == std::string_view::npos || painter.sketches()) return;
    const auto width = [&](std::string_view part) { return painter.type().width(TextFace::Help, part); };
    const Rectangle mark = {box.x + width(words.substr(0, star)), box.y, width("*"), 16};
    painter.brush().fill(mark, 0, painter.ink(ColorToken::Surface));
    painter.inscribe(mark, "*", {.face = TextFace::Help, .color = ColorToken::Error});
}

void drawRunning(Painter& painter, const Rectangle& line, const app::DialogState& dialog, Advice advised) {
    if (!showsTime(dialog)) return;
    const std::string time = runningWords(painter, dialog);
    const bool advises = advised == Advice::Said && mayLeave(dialog);
    const std::string_view advice =
        advises ? painter.say(app::takesLongWords(dialog.submission)) : std::string_view();
    const float below = advises ? painter.type().height(TextFace::Help, advice, line.width) : 0;
    Rectangle box = line;
    box.y -= below / 2;
    Column column(painter, box);
    column.text(idOf(Part::FooterNote), time, {.face = TextFace::HelpStrong});
    if (advises)
        column.text(idOf(Part::FooterNote, 1), advice, {.face = TextFace::Help, .color = ColorToken::Muted});
}

struct FooterLabels {
    std::string_view cancel, rests, works;
};
FooterLabels footerLabels(const Form& form) {
    const bool looksUp = form.looksUp(), leaves = mayLeave(form.dialog);
    const bool checks = form.dialog.submission.isChecked();
    const auto say = [&](Message message) { return form.painter.say(message); };
    return {say(leaves && !checks   ? Message::LeaveRunning
                : leaves || looksUp ? Message::Close
                                    : Message::Cancel),
            say(looksUp ? Message::LookUp : Message::CreateNew),
            say(looksUp  ? Message::LookingUp
                : checks ? Message::Checking
                         : Message::Creating)};
}

constexpr float kBetweenButtons = 12, kBeforeButtons = 16;

float createWidth(const Form& form) {
    const auto labels = footerLabels(form);
    return std::max(buttonWidth(form.painter, labels.rests), buttonWidth(form.painter, labels.works));
}

// Whether the footer's sentence has room there. Where it has none, as in a window of 320 by 256 pixels, it ends the form.
bool footerSays(const Form& form, float width) {
    constexpr float kLeastNote = 150;
    const float buttons = createWidth(form) + kBetweenButtons +
                          buttonWidth(form.painter, footerLabels(form).cancel) + kBeforeButtons;
    return stacksFooter(form.painter) || width - buttons >= kLeastNote;
}

void drawFooter(const Form& form, const Shape& shape) {
    Painter& painter = form.painter;
    const float height = buttonHeight(painter), side = painter.narrow() ? shape.margin : 24.f;
    const bool stacked = stacksFooter(painter), leaves = mayLeave(form.dialog);
    const bool busy = form.looksUp() ? form.dialog.lookup.answer.request != 0 : form.dialog.busy();
    const auto [cancel, rests, works] = footerLabels(form);
    const FooterWords said = footerWords(painter, form.dialog);
    Rectangle row = inset(shape.box, side, 0);
    row.y = bottom(shape.box) - shape.footer;
    Rectangle note = {row.x, row.y + 11, row.width, 16}, createBox, cancelBox;
    if (stacked) {
        row = {row.x, bottom(shape.box) - 12 - height, row.width, height};
        cancelBox = takeLeft(row, (row.width - 12) / 2, 12);
        createBox = row;
    } else {
        row = {row.x, row.y + (shape.footer - height + 1) / 2, row.width, height};
        createBox = takeRight(row, createWidth(form), kBetweenButtons);
        cancelBox = takeRight(row, buttonWidth(painter, cancel), kBeforeButtons);
        const float words = std::max(16.f, painter.type().height(TextFace::Help, said.words, row.width));
        note = {row.x, middle(row) - words / 2, row.width, words};
    }
    const bool says = footerSays(form, shape.width - 2 * side);
    if (says && form.dialog.busy())
        drawRunning(painter, note, form.dialog, stacked || painter.low() ? Advice::Left : Advice::Said);
    else if (says && said.words.empty())
        drawRequiredNote(painter, note);
    else if (says)
        painter.text(idOf(Part::FooterNote), note, said.words, {.face = TextFace::Help, .color = said.color});
    const bool isSaid = !busy && !said.words.empty();
    // Where it would do nothing it is off, and the sentence beside it says why.
    // But for what became of a create before, which it finds out first.
    const bool off = form.dialog.doubt == app::Doubt::Asked ||
                     (app::addsNothing(app::prospectOf(form.dialog)) && !form.dialog.submission.isOpen);
    button(painter, {app::ControlKind::Cancel, 0}, cancelBox, cancel,
           {.availability = form.dialog.busy() && !leaves ? Availability::Disabled : Availability::Enabled});
    button(painter, {app::ControlKind::Submit, 0}, createBox, busy ? works : rests,
           {.look = off && !busy ? Look::Secondary : Look::Primary,
            .availability = busy  ? Availability::Fixed
                            : off ? Availability::Disabled
                                  : Availability::Enabled,
            .role = Role::SubmitButton,
            .flags = busy ? kBusy : 0u});
    if (isSaid) painter.itemAt(painter.itemCount() - 1).describedBy = {idOf(Part::FooterNote)};
    if (showsTime(form.dialog))
        drawRunningMark(painter, shape.box, shape.footer, form.dialog.submission.seconds);
}

// The ground of the preview and the lines between the dialog's parts.
void paintParts(Painter& painter, const Shape& shape) {
    const Rectangle& box = shape.box;
    const Ink line = painter.ink(ColorToken::Line);
    if (shape.formWidth < shape.width) {
        const float x = box.x + shape.formWidth;
        painter.brush().fill({x, box.y + shape.header, right(box) - x, shape.body + 1}, 0,
                             painter.ink(ColorToken::Sunken));
        painter.brush().vertical(x, box.y + shape.header, shape.body + 1, line);
    }
    painter.brush().horizontal(box.x, box.y + shape.header, box.width, line);
    painter.brush().horizontal(box.x, bottom(box) - shape.footer, box.width, line);
}

// A column of the body scrolls on its own; its content was laid out before, between those two items.
void placeColumn(Painter& painter, Part part, const Rectangle& place, float content, std::size_t first,
                 std::size_t last) {
    Item& column = painter.item(Role::Layer, idOf(part), place);
    column.flags = content > place.height + 0.5f ? kScrolls : 0u;
    column.contentHeight = std::max(content, place.height);
    painter.resizeSurface(idOf(part), place.width, std::max(content, place.height));
    painter.moveBehind(first, last);
}

}  // namespace

void drawDialog(Painter& painter, const app::State& state, LookupRows& lookupRows) {
    const app::DialogState& dialog = *state.dialog;
    const Viewport& viewport = painter.viewport();
    const Form form = {painter, state, dialog, lookupRows,
                       dialog.busy() ? Availability::Fixed : Availability::Enabled};
    const bool narrow = painter.narrow(), small = painter.small(), aside = !narrow && previews(form);
    const bool looksUp = dialog.mode == app::Mode::Lookup;
    Shape shape;
    if (looksUp) {
        shape.title = Message::LookupModeTitle;
        shape.subtitle = Message::LookupModeSubtitle;
    }
    shape.margin = narrow ? 16.f : 24.f;
    shape.width =
        small ? viewport.width : std::min(looksUp ? kLookupWidth : kDialogWidth, viewport.width - 48);
    shape.formWidth = aside ? shape.width - kPreviewWidth : shape.width;
    shape.titleWidth = shape.width - shape.margin - (small ? 16 + 56.f : 80.f) - viewport.logo;
    shape.header = headerHeight(painter, shape);
    shape.footer = footerHeight(painter, dialog, shape.width - 2 * shape.margin);

    const float fixed = shape.header + 1 + shape.footer;
    const float room =
        small ? viewport.height : std::min(looksUp ? kLookupHeight : kDialogHeight, viewport.height - 48);
    shape.body = std::max(painter.low() ? kLeastLowBody : kLeastBody, room - fixed);
    // The columns come first, since their content decides whether they scroll.
    const float top = narrow ? 16.f : 20.f, previewWidth = shape.width - shape.formWidth;
    const std::size_t start = painter.itemCount();
    float formHeight = 0, previewHeight = 0;
    {
        const auto surface = painter.onto(idOf(Part::FormColumn), shape.formWidth, 1);
        formHeight =
            top + drawFormColumn(form, {shape.margin, top, shape.formWidth - 2 * shape.margin, shape.body}) +
            top;
        const FooterWords said = footerWords(painter, dialog);
        if (!said.words.empty() && !dialog.busy() && !footerSays(form, shape.width - 2 * shape.margin)) {
            const Rectangle note = {shape.margin, formHeight, shape.formWidth - 2 * shape.margin, 0};
            formHeight += painter.text(idOf(Part::FooterNote), note, said.words,
                                       {.face = TextFace::Help, .color = said.color}) +
                          top;
        }
    }
    const std::size_t between = painter.itemCount();
    if (aside) {
        const auto surface = painter.onto(idOf(Part::PreviewColumn), previewWidth, 1);
        Column column(painter, {21, top, previewWidth - 41, 0});
        column.skip(drawPreview(form, {21, top}, column.rest().width) + 16);
        column.skip(drawImageCard(form, {21, column.y()}, column.rest().width));
        previewHeight = column.y() + top;
    }
    const std::size_t end = painter.itemCount();

    shape.box = modalBox(painter, shape.width, fixed + shape.body);

    ModalOptions options = {.overlay = Part::Overlay,
                            .dialog = Part::Dialog,
                            .title = Part::DialogTitle,
                            .name = painter.say(shape.title),
                            .box = shape.box,
                            .busy = dialog.busy(),
                            .fillsScreen = small};
    if (!small) options.describedBy = {idOf(Part::DialogSubtitle)};
    const ModalLayer layer(painter, state, options);
    paintParts(painter, shape);
    drawHeader(painter, shape);
    const Rectangle below = {shape.box.x, shape.box.y + shape.header + 1, shape.box.width,
                             shape.body + shape.footer};
    painter.item(Role::Form, idOf(Part::Form), below);
    const auto inForm = painter.inside(idOf(Part::Form), {below.x, below.y});
    placeColumn(painter, Part::FormColumn, {below.x, below.y, shape.formWidth, shape.body}, formHeight, start,
                between);
    if (aside)
        placeColumn(painter, Part::PreviewColumn,
                    {below.x + shape.formWidth, below.y, previewWidth, shape.body}, previewHeight, start,
                    start + (end - between));
    if (dialog.doubt == app::Doubt::Asked) drawDoubt(form, {below.x, below.y, shape.box.width, shape.body});
    drawFooter(form, shape);
}

}  // namespace smartca::view
