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

static int read_number(sqlite3 *sqlite, const char *pragma, int64_t *ret)
{
        sqlite3_stmt *stmt = NULL;
        int rc;

        rc = sqlite3_prepare_v2(sqlite, pragma, -1, &stmt, NULL);
        if (rc == SQLITE_OK)
                rc = sqlite3_step(stmt);
        if (rc == SQLITE_ROW)
                *ret = sqlite3_column_int64(stmt, 0);
        sqlite3_finalize(stmt);
        return rc == SQLITE_DONE ? -EUCLEAN : sqlite_errno(rc);
}

/* How many migrations the file has had. Read at one moment, for another program may be making it just now. */
static int look(sqlite3 *sqlite, int64_t *ret)
{
        int64_t id = 0, had = 0, schema = 0;
        int r;

        r = sqlite_errno(sqlite3_exec(sqlite, "SAVEPOINT look", NULL, NULL, NULL));
        if (r < 0)
                return r;
        r = read_number(sqlite, "PRAGMA application_id", &id);
        if (r >= 0)
                r = read_number(sqlite, "PRAGMA user_version", &had);
        if (r >= 0)
                r = read_number(sqlite, "PRAGMA schema_version", &schema);
        sqlite3_exec(sqlite, "RELEASE look", NULL, NULL, NULL);
        if (r < 0)
                return r;
        /* Without a name it is nobody's yet, or of a program that does not say its own. */
        if (id != APPLICATION_ID && (id != 0 || had > 0 || schema > 0))
                return -EUCLEAN;
        if (had > (int64_t)ELEMENTS(migrations))
                return -ENOTSUP;
        *ret = had;
        return 0;
}

static void explain(int error, char **why)
{
        if (why && asprintf(why, "%s",
                            error == -ENOTSUP ? "the database was written by a newer version of ouderbrug; nothing was touched"
                            : error == -EUCLEAN ? "this file is not a database of ouderbrug, or it is damaged"
                                                : "the database could not be brought up to date") < 0)
                *why = NULL;
}

int migrate_known(sqlite3 *sqlite)
{
        int64_t had;
        int r;

        r = look(sqlite, &had);
        return r >= 0 && had == 0 ? -EUCLEAN : r;
}

int migrate_check(struct db *db)
{
        int64_t had;
        int r;

        r = look(db->sqlite, &had);
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

int migrate_look(struct db *db, char **why)
{
        int64_t had;
        int r;

        r = look(db->sqlite, &had);
        if (r < 0)
                explain(r, why);
        return r;
}

int migrate(struct db *db, char **why)
{
        int64_t had = 0;
        int r;

        r = look(db->sqlite, &had);
        /* Look again under the lock: another program may be at it. */
        while (r >= 0 && had < (int64_t)ELEMENTS(migrations)) {
                r = sqlite_errno(sqlite3_exec(db->sqlite, "BEGIN IMMEDIATE", NULL, NULL, NULL));
                if (r < 0)
                        break;
                r = look(db->sqlite, &had);
                if (r >= 0 && had < (int64_t)ELEMENTS(migrations))
                        r = step(db, (size_t)had);
                else
                        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
                if (r < 0 && !sqlite3_get_autocommit(db->sqlite))
                        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
                if (r >= 0)
                        r = look(db->sqlite, &had);
        }
        if (r >= 0)
                return 0;
        explain(r, why);
        return r;
}
