// The dialog that shows what a certificate says of itself, opened from its row. All functions but
// openDetails() do nothing while it is closed.
#pragma once

#include "web/app/turn.h"

namespace smartca::app {

void openDetails(Turn& turn, const Certificate& certificate, Control returnTo);
void closeDetails(Turn& turn);
void activateInDetails(Turn& turn, Control control);
bool detailsAnswered(Turn& turn, const Answered& answered);
void textCopied(Turn& turn, const TextCopied& copied);

}  // namespace smartca::app
