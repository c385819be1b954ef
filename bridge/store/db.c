#include "store/inside.h"

#include <errno.h>
#include <stdarg.h>

enum {
        BUSY_WAIT_MS = 10000,
        CHECKPOINT_PAGES = 4000, /* 16 MiB of log before it is written back */
        SMALL_BYTES = 1200,      /* what a connection takes from a stock of its own instead of malloc() */
        SMALL_COUNT = 200,
};

int sqlite_errno(int rc)
{
        switch (rc & 0xff) {
        case SQLITE_OK:
        case SQLITE_ROW:
        case SQLITE_DONE:
                return 0;
        case SQLITE_NOMEM:
                return -ENOMEM;
        case SQLITE_FULL:
                return -ENOSPC;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
                return -EBUSY;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
                return -EUCLEAN;
        case SQLITE_CANTOPEN:
                return -ENOENT;
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
                return -EROFS;
        case SQLITE_CONSTRAINT:
                return -EEXIST;
        case SQLITE_IOERR:
                return -EIO;
        default:
                return -EINVAL;
        }
}

bool errno_breaks(int error)
{
        return error < 0 && error != -EEXIST && error != -EINVAL;
}

static void say(char **why, const char *format, ...) _printf_(2, 3);
static void say(char **why, const char *format, ...)
{
        va_list ap;

        if (!why)
                return;
        va_start(ap, format);
        if (vasprintf(why, format, ap) < 0)
                *why = NULL;
        va_end(ap);
}

static const struct {
        const char *name, *sql;
} texts[] = {
#define QUERY(name, sql) { #name, sql },
#include "store/queries.def"
        { 0 },
#include "store/keys_queries.def"
#undef QUERY
};

static int exec(struct db *db, const char *sql)
{
        return sqlite_errno(sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL));
}

static int prepare(struct db *db, const char *sql, sqlite3_stmt **ret)
{
        return sqlite_errno(sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, ret, NULL));
}

static int set_up(struct db *db)
{
        sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_LOOKASIDE, NULL, SMALL_BYTES, SMALL_COUNT);
        sqlite3_extended_result_codes(db->sqlite, 1);
        sqlite3_busy_timeout(db->sqlite, BUSY_WAIT_MS);
        sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);

        return exec(db, "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON;"
                        "PRAGMA mmap_size=0; PRAGMA cache_size=-16384;");
}

/* What writes into the file, so only once it is known to be ours. */
static int set_up_writer(struct db *db, char **why)
{
        int r;

        r = migrate_look(db, why);
        if (r < 0)
                return r;
        r = exec(db, db->schema->journal);
        if (r < 0)
                return r;
        sqlite3_wal_autocheckpoint(db->sqlite, CHECKPOINT_PAGES);
        r = rowseal_register(db);
        return r < 0 ? r : migrate(db, why);
}

static int prepare_fixed(struct db *db)
{
        struct {
                const char *sql;
                sqlite3_stmt **stmt;
        } fixed[] = {
                { db->writes ? "BEGIN IMMEDIATE" : "BEGIN", &db->begin },
                { "BEGIN", &db->begin_reading },
                { "PRAGMA data_version", &db->version },
                { "COMMIT", &db->commit },
                { "ROLLBACK", &db->rollback },
                { "SAVEPOINT part", &db->part_begin },
                { "RELEASE part", &db->part_keep },
                { "ROLLBACK TO part", &db->part_undo },
        };
        int r;

        for (size_t i = 0; i < ELEMENTS(fixed); i++) {
                r = prepare(db, fixed[i].sql, fixed[i].stmt);
                if (r < 0)
                        return r;
        }
        return 0;
}

int db_query(struct db *db, int id)
{
        return db->queries[id].stmt ? 0 : prepare(db, texts[id].sql, &db->queries[id].stmt);
}

static int prepare_queries(struct db *db, char **why)
{
        int r;

        for (int i = db->schema->first; i < db->schema->end; i++) {
                r = db_query(db, i);
                if (r < 0) {
                        say(why, "the query %s does not fit the database: %s", texts[i].name, sqlite3_errmsg(db->sqlite));
                        return r;
                }
        }
        return 0;
}

int db_open(const char *path, enum db_mode mode, struct db **ret, char **why)
{
        return db_open_as(path, DB_SCHOOL, mode, NULL, ret, why);
}

