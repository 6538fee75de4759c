// The small dialog that gives a certificate another name on the list. All functions but openRename() do
// nothing while it is closed.
#pragma once

#include "web/app/turn.h"

namespace smartca::app {

void openRename(Turn& turn, const Certificate& certificate, Control returnTo);
void requestCloseRename(Turn& turn);  // asks first if something else was typed
void closeRename(Turn& turn);
void activateInRename(Turn& turn, Control control);
void typeInRename(Turn& turn, Control control, const std::string& text);
void leaveRename(Turn& turn);  // the field
bool renameAnswered(Turn& turn, const Answered& answered);

}  // namespace smartca::app
