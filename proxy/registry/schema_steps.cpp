#include "proxy/registry/schema_steps.h"

#include <array>

namespace smartca::registry {
namespace {

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
UPDATE creates SET state = CASE WHEN status < 400 THEN 5 ELSE 6 END WHERE finished_at IS NOT NULL;
CREATE INDEX creates_open ON creates(user_id) WHERE state IN (3, 4);
)sql";

// The audit log (audit.md). Entries are added and never changed; those before audit_head.first_seq alone may
// go, and what the first that stays was chained to is kept in first_previous.
constexpr std::string_view kThird = R"sql(
CREATE TABLE audit(
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
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

CREATE TABLE audit_head(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    first_seq INTEGER NOT NULL,
    first_previous TEXT NOT NULL,
    last_seq INTEGER NOT NULL,
    last_hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_head(id, first_seq, first_previous, last_seq, last_hash)
VALUES (1, 1, '0000000000000000000000000000000000000000000000000000000000000000',
        0, '0000000000000000000000000000000000000000000000000000000000000000');
)sql";

constexpr std::string_view kThirdOfSqlite = R"sql(
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit WHEN old.seq >= (SELECT first_seq FROM audit_head)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- INSERT OR REPLACE takes a row away without the trigger above.
CREATE TRIGGER audit_not_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = new.seq)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_head_kept BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
)sql";

// A superuser can switch triggers off there, as whoever has the file can here.
constexpr std::string_view kThirdOfPostgres = R"sql(
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_unchanged BEFORE UPDATE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
-- By its schema: a temporary table of that name would be found before it.
CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE first BIGINT;
BEGIN
    EXECUTE format('SELECT first_seq FROM %I.audit_head', TG_TABLE_SCHEMA) INTO first;
    IF first IS NULL OR old.seq >= first THEN RAISE EXCEPTION 'the audit log is append-only'; END IF;
    RETURN old;
END $$;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_keep();
CREATE TRIGGER audit_head_kept BEFORE DELETE OR TRUNCATE ON audit_head
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
)sql";

// What a proxy needs in order to keep a copy of the list (list_copy.h) in step: a version, one more with each
// statement that changes certificates, and which certificates each of the last versions changed. The index
// that searches walk is not needed then.
constexpr std::string_view kFourthOfPostgres = R"sql(
DROP INDEX certificates_list;
CREATE TABLE certificates_state(
    id BIGINT PRIMARY KEY CHECK(id = 1),
    version BIGINT NOT NULL,
    complete_from BIGINT NOT NULL
);
INSERT INTO certificates_state(id, version, complete_from) VALUES (1, 0, 0);
CREATE TABLE certificates_changes(
    version BIGINT NOT NULL,
    certificate_id BIGINT NOT NULL,
    PRIMARY KEY(version, certificate_id)
);
-- Tables by their schema: a temporary one of that name would be found before it.
CREATE FUNCTION certificates_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    now_at BIGINT;
    kept CONSTANT BIGINT := 1000;
BEGIN
    EXECUTE format('UPDATE %I.certificates_state SET version = version + 1, complete_from ='
                   ' CASE WHEN $1 THEN version + 1 ELSE greatest(complete_from, version + 1 - $2) END'
                   ' RETURNING version', TG_TABLE_SCHEMA) INTO now_at USING TG_OP = 'TRUNCATE', kept;
    IF TG_OP <> 'TRUNCATE' THEN
        EXECUTE format('INSERT INTO %I.certificates_changes SELECT $1, id FROM changed', TG_TABLE_SCHEMA) USING now_at;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format('INSERT INTO %I.certificates_changes SELECT $1, id FROM changed_from ON CONFLICT DO NOTHING',
                       TG_TABLE_SCHEMA) USING now_at;
    END IF;
    EXECUTE format('DELETE FROM %I.certificates_changes WHERE version <= $1', TG_TABLE_SCHEMA) USING now_at - kept;
    RETURN NULL;
END $$;
CREATE TRIGGER certificates_inserted AFTER INSERT ON certificates REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION certificates_changed();
CREATE TRIGGER certificates_updated AFTER UPDATE ON certificates
REFERENCING OLD TABLE AS changed_from NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION certificates_changed();
CREATE TRIGGER certificates_deleted AFTER DELETE ON certificates REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION certificates_changed();
CREATE TRIGGER certificates_emptied AFTER TRUNCATE ON certificates
FOR EACH STATEMENT EXECUTE FUNCTION certificates_changed();
)sql";

