// What Create asks once before it sends: for certificates of others, for what cannot be used, and to go on
// without what could not be read.
#include <algorithm>

#include "web/app/dialogs.h"
#include "web/app/picks.h"

namespace smartca::app {
namespace {

const RegisteredCertificate& certificateAt(const DialogState& dialog, std::uint16_t place) {
    return dialog.lookup.answer.value.certificates[place];
}

DoubtWords wordsOfOthers(Locale locale, const DialogState& dialog, const Doubts& doubts) {
    const std::string user = dialog.user.chosen ? dialog.user.chosen->name : std::string();
    const auto count = static_cast<std::int64_t>(doubts.others.size());
    const Arguments arguments = {{"name", certificateAt(dialog, doubts.others.front()).commonName},
                                 {"count", countText(locale, count)},
                                 {"user", user}};
    return {
        format(locale, plural(count, Message::DoubtOtherOne, Message::DoubtOtherOther), arguments),
        format(locale, plural(count, Message::DoubtOtherTextOne, Message::DoubtOtherTextOther), arguments),
        {},
        {}};
}

std::string wordsOfUnusable(Locale locale, const DialogState& dialog, const Doubts& doubts) {
    const auto count = static_cast<std::int64_t>(doubts.unusable.size());
    const CertificateStatus status = certificateAt(dialog, doubts.unusable.front()).status;
    return format(
        locale, plural(count, Message::DoubtUnusableTextOne, Message::DoubtUnusableTextOther),
        {{"count", countText(locale, count)}, {"status", std::string(text(locale, labelOf(status)))}});
}

DoubtWords wordsOfTicked(Locale locale, const DialogState& dialog, const Doubts& doubts) {
    const std::size_t places = doubts.places().size();
    if (doubts.others.size() == places) {
        DoubtWords words = wordsOfOthers(locale, dialog, doubts);
        if (!doubts.unusable.empty()) words.text += ' ' + wordsOfUnusable(locale, dialog, doubts);
        return words;
    }
    if (doubts.others.empty())
        return {counted(locale, places, Message::DoubtUnusableOne, Message::DoubtUnusableOther),
                wordsOfUnusable(locale, dialog, doubts),
                {},
                {}};
    const auto number = [locale](std::size_t count) {
        return countText(locale, static_cast<std::int64_t>(count));
    };
    return {format(locale, Message::DoubtMixed, {{"count", number(places)}}),
            format(locale, Message::DoubtMixedText,
                   {{"others", number(doubts.others.size())}, {"unusable", number(doubts.unusable.size())}}),
            {},
            {}};
}

void withdraw(Turn& turn) {
    turn.state.dialog->doubt = Doubt::None;
    moveFocus(turn, {ControlKind::Submit});
}

}  // namespace

std::vector<std::uint16_t> Doubts::places() const {
    std::vector<std::uint16_t> all = others;
    for (const std::uint16_t place : unusable)
        if (std::ranges::find(all, place) == all.end()) all.push_back(place);
    return all;
}

Doubts doubtsOf(const DialogState& dialog) {
    Doubts doubts;
    for (const std::uint16_t place : ticked(dialog)) {
        const bool isOthers = dialog.lookup.isOthers[place],
                   isUnusable = !joinsAll(certificateAt(dialog, place).status);
        if (isOthers) doubts.others.push_back(place);
        if (isUnusable) doubts.unusable.push_back(place);
        if (!isOthers && !isUnusable) ++doubts.certain;
    }
    doubts.unreadable = dialog.lookup.answer.value.unreadable.size();
    return doubts;
}

DoubtWords doubtWords(Locale locale, const DialogState& dialog) {
    const Doubts doubts = doubtsOf(dialog);
    const auto say = [locale](std::size_t count, Message one, Message other) {
        return counted(locale, count, one, other);
    };
    const std::size_t places = doubts.places().size();
    const std::string back(text(locale, Message::DoubtGoBack));
    if (places == 0)
        return {say(doubts.unreadable, Message::DoubtUnreadableOne, Message::DoubtUnreadableOther),
                std::string(text(locale, Message::DoubtUnreadableText)), back,
                say(doubts.unreadable, Message::DoubtWithoutOne, Message::DoubtWithoutOther)};
    DoubtWords words = wordsOfTicked(locale, dialog, doubts);
    if (doubts.unreadable > 0)
        words.text +=
            ' ' + say(doubts.unreadable, Message::ProspectUnreadableOne, Message::ProspectUnreadableOther);
    words.without =
        doubts.certain == 0 ? back : say(places, Message::DoubtWithoutOne, Message::DoubtWithoutOther);
    words.with = say(places, Message::DoubtWithOne, Message::DoubtWithOther);
    return words;
}

bool askAboutDoubts(Turn& turn) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.doubt == Doubt::Settled || !doubtsOf(dialog).any()) return false;
    dialog.doubt = Doubt::Asked;
    const DoubtWords words = doubtWords(turn.state.locale, dialog);
    announce(turn, words.title + ' ' + words.text, Politeness::Assertive);
    moveFocus(turn, {ControlKind::DoubtWithout});
    return true;
}

void withdrawDoubt(Turn& turn) {
    if (turn.state.dialog->doubt == Doubt::Asked) withdraw(turn);
}

void answerDoubt(Turn& turn, ControlKind answer) {
    DialogState& dialog = *turn.state.dialog;
    if (dialog.doubt != Doubt::Asked) return;
    const Doubts doubts = doubtsOf(dialog);
    const bool without = answer == ControlKind::DoubtWithout;
    if (without && (doubts.certain == 0 || doubts.places().empty())) return withdraw(turn);
    if (without) {
        auto places = ticked(dialog);
        const auto questioned = doubts.places();
        std::erase_if(places, [&](std::uint16_t place) {
            return std::ranges::find(questioned, place) != questioned.end();
        });
        tickOnly(dialog, places);
        dialog.lookup.ticking = Ticking::ByHand;
        fieldChanged(turn, Field::Serial);
    } else if (!doubts.unusable.empty()) {
        dialog.draft.agreed = {Agreement::Unusable};
    }
    dialog.doubt = Doubt::Settled;
    moveFocus(turn, {ControlKind::Submit});
    submit(turn);
}

}  // namespace smartca::app
