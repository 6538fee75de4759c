#include <algorithm>
#include <utility>

#include "shared/text.h"
#include "shared/validation.h"
#include "web/app/dialogs.h"

namespace smartca::app {
namespace {

// Without the folders that some browsers tell, and without what makes a name read as another one; no longer
// than file names are.
std::string fileName(const std::string& path) {
    constexpr std::size_t kLongest = 255;  // code points, as the proxy takes them
    const auto slash = path.find_last_of("/\\");
    const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    std::string clean;
    for (std::size_t at = 0; at < name.size();) {
        std::string one;
        appendCodePoint(one, nextCodePoint(name, at));
        if (!hasForbiddenCharacter(one, LineBreaks::Forbidden)) clean += one;
    }
    return codePointCount(clean) > kLongest ? shortenedTo(clean, kLongest - 1) : clean;
}

Limits limitsOf(const State& state) {
    Limits limits;
    if (state.session.phase == Phase::Ready && state.session.value.imageBytes > 0)
        limits.imageBytes = static_cast<std::size_t>(state.session.value.imageBytes);
    return limits;
}

// What the rules say of the image alone.
Findings imageErrors(const State& state, const SignatureImage& image) {
    ValidationContext context;
    context.limits = limitsOf(state);
    Draft draft;
    draft.signatureImage = image;
    Findings findings = validate(draft, context);
    std::erase_if(findings, [](const Finding& finding) {
        return finding.field != Field::SignatureImage || severityOf(finding.code) != Severity::Error;
    });
    return findings;
}

void refuseImage(Turn& turn, std::string name, Finding why) {
    DialogState& dialog = *turn.state.dialog;
    dialog.signature.refused = RefusedImage{std::move(name), std::move(why)};
    dialog.validation.touched.set(static_cast<std::size_t>(Field::SignatureImage));
    revalidate(turn.state);
    announce(turn, refusedWords(turn.state.locale, *dialog.signature.refused), Politeness::Assertive);
}

void show(Turn& turn, const StoredImage& image) {
    ShownImage& shown = turn.state.dialog->signature.image;
    if (shown.path == image.path && (shown.phase == Phase::Loading || shown.phase == Phase::Ready)) return;
    shown = {.name = image.name,
             .width = image.width,
             .height = image.height,
             .bytes = image.bytes,
             .phase = Phase::Loading,
             .path = image.path};
    turn.add(LoadImage{ImageSlot::Signature, image.path, {}, {}});
}

void show(Turn& turn, const SignatureImage& image) {
    ShownImage& shown = turn.state.dialog->signature.image;
    shown = {.name = image.name,
             .width = image.width,
             .height = image.height,
             .bytes = static_cast<std::int64_t>(image.data.size()),
             .phase = Phase::Loading,
             .path = {}};
    turn.add(LoadImage{ImageSlot::Signature, {}, image.mediaType, image.data});
}

// Whoever has the focus on Stop finds the button gone.
std::optional<ImagePreparation> endPreparation(Turn& turn) {
    if (turn.state.focused.kind == ControlKind::StopImage) moveFocus(turn, {ControlKind::ImageChoose});
    return std::exchange(turn.state.dialog->signature.preparation, std::nullopt);
}

Findings faultsOf(const State& state, const SignatureImage& image, ImageChosen::Verdict verdict) {
    Findings errors = imageErrors(state, image);
    if (errors.empty() && verdict == ImageChosen::Verdict::Broken)
        errors.push_back({Field::SignatureImage, FindingCode::ImageUndecodable, {}});
    return errors;
}

}  // namespace

Message wordsOf(ImageStep step) {
    switch (step) {
        case ImageStep::Reading:
            return Message::ImageReading;
        case ImageStep::Turning:
            return Message::ImageTurning;
        case ImageStep::Converting:
            return Message::ImageConverting;
        case ImageStep::Shrinking:
            break;
    }
    return Message::ImageShrinking;
}

// That it became smaller is told by the two sizes where there is something else to tell.
std::string describeChanges(Locale locale, const ShownImage& image) {
    std::string words;
    const auto add = [&words](std::string_view more) {
        words.append(words.empty() ? "" : ", ").append(more);
    };
    if ((image.changes & kImageTurned) != 0) add(text(locale, Message::ImageTurned));
    if ((image.changes & kImageConverted) != 0) add(text(locale, Message::ImageConverted));
    if (words.empty() && (image.changes & kImageSmaller) != 0) add(text(locale, Message::ImageSmaller));
    if (words.empty() && (image.changes & kImageStripped) != 0)
        return std::string(text(locale, Message::ImageStripped));
    const std::string before = sizeText(locale, image.bytesAsChosen), after = sizeText(locale, image.bytes);
    if (!words.empty() && before != after)
        add(format(locale, Message::ImageSizes, {{"before", before}, {"after", after}}));
    return words;
}

std::string refusedWords(Locale locale, const RefusedImage& refused) {
    return "“" + refused.name + "”: " + describe(locale, refused.why);
}

void imageOffered(Turn& turn, const ImageOffered& offered) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.busy() || dialog.mode == Mode::Lookup || !isOffered(turn.state, Field::SignatureImage)) return;
    dialog.signature.preparation = ImagePreparation{fileName(offered.name), offered.bytes};
    dialog.isTooEarly = false;
    const Limits limits = limitsOf(turn.state);
    turn.add(PrepareImage{static_cast<std::int64_t>(limits.imageBytes), limits.imagePixels});
}

