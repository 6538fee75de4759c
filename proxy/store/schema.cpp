#include "proxy/store/schema.h"

#include <array>
#include <string_view>

namespace smartca::store {
namespace {

// Instants are seconds since 1970 UTC. *_key columns are folded (fold.h). The *_list indices hold every
// column that a search looks at, in the order of a company's list, so that a search reads the index alone, of
// that company alone, and not the certificates.
//
// Why no full-text index: with 100 000 certificates FTS5's trigrams answer a rare word in 0.2 ms but a
// common one ("540101", "nguyen") in 20 to 160 ms, and words of one or two letters not at all. The walk over
// the covering index takes 5 to 35 ms whatever the word is, and needs no second copy of the list.
constexpr std::string_view kFirst = R"sql(
-- One row, which tells whether a key file is the one that the secrets are sealed with (key_check.h).
CREATE TABLE key_check(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    sealed BLOB
) STRICT;
INSERT INTO key_check(id) VALUES (1);

CREATE TABLE images(
    id INTEGER PRIMARY KEY,
    company INTEGER NOT NULL,
    digest BLOB NOT NULL,
    media_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    data BLOB NOT NULL,
    UNIQUE(company, digest)
) STRICT;

-- Users, certificates and images belong to one of them.
CREATE TABLE companies(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    signature_text TEXT,
    display_mode INTEGER CHECK(display_mode IN (1, 2, 3)),
    image_id INTEGER REFERENCES images(id),
    image_name TEXT
) STRICT;

CREATE TABLE users(
    id INTEGER PRIMARY KEY,
    company INTEGER NOT NULL REFERENCES companies(id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    name_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    signature_text TEXT,
    display_mode INTEGER CHECK(display_mode IN (1, 2, 3)),
    image_id INTEGER REFERENCES images(id),
    image_name TEXT,
    UNIQUE(company, code),
    UNIQUE(company, id)
) STRICT;
CREATE INDEX users_list ON users(company, name_key, id, search_key);
CREATE INDEX users_image ON users(image_id) WHERE image_id IS NOT NULL;

CREATE TABLE certificates(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    company INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    serial TEXT NOT NULL,
    identity TEXT NOT NULL,
    name TEXT,
    common_name TEXT NOT NULL,
    subject TEXT NOT NULL,
    issuer TEXT NOT NULL,
    service_name TEXT NOT NULL,
    type INTEGER NOT NULL CHECK(type IN (0, 1)),
    valid_from INTEGER NOT NULL,
    valid_to INTEGER NOT NULL,
    is_default INTEGER NOT NULL CHECK(is_default IN (0, 1)),
    created_at INTEGER NOT NULL,
    name_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    signature_text TEXT,
    display_mode INTEGER CHECK(display_mode IN (1, 2, 3)),
    image_id INTEGER REFERENCES images(id),
    image_name TEXT,
    sealed_password BLOB,
    sealed_secret_key BLOB,
    der BLOB NOT NULL,
    -- As SmartCA last said it, whatever the dates: a CertificateStatus, its words, and when (0: never).
    status INTEGER NOT NULL CHECK(status BETWEEN 0 AND 6),
    status_text TEXT NOT NULL,
    status_asked INTEGER NOT NULL,
    UNIQUE(user_id, serial),
    FOREIGN KEY(company, user_id) REFERENCES users(company, id)
) STRICT;
CREATE INDEX certificates_list
    ON certificates(company, name_key, id, search_key, user_id, type, valid_from, valid_to, status);
CREATE INDEX certificates_serial ON certificates(serial);
CREATE INDEX certificates_image ON certificates(image_id) WHERE image_id IS NOT NULL;
CREATE UNIQUE INDEX certificates_default ON certificates(user_id) WHERE is_default = 1;

-- The journal: state is a journal::CreateState (create_state.h). The caller's name begins with its company's; the
-- column says in whose registry what has been sent is looked for.
CREATE TABLE creates(
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- a portal keeps it: it never stands for another create
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    run INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK(state BETWEEN 1 AND 6),
    company TEXT,
    user_id INTEGER,
    plan TEXT,
    memo TEXT,
    finished_at INTEGER,
    body TEXT,
    UNIQUE(caller, key)
) STRICT;
CREATE INDEX creates_age ON creates(begun_at);
CREATE INDEX creates_open ON creates(company, user_id) WHERE state IN (3, 4);

-- The audit log (proxy/audit/README.md). Entries are added and never changed.
CREATE TABLE audit(
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    issuer TEXT NOT NULL,
    company TEXT NOT NULL,
    peer TEXT NOT NULL,
    request_id TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    create_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    user_code TEXT NOT NULL,
    user_name TEXT NOT NULL,
    identity TEXT NOT NULL,
    serials TEXT NOT NULL,
    certificate_ids TEXT NOT NULL,
    name TEXT NOT NULL,
    previous_name TEXT NOT NULL,
    left_out INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_sent ON audit(create_id) WHERE outcome = 'sent';

-- One row: where the log ends. The first entry is chained to 64 zeros.
CREATE TABLE audit_head(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    last_seq INTEGER NOT NULL,
    last_hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_head(id, last_seq, last_hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
)sql";

constexpr std::array kSteps = {kFirst};

DatabaseResult<Done> applyStep(Database& database, std::int64_t number) {
    const std::string_view step = kSteps[static_cast<std::size_t>(number - 1)];
    if (auto applied = database.execute(std::string(step)); !applied) return applied;
    return database.driver().setSchema(number);
}

// Makes the next step, if there is one. The value: whether there was.
Result<bool, std::string> advance(Database& database) {
    Transaction transaction(database, TransactionKind::Write);
    if (transaction.failed()) return transaction.error().forOperator();
    // Read within the transaction: another proxy on the same server may be making steps, too.
    const auto state = database.driver().schema();
    if (!state) return state.error().forOperator();
    if (auto refusal = refusalOf(state.value()); !refusal.empty()) return refusal;
    if (state.value().version == newestSchema()) return false;
    const std::int64_t next = state.value().version + 1;
    auto applied = applyStep(database, next);
    if (applied) applied = transaction.commit();
    if (!applied) return "schema step " + std::to_string(next) + ": " + applied.error().forOperator();
    return true;
}

}  // namespace

std::string refusalOf(const SchemaState& state) {
    if (state.owner == SchemaState::Owner::Another)
        return "it belongs to another program; name the proxy's own database";
    if (state.version < 0 || state.version > newestSchema())
        return "its schema " + std::to_string(state.version) + " is newer than this program knows (" +
               std::to_string(newestSchema()) + "): run the newer program";
    return {};
}

int newestSchema() {
    return static_cast<int>(kSteps.size());
}

Result<Done, std::string> migrate(Database& database) {
    // Without a transaction first, which would lock others out: there is hardly ever something to do.
    const auto state = database.driver().schema();
    if (!state) return state.error().forOperator();
    if (auto refusal = refusalOf(state.value()); !refusal.empty()) return refusal;
    if (state.value().version == newestSchema()) return Done{};
    for (;;) {
        const auto advanced = advance(database);
        if (!advanced) return advanced.error();
        if (!advanced.value()) return Done{};
    }
}

}  // namespace smartca::store
