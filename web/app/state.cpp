#include "web/app/state.h"

#include <algorithm>

#include "shared/text.h"
#include "shared/validation.h"
#include "web/app/picks.h"

namespace smartca::app {

Message messageOf(DayFault fault) {
    return fault == DayFault::NoDay ? Message::FilterDateInvalid : Message::FilterDateBefore;
}

namespace {

constexpr std::size_t kUsersInList = 1000;  // beyond that, a better search is quicker than a longer list

}  // namespace

bool mayShowMore(const UserSearch& search) {
    const Page<User>& users = search.results.value;
    return !users.items.empty() && users.items.size() < kUsersInList &&
           static_cast<std::int64_t>(users.items.size()) < users.totalCount;
}

int markedOption(const UserSearch& search) {
    if (search.active >= 0) return search.active;
    const bool matches = search.results.phase == Phase::Ready && !search.searched.empty() &&
                         search.searched == trimmed(search.text) && !search.results.value.items.empty();
    return matches ? 0 : -1;
}

bool isAwaited(const UserSearch& search) {
    return search.results.value.items.empty() && search.results.phase == Phase::Loading;
}

std::string namedWithCode(const std::string& name, const std::string& code) {
    return code.empty() ? name : name + " · " + code;
}
std::string userWords(const Certificate& certificate) {
    return namedWithCode(certificate.userName, certificate.userCode);
}
std::string userWords(const User& user) {
    return namedWithCode(user.name, user.code);
}

std::string UserState::words() const {
    return chosen ? userWords(*chosen) : std::string();
}

std::string tellingApart(Locale locale, const Certificate& certificate) {
    const std::string day = certificate.validTo == 0 ? "?" : dateInVietnam(certificate.validTo);
    return format(locale, Message::CertificateTold,
                  {{"serial", shortened(Serial{certificate.serial})}, {"day", day}});
}

bool isFiltered(const ListState& list) {
    return !list.only.empty() || !list.search.empty() || list.chosenUser || list.type.selected != 0 ||
           list.status.selected != 0 || !list.validFrom.empty() || !list.validTo.empty();
}

bool showsList(const ListState& list) {
    return list.openMenu >= 0 || list.user.list == Visibility::Shown || list.type.list == Visibility::Shown ||
           list.status.list == Visibility::Shown;
}

std::string_view bannerTitle(Locale locale, const RenameState& rename) {
    return text(locale,
                rename.unknown || mayBeDone(*rename.banner) ? Message::ChangeUnknown : Message::RenameFailed);
}

bool mayBecomeDefault(const Certificate& certificate, Instant now) {
    // The page may have been open for days.
    const CertificateStatus status = certificate.validTo == 0
                                         ? certificate.status
                                         : statusWith(certificate.status, now, 0, certificate.validTo);
    return !certificate.isDefault &&
           (status == CertificateStatus::Active || status == CertificateStatus::NotYetValid);
}

bool mayBePressed(ControlKind rowAction, const Certificate& certificate, Instant now) {
    return rowAction != ControlKind::RowSetDefault || mayBecomeDefault(certificate, now);
}

bool may(const State& state, Right right) {
    if (state.session.phase != Phase::Ready) return true;
    const Rights& rights = state.session.value.may;
    // In the dialog nothing is attached that nobody has seen.
    return rights.has(right) && (right != Right::Create || rights.has(Right::Lookup));
}

bool isLocked(const State& state, Field field) {
    return state.session.phase == Phase::Ready && state.session.value.prefill.locks(field);
}

std::string findingWords(const State& state, const Finding& finding) {
    std::string words = describe(state.locale, finding);
    if (!isLocked(state, finding.field)) return words;
    // The first sentence tells what is wrong; those after it tell what to do, and nobody here can.
    words.resize(std::min(words.find(". "), words.size() - 1) + 1);
    return words.append(" ").append(text(state.locale, Message::OnlyPortalChanges));
}

bool isOffered(const State& state, ControlKind rowAction) {
    constexpr std::array kRights = {Right::Details, Right::Rename, Right::Default, Right::Remove};
    static_assert(kRights.size() == kRowActions.size());
    const auto action = std::ranges::find(kRowActions, rowAction) - kRowActions.begin();
    return may(state, kRights[static_cast<std::size_t>(action)]);
}

bool offersRowActions(const State& state) {
    return std::ranges::any_of(kRowActions, [&](ControlKind action) { return isOffered(state, action); });
}

std::optional<Finding> faultShown(const RenameState& rename) {
    if (!rename.showsFault) return std::nullopt;
    return faultOfCertificateName(certificateNameOf(rename.name));
}

void BannerState::clear() {
    *this = {};
}

void BannerState::show(const Trouble& wrong, Retry repeats) {
    clear();
    trouble = wrong;
    retry = repeats;
}

std::string userWords(const DialogState& dialog) {
    return dialog.user.chosen ? dialog.user.words() : dialog.draft.identity;
}

const std::vector<RegisteredCertificate>* registeredCertificates(const DialogState& dialog) {
    if (!dialog.lookup.hasAnswer || dialog.lookup.identity != dialog.identity.canonical) return nullptr;
    return &dialog.lookup.answer.value.certificates;
}

bool showsErrors(const DialogState& dialog, Field field) {
    return dialog.validation.submitted || dialog.validation.touched[static_cast<std::size_t>(field)];
}

const Finding* findingAt(const DialogState& dialog, Field field) {
    const Finding* warning = nullptr;
    for (const Finding& finding : dialog.validation.findings) {
        if (finding.field != field) continue;
        if (isError(dialog, finding)) {
            if (showsErrors(dialog, field)) return &finding;
        } else if (!warning) {
            warning = &finding;
        }
    }
    return warning;
}

std::vector<std::string> identitySuggestions(const DialogState& dialog) {
    constexpr std::size_t kOffered = 2;
    std::vector<std::string> numbers;
    for (const Finding& finding : dialog.validation.findings) {
        if (finding.field != Field::Identity) continue;
        for (const Argument& argument : finding.arguments)
            if (argument.name == "suggestion" || argument.name == "other") numbers.push_back(argument.value);
    }
    if (dialog.identity.kind == IdentityKind::Empty && dialog.draft.userId != 0 &&
        dialog.signature.defaults.phase == Phase::Ready)
        numbers = dialog.signature.defaults.value.identities;
    if (numbers.size() > kOffered) numbers.resize(kOffered);
    return numbers;
}

bool isSaved(const State& state, Field field) {
    const std::vector<Field>& saves = state.session.value.saves;
    return isSavedEverywhere(field) || state.session.phase != Phase::Ready ||
           std::find(saves.begin(), saves.end(), field) != saves.end();
}

bool isOffered(const State& state, Field field) {
    return isSaved(state, field) || isEntered(state.dialog->draft, field);
}

std::string labelsOf(Locale locale, std::span<const Field> fields) {
    std::string names;
    for (const Field field : fields)
        names.append(names.empty() ? "" : ", ").append(text(locale, ruleOf(field).label));
    return names;
}

std::string notSavedWords(Locale locale, std::span<const Field> fields) {
    if (fields.empty()) return {};
    return format(locale, Message::CreatedNotSaved, {{"fields", labelsOf(locale, fields)}});
}

bool hasImage(const DialogState& dialog) {
    return dialog.draft.signatureImage || dialog.signature.resolved.image.value;
}

bool isError(const DialogState& dialog, const Finding& finding) {
    if (severityOf(finding.code) != Severity::Error) return false;
    const auto& refused = dialog.signature.refused;
    return !refused || refused->why != finding || !hasImage(dialog);
}

int fieldsInError(const DialogState& dialog) {
    int fields = 0;
    for (const FieldRule& rule : fieldTable()) {
        const Finding* finding = findingAt(dialog, rule.field);
        if (finding && isError(dialog, *finding)) ++fields;
    }
    return fields;
}

const RegisteredCertificate* certificateToAdd(const DialogState& dialog) {
    const auto places = ticked(dialog);
    return places.empty() ? nullptr : &dialog.lookup.answer.value.certificates[places.front()];
}

}  // namespace smartca::app
