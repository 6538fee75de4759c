#include <algorithm>

#include "web/app/dialogs.h"
#include "web/app/list.h"
#include "web/app/picks.h"

namespace smartca::app {
namespace {

// The sentences on screen that are so for a while. What has happened is none of them: it stays so.
std::vector<std::string> sentencesOf(const State& state) {
    const Locale locale = state.locale;
    std::vector<std::string> sentences;
    for (const DayFault fault : {state.list.validFromFault, state.list.validToFault})
        if (fault != DayFault::None) sentences.emplace_back(text(locale, messageOf(fault)));
    if (state.list.certificates.phase == Phase::Failed)
        sentences.push_back(describe(locale, state.list.certificates.problem));
    if (state.details && state.details->details.request != 0)
        for (const Message words : {Message::DetailsAsking, Message::Loading})
            sentences.emplace_back(text(locale, words));
    if (state.details && state.details->details.phase == Phase::Failed)
        sentences.emplace_back(text(locale, Message::DetailsFailedTitle));
    for (const UserSearch* users : {&state.list.user, state.dialog ? &state.dialog->user.search : nullptr})
        if (users && users->list == Visibility::Shown && users->results.phase == Phase::Failed)
            sentences.push_back(describe(locale, users->results.problem));
    if (state.rename) {
        if (const auto fault = faultShown(*state.rename)) sentences.push_back(describe(locale, *fault));
        if (state.rename->banner) sentences.emplace_back(bannerTitle(locale, *state.rename));
    }
    if (!state.dialog) return sentences;
    const DialogState& dialog = *state.dialog;
    sentences.push_back(footWords(locale, dialog));
    for (const Finding& finding : dialog.validation.findings)
        sentences.push_back(findingWords(state, finding));
    if (dialog.banner.trouble) sentences.push_back(describe(locale, *dialog.banner.trouble));
    if (registeredCertificates(dialog) == nullptr) return sentences;
    if (dialog.doubt == Doubt::Asked) sentences.push_back(doubtWords(locale, dialog).title);
    sentences.push_back(countFound(dialog) == 0 ? whatWasFound(state) : foundWords(locale, dialog));
    sentences.push_back(selectedWords(locale, dialog));
    sentences.push_back(shownWords(locale, dialog));
    return sentences;
}

}  // namespace

void takeBackWhatIsPast(Turn& turn) {
    std::vector<std::string>& said = turn.state.said;
    const Announce* last = nullptr;
    for (const Effect& effect : turn.effects)
        if (const auto* announced = std::get_if<Announce>(&effect)) last = announced;
    if (!last && said.empty()) return;
    std::vector<std::string> shown = sentencesOf(turn.state);
    if (last) {
        std::erase_if(shown, [last](const std::string& sentence) {
            return sentence.empty() || last->text.find(sentence) == std::string::npos;
        });
        said = std::move(shown);
    } else if (std::ranges::any_of(said, [&shown](const std::string& sentence) {
                   return std::ranges::find(shown, sentence) == shown.end();
               })) {
        said.clear();
        announce(turn, {});
    }
}

}  // namespace smartca::app
