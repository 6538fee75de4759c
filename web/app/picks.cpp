#include "web/app/picks.h"

#include <algorithm>

#include "shared/distinguished_name.h"
#include "shared/serial.h"
#include "shared/text.h"
#include "shared/unaccented.h"
#include "shared/validation.h"
#include "web/app/turn.h"

namespace smartca::app {
namespace {

const std::vector<RegisteredCertificate>& found(const DialogState& dialog) {
    return dialog.lookup.answer.value.certificates;
}

bool carries(const RegisteredCertificate& certificate, const std::string& name) {
    return sameName(certificate.commonName, name) ||
           sameName(attributeOf(parseDistinguishedName(certificate.subject), "O"), name);
}

bool joinsByItself(const DialogState& dialog, std::uint16_t place) {
    const RegisteredCertificate& certificate = found(dialog)[place];
    return certificate.status == CertificateStatus::Active && mayBeTicked(certificate) &&
           !dialog.lookup.isOthers[place];
}

// Usable ones first, and of these the user's own, so that what needs a look is never below the fold. What is
// on the list keeps its place: only an answer tells of it, and that should move no row.
int rankOf(const DialogState& dialog, std::uint16_t place) {
    if (found(dialog)[place].status != CertificateStatus::Active) return 2;
    return dialog.lookup.isOthers[place] ? 1 : 0;
}

bool matches(const RegisteredCertificate& certificate, const std::string& searched) {
    for (const std::string& words : {certificate.commonName, certificate.serviceName, certificate.serial})
        if (unaccented(words).find(searched) != std::string::npos) return true;
    return false;
}

bool isSpelledOut(const DialogState& dialog) {
    return !trimmed(dialog.draft.serial).empty();
}

bool anyActive(const DialogState& dialog) {
    return std::ranges::any_of(found(dialog), [](const RegisteredCertificate& certificate) {
        return certificate.status == CertificateStatus::Active && mayBeTicked(certificate);
    });
}

}  // namespace

bool isLookedUp(const DialogState& dialog) {
    return registeredCertificates(dialog) != nullptr && dialog.lookup.user == dialog.draft.userId &&
           dialog.lookup.answer.request == 0;
}

std::size_t countFound(const DialogState& dialog) {
    return found(dialog).size() + dialog.lookup.answer.value.unreadable.size();
}

bool isSearched(const DialogState& dialog) {
    return found(dialog).size() >= kSearchedFrom;
}

std::string foundWords(Locale locale, const DialogState& dialog) {
    std::string words = counted(locale, countFound(dialog), Message::LookupOne, Message::LookupOther);
    const auto unreadable = static_cast<std::int64_t>(dialog.lookup.answer.value.unreadable.size());
    if (unreadable == 0) return words;
    return format(locale, Message::LookupUnreadable,
                  {{"found", words}, {"count", countText(locale, unreadable)}});
}

bool mayBeTicked(const RegisteredCertificate& certificate) {
    return !certificate.onList;
}

std::vector<std::uint16_t> ticked(const DialogState& dialog) {
    if (registeredCertificates(dialog) == nullptr) return {};
    const auto picked = pickedSerials(dialog.draft);
    std::vector<std::uint16_t> places;
    for (const std::uint16_t place : dialog.lookup.order) {
        const RegisteredCertificate& certificate = found(dialog)[place];
        if (mayBeTicked(certificate) && std::ranges::find(picked, certificate.serial) != picked.end())
            places.push_back(place);
    }
    return places;
}

BoxState boxOfAll(const DialogState& dialog) {
    const auto places = ticked(dialog);
    bool any = false, all = true;
    for (const std::uint16_t place : dialog.lookup.rows) {
        const bool is = std::ranges::find(places, place) != places.end();
        any |= is;
        all &= is || !mayBeTicked(found(dialog)[place]);
    }
    if (!any) return BoxState::None;
    return all ? BoxState::All : BoxState::Some;
}

void arrange(DialogState& dialog) {
    LookupState& lookup = dialog.lookup;
    const std::size_t count = std::min<std::size_t>(found(dialog).size(), UINT16_MAX);
    lookup.isOthers.assign(count, false);
    for (std::size_t i = 0; i < count; ++i)
        lookup.isOthers[i] = dialog.user.chosen && !carries(found(dialog)[i], dialog.user.chosen->name);
    lookup.order.clear();
    for (int rank = 0; rank < 3; ++rank)
        for (std::size_t i = 0; i < count; ++i)
            if (const auto place = static_cast<std::uint16_t>(i); rankOf(dialog, place) == rank)
                lookup.order.push_back(place);
    const std::string searched = isSearched(dialog) ? unaccented(lookup.search) : std::string();
    lookup.rows = lookup.order;
    if (!searched.empty())
        std::erase_if(lookup.rows,
                      [&](std::uint16_t place) { return !matches(found(dialog)[place], searched); });
    if (std::ranges::find(lookup.rows, lookup.stop) == lookup.rows.end())
        lookup.stop = lookup.rows.empty() ? std::uint16_t{0} : lookup.rows.front();
}

void tickByItself(DialogState& dialog) {
    if (isSpelledOut(dialog)) return;
    if (dialog.lookup.ticking == Ticking::ByHand) return tickOnly(dialog, ticked(dialog));
    std::vector<std::uint16_t> places;
    for (const std::uint16_t place : dialog.lookup.order)
        if (joinsByItself(dialog, place)) places.push_back(place);
    if (dialog.draft.businessAccount == Switch::On && places.size() > 1) places.resize(1);
    tickOnly(dialog, places);
}

void tickOnly(DialogState& dialog, const std::vector<std::uint16_t>& places) {
    std::vector<std::string> serials;
    for (const std::uint16_t place : places)
        if (const std::string& serial = found(dialog)[place].serial;
            std::ranges::find(serials, serial) == serials.end())
            serials.push_back(serial);
    if (dialog.draft.serial.empty() && dialog.draft.serials == serials) return;
    dialog.draft.serial.clear();
    dialog.draft.serials = std::move(serials);
    dialog.submission.idempotencyKey.clear();
    dialog.doubt = Doubt::None;
    dialog.draft.agreed.clear();
}

std::string serialShown(const DialogState& dialog) {
    if (registeredCertificates(dialog) == nullptr || dialog.draft.serials.size() != 1)
        return dialog.draft.serial;
    return dialog.draft.serials.front();
}

std::string countOfTicked(Locale locale, const DialogState& dialog) {
    if (registeredCertificates(dialog) == nullptr || dialog.draft.serials.size() < 2) return {};
    return format(locale, Message::LookupSelectedOf,
                  {{"count", countText(locale, static_cast<std::int64_t>(ticked(dialog).size()))},
                   {"total", countText(locale, static_cast<std::int64_t>(countFound(dialog)))}});
}

Prospect prospectOf(const DialogState& dialog) {
    const LookupState& lookup = dialog.lookup;
    if (lookup.answer.request != 0 && lookup.identity == dialog.identity.canonical)
        return Prospect::LookingUp;
    if (registeredCertificates(dialog) == nullptr || lookup.user != dialog.draft.userId)
        return Prospect::Unknown;
    if (found(dialog).empty())
        return lookup.answer.value.unreadable.empty() ? Prospect::Unknown : Prospect::OnlyUnreadable;
    if (!ticked(dialog).empty()) return Prospect::Adds;
    if (std::ranges::none_of(found(dialog), mayBeTicked)) return Prospect::AllOnList;
    if (isSpelledOut(dialog)) {
        const auto typed = [&](const RegisteredCertificate& certificate) {
            return sameSerial(certificate.serial, dialog.draft.serial);
        };
        return std::ranges::any_of(found(dialog), typed) ? Prospect::AllOnList : Prospect::Unknown;
    }
    // With the business account on, the field asks for its one.
    if (dialog.draft.businessAccount == Switch::On && found(dialog).size() > 1) return Prospect::Unknown;
    const bool byItself =
        lookup.ticking == Ticking::ByItself && dialog.user.chosen.has_value() && anyActive(dialog);
    return byItself ? Prospect::OthersNames : Prospect::NothingTicked;
}

bool addsNothing(Prospect prospect) {
    return prospect != Prospect::Unknown && prospect != Prospect::LookingUp && prospect != Prospect::Adds;
}

namespace {

void follow(std::string& words, std::string_view sentence) {
    if (!words.empty()) words += ' ';
    words += sentence;
}

std::string whatIsAdded(Locale locale, const DialogState& dialog) {
    const auto places = ticked(dialog);
    const auto count = static_cast<std::int64_t>(places.size());
    std::string words;
    if (dialog.user.chosen)
        words = format(locale, plural(count, Message::ProspectAddsOne, Message::ProspectAddsOther),
                       {{"count", countText(locale, count)}, {"user", dialog.user.chosen->name}});
    else
        words = counted(locale, places.size(), Message::ProspectNoUserOne, Message::ProspectNoUserOther);
    const auto expired = static_cast<std::size_t>(std::ranges::count_if(places, [&](std::uint16_t place) {
        return found(dialog)[place].status == CertificateStatus::Expired;
    }));
    if (expired > 0 && count == 1)
        follow(words, text(locale, Message::ProspectExpired));
    else if (expired > 0)
        follow(words, counted(locale, expired, Message::ProspectExpiredOne, Message::ProspectExpiredOther));
    if (const std::size_t unreadable = dialog.lookup.answer.value.unreadable.size(); unreadable > 0)
        follow(words,
               counted(locale, unreadable, Message::ProspectUnreadableOne, Message::ProspectUnreadableOther));
    return words;
}

}  // namespace

std::string prospectWords(Locale locale, const DialogState& dialog) {
    const auto say = [locale](Message message) { return std::string(text(locale, message)); };
    if (dialog.doubt == Doubt::Asked) return say(Message::ProspectUnanswered);
    switch (prospectOf(dialog)) {
        case Prospect::Unknown:
            return {};
        case Prospect::LookingUp:
            return say(Message::LookingUp);
        case Prospect::OnlyUnreadable:
            return say(Message::ProspectOnlyUnreadable);
        case Prospect::AllOnList:
            return say(isSpelledOut(dialog) || countFound(dialog) == 1 ? Message::ProspectOnList
                                                                       : Message::ProspectAllOnList);
        case Prospect::NothingTicked:
            return say(Message::ProspectNothingTicked);
        case Prospect::OthersNames:
            return format(locale, Message::ProspectOthersNames, {{"user", dialog.user.chosen->name}});
        case Prospect::Adds:
            break;
    }
    return whatIsAdded(locale, dialog);
}

}  // namespace smartca::app