int db_open_as(const char *path, enum db_kind kind, enum db_mode mode, const struct db_beside *beside, struct db **ret, char **why)
{
        _cleanup_(db_closep) struct db *db = NULL;
        int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
        int r;

        /* Counting its memory costs SQLite a lock at each malloc(). Only the first call has an effect. */
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        db = calloc(1, sizeof(*db));
        if (!db)
                return -ENOMEM;
        db->schema = &schemas[kind];
        db->writes = mode != DB_READ;
        db->tx.db = db;
        if (beside)
                db->beside = *beside;
        flags |= db->writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
        if (mode == DB_CREATE)
                flags |= SQLITE_OPEN_CREATE;

        r = sqlite_errno(sqlite3_open_v2(path, &db->sqlite, flags, NULL));
        if (r >= 0)
                r = set_up(db);
        if (r < 0) {
                say(why, "cannot open the %s %s: %s", db->schema->called, path, db->sqlite ? sqlite3_errmsg(db->sqlite) : "out of memory");
                return r;
        }
        r = db->writes ? set_up_writer(db, why) : migrate_check(db);
        if (r < 0)
                return r;
        r = prepare_fixed(db);
        if (r < 0)
                return r;
        for (size_t i = 0; i < ELEMENTS(db->queries); i++)
                db->queries[i].db = db;
        /* Once for each file that is served or made: that every query fits shows here, and not when somebody waits for it. */
        if (mode == DB_CREATE)
                r = prepare_queries(db, why);
        if (r < 0)
                return r;
        *ret = TAKE(db);
        return 0;
}

void db_close(struct db *db)
{
        if (!db)
                return;
        for (size_t i = 0; i < QUERIES; i++)
                sqlite3_finalize(db->queries[i].stmt);
        sqlite3_finalize(db->begin);
        sqlite3_finalize(db->begin_reading);
        sqlite3_finalize(db->version);
        sqlite3_finalize(db->commit);
        sqlite3_finalize(db->rollback);
        sqlite3_finalize(db->part_begin);
        sqlite3_finalize(db->part_keep);
        sqlite3_finalize(db->part_undo);
        sqlite3_close(db->sqlite);
        if (db->closed)
                db->closed(db->beside.keys);
        free(db);
}

void db_own_keys(struct db *db, void (*closed)(void *keys))
{
        db->closed = closed;
}

static int run_fixed(sqlite3_stmt *stmt)
{
        int rc;

        rc = sqlite3_step(stmt);
        sqlite3_reset(stmt);
        return sqlite_errno(rc);
}

static int begin(struct db *db, sqlite3_stmt *how, struct tx **ret)
{
        int r;

        r = run_fixed(how);
        if (r < 0)
                return r;
        db->tx.broken = 0;
        db->tx.asked_keys = false;
        *ret = &db->tx;
        return 0;
}

int tx_begin(struct db *db, struct tx **ret)
{
        return begin(db, db->begin, ret);
}

int tx_begin_reading(struct db *db, struct tx **ret)
{
        return begin(db, db->begin_reading, ret);
}

int tx_commit(struct tx *tx)
{
        const struct db_beside *beside = &tx->db->beside;
        int r;

        r = tx->broken;
        if (r >= 0 && tx->db->writes && beside->before_commit)
                r = beside->before_commit(beside->keys);
        if (r >= 0)
                r = run_fixed(tx->db->commit);
        if (r < 0)
                tx_rollback(tx);
        return r;
}

void tx_rollback(struct tx *tx)
{
        const struct db_beside *beside;

        if (!tx)
                return;
        /* After some errors SQLite has rolled back by itself. */
        if (!sqlite3_get_autocommit(tx->db->sqlite))
                run_fixed(tx->db->rollback);
        beside = &tx->db->beside;
        if (tx->db->writes && beside->undone)
                beside->undone(beside->keys);
}

void *tx_keys(struct tx *tx, bool *first)
{
        *first = !tx->asked_keys;
        tx->asked_keys = true;
        return tx->db->beside.keys;
}

int db_version(struct db *db, int64_t *ret)
{
        int rc;

        rc = sqlite3_step(db->version);
        if (rc == SQLITE_ROW)
                *ret = sqlite3_column_int64(db->version, 0);
        sqlite3_reset(db->version);
        return rc == SQLITE_DONE ? -EUCLEAN : sqlite_errno(rc);
}

int db_empty_log(struct db *db)
{
        int rc, frames = 0, written = 0;

        rc = sqlite3_wal_checkpoint_v2(db->sqlite, "main", SQLITE_CHECKPOINT_TRUNCATE, &frames, &written);
        return sqlite_errno(rc);
}

int db_sweep(struct db *db)
{
        int r;

        r = exec(db, "VACUUM");
        return r < 0 ? r : db_empty_log(db);
}

int64_t tx_written(const struct tx *tx)
{
        return sqlite3_total_changes64(tx->db->sqlite);
}

int tx_part_begin(struct tx *tx)
{
        return run_fixed(tx->db->part_begin);
}

int tx_part_keep(struct tx *tx)
{
        return run_fixed(tx->db->part_keep);
}

int tx_part_undo(struct tx *tx)
{
        int r;

        r = run_fixed(tx->db->part_undo);
        return r < 0 ? r : run_fixed(tx->db->part_keep);
}

int tx_broken(const struct tx *tx)
{
        return tx->broken;
}
