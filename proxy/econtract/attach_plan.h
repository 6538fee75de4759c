// What an attach is about to add, as it is written into the journal before the first byte of it is sent: with
// it, and the user as read later, anybody can tell what became of the attach. No secrets: only which fields
// were given.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/econtract/wire.h"
#include "proxy/registry/registry.h"
#include "shared/field.h"

namespace smartca::econtract {

// One add each, or one for all of the identity, of which what else the portal knows may come along.
enum class Asked : std::uint8_t { Each, All };

struct AttachPlan {
    UserId userId = 0;
    Asked asked = Asked::Each;
    std::vector<std::string> wanted;         // serials that are not there yet
    std::vector<std::string> alreadyOnList;  // serials
    std::vector<std::int64_t> before;        // ids of the certificates that the user has
    std::vector<Field> inAdd;                // optional fields that travel in the add itself
    std::vector<Field> afterAdd;             // and those that are written afterwards
    std::optional<DisplayMode> displayMode;  // where given
};

std::string textOf(const AttachPlan& plan);
std::optional<AttachPlan> readAttachPlan(std::string_view text);

// What the plan has come to, by the user's certificates: `added` are those that were not there before. With
// what was asked for a portal may have added more of the same identity: they are among them.
registry::Attached attachedBy(const AttachPlan& plan, const PortalUser& user, Instant now);

// Where the portal shows what it has kept, its word counts, not that it took the request: of the fields that
// were sent, those that it shows it has not kept for one of these certificates.
std::vector<Field> notKept(const std::vector<Field>& sent, const std::optional<DisplayMode>& displayMode,
                           const PortalUser& user, const std::vector<std::int64_t>& added);

}  // namespace smartca::econtract
