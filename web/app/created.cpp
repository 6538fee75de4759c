// What a person is told of a create that has ended.
#include <algorithm>

#include "shared/serial.h"
#include "web/app/dialogs.h"

namespace smartca::app {
namespace {

// eContract can add more than it was asked for.
std::size_t unwantedIn(const CreateAnswer& answer, const std::vector<std::string>& wanted) {
    if (wanted.empty()) return 0;
    return static_cast<std::size_t>(std::ranges::count_if(answer.added, [&](const Certificate& added) {
        return std::ranges::find(wanted, added.serial) == wanted.end();
    }));
}

// Nobody can sign with it now. Of an unknown status that is not known.
bool isKnownIdle(const Certificate& certificate) {
    return certificate.status != CertificateStatus::Active &&
           certificate.status != CertificateStatus::Unknown;
}

// What this deployment cannot save is no news; what it can, and has not, may be saved or not.
void addUnsaved(Notice& notice, const State& state, const std::vector<Field>& fields) {
    std::vector<Field> never, uncertain;
    for (const Field field : fields)
        (isSaved(state, field) ? uncertain : never).push_back(field);
    if (!never.empty()) addSentence(notice.text, notSavedWords(state.locale, never));
    if (!uncertain.empty())
        addSentence(notice.text, format(state.locale, Message::CreatedUnsure,
                                        {{"fields", labelsOf(state.locale, uncertain)}}));
}

}  // namespace

void addSentence(std::string& text, std::string_view sentence) {
    if (!text.empty()) text += ' ';
    text += sentence;
}

Notice noticeOf(const State& state, const CreateAnswer& answer, const SubmissionState& submission,
                TellOf tell) {
    const Locale locale = state.locale;
    const std::string& user = submission.user;
    Notice notice;
    const std::size_t added = answer.added.size();
    notice.kind = added == 0 ? NoticeKind::Information : NoticeKind::Success;
    notice.title = added == 0 ? std::string(text(locale, Message::CreatedNothingTitle))
                              : counted(locale, added, Message::CreatedTitle, Message::CreatedTitleOther);
    if (added != 0) addSentence(notice.text, format(locale, Message::CreatedFor, {{"user", user}}));
    if (const std::size_t unwanted = unwantedIn(answer, submission.wanted); unwanted > 0)
        addSentence(notice.text,
                    counted(locale, unwanted, Message::CreatedUnwantedOne, Message::CreatedUnwantedOther));
    if (const auto idle = std::ranges::count_if(answer.added, isKnownIdle); idle > 0)
        addSentence(notice.text, added == 1 ? std::string(text(locale, Message::CreatedIdle))
                                            : counted(locale, static_cast<std::size_t>(idle),
                                                      Message::CreatedIdleOne, Message::CreatedIdleOther));
    if (const auto unknown =
            std::ranges::count(answer.added, CertificateStatus::Unknown, &Certificate::status);
        unknown > 0)
        addSentence(notice.text, std::string(text(locale, labelOf(CertificateStatus::Unknown))) +
                                     (added == 1 ? "." : ": " + countText(locale, unknown) + '.'));
    const bool all = tell == TellOf::All;
    if (all && !answer.leftOut.empty())
        addSentence(notice.text, counted(locale, answer.leftOut.size(), Message::CreatedLeftOutOne,
                                         Message::CreatedLeftOutOther));
    if (all && !answer.alreadyOnList.empty())
        addSentence(notice.text, counted(locale, answer.alreadyOnList.size(), Message::CreatedOnListOne,
                                         Message::CreatedOnListOther));
    if (all && !answer.missing.empty())
        addSentence(notice.text, counted(locale, answer.missing.size(), Message::CreatedMissingOne,
                                         Message::CreatedMissingOther));
    if (!answer.upstreamMessage.empty())
        addSentence(notice.text, "VNPT eContract: “" + answer.upstreamMessage + "”.");
    addUnsaved(notice, state, answer.notSaved);
    return notice;
}

std::string serialsWords(Locale locale, const std::vector<Certificate>& added) {
    constexpr std::size_t kReadable = 3;
    std::string serials;
    for (std::size_t i = 0; i < added.size() && i < kReadable; ++i)
        serials.append(i == 0 ? "" : ", ").append(shortened(Serial{added[i].serial}));
    if (serials.empty()) return {};
    if (added.size() > kReadable) serials += ", …";
    return format(locale, Message::CreatedSerials, {{"serials", serials}});
}

}  // namespace smartca::app
