#include "web/app/picks.h"

#include <algorithm>
#include <memory>

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

// The CN is who signs, and what documents show. An O beside it only says for whom: it is the company of a seal, whose CN
// it is too, and of each employee. Where there is no CN, it is all the name that there is.
bool carries(const RegisteredCertificate& certificate, const std::string& name) {
    const auto subject = parseDistinguishedName(certificate.subject);
    return sameName(certificate.commonName, name) ||
           (attributeOf(subject, "CN").empty() && sameName(attributeOf(subject, "O"), name));
}

bool isActive(const DialogState& dialog, std::uint16_t place) {
    return found(dialog)[place].status == CertificateStatus::Active;
}

// Usable ones first, and of these the user's own, so that what needs a look is never below the fold. What is
// on the list keeps its place: only an answer tells of it, and that should move no row.
int rankOf(const DialogState& dialog, std::uint16_t place) {
    if (!isActive(dialog, place)) return 2;
    return isPlain(dialog, place) ? 0 : 1;
}

// As " name service serial".
template <class Certificate>
std::string searchable(const Certificate& certificate) {
    return ' ' +
           unaccented(certificate.commonName + ' ' + certificate.serviceName + ' ' + certificate.serial);
}

// As it stands there, as a serial number in whatever way it is written, or else word by word: "…" and "·" are what
// this page itself puts between.
bool matches(const std::string& certificate, const std::string& search) {
    const auto holds = [&certificate](std::string_view words) {
        return certificate.find(words) != std::string::npos;
    };
    std::string words = unaccented(foldedTyping(search));
    if (holds(words)) return true;
    const std::string decimal = hexadecimalOfDecimal(search);
    if (!decimal.empty() && certificate.ends_with(' ' + decimal)) return true;
    if (const auto serial = parseSerial(search)) {
        const std::string& digits = serial.value().hexadecimal;
        return holds(std::string_view(digits).substr(digits.starts_with('0') ? 1 : 0));
    }
    for (const std::string_view mark : {"…", "·"})
        for (std::size_t at = words.find(mark); at != std::string::npos; at = words.find(mark))
            words.replace(at, mark.size(), " ");
    std::string_view rest = words;
    while (!rest.empty()) {
        const auto parts = [](char c) { return c > 0 && !isAsciiDigit(c) && !isAsciiLetter(c); };
        const auto end = static_cast<std::size_t>(std::ranges::find_if(rest, parts) - rest.begin());
        if (!holds(rest.substr(0, end))) return false;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return true;
}

bool isSpelledOut(const DialogState& dialog) {
    return !trimmed(dialog.draft.serial).empty();
}

// Everything that could be used carries another name, and nothing is there of which that is not known.
bool onlyOthers(const DialogState& dialog) {
    bool any = false;
    for (const std::uint16_t place : dialog.lookup.order) {
        if (!isActive(dialog, place)) continue;
        if (!dialog.lookup.isOthers[place]) return false;
        any |= mayBeTicked(dialog, place);
    }
    return any && dialog.lookup.answer.value.unreadable.empty();
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

bool isListed(const DialogState& dialog, std::uint16_t place) {
    const LookupState& lookup = dialog.lookup;
    return found(dialog)[place].onList && lookup.listOf != 0 && lookup.listOf == dialog.draft.userId;
}

bool notes(const RegisteredCertificate& certificate, CertificateNote note) {
    return std::ranges::find(certificate.notes, note) != certificate.notes.end();
}

bool mayBeTicked(const DialogState& dialog, std::uint16_t place) {
    return !isListed(dialog, place) && !notes(found(dialog)[place], CertificateNote::SerialShared);
}

bool differs(const RegisteredCertificate& certificate) {
    return std::ranges::any_of(certificate.notes, [](CertificateNote note) {
        return note == CertificateNote::SerialDiffers || note == CertificateNote::SubjectDiffers ||
               note == CertificateNote::NumberDiffers;
    });
}

bool isPlain(const DialogState& dialog, std::uint16_t place) {
    const RegisteredCertificate& certificate = found(dialog)[place];
    return isActive(dialog, place) && !dialog.lookup.isOthers[place] && !differs(certificate) &&
           !notes(certificate, CertificateNote::TextDamaged);
}

bool isCertain(const DialogState& dialog, std::uint16_t place) {
    return isPlain(dialog, place) && found(dialog)[place].heldBy.empty();
}

std::vector<std::uint16_t> ticked(const DialogState& dialog) {
    if (registeredCertificates(dialog) == nullptr) return {};
    const auto typed = parseSerial(dialog.draft.serial);
    const std::vector<std::string> spelled = {typed ? typed.value().hexadecimal : std::string()};
    const auto& picked = isSpelledOut(dialog) ? spelled : dialog.draft.serials;
    std::vector<std::uint16_t> places;
    if (picked.empty()) return places;
    auto next = picked.begin();  // as a rule they are picked in the order of the rows
    for (const std::uint16_t place : dialog.lookup.order) {
        if (!mayBeTicked(dialog, place)) continue;
        const std::string& serial = found(dialog)[place].serial;
        const auto at = next != picked.end() && *next == serial ? next : std::ranges::find(picked, serial);
        if (at == picked.end()) continue;
        places.push_back(place);
        next = at + 1;
    }
    return places;
}

std::vector<std::uint16_t> fitting(const DialogState& dialog) {
    std::vector<std::uint16_t> active, plain;
    for (const std::uint16_t place : dialog.lookup.rows) {
        if (!isActive(dialog, place) || !mayBeTicked(dialog, place)) continue;
        active.push_back(place);
        if (isPlain(dialog, place)) plain.push_back(place);
    }
    return plain.empty() ? active : plain;
}

BoxState boxOfAll(const DialogState& dialog) {
    std::vector<unsigned char> isTicked(found(dialog).size());
    for (const std::uint16_t place : ticked(dialog))
        isTicked[place] = 1;
    const auto holds = [&isTicked](std::uint16_t place) { return isTicked[place] != 0; };
    if (std::ranges::none_of(dialog.lookup.rows, holds))
        return fitting(dialog).empty() ? BoxState::Off : BoxState::None;
    const auto leavesOut = [&](std::uint16_t place) { return mayBeTicked(dialog, place) && !holds(place); };
    const bool any = !dialog.lookup.unreadable.empty() ||  // none of which can be ticked
                     std::ranges::any_of(dialog.lookup.rows, leavesOut);
    return any ? BoxState::Some : BoxState::All;
}

std::string selectedWords(Locale locale, const DialogState& dialog) {
    const std::size_t count = ticked(dialog).size();
    std::string words = counted(locale, count, Message::LookupSelectedOne, Message::LookupSelectedOther);
    const std::size_t all = dialog.lookup.order.size();
    if (count == 0 || count == all) return words;
    return format(
        locale, Message::LookupLeftOut,
        {{"selected", words}, {"count", countText(locale, static_cast<std::int64_t>(all - count))}});
}

std::string shownWords(Locale locale, const DialogState& dialog) {
    const auto number = [locale](std::size_t count) {
        return countText(locale, static_cast<std::int64_t>(count));
    };
    return format(locale, Message::LookupShown,
                  {{"shown", number(dialog.lookup.rows.size() + dialog.lookup.unreadable.size())},
                   {"all", number(countFound(dialog))}});
}

void takeAnswer(DialogState& dialog) {
    dialog.lookup.registered = std::make_shared<const Registered>(registeredOf(dialog.lookup.answer.value));
    arrange(dialog);
}

void arrange(DialogState& dialog) {
    LookupState& lookup = dialog.lookup;
    const std::size_t count = std::min<std::size_t>(found(dialog).size(), UINT16_MAX);
    lookup.isOthers.resize(count);
    for (std::size_t i = 0; i < count; ++i)
        lookup.isOthers[i] = dialog.user.chosen && !carries(found(dialog)[i], dialog.user.chosen->name);
    lookup.order.clear();
    for (int rank = 0; rank < 3; ++rank)
        for (std::size_t i = 0; i < count; ++i)
            if (const auto place = static_cast<std::uint16_t>(i); rankOf(dialog, place) == rank)
                lookup.order.push_back(place);
    const std::string search = isSearched(dialog) ? lookup.search : std::string();
    lookup.rows.clear();
    for (const std::uint16_t place : lookup.order)
        if (matches(searchable(found(dialog)[place]), search)) lookup.rows.push_back(place);
    const auto& unreadable = lookup.answer.value.unreadable;
    lookup.unreadable.clear();
    for (std::size_t i = 0; i < unreadable.size() && lookup.unreadable.size() < kUnreadableShown; ++i)
        // What is not known of one cannot be told not to be what is sought.
        if (unreadable[i].commonName.empty() || unreadable[i].serial.empty() ||
            matches(searchable(unreadable[i]), search))
            lookup.unreadable.push_back(static_cast<std::uint16_t>(i));
    if (std::ranges::find(lookup.rows, lookup.stop) == lookup.rows.end())
        lookup.stop = lookup.rows.empty() ? std::uint16_t{0} : lookup.rows.front();
}

void tickByItself(DialogState& dialog) {
    if (isSpelledOut(dialog) || dialog.mode == Mode::Lookup) return;
    if (dialog.lookup.ticking == Ticking::ByHand) return tickOnly(dialog, ticked(dialog));
    std::vector<std::uint16_t> places;
    for (const std::uint16_t place : dialog.lookup.order)
        if (isPlain(dialog, place) && mayBeTicked(dialog, place)) places.push_back(place);
    if (dialog.draft.businessAccount == Switch::On && places.size() > 1) places.clear();
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
    dialog.submission.isUnchanged = false;
    dialog.doubt = Doubt::None;
    dialog.draft.agreed.clear();
}

std::string serialShown(const DialogState& dialog) {
    if (registeredCertificates(dialog) == nullptr || dialog.draft.serials.size() != 1)
        return dialog.draft.serial;
    return dialog.draft.serials.front();
}

std::string countOfTicked(Locale locale, const DialogState& dialog) {
    const auto* certificates = registeredCertificates(dialog);
    if (certificates == nullptr || certificates->empty() || dialog.draft.serials.size() == 1) return {};
    return format(locale, Message::LookupSelectedOf,
                  {{"count", countText(locale, static_cast<std::int64_t>(ticked(dialog).size()))},
                   {"total", countText(locale, static_cast<std::int64_t>(countFound(dialog)))}});
}

Prospect prospectOf(const DialogState& dialog) {
    const LookupState& lookup = dialog.lookup;
    if (lookup.answer.request != 0 && lookup.identity == dialog.identity.canonical)
        return Prospect::LookingUp;
    if (registeredCertificates(dialog) == nullptr || lookup.user != dialog.draft.userId ||
        dialog.mode == Mode::Lookup)
        return Prospect::Unknown;
    if (found(dialog).empty())
        return lookup.answer.value.unreadable.empty() ? Prospect::Unknown : Prospect::OnlyUnreadable;
    if (!ticked(dialog).empty()) return Prospect::Adds;
    const auto listed = [&](std::uint16_t place) { return isListed(dialog, place); };
    if (std::ranges::all_of(lookup.order, listed)) return Prospect::AllOnList;
    if (isSpelledOut(dialog)) {
        const auto typed = [&](std::uint16_t place) {
            return listed(place) && sameSerial(found(dialog)[place].serial, dialog.draft.serial);
        };
        return std::ranges::any_of(lookup.order, typed) ? Prospect::AllOnList : Prospect::Unknown;
    }
    // The rows say why.
    if (std::ranges::none_of(lookup.order, [&](std::uint16_t place) { return mayBeTicked(dialog, place); }))
        return Prospect::Unknown;
    // With the business account on, the field asks for its one.
    if (dialog.draft.businessAccount == Switch::On && found(dialog).size() > 1) return Prospect::Unknown;
    const bool named = lookup.ticking == Ticking::ByItself && onlyOthers(dialog);
    return named ? Prospect::OthersNames : Prospect::NothingTicked;
}

bool addsNothing(Prospect prospect) {
    return prospect != Prospect::Unknown && prospect != Prospect::LookingUp && prospect != Prospect::Adds;
}

namespace {

std::string whatIsAdded(Locale locale, const DialogState& dialog) {
    const std::size_t count = ticked(dialog).size();
    const bool awaitsSettings =
        dialog.validation.submitted && dialog.signature.defaults.phase == Phase::Loading;
    if (dialog.user.naming != 0 || awaitsSettings) return std::string(text(locale, Message::Loading));
    const bool seeksAnother = dialog.user.search.isTyped && dialog.user.chosen &&
                              !sameWords(dialog.user.search.text, dialog.user.chosen->name);
    if (!dialog.user.chosen || seeksAnother)
        return counted(locale, count, Message::ProspectNoUserOne, Message::ProspectNoUserOther);
    const auto number = static_cast<std::int64_t>(count);
    return format(
        locale, plural(number, Message::ProspectAddsOne, Message::ProspectAddsOther),
        {{"count", countText(locale, number)}, {"user", withoutMiddle(dialog.user.words(), kReadable)}});
}

// "Everything" is what could be read.
std::string allOnList(Locale locale, std::size_t unreadable) {
    std::string words(text(locale, Message::ProspectAllOnList));
    if (unreadable > 0)
        addSentence(words, counted(locale, unreadable, Message::ProspectUnreadableOne,
                                   Message::ProspectUnreadableOther));
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
            if (isSpelledOut(dialog) || countFound(dialog) == 1) return say(Message::ProspectOnList);
            return allOnList(locale, dialog.lookup.answer.value.unreadable.size());
        case Prospect::NothingTicked:
            return say(Message::ProspectNothingTicked);
        case Prospect::OthersNames:
            return say(Message::ProspectOthersNames);
        case Prospect::Adds:
            break;
    }
    return whatIsAdded(locale, dialog);
}

std::string footWords(Locale locale, const DialogState& dialog) {
    if (dialog.isTooEarly && dialog.signature.preparation)
        return std::string(text(locale, Message::ImageStillPreparing));
    if (dialog.isTooEarly && (dialog.user.naming != 0 || dialog.signature.defaults.phase == Phase::Loading))
        return std::string(text(locale, Message::SettingsStillLoading));
    const int wrong = fieldsInError(dialog);
    if (wrong == 0 || dialog.doubt == Doubt::Asked) return prospectWords(locale, dialog);
    return counted(locale, static_cast<std::size_t>(wrong), Message::FieldNeedsAttention,
                   Message::FieldsNeedAttention);
}

}  // namespace smartca::app
