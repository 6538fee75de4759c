#include <algorithm>
#include <utility>

#include "shared/text.h"
#include "shared/validation.h"
#include "web/app/dialogs.h"

namespace smartca::app {
namespace {

// Without the folders that some browsers tell, and no longer than file names are.
std::string fileName(const std::string& name) {
    constexpr std::size_t kLongest = 255;  // code points, as the proxy takes them
    const auto slash = name.find_last_of("/\\");
    return shortenedTo(slash == std::string::npos ? name : name.substr(slash + 1), kLongest);
}

// What the rules say of the image alone.
Findings imageErrors(const State& state, const SignatureImage& image) {
    ValidationContext context;
    if (state.session.phase == Phase::Ready && state.session.value.imageBytes > 0)
        context.limits.imageBytes = static_cast<std::size_t>(state.session.value.imageBytes);
    Draft draft;
    draft.signatureImage = image;
    Findings findings = validate(draft, context);
    std::erase_if(findings, [](const Finding& finding) {
        return finding.field != Field::SignatureImage || severityOf(finding.code) != Severity::Error;
    });
    return findings;
}

void refuseImage(Turn& turn, Findings errors) {
    DialogState& dialog = *turn.state.dialog;
    announce(turn, describe(turn.state.locale, errors.front()), Politeness::Assertive);
    Findings refusals = dialog.validation.refusals;
    std::erase_if(refusals, [](const Finding& refusal) { return refusal.field == Field::SignatureImage; });
    refusals.insert(refusals.end(), errors.begin(), errors.end());
    refuse(turn, std::move(refusals));
}

void show(Turn& turn, const StoredImage& image) {
    ShownImage& shown = turn.state.dialog->signature.image;
    if (shown.path == image.path && (shown.phase == Phase::Loading || shown.phase == Phase::Ready)) return;
    shown = {image.name, image.width, image.height, image.bytes, Phase::Loading, image.path, {}};
    turn.add(LoadImage{ImageSlot::Signature, image.path, {}, {}});
}

void show(Turn& turn, const SignatureImage& image) {
    ShownImage& shown = turn.state.dialog->signature.image;
    shown = {
        image.name, image.width, image.height, static_cast<std::int64_t>(image.data.size()), Phase::Loading,
        {},         {}};
    turn.add(LoadImage{ImageSlot::Signature, {}, image.mediaType, image.data});
}

}  // namespace

// A file that is refused leaves the image that was there.
void imageChosen(Turn& turn, const ImageChosen& chosen) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.busy()) return;
    const auto header = readImageHeader(chosen.data);
    SignatureImage image{.name = fileName(chosen.name),
                         .mediaType = header ? header->mediaType : "",
                         .data = chosen.data,
                         .width = header ? header->width : 0,
                         .height = header ? header->height : 0};
    Findings errors = imageErrors(turn.state, image);
    if (!header && errors.empty())
        errors.push_back({Field::SignatureImage, FindingCode::ImageNotPngOrJpeg, {}});
    if (!errors.empty()) return refuseImage(turn, std::move(errors));
    // One that still loads may turn out to be none.
    auto before = std::move(dialog.signature.image.phase == Phase::Loading ? dialog.signature.image.before
                                                                           : dialog.draft.signatureImage);
    dialog.draft.signatureImage = std::move(image);
    fieldChanged(turn, Field::SignatureImage);
    show(turn, *dialog.draft.signatureImage);
    dialog.signature.image.before = std::move(before);
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
    if (!dialog.draft.signatureImage || dialog.busy()) return;
    // Its header was fine and the rest is not: this signature could not be seen.
    auto before = std::exchange(shown.before, std::nullopt);
    if (before && before->data == dialog.draft.signatureImage->data) before.reset();
    dialog.draft.signatureImage = before;
    fieldChanged(turn, Field::SignatureImage);
    refuseImage(turn, {{Field::SignatureImage, FindingCode::ImageNotPngOrJpeg, {}}});
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
