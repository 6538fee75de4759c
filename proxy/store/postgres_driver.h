// A connection to a PostgreSQL server.
//
// A write transaction holds the schema's advisory lock from its first to its last moment, so that there is
// one at a time, whichever proxy it is of: what BEGIN IMMEDIATE is to an SQLite file. Each statement in it
// sees all that was committed before the lock was had. SERIALIZABLE would let writers run beside each other
// and make one of two begin again, for each caller to be ready for; here the writes of a create take a
// millisecond beside calls of hundreds, and what is proved of one database holds of the other.
#pragma once

#include <string>

#include "proxy/store/database.h"
#include "proxy/store/postgres_session.h"

namespace smartca::store {

// Connects. Without the client library the error says what to install.
DatabaseResult<Database> openPostgres(PostgresOptions options);

}  // namespace smartca::store
