// Which entries are asked for. Pure; any thread.
#pragma once

#include "proxy/audit/query.h"
#include "proxy/registry/audit_chain.h"

namespace smartca::audit {

bool fits(const Filter& filter, const registry::AuditRecord& record);

}  // namespace smartca::audit
