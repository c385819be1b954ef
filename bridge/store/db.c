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
        r = exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        if (r < 0)
                return r;
        sqlite3_wal_autocheckpoint(db->sqlite, CHECKPOINT_PAGES);
        return migrate(db, why);
}

static int prepare_fixed(struct db *db)
{
        struct {
                const char *sql;
                sqlite3_stmt **stmt;
        } fixed[] = {
                { db->writes ? "BEGIN IMMEDIATE" : "BEGIN", &db->begin },
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

static int prepare_queries(struct db *db, char **why)
{
        static const struct {
                const char *name, *sql;
        } texts[] = {
#define QUERY(name, sql) { #name, sql },
#include "store/queries.def"
#undef QUERY
        };
        int r;

        for (size_t i = 0; i < QUERIES; i++) {
                db->queries[i].db = db;
                r = prepare(db, texts[i].sql, &db->queries[i].stmt);
                if (r < 0) {
                        say(why, "the query %s does not fit the database: %s", texts[i].name, sqlite3_errmsg(db->sqlite));
                        return r;
                }
        }
        return 0;
}

int db_open(const char *path, enum db_mode mode, struct db **ret, char **why)
{
        _cleanup_(db_closep) struct db *db = NULL;
        int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
        int r;

        /* Counting its memory costs SQLite a lock at each malloc(). Only the first call has an effect. */
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        db = calloc(1, sizeof(*db));
        if (!db)
                return -ENOMEM;
        db->writes = mode != DB_READ;
        db->tx.db = db;
        flags |= db->writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
        if (mode == DB_CREATE)
                flags |= SQLITE_OPEN_CREATE;

        r = sqlite_errno(sqlite3_open_v2(path, &db->sqlite, flags, NULL));
        if (r >= 0)
                r = set_up(db);
        if (r < 0) {
                say(why, "cannot open the database %s: %s", path, db->sqlite ? sqlite3_errmsg(db->sqlite) : "out of memory");
                return r;
        }
        r = db->writes ? set_up_writer(db, why) : migrate_check(db);
        if (r < 0)
                return r;
        r = prepare_fixed(db);
        if (r < 0)
                return r;
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
        sqlite3_finalize(db->commit);
        sqlite3_finalize(db->rollback);
        sqlite3_finalize(db->part_begin);
        sqlite3_finalize(db->part_keep);
        sqlite3_finalize(db->part_undo);
        sqlite3_close(db->sqlite);
        free(db);
}

static int run_fixed(sqlite3_stmt *stmt)
{
        int rc;

        rc = sqlite3_step(stmt);
        sqlite3_reset(stmt);
        return sqlite_errno(rc);
}

int tx_begin(struct db *db, struct tx **ret)
{
        int r;

        r = run_fixed(db->begin);
        if (r < 0)
                return r;
        db->tx.broken = 0;
        *ret = &db->tx;
        return 0;
}

int tx_commit(struct tx *tx)
{
        int r;

        r = tx->broken ? tx->broken : run_fixed(tx->db->commit);
        if (r < 0)
                tx_rollback(tx);
        return r;
}

void tx_rollback(struct tx *tx)
{
        /* After some errors SQLite has rolled back by itself. */
        if (tx && !sqlite3_get_autocommit(tx->db->sqlite))
                run_fixed(tx->db->rollback);
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
