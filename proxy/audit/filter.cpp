#include "proxy/audit/filter.h"

#include <algorithm>
#include <string_view>

namespace smartca::audit {
namespace {

template <class Word>
bool isAmong(const std::vector<Word>& wanted, std::string_view stored) {
    return wanted.empty() ||
           std::any_of(wanted.begin(), wanted.end(), [&](Word word) { return nameOf(word) == stored; });
}

// Whether one of the words, which are divided by blanks, is that.
bool hasWord(std::string_view words, std::string_view word) {
    for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
    }
    return false;
}

}  // namespace

bool fits(const Filter& filter, const Record& record) {
    if (filter.from && record.milliseconds < *filter.from) return false;
    if (filter.to && record.milliseconds >= *filter.to) return false;
    if (!filter.user.empty() && record.userCode != filter.user &&
        (record.userId == 0 || std::to_string(record.userId) != filter.user))
        return false;
    if (!filter.actor.empty() && record.actor != filter.actor) return false;
    if (!filter.identity.empty() && record.identity != filter.identity) return false;
    if (!filter.serial.empty() && !hasWord(record.serials, filter.serial)) return false;
    return isAmong(filter.actions, record.action) && isAmong(filter.outcomes, record.outcome);
}

}  // namespace smartca::audit
