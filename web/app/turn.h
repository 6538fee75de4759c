// One call of update(): the state it changes and the effects it collects. Only web/app's own files see this.
#pragma once

#include <string>
#include <utility>

#include "web/app/effect.h"
#include "web/app/state.h"

namespace smartca::app {

constexpr std::uint32_t kCopiedMilliseconds = 2'500;  // how long a button says that it copied

struct Turn {
    State& state;
    Effects effects{};
    bool handled = false;

    template <class E>
    void add(E effect) {
        effects.emplace_back(std::move(effect));
    }
};

// Sends a request under a fresh number, which it returns.
RequestNumber send(Turn& turn, Method method, std::string path, std::string body = {});
// Cancels the request if there is one; the number is 0 afterwards, so that a late answer is ignored.
void cancel(Turn& turn, RequestNumber& number);

// Asks for something, in place of what was asked before.
template <class T>
void load(Turn& turn, Loaded<T>& loaded, Method method, std::string path, std::string body = {}) {
    cancel(turn, loaded.request);
    loaded.phase = Phase::Loading;
    loaded.request = send(turn, method, std::move(path), std::move(body));
}
// Gives up what is loading; the old value stays.
template <class T>
void abandon(Turn& turn, Loaded<T>& loaded) {
    cancel(turn, loaded.request);
    if (loaded.phase == Phase::Loading) loaded.phase = Phase::Idle;
}
// Whether this answers what is being loaded; if so, nothing is being loaded any more.
template <class T>
bool isAnswerTo(Loaded<T>& loaded, RequestNumber number) {
    if (number == 0 || loaded.request != number) return false;
    loaded.request = 0;
    return true;
}

void moveFocus(Turn& turn, Control control, Selection selection = Selection::AsItIs);
void announce(Turn& turn, std::string text, Politeness politeness = Politeness::Polite);
// At the end of every event: what was said of something that the page shows is taken back once it shows it no more.
void takeBackWhatIsPast(Turn& turn);
// Title and text as they are heard, or told where no notice can be seen.
std::string wordsOf(const Notice& notice);
// Shows a notice and says it; all but errors, and those that stay, go by themselves.
void notify(Turn& turn, Notice notice);
// What could be opened again by it opens with the next press on "New".
void dismissNotice(State& state, std::size_t index);
void actOnNotice(Turn& turn, std::size_t index);
void noticesExpire(Turn& turn);

// `one` for a count of 1 where the language has a singular; {count} is filled.
std::string counted(Locale locale, std::size_t count, Message one, Message other);

}  // namespace smartca::app
