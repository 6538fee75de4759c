#include "web/app/turn.h"

#include <algorithm>

#include "web/app/address.h"
#include "web/app/dialogs.h"
#include "web/app/list.h"
#include "web/app/requests.h"

namespace smartca::app {
namespace {
constexpr std::uint32_t kNoticeMilliseconds = 8'000;
constexpr std::size_t kNoticesAtOnce = 4;  // more would cover the page
}  // namespace

RequestNumber send(Turn& turn, Method method, std::string path, std::string body) {
    const RequestNumber number = ++turn.state.lastRequest;
    turn.add(SendRequest{.number = number,
                         .method = method,
                         .path = std::move(path),
                         .body = std::move(body),
                         .idempotencyKey = {}});
    return number;
}

void cancel(Turn& turn, RequestNumber& number) {
    if (number != 0) turn.add(CancelRequest{number});
    number = 0;
}

void moveFocus(Turn& turn, Control control, Selection selection) {
    turn.add(MoveFocus{control, selection});
}

void announce(Turn& turn, std::string text, Politeness politeness) {
    turn.add(Announce{std::move(text), politeness});
}

std::string wordsOf(const Notice& notice) {
    std::string words = notice.title;
    if (!words.ends_with('.')) words += '.';
    if (!notice.text.empty()) addSentence(words, notice.text);
    return words;
}

void notify(Turn& turn, Notice notice) {
    const bool isError = notice.kind == NoticeKind::Error;
    announce(turn, wordsOf(notice), isError || notice.stays ? Politeness::Assertive : Politeness::Outcome);
    std::vector<Notice>& notices = turn.state.notices;
    if (turn.state.opening == Opening::Dialog &&
        !turn.state.dialog) {  // nothing of ours is there to show it on
        // What has come to nothing is opened again, and told until then.
        const bool keeps = isError || (notice.left != 0 && notice.kind != NoticeKind::Success);
        if (notice.stays) turn.add(RaiseEvent{keeps ? "retold" : "told", closedDetail({notice})});
        if (!keeps) return;
    }
    // The last word on a create.
    std::erase_if(notices,
                  [&notice](const Notice& other) { return other.left != 0 && other.left == notice.left; });
    // What was entered, or promised to be told, is not given up for the room of another notice.
    const auto yields = std::ranges::find_if(
        notices, [](const Notice& other) { return other.action != NoticeAction::OpenAgain && !other.stays; });
    if (notices.size() >= kNoticesAtOnce && yields != notices.end()) notices.erase(yields);
    notices.push_back(std::move(notice));
    if (!isError) turn.add(StartTimer{Timer::Notice, kNoticeMilliseconds});
}

void dismissNotice(State& state, std::size_t index) {
    if (index >= state.notices.size()) return;
    state.notices.erase(state.notices.begin() + static_cast<std::ptrdiff_t>(index));
}

void actOnNotice(Turn& turn, std::size_t index) {
    std::vector<Notice>& notices = turn.state.notices;
    if (index >= notices.size()) return;
    const Notice notice = notices[index];
    if (notice.action == NoticeAction::OpenAgain) return openLeft(turn, notice.left);
    if (notice.action != NoticeAction::Show) return;
    dismissNotice(turn.state, index);
    showOnly(turn, notice.shows);
}

// What can be pressed does not go away by itself, nor does anything from under the hand that is about to
// press it, or from under a dialog.
void noticesExpire(Turn& turn) {
    if (turn.state.focused.kind == ControlKind::NoticeDismiss || layersOf(turn.state) > 0)
        return turn.add(StartTimer{Timer::Notice, kNoticeMilliseconds});
    std::erase_if(turn.state.notices, [](const Notice& notice) {
        return notice.kind != NoticeKind::Error && notice.action == NoticeAction::None && !notice.stays;
    });
}

std::string counted(Locale locale, std::size_t count, Message one, Message other) {
    return format(locale, plural(static_cast<std::int64_t>(count), one, other),
                  {{"count", tallyText(locale, static_cast<std::int64_t>(count))}});
}

}  // namespace smartca::app
