// The page: the list of certificates, its filters, and what a row's menu does.
#pragma once

#include <vector>

#include "web/app/turn.h"

namespace smartca::app {

// list.cpp: loading and paging
int lastPage(const CertificatePage& certificates);                   // that is known of, or can be shown
std::string rangeWords(Locale locale, const CertificatePage& page);  // "11–20 of 25"
void loadList(Turn& turn);
void showOnly(Turn& turn, const std::vector<std::int64_t>& certificates);  // and no filters
// It was deleted elsewhere: says so, takes its row away and reads the list again.
void certificateGone(Turn& turn, const Certificate& gone);
bool listAnswered(Turn& turn, const Answered& answered);
void activateOnPage(Turn& turn, Control control);

// filters.cpp
bool activateFilter(Turn& turn, Control control);
void typeInFilter(Turn& turn, Control control, const std::string& text);
bool filterUsersAnswered(Turn& turn, const Answered& answered);
void filterPauses(Turn& turn);  // Timer::FilterSearch
void keyInFilter(Turn& turn, Control control, Key key);
void leaveFilter(Turn& turn, Control control);
void clearFilters(Turn& turn);                  // without loading
void judgeDays(ListState& list, Control left);  // after that field was left
void closePageLists(Turn& turn);                // and the open row menu

// rows.cpp
bool activateRow(Turn& turn, Control control);
void keyInRow(Turn& turn, Control control, Key key);
bool isOfRow(Control control);  // a row's button, or an item of its menu
void enterRow(Turn& turn, Control control);
void leaveRow(Turn& turn, Control control, Control to);
void closeRowMenu(Turn& turn);  // the focus goes back to the row's button
void deleteConfirmed(Turn& turn);
void rowCopied(Turn& turn, const TextCopied& copied);
bool rowAnswered(Turn& turn, const Answered& answered);

}  // namespace smartca::app