// The head of the audit log: its beginning stays, and on a server it goes on by one entry and never back, so
// that who may add to the log cannot hide what stands in it. With SQLite only what costs an entry nothing: a
// trigger on the columns that appending never names.
constexpr std::string_view kFifthOfSqlite = R"sql(
CREATE TRIGGER audit_head_begins BEFORE UPDATE OF id, first_seq, first_previous ON audit_head
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
)sql";

constexpr std::string_view kFifthOfPostgres = R"sql(
CREATE FUNCTION audit_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF new.last_seq <> old.last_seq + 1 OR new.id <> old.id OR new.first_seq <> old.first_seq
        OR new.first_previous <> old.first_previous
    THEN RAISE EXCEPTION 'the audit log is append-only'; END IF;
    RETURN new;
END $$;
CREATE TRIGGER audit_head_steps BEFORE UPDATE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_step();
)sql";

// What tells whether a key file is the one that the secrets are sealed with (key_check.h). A column and no
// table of its own: on a server, grants on tables that are there already cover it.
constexpr std::string_view kSixth = "ALTER TABLE company ADD COLUMN key_check BLOB";

// INSERT OR REPLACE takes the head away without a trigger on updates or deletions.
constexpr std::string_view kSeventhOfSqlite = R"sql(
CREATE TRIGGER audit_head_not_replaced BEFORE INSERT ON audit_head WHEN EXISTS (SELECT 1 FROM audit_head)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
)sql";

// In place of the fourth step's: which certificates each transaction changed, as long as that is remembered,
// so that a proxy knows what has changed between any two snapshots. Nobody waits for another's transaction
// here, which a version counted by all would make them do.
//
// The tables are unlogged on purpose. Whatever lets the server forget commits (a crash after which
// asynchronous ones are lost, a standby that takes over) empties them too, and a proxy that finds its history
// gone reads all certificates anew. The first to find none begins another (certificates_history.number is
// random). txid_* and not PostgreSQL 13's pg_* because 12 is served as well.
constexpr std::string_view kSeventhOfPostgres = R"sql(
-- These first: a search of the program before reads them first, and certificates afterwards.
DROP TABLE certificates_state, certificates_changes;
DROP TRIGGER certificates_inserted ON certificates;
DROP TRIGGER certificates_updated ON certificates;
DROP TRIGGER certificates_deleted ON certificates;
DROP TRIGGER certificates_emptied ON certificates;
DROP FUNCTION certificates_changed();

CREATE UNLOGGED TABLE certificates_history(
    id BIGINT PRIMARY KEY CHECK(id = 1),
    of_table BIGINT NOT NULL, -- this table's oid: another one in what a backup brought along
    number BIGINT NOT NULL,
    complete_from BIGINT NOT NULL -- what transactions before this one changed may be forgotten
);
CREATE UNLOGGED TABLE certificates_changes(
    changed_in BIGINT NOT NULL DEFAULT txid_current(),
    certificate_id BIGINT -- NULL: any of them
);
CREATE INDEX certificates_changes_order ON certificates_changes(changed_in);

-- Who may change certificates need not be allowed to write here. Tables by their schema: a temporary one of
-- that name would be found before it.
CREATE FUNCTION certificates_changed() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    remember CONSTANT TEXT := format('INSERT INTO %I.certificates_changes(certificate_id) ', TG_TABLE_SCHEMA);
    many CONSTANT BIGINT := 5000;
    are_many BOOLEAN := TG_OP = 'TRUNCATE';
BEGIN
    IF NOT are_many THEN
        EXECUTE 'SELECT count(*) > $1 FROM (SELECT 1 FROM changed LIMIT $1 + 1) counted' INTO are_many USING many;
    END IF;
    IF are_many THEN EXECUTE remember || 'VALUES (NULL)';
    ELSIF TG_OP = 'UPDATE' THEN EXECUTE remember || 'SELECT id FROM changed UNION SELECT id FROM changed_from';
    ELSE EXECUTE remember || 'SELECT id FROM changed';
    END IF;
    -- Now and then, so that it costs no change much.
    IF random() < 0.002 THEN EXECUTE format('SELECT %I.certificates_changes_forget($1)', TG_TABLE_SCHEMA) USING TG_TABLE_SCHEMA; END IF;
    RETURN NULL;
