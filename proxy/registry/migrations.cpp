#include "proxy/registry/migrations.h"

#include <array>
#include <string_view>

namespace smartca::registry {
namespace {

// "SmCA": marks the file as ours (PRAGMA application_id).
constexpr std::int64_t kApplicationId = 0x536D4341;

// Instants are seconds since 1970 UTC. *_key columns are folded (fold.h). The *_list indices hold every
// column that a search looks at, in the order of the list, so that a search reads the index alone and not the
// certificates.
//
// Why no full-text index: with 100 000 certificates FTS5's trigrams answer a rare word in 0.2 ms but a common
// one
// ("540101", "nguyen") in 20 to 160 ms, and words of one or two letters not at all; the walk over the
// covering index takes 5 to 35 ms whatever the word is, and needs no second copy to keep in step.
constexpr std::string_view kFirst = R"sql(
CREATE TABLE images(
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;

CREATE TABLE company(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    signature_text TEXT,
    display_mode INTEGER CHECK(display_mode IN (1, 2, 3)),
    image_id INTEGER REFERENCES images(id),
    image_name TEXT
) STRICT;
INSERT INTO company(id) VALUES (1);

CREATE TABLE users(
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    name_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    signature_text TEXT,
    display_mode INTEGER CHECK(display_mode IN (1, 2, 3)),
    image_id INTEGER REFERENCES images(id),
    image_name TEXT
) STRICT;
CREATE INDEX users_list ON users(name_key, id, search_key);
CREATE INDEX users_image ON users(image_id) WHERE image_id IS NOT NULL;

CREATE TABLE certificates(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users(id),
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
    UNIQUE(user_id, serial)
) STRICT;
CREATE INDEX certificates_list ON certificates(name_key, id, search_key, user_id, type, valid_from, valid_to);
CREATE INDEX certificates_serial ON certificates(serial);
CREATE INDEX certificates_image ON certificates(image_id) WHERE image_id IS NOT NULL;
CREATE UNIQUE INDEX certificates_default ON certificates(user_id) WHERE is_default = 1;

CREATE TABLE creates(
    id INTEGER PRIMARY KEY,
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    run INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    finished_at INTEGER,
    status INTEGER,
    body TEXT,
    UNIQUE(caller, key)
) STRICT;
CREATE INDEX creates_age ON creates(begun_at);
)sql";

// The states of creates (create_state.h). What earlier programs left is received, or settled by its status.
constexpr std::string_view kSecond = R"sql(
ALTER TABLE creates ADD COLUMN state INTEGER NOT NULL DEFAULT 1 CHECK(state BETWEEN 1 AND 6);
ALTER TABLE creates ADD COLUMN user_id INTEGER;
ALTER TABLE creates ADD COLUMN plan TEXT;
ALTER TABLE creates ADD COLUMN memo TEXT;
UPDATE creates SET state = iif(status < 400, 5, 6) WHERE finished_at IS NOT NULL;
CREATE INDEX creates_open ON creates(user_id) WHERE state IN (3, 4);
)sql";

constexpr std::array kSteps = {kFirst, kSecond};

Result<Done, std::string> applyStep(Database& database, std::size_t index) {
    const std::string number = std::to_string(index + 1);
    Transaction transaction(database, TransactionKind::Write);
    if (transaction.failed()) return "schema step " + number + ": " + transaction.error().forOperator();
    auto applied = database.execute(std::string(kSteps[index]));
    if (applied) applied = database.execute("PRAGMA user_version = " + number);
    if (applied && index == 0)
        applied = database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
    if (applied) applied = transaction.commit();
    if (!applied) return "schema step " + number + ": " + applied.error().forOperator();
    return Done{};
}

}  // namespace

int newestSchema() {
    return static_cast<int>(kSteps.size());
}

Result<Done, std::string> migrate(Database& database) {
    const auto application = database.number("PRAGMA application_id");
    if (!application) return application.error().forOperator();
    const auto version = database.number("PRAGMA user_version");
    if (!version) return version.error().forOperator();
    const auto tables = database.number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tables.error().forOperator();
    const bool empty = tables.value() == 0 && version.value() == 0;
    if (!empty && application.value() != kApplicationId)
        return std::string("it belongs to another program; name the proxy's own database");
    if (version.value() < 0 || version.value() > newestSchema()) {
        return "its schema " + std::to_string(version.value()) + " is newer than this program knows (" +
               std::to_string(newestSchema()) + "): run the newer program";
    }
    for (auto step = static_cast<std::size_t>(version.value()); step < kSteps.size(); ++step) {
        if (auto applied = applyStep(database, step); !applied) return applied;
    }
    return Done{};
}

}  // namespace smartca::registry
