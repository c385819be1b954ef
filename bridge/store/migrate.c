/* store/migrate.c: the schema, brought up to date step by step.
 *
 * PRAGMA user_version counts the migrations that a file has had, application_id says that it is ours. A file with
 * more than we know was written by a newer program: we refuse it and touch nothing.
 */
#include "store/inside.h"

#include <errno.h>

enum { APPLICATION_ID = 0x4f756272 }; /* "Oubr" */

static const struct {
        const char *name, *sql;
} migrations[] = {
#define MIGRATION(name, sql) { name, sql },
#include "store/migrations.def"
#undef MIGRATION
};

static int read_pragma(struct db *db, const char *sql, int64_t *ret)
{
        sqlite3_stmt *stmt = NULL;
        int rc;

        rc = sqlite3_prepare_v2(db->sqlite, sql, -1, &stmt, NULL);
        if (rc == SQLITE_OK)
                rc = sqlite3_step(stmt);
        if (rc == SQLITE_ROW)
                *ret = sqlite3_column_int64(stmt, 0);
        sqlite3_finalize(stmt);
        return sqlite_errno(rc);
}

static int look(struct db *db, int64_t *ret)
{
        int64_t id, had;
        int r;

        r = read_pragma(db, "PRAGMA application_id", &id);
        if (r < 0)
                return r;
        r = read_pragma(db, "PRAGMA user_version", &had);
        if (r < 0)
                return r;
        if (id != 0 && id != APPLICATION_ID)
                return -EUCLEAN;
        if (had > (int64_t)ELEMENTS(migrations))
                return -ENOTSUP;
        *ret = had;
        return 0;
}

int migrate_check(struct db *db)
{
        int64_t had;
        int r;

        r = look(db, &had);
        if (r < 0)
                return r;
        return had < (int64_t)ELEMENTS(migrations) ? -EAGAIN : 0;
}

static int step(struct db *db, size_t i)
{
        _cleanup_(freep) char *end = NULL;
        int r;

        if (asprintf(&end, "PRAGMA application_id=%d; PRAGMA user_version=%zu; COMMIT", APPLICATION_ID, i + 1) < 0)
                return -ENOMEM;
        r = sqlite_errno(sqlite3_exec(db->sqlite, migrations[i].sql, NULL, NULL, NULL));
        if (r >= 0)
                r = sqlite_errno(sqlite3_exec(db->sqlite, end, NULL, NULL, NULL));
        return r;
}

int migrate(struct db *db, char **why)
{
        int64_t had = 0;
        int r;

        r = look(db, &had);
        /* Look again under the lock: another program may be at it. */
        while (r >= 0 && had < (int64_t)ELEMENTS(migrations)) {
                r = sqlite_errno(sqlite3_exec(db->sqlite, "BEGIN IMMEDIATE", NULL, NULL, NULL));
                if (r < 0)
                        break;
                r = look(db, &had);
                if (r >= 0 && had < (int64_t)ELEMENTS(migrations))
                        r = step(db, (size_t)had);
                else
                        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
                if (r < 0 && !sqlite3_get_autocommit(db->sqlite))
                        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
                if (r >= 0)
                        r = look(db, &had);
        }
        if (r >= 0)
                return 0;
        if (why && asprintf(why, "%s",
                            r == -ENOTSUP ? "the database was written by a newer version of ouderbrug; nothing was touched"
                            : r == -EUCLEAN ? "this file is not a database of ouderbrug, or it is damaged"
                                            : "the database could not be brought up to date") < 0)
                *why = NULL;
        return r;
}
