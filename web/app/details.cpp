#include "web/app/dialogs.h"

#include "web/app/list.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {

void askProxy(Turn& turn, std::string_view query) {
    DetailsState& details = *turn.state.details;
    load(turn, details.details, Method::Get, detailsPath(details.certificate.id).append(query));
    announce(turn, std::string(text(turn.state.locale, isAskable(details.certificate) ? Message::DetailsAsking
                                                                                      : Message::Loading)));
}

void askAgain(Turn& turn) {
    const DetailsState& details = *turn.state.details;
    if (details.details.phase == Phase::Loading) return;
    askProxy(turn, "?ask=anew");
    if (!details.known()) moveFocus(turn, {ControlKind::DetailsClose});  // the button itself is gone
}

// What the list said of it before may be older than the answer.
// What was said of the status holds on every list where the certificate stands.
void updateRows(ListState& list, const Certificate& certificate) {
    for (Certificate& row : list.certificates.value.items) {
        if (!row.serial.empty() && row.serial == certificate.serial && row.issuer == certificate.issuer &&
            row.identity == certificate.identity) {
            row.status = certificate.status;
            row.statusText = certificate.statusText;
            row.statusAsked = certificate.statusAsked;
        }
        if (row.id == certificate.id) row = certificate;
    }
}

std::string textOf(const DetailsState& details, ControlKind button) {
    if (button == ControlKind::DetailsCopySerial) return details.certificate.serial;
    const auto& content = details.details.value.content;
    return button == ControlKind::DetailsCopyFingerprint && content ? content->fingerprint : std::string();
}

void copy(Turn& turn, ControlKind button) {
    DetailsState& details = *turn.state.details;
    std::string words = textOf(details, button);
    if (words.empty()) return;
    details.copying = button;
    details.notCopied = ControlKind::None;
    turn.add(CopyText{std::move(words)});
}

}  // namespace

bool isAskable(const Certificate& certificate) {
    return !certificate.identity.empty() && !certificate.serial.empty();
}

std::string sourceOf(Locale locale, const CertificateDetails& details) {
    const Certificate& certificate = details.certificate;
    const Argument time = {"time", dateAndTimeInVietnam(certificate.statusAsked)};
    const Argument words = {"words", certificate.statusText};
    const bool silent = certificate.statusText.empty(), asked = certificate.statusAsked != 0;
    const bool gone = silent && asked && certificate.status == CertificateStatus::Unknown;
    std::string source;
    if (details.statusSource == StatusSource::NotReached)
        addSentence(source, text(locale, Message::DetailsStatusNotReached));
    if (details.statusSource == StatusSource::NotTold)
        addSentence(source, text(locale, isAskable(certificate) ? Message::DetailsStatusNotTold
                                                                : Message::DetailsStatusUnasked));
    if (details.statusSource == StatusSource::Gone || gone)
        addSentence(source,
                    format(locale, Message::DetailsStatusGone, {{"identity", certificate.identity}, time}));
    if (!silent)
        addSentence(source, format(locale, asked ? Message::DetailsStatusSaid : Message::DetailsStatusListed,
                                   {words, time}));
    return source;
}

void openDetails(Turn& turn, const Certificate& certificate, Control returnTo) {
    DetailsState& details = turn.state.details.emplace();
    details.certificate = certificate;
    details.returnTo = returnTo;
    if (!certificate.serial.empty()) details.details.value.certificate = certificate;
    askProxy(turn, {});
    moveFocus(turn, {ControlKind::DetailsClose});
}

void closeDetails(Turn& turn) {
    if (!turn.state.details) return;
    cancel(turn, turn.state.details->details.request);
    turn.add(StopTimer{Timer::Copied});
    moveFocus(turn, turn.state.details->returnTo);
    turn.state.details.reset();
}

void activateInDetails(Turn& turn, Control control) {
    if (!turn.state.details) return;
    switch (control.kind) {
        case ControlKind::DetailsClose:
            return closeDetails(turn);
        case ControlKind::DetailsRetry:
            return askAgain(turn);
        case ControlKind::DetailsCopySerial:
        case ControlKind::DetailsCopyFingerprint:
            return copy(turn, control.kind);
        default:
            return;
    }
}

bool detailsAnswered(Turn& turn, const Answered& answered) {
    State& state = turn.state;
    if (!state.details || !isAnswerTo(state.details->details, answered.number)) return false;
    DetailsState& details = *state.details;
    auto answer = readDetails(answered);
    if (!answer && isGone(answer.error())) {
        Certificate gone = details.certificate;
        if (gone.serial.empty()) gone.name.clear();  // of an address: nothing is known of it but its id
        closeDetails(turn);
        certificateGone(turn, gone);
        return true;
    }
    if (!answer) {
        details.details.phase = Phase::Failed;
        details.details.problem = answer.error();
        announce(turn, std::string(text(state.locale, Message::DetailsFailedTitle)) + ". " +
                           brief(state.locale, answer.error()));
        return true;
    }
    details.details.phase = Phase::Ready;
    details.answered = true;
    details.details.value = std::move(answer).value();
    const CertificateStatus before = details.certificate.status;
    details.certificate = details.details.value.certificate;
    updateRows(state.list, details.certificate);
    // It may be none of those that are asked for any more.
    if (details.certificate.status != before && state.list.status.selected != 0) loadList(turn);
    std::string words(
        text(state.locale, labelOf(details.certificate.status, details.certificate.statusText)));
    words += '.';
    if (const std::string source = sourceOf(state.locale, details.details.value); !source.empty())
        addSentence(words, source);
    addSentence(words, sentenceOf(details.details.value.chain, state.locale));
    announce(turn, std::move(words));
    return true;
}

void textCopied(Turn& turn, const TextCopied& copied) {
    if (!turn.state.details) return rowCopied(turn, copied);
    DetailsState& details = *turn.state.details;
    const ControlKind button = std::exchange(details.copying, ControlKind::None);
    if (button == ControlKind::None) return;
    const Locale locale = turn.state.locale;
    if (!copied.succeeded) {
        details.notCopied = button;
        return announce(turn, std::string(text(locale, Message::CopyFailed)), Politeness::Assertive);
    }
    details.copied = button;
    turn.add(StartTimer{Timer::Copied, kCopiedMilliseconds});
    announce(turn, std::string(text(locale, Message::Copied)));
}

}  // namespace smartca::app