END $$;

-- All but the last ten thousand, some at a time, as somebody's change waits for it. Never waits itself: what another
-- transaction is about to forget, it forgets.
CREATE FUNCTION certificates_changes_forget(of_schema NAME) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept CONSTANT BIGINT := 10000;
    oldest BIGINT;
    is_ours BIGINT;
BEGIN
    -- In stricter isolation the row lock below would fail where another one has forgotten meanwhile.
    IF current_setting('transaction_isolation') <> 'read committed' THEN RETURN; END IF;
    EXECUTE format('SELECT changed_in FROM %I.certificates_changes'
                   ' WHERE changed_in < txid_snapshot_xmin(txid_current_snapshot())'
                   ' ORDER BY changed_in DESC OFFSET $1 LIMIT 1', of_schema) INTO oldest USING kept;
    IF oldest IS NULL THEN RETURN; END IF;
    EXECUTE format('SELECT id FROM %I.certificates_history WHERE complete_from < $1 AND of_table = tableoid::bigint'
                   ' FOR UPDATE SKIP LOCKED', of_schema)
        INTO is_ours USING oldest;
    IF is_ours IS NULL THEN RETURN; END IF;
    EXECUTE format('UPDATE %I.certificates_history SET complete_from = $1', of_schema) USING oldest;
    EXECUTE format('DELETE FROM %1$I.certificates_changes WHERE ctid = ANY(ARRAY(SELECT ctid FROM %1$I.certificates_changes'
                   ' WHERE changed_in < $1 ORDER BY changed_in LIMIT 50000))', of_schema) USING oldest;
END $$;
-- On a table of somebody's own they would run what that one has put there with our rights.
REVOKE EXECUTE ON FUNCTION certificates_changed(), certificates_changes_forget(NAME) FROM PUBLIC;

CREATE TRIGGER certificates_inserted AFTER INSERT ON certificates REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION certificates_changed();
CREATE TRIGGER certificates_updated AFTER UPDATE ON certificates
REFERENCING OLD TABLE AS changed_from NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION certificates_changed();
CREATE TRIGGER certificates_deleted AFTER DELETE ON certificates REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION certificates_changed();
CREATE TRIGGER certificates_emptied AFTER TRUNCATE ON certificates
FOR EACH STATEMENT EXECUTE FUNCTION certificates_changed();
-- Also where session_replication_role is replica. What logical replication applies fires no trigger of a statement.
ALTER TABLE certificates ENABLE ALWAYS TRIGGER certificates_inserted;
ALTER TABLE certificates ENABLE ALWAYS TRIGGER certificates_updated;
ALTER TABLE certificates ENABLE ALWAYS TRIGGER certificates_deleted;
ALTER TABLE certificates ENABLE ALWAYS TRIGGER certificates_emptied;

-- Who reads certificates reads these, and who adds to them and deletes begins a history. Changes are noted by the
-- trigger alone.
DO $$
DECLARE granted RECORD;
BEGIN
    FOR granted IN SELECT DISTINCT grantee, privilege_type FROM pg_class, aclexplode(relacl)
                   WHERE oid = 'certificates'::regclass AND privilege_type IN ('SELECT', 'INSERT', 'DELETE') AND grantee <> relowner
    LOOP
        EXECUTE format('GRANT %s ON %s TO %s', granted.privilege_type,
                       CASE granted.privilege_type WHEN 'INSERT' THEN 'certificates_history'
                            ELSE 'certificates_history, certificates_changes' END,
                       CASE granted.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(granted.grantee)) END);
    END LOOP;
END $$;

-- By nobody's own operators: whoever may create some could make these say what they like.
ALTER FUNCTION audit_keep() SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION audit_step() SET search_path = pg_catalog, pg_temp;
)sql";

constexpr std::array kSteps = {Step{kFirst},
                               Step{kSecond},
                               Step{kThird, kThirdOfSqlite, kThirdOfPostgres},
                               Step{.postgres = kFourthOfPostgres},
                               Step{.sqlite = kFifthOfSqlite, .postgres = kFifthOfPostgres},
                               Step{kSixth},
                               Step{.sqlite = kSeventhOfSqlite, .postgres = kSeventhOfPostgres}};

}  // namespace

std::span<const Step> schemaSteps() {
    return kSteps;
}

}  // namespace smartca::registry
