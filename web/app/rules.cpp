#include <algorithm>

#include "shared/serial.h"
#include "shared/validation.h"
#include "web/app/dialogs.h"
#include "web/app/picks.h"

namespace smartca::app {
namespace {

ValidationContext contextOf(const State& state) {
    const DialogState& dialog = *state.dialog;
    ValidationContext context;
    if (state.session.phase == Phase::Ready && state.session.value.imageBytes > 0)
        context.limits.imageBytes = static_cast<std::size_t>(state.session.value.imageBytes);
    if (registeredCertificates(dialog) != nullptr) context.registered = dialog.lookup.registered;
    if (dialog.signature.defaults.phase == Phase::Ready) context.signature = dialog.signature.resolved;
    return context;
}

// User, identity and serial are judged together, so a change of one makes what was said of the others void.
bool concerns(Field refused, Field changed) {
    const auto together = [](Field field) {
        return field == Field::User || field == Field::Identity || field == Field::Serial ||
               field == Field::BusinessAccount || field == Field::Form;
    };
    return refused == changed || (together(refused) && together(changed));
}

// The link is gone from the draft, and with it what was odd about it.
void addLinkDoubt(Findings& findings, const DialogState& dialog) {
    if (dialog.draft.businessAccount == Switch::Off || !dialog.secrets.link ||
        dialog.secrets.link->doubt != SecretKeyDoubt::OtherCodes)
        return;
    const auto after = [](const Finding& finding) { return finding.field > Field::SecretKey; };
    findings.insert(std::find_if(findings.begin(), findings.end(), after),
                    {Field::SecretKey, FindingCode::SecretKeyOtherCodes, {}});
}

}  // namespace

void revalidate(State& state) {
    DialogState& dialog = *state.dialog;
    Findings findings = validate(dialog.draft, contextOf(state));
    addLinkDoubt(findings, dialog);
    // These are asked when Create is pressed (agree.cpp), and nothing is ever sent for "all".
    std::erase_if(findings, [&dialog](const Finding& finding) {
        return (dialog.mode == Mode::Lookup && finding.field != Field::Identity) ||
               finding.code == FindingCode::CertificateUnusable ||
               finding.code == FindingCode::CertificatesUnreadable || finding.code == FindingCode::NoneUsable;
    });
    Findings refusals = dialog.validation.refusals;
    if (dialog.signature.refused) refusals.push_back(dialog.signature.refused->why);
    for (const Finding& refusal : refusals) {
        if (std::find(findings.begin(), findings.end(), refusal) != findings.end()) continue;
        const auto after = [&refusal](const Finding& finding) {
            return finding.field > refusal.field ||
                   (finding.field == refusal.field && severityOf(finding.code) >= severityOf(refusal.code));
        };
        findings.insert(std::find_if(findings.begin(), findings.end(), after), refusal);
    }
    dialog.validation.findings = std::move(findings);
}

void fieldChanged(Turn& turn, Field field) {
    DialogState& dialog = *turn.state.dialog;
    dialog.validation.edited.set(static_cast<std::size_t>(field));
    dialog.submission.isUnchanged = false;
    dialog.isTooEarly = false;
    if (concerns(Field::Serial, field) || field == Field::Password || field == Field::SecretKey) {
        dialog.doubt = Doubt::None;
        dialog.draft.agreed.clear();
    }
    if (field == Field::SignatureImage) dialog.signature.refused.reset();
    if (field == Field::Serial && dialog.banner.addedNothing) dialog.banner.clear();
    std::erase_if(dialog.validation.refusals,
                  [field](const Finding& refusal) { return concerns(refusal.field, field); });
    revalidate(turn.state);
}

void refuse(Turn& turn, Findings refusals) {
    DialogState& dialog = *turn.state.dialog;
    dialog.validation.refusals = std::move(refusals);
    for (const Finding& refusal : dialog.validation.refusals)
        dialog.validation.touched.set(static_cast<std::size_t>(refusal.field));
    revalidate(turn.state);
}

bool focusFirstError(Turn& turn) {
    const DialogState& dialog = *turn.state.dialog;
    if (fieldsInError(dialog) == 0) return false;
    for (const FieldRule& rule : fieldTable()) {
        const Finding* finding = findingAt(dialog, rule.field);
        if (!finding || !isError(dialog, *finding)) continue;
        std::string words = footWords(turn.state.locale, dialog);
        addSentence(words, findingWords(turn.state, *finding));
        announce(turn, std::move(words), Politeness::Assertive);
        moveFocus(turn, controlOf(dialog, rule.field));
        break;
    }
    return true;
}

Control controlOf(const DialogState& dialog, Field field) {
    if (field == Field::DisplayMode)
        return {ControlKind::DisplayMode, static_cast<std::uint16_t>(dialog.signature.resolved.mode.value)};
    for (const FieldControl& row : kFieldControls)
        if (row.field == field) return {row.control};
    return {};
}

Field fieldOf(ControlKind kind) {
    for (const FieldControl& row : kFieldControls)
        if (row.control == kind) return row.field;
    return Field::Form;
}

}  // namespace smartca::app
