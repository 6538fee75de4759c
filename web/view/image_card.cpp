// The signature's image: what is shown of it, how it was made, and where a file is dropped.
#include <algorithm>

#include "web/view/form.h"
#include "web/view/icons.h"
#include "web/view/layout.h"

namespace smartca::view {

namespace {

constexpr float kNameHeight = 18, kWordsHeight = 16, kCheckWidth = 14;
constexpr TextStyle kMuted = {.face = TextFace::Help, .color = ColorToken::Muted};

bool isDropping(const Form& form) {
    return form.painter.interaction().draggingFile && form.availability == Availability::Enabled;
}

// The file that is being prepared, where that is shown.
const app::ImagePreparation* preparationOf(const Form& form) {
    const auto& preparation = form.dialog.signature.preparation;
    return preparation && preparation->card == app::Visibility::Shown ? &*preparation : nullptr;
}

// The user's or the company's image, of which only the name and the size have come.
bool isUnseen(const Form& form) {
    const app::ShownImage& image = form.dialog.signature.image;
    return image.phase == app::Phase::Failed && image.width > 0 &&
           showsImage(form.dialog.signature.resolved.mode.value);
}

// The target while a file is dragged over the dialog.
void drawDropWords(const Form& form, const Rectangle& card) {
    Painter& painter = form.painter;
    painter.brush().frame(card, kCardRadius, painter.ink(ColorToken::Accent, 0.25f), 3, 3);
    painter.brush().fill(card, kCardRadius, painter.ink(ColorToken::AccentSoft));
    painter.brush().dashedFrame(card, kCardRadius, painter.ink(ColorToken::Accent));
    const TextStyle style = {.face = TextFace::Label, .color = ColorToken::Accent};
    const std::string_view words = painter.say(Message::ImageDrop);
    const float most = card.width - 60;  // beside the sign, within the card's insets
    const float width = std::min(most, painter.type().width(style.face, words) + 1);
    const float height = painter.type().height(style.face, words, width);
    const float left = card.x + (card.width - width - 32) / 2;
    icon::picture(painter.brush(), {left + 9, middle(card)}, painter.ink(ColorToken::Accent));
    painter.text(idOf(Part::ImageDropWords), {left + 32, middle(card) - height / 2, width, height}, words,
                 style);
}

void drawPreparationWords(const Form& form, const app::ImagePreparation& preparation, const Rectangle& box) {
    Painter& painter = form.painter;
    painter.line(idOf(Part::ImageName), {box.x, box.y + 19, box.width, kNameHeight}, preparation.name,
                 {.face = TextFace::Label});
    const Arguments arguments = {{"size", sizeText(painter.locale(), preparation.bytes)},
                                 {"step", std::string(painter.say(app::wordsOf(preparation.step)))}};
    painter.line(idOf(Part::ImageSize), {box.x, box.y + 37, box.width, kWordsHeight},
                 painter.say(Message::ImageProgress, arguments), kMuted);
    const Rectangle bar = {box.x, box.y + 61, box.width, 4};
    painter.brush().fill(bar, 2, painter.ink(ColorToken::Line));
    painter.brush().fill(
        {bar.x, bar.y, bar.width * static_cast<float>(preparation.percent) / 100, bar.height}, 2,
        painter.ink(ColorToken::Accent));
}

// Where it was prepared, the sizes stand with what was done.
std::string sizeOf(const Form& form, const std::string& changes) {
    const app::ShownImage& image = form.dialog.signature.image;
    if (image.width <= 0) return std::string(form.painter.say(Message::Loading));
    return form.painter.say(changes.empty() ? Message::SignatureImageSize : Message::ImageDimensions,
                            {{"width", std::to_string(image.width)},
                             {"height", std::to_string(image.height)},
                             {"size", sizeText(form.painter.locale(), image.bytes)}});
}

void drawImageWords(const Form& form, const Rectangle& box) {
    Painter& painter = form.painter;
    const app::ShownImage& image = form.dialog.signature.image;
    const std::string changes = app::describeChanges(painter.locale(), image);
    float height = kNameHeight + kWordsHeight;
    const auto lines = painter.type().lines(TextFace::Help, changes, box.width, kCheckWidth).size();
    if (!changes.empty()) height += kWordsHeight * static_cast<float>(lines);
    Column column(painter, {box.x, middle(box) - height / 2, box.width, 0});
    painter.line(idOf(Part::ImageName), column.box(kNameHeight), image.name, {.face = TextFace::Label});
    painter.line(idOf(Part::ImageSize), column.box(kWordsHeight), sizeOf(form, changes), kMuted);
    if (changes.empty()) return;
    icon::check(painter.brush(), {box.x + 4, column.y() + 8}, 8, painter.ink(ColorToken::Ok));
    column.text(idOf(Part::ImageChanges), changes,
                {.face = TextFace::Help, .color = ColorToken::Ok, .indent = kCheckWidth});
}

void drawNoImageWords(const Form& form, const Rectangle& box) {
    Painter& painter = form.painter;
    const std::int64_t most = form.state.session.value.imageBytes;
    const std::string hint =
        painter.say(Message::SignatureImageHint, {{"maximum", sizeText(painter.locale(), most)}});
    const float height = kNameHeight + painter.type().height(TextFace::Help, hint, box.width);
    Column column(painter, {box.x, middle(box) - height / 2, box.width, 0});
    if (settingsMissing(form) == Message::None)
        column.text(idOf(Part::ImageName), painter.say(Message::SignatureImageNone),
                    {.face = TextFace::Label});
    column.text(idOf(Part::ImageHint), hint, kMuted);
}

void drawThumbnail(const Form& form, const Rectangle& thumb, std::string_view name) {
    Painter& painter = form.painter;
    painter.brush().fill(thumb, 6, painter.paperInk(ColorToken::Surface));
    painter.brush().frame(thumb, 6, painter.ink(ColorToken::Line));
    if (preparationOf(form) != nullptr)
        painter.item(Role::Image, idOf(Part::ImageThumbnail), inset(thumb, 1, 1), name).flags = kBusy;
    else if (hasImage(form))
        drawImage(form, inset(thumb, 5, 5), Part::ImageThumbnail, name);
}

void drawContents(const Form& form, const FieldBox& field) {
    Painter& painter = form.painter;
    const Rectangle& card = field.box;
    const bool wrong = isInvalid(form, Field::SignatureImage);
    painter.brush().frame(card, kCardRadius, painter.ink(wrong ? ColorToken::Error : ColorToken::Line));
    drawThumbnail(form, {card.x + 13, card.y + 11, 82, 63}, field.name);
    const Rectangle words = {card.x + 107, card.y, card.width - 107 - 13, card.height};
    if (const app::ImagePreparation* preparation = preparationOf(form))
        drawPreparationWords(form, *preparation, words);
    else if (hasImage(form))
        drawImageWords(form, words);
    else
        drawNoImageWords(form, words);
}

// Choose or Replace, and beside it Reset, in whose place is Stop while a file is prepared.
void drawActions(const Form& form, const FieldBox& field, Rectangle row) {
    Painter& painter = form.painter;
    const std::string_view action =
        painter.say(hasImage(form) ? Message::ImageReplace : Message::ImageChoose);
    button(painter, {app::ControlKind::ImageChoose, 0},
           takeLeft(row, buttonWidth(painter, action, TextFace::Label), 8), action,
           {.face = TextFace::Label,
            .availability = form.availability,
            .role = Role::FileButton,
            .accept = "image/*,.heic,.heif"});
    Item& item = painter.itemAt(painter.itemCount() - 1);
    item.describedBy = describedBy(Field::SignatureImage, field.said);
    item.formName = ruleOf(Field::SignatureImage).key;
    const bool preparing = preparationOf(form) != nullptr;
    const app::SignatureState& signature = form.dialog.signature;
    const bool edited = signature.resolved.image.provenance == Provenance::Edited || signature.refused;
    // What is reset to what it was is loaded anew.
    const bool again = !preparing && !edited && isUnseen(form);
    const std::string_view words = painter.say(preparing ? Message::ImageStop
                                               : again   ? Message::TryAgain
                                                         : Message::Reset);
    button(
        painter, {preparing ? app::ControlKind::StopImage : app::ControlKind::ResetImage, 0},
        takeLeft(row, buttonWidth(painter, words, TextFace::Label)),
        again ? words : painter.say(preparing ? Message::ImageStopPreparing : Message::ResetSignatureImage),
        {.look = Look::Quiet,
         .face = TextFace::Label,
         .availability = preparing || edited || again ? form.availability : Availability::Disabled,
         .words = words});
}

}  // namespace

bool hasImage(const Form& form) {
    return form.dialog.signature.image.width > 0 || form.dialog.signature.image.phase == app::Phase::Loading;
}

void drawImage(const Form& form, const Rectangle& room, Part part, std::string_view name) {
    Painter& painter = form.painter;
    if (isUnseen(form)) return icon::picture(painter.brush(), centre(room), painter.ink(ColorToken::Faint));
    painter.item(Role::Image, idOf(part), room, name);
    if (form.dialog.signature.image.phase == app::Phase::Loading)
        painter.brush().fill(inset(room, 4, room.height / 4), 6, painter.paperInk(ColorToken::Line));
}

void drawDropTarget(const Form& form, std::uint32_t index, const Rectangle& box) {
    if (isDropping(form))
        form.painter.item(Role::Layer, idOf(Part::ImageDrop, index), box).flags = kDropTarget;
}

float drawImageCard(const Form& form, Point at, float width) {
    Painter& painter = form.painter;
    LabelOptions label = {.provenance = form.dialog.signature.resolved.image.provenance};
    if (preparationOf(form) != nullptr) label.instead = Message::ImageBeingPrepared;
    FieldOptions options = {.label = label, .height = 85};
    if (isUnseen(form))
        options.otherwise = {.words = std::string(painter.say(Message::ImageNotShown)),
                             .kind = Note::Kind::Warning,
                             .suggestions = {}};
    const FieldBox field = beginField(form, Field::SignatureImage, {app::ControlKind::ImageChoose, 0},
                                      {at.x, at.y, width}, options);
    if (isDropping(form))
        drawDropWords(form, field.box);
    else
        drawContents(form, field);
    const Rectangle actions = {at.x, bottom(field.box) + 8, width, smallButtonHeight(painter)};
    drawActions(form, field, actions);
    const float below = note(form, Field::SignatureImage, actions, field.said);
    drawDropTarget(form, 0, {at.x, field.box.y, width, bottom(actions) + below - field.box.y});
    return field.above + field.box.height + 8 + actions.height + below;
}

}  // namespace smartca::view
