// The one question that may stand over everything: discard the draft, or delete a certificate.
#pragma once

#include "web/app/turn.h"

namespace smartca::app {

void ask(Turn& turn, Confirm confirm);  // the focus goes to the answer that changes nothing
void confirmAccepted(Turn& turn);
void confirmRejected(Turn& turn);

}  // namespace smartca::app
