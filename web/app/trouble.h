// What went wrong with a request, or is not known of it yet, and how it is told.
#pragma once

#include <cstdint>
#include <string>

#include "shared/api.h"

namespace smartca::app {

// The source of a failure's report: the proxy, or update() itself where no answer of the proxy came.
enum class Origin : std::uint8_t {
    Proxy,
    NoConnection,  // no answer at all
    Foreign,       // an answer, but not the proxy's: a captive portal's page, a broken gateway
    Checking,      // nothing yet: the proxy is finding out what became of a create
    Unanswered,    // nothing yet: a create that was left got no answer and is asked about again
    Lost,          // no answer at all to a create, which may have been done
};
// What became of a create that ended in it.
enum class Became : std::uint8_t { NoCreate, Nothing, Unknown };
struct Trouble : Problem {
    Origin origin = Origin::Proxy;
    Became became = Became::NoCreate;
};
Message titleOf(const Trouble& trouble);  // what happened, for a person
bool isOpen(const Trouble& trouble);      // nothing went wrong yet: it is being found out
bool isUnknown(const Trouble& trouble);   // what was asked for is not there
// That nothing was created is certain, and will be said again under the same key.
bool isFinal(const Trouble& trouble);
bool mayBeDone(const Trouble& trouble);  // what was asked for, although no answer says so
// The certificate that the request was about is not on the list any more.
bool isGone(const Trouble& trouble);
// What to do, and what became of a create.
std::string adviceOf(Locale locale, const Trouble& trouble);
// What happened, and the same.
std::string describe(Locale locale, const Trouble& trouble);
std::string quoted(const Trouble& trouble);  // what VNPT said, if anything: “…”.
// What happened, the upstream's own words, what to do, the number to quote.
std::string brief(Locale locale, const Trouble& trouble);

}  // namespace smartca::app