void imageProgresses(DialogState& dialog, const ImageProgress& progress) {
    auto& preparation = dialog.signature.preparation;
    if (!preparation) return;
    preparation->card = Visibility::Shown;
    preparation->step = progress.step;
    preparation->percent = progress.percent;
}

void stopImage(Turn& turn) {
    if (!endPreparation(turn)) return;
    turn.add(StopPreparing{});
}

// A file that is refused leaves the image that was there.
void imageChosen(Turn& turn, const ImageChosen& chosen) {
    DialogState& dialog = *turn.state.dialog;
    const auto preparation = endPreparation(turn);
    if (dialog.busy() && !dialog.submission.isOpen)
        return;  // while one is asked about, the draft is the person's
    const auto header = readImageHeader(chosen.data);
    SignatureImage image{.name = fileName(chosen.name),
                         .mediaType = header ? header->mediaType : "",
                         .data = chosen.data,
                         .width = header ? header->width : 0,
                         .height = header ? header->height : 0};
    Findings errors = faultsOf(turn.state, image, chosen.verdict);
    if (!errors.empty()) return refuseImage(turn, std::move(image.name), std::move(errors.front()));
    // One that still loads may turn out to be none.
    auto before = std::move(dialog.signature.image.phase == Phase::Loading ? dialog.signature.image.before
                                                                           : dialog.draft.signatureImage);
    dialog.draft.signatureImage = std::move(image);
    fieldChanged(turn, Field::SignatureImage);
    show(turn, *dialog.draft.signatureImage);
    ShownImage& shown = dialog.signature.image;
    shown.before = std::move(before);
    shown.changes = chosen.changes;
    shown.bytesAsChosen = preparation ? preparation->bytes : shown.bytes;
    const std::string changes = describeChanges(turn.state.locale, shown);
    announce(turn, changes.empty() ? shown.name : shown.name + ": " + changes);
    resolve(turn);
}

void imageLoaded(Turn& turn, const ImageLoaded& loaded) {
    DialogState& dialog = *turn.state.dialog;
    ShownImage& shown = dialog.signature.image;
    if (shown.phase != Phase::Loading) return;
    if (loaded.width > 0 && loaded.height > 0) {
        shown.phase = Phase::Ready;
        shown.width = loaded.width;
        shown.height = loaded.height;
        shown.before.reset();
        return;
    }
    shown.phase = Phase::Failed;
    if (!dialog.draft.signatureImage && showsImage(dialog.signature.resolved.mode.value))
        announce(turn, std::string(text(turn.state.locale, Message::ImageNotShown)));
    if (!dialog.draft.signatureImage || dialog.busy()) return;
    // Its header was fine and the rest is not: this signature could not be seen.
    auto before = std::exchange(shown.before, std::nullopt);
    if (before && before->data == dialog.draft.signatureImage->data) before.reset();
    dialog.draft.signatureImage = before;
    std::string name = shown.name;
    fieldChanged(turn, Field::SignatureImage);
    refuseImage(turn, std::move(name), {Field::SignatureImage, FindingCode::ImageUndecodable, {}});
    if (before) {
        show(turn, *before);
        shown.before = std::move(before);  // for another broken one that is chosen before it is shown again
    }
    resolve(turn);
}

void showImageAgain(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    dialog.signature.image = {};
    if (dialog.draft.signatureImage) show(turn, *dialog.draft.signatureImage);
}

void showImage(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.draft.signatureImage) return;  // shown when it was chosen
    const auto& stored = dialog.signature.resolved.image.value;
    if (stored && !stored->path.empty()) return show(turn, *stored);
    if (dialog.signature.image.phase == Phase::Idle) return;
    dialog.signature.image = {};
    turn.add(DropImage{ImageSlot::Signature});
}

}  // namespace smartca::app
