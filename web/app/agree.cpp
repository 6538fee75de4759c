// What Create asks once before it sends: for certificates of others or on others' lists, for what cannot be used,
// for secrets that were typed for others, and to go on without what could not be read.
#include <algorithm>

#include "web/app/dialogs.h"
#include "web/app/picks.h"

namespace smartca::app {
namespace {

const RegisteredCertificate& certificateAt(const DialogState& dialog, std::uint16_t place) {
    return dialog.lookup.answer.value.certificates[place];
}

// "Revoked (2)"; without the number where the question is about one certificate.
std::string numbered(Locale locale, const Doubts& doubts, Message words, std::size_t count) {
    std::string said(text(locale, words));
    if (doubts.places.size() > 1)
        said.append(" (").append(countText(locale, static_cast<std::int64_t>(count))).append(")");
    return said;
}

// In the words of their pills.
std::string statusesOf(Locale locale, const DialogState& dialog, const Doubts& doubts) {
    std::string words;
    for (std::size_t i = 0; i < kCertificateStatuses.size(); ++i) {
        const auto status = static_cast<CertificateStatus>(i);
        const auto count = std::ranges::count_if(doubts.unusable, [&](std::uint16_t place) {
            return certificateAt(dialog, place).status == status;
        });
        if (count == 0) continue;
        words.append(words.empty() ? "" : ", ")
            .append(numbered(locale, doubts, labelOf(status), static_cast<std::size_t>(count)));
    }
    return words;
}

DoubtWords wordsOfTicked(Locale locale, const DialogState& dialog, const Doubts& doubts) {
    const std::size_t places = doubts.places.size();
    const auto others = static_cast<std::int64_t>(doubts.others.size());
    DoubtWords words;
    const auto isUnknownStatus = [&](std::uint16_t place) {
        return certificateAt(dialog, place).status == CertificateStatus::Unknown;
    };
    const auto add = [&words](const std::string& sentence) {
        words.text.append(words.text.empty() ? "" : " ").append(sentence);
    };
    const auto addNumbered = [&](Message words, std::size_t count) {
        if (count > 0) add(numbered(locale, doubts, words, count) + '.');
    };
    if (doubts.others.size() == places) {
        const Arguments arguments = {{"name", certificateAt(dialog, doubts.others.front()).commonName},
                                     {"count", countText(locale, others)},
                                     {"user", dialog.user.words()}};
        const bool same = std::ranges::all_of(doubts.others, [&](std::uint16_t place) {
            return certificateAt(dialog, place).commonName ==
                   certificateAt(dialog, doubts.others.front()).commonName;
        });
        const auto say = [&](Message one, Message ofOne, Message ofSeveral) {
            return format(locale, plural(others, one, same ? ofOne : ofSeveral), arguments);
        };
        words.title = say(Message::DoubtOtherOne, Message::DoubtOtherSame, Message::DoubtOtherOther);
        add(say(Message::DoubtOtherTextOne, Message::DoubtOtherTextSame, Message::DoubtOtherTextOther));
    } else if (doubts.unusable.size() == places && std::ranges::none_of(doubts.places, isUnknownStatus)) {
        words.title = counted(locale, places, Message::DoubtUnusableOne, Message::DoubtUnusableOther);
    } else {
        words.title = counted(locale, places, Message::DoubtMixedOne, Message::DoubtMixedOther);
    }
    if (doubts.others.size() != places) addNumbered(Message::DoubtOfOthers, doubts.others.size());
    addNumbered(Message::DoubtHeld, doubts.held);
    if (!doubts.unusable.empty())
        add(format(locale, Message::DoubtStatus, {{"statuses", statusesOf(locale, dialog, doubts)}}));
    for (const auto& [note, said] : {std::pair{CertificateNote::SerialDiffers, Message::NoteSerialDiffers},
                                     {CertificateNote::SubjectDiffers, Message::NoteSubjectDiffers},
                                     {CertificateNote::NumberDiffers, Message::DoubtNumberDiffers},
                                     {CertificateNote::TextDamaged, Message::NoteTextDamaged}}) {
        const auto count = std::ranges::count_if(doubts.places, [&, note = note](std::uint16_t place) {
            return notes(certificateAt(dialog, place), note);
        });
        addNumbered(said, static_cast<std::size_t>(count));
    }
    return words;
}

// Since the look-up.
void noteExpired(DialogState& dialog, Instant now) {
    for (RegisteredCertificate& each : dialog.lookup.answer.value.certificates)
        if (each.validTo != 0) each.status = statusWith(each.status, now, 0, each.validTo);
}

}  // namespace

Doubts doubtsOf(const DialogState& dialog) {
    Doubts doubts;
    for (const std::uint16_t place : ticked(dialog)) {
        if (isCertain(dialog, place)) {
            ++doubts.certain;
            continue;
        }
        const RegisteredCertificate& certificate = certificateAt(dialog, place);
        doubts.places.push_back(place);
        if (dialog.lookup.isOthers[place]) doubts.others.push_back(place);
        if (certificate.status != CertificateStatus::Active) doubts.unusable.push_back(place);
        if (!certificate.heldBy.empty()) ++doubts.held;
    }
    doubts.unreadable = dialog.lookup.answer.value.unreadable.size();
    doubts.secrets = sendsSecretsOfOthers(dialog);
    return doubts;
}

DoubtWords doubtWords(Locale locale, const DialogState& dialog) {
    const Doubts doubts = doubtsOf(dialog);
    const auto say = [locale](std::size_t count, Message one, Message other) {
        return counted(locale, count, one, other);
    };
    const std::size_t places = doubts.places.size();
    const std::string secrets(doubts.secrets ? text(locale, Message::DoubtSecretsText) : std::string_view());
    if (places == 0 && doubts.unreadable == 0)
        return {std::string(text(locale, Message::DoubtSecretsTitle)),
                secrets,
                {},
                std::string(text(locale, Message::DoubtWithOther))};
    if (places == 0)
        return {
            say(doubts.unreadable, Message::DoubtUnreadableOne, Message::DoubtUnreadableOther),
            std::string(text(locale, Message::DoubtUnreadableText)) + (doubts.secrets ? ' ' + secrets : ""),
            {},
            say(doubts.unreadable, Message::DoubtWithoutOne, Message::DoubtWithoutOther)};
    DoubtWords words = wordsOfTicked(locale, dialog, doubts);
    if (doubts.unreadable > 0)
        words.text +=
            ' ' + say(doubts.unreadable, Message::ProspectUnreadableOne, Message::ProspectUnreadableOther);
    if (doubts.secrets) addSentence(words.text, secrets);
    if (doubts.certain > 0) words.without = say(places, Message::DoubtWithoutOne, Message::DoubtWithoutOther);
    words.with = say(places, Message::DoubtWithOne, Message::DoubtWithOther);
    if (doubts.certain > 0 && doubts.unreadable == 0) words.safe = ControlKind::DoubtWithout;
    return words;
}

void announceDoubt(Turn& turn) {
    const DoubtWords words = doubtWords(turn.state.locale, *turn.state.dialog);
    announce(turn, words.title + ' ' + words.text, Politeness::Assertive);
}

bool askAboutDoubts(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    noteExpired(dialog, turn.state.now);
    if (dialog.doubt == Doubt::Settled || !doubtsOf(dialog).any()) return false;
    dialog.doubt = Doubt::Asked;
    announceDoubt(turn);
    moveFocus(turn, {doubtWords(turn.state.locale, dialog).safe});
    letBeSeen(turn);
    return true;
}

void withdrawDoubt(Turn& turn) {
    if (turn.state.dialog->doubt != Doubt::Asked) return;
    turn.state.dialog->doubt = Doubt::None;
    moveFocus(turn, {ControlKind::Submit});
}

void goBack(Turn& turn) {
    withdrawDoubt(turn);
    announceProspect(turn);
}

void answerDoubt(Turn& turn, ControlKind answer) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.doubt != Doubt::Asked || dialog.isUnseen) return;
    const Doubts doubts = doubtsOf(dialog);
    const bool without = answer == ControlKind::DoubtWithout;
    if (without && (doubts.certain == 0 || doubts.places.empty())) return;  // is not offered
    if (without) {
        auto places = ticked(dialog);
        std::erase_if(places, [&](std::uint16_t place) { return !isCertain(dialog, place); });
        tickOnly(dialog, places);
        dialog.lookup.ticking = Ticking::ByHand;
        fieldChanged(turn, Field::Serial);
    } else if (std::ranges::any_of(doubts.unusable, [&](std::uint16_t place) {
                   return !joinsAll(certificateAt(dialog, place).status);
               })) {
        dialog.draft.agreed = {Agreement::Unusable};
    }
    dialog.doubt = Doubt::Settled;
    moveFocus(turn, {ControlKind::Submit});
    submit(turn);
}

}  // namespace smartca::app
