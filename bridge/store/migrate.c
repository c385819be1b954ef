/* store/migrate.c: the schema, brought up to date step by step.
 *
 * PRAGMA user_version counts the migrations that a file has had, application_id says that it is ours. A file with
 * more than we know was written by a newer program: we refuse it and touch nothing.
 */
#include "store/inside.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD = 100, HEAD_USER_VERSION = 60, HEAD_APPLICATION_ID = 68 };

static const struct migration school_migrations[] = {
#define MIGRATION(name, sql) { name, sql },
#include "store/migrations.def"
};

static const struct migration keys_migrations[] = {
#include "store/keys_migrations.def"
#undef MIGRATION
};

const struct schema schemas[] = {
        [DB_SCHOOL] = { .application_id = 0x4f756272 /* "Oubr" */,
                        .called = "database",
                        .migrations = school_migrations,
                        .migrations_n = ELEMENTS(school_migrations),
                        .first = 0,
                        .end = SCHOOL_QUERIES,
                        .journal = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;" },
        [DB_KEYS] = { .application_id = 0x4f75624b /* "OubK" */,
                      .called = "key database",
                      .migrations = keys_migrations,
                      .migrations_n = ELEMENTS(keys_migrations),
                      .first = SCHOOL_QUERIES + 1,
                      .end = QUERIES,
                      .journal = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON;" },
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
static int look(sqlite3 *sqlite, const struct schema *schema, int64_t *ret)
{
        int64_t id = 0, had = 0, changes = 0;
        int r;

        r = sqlite_errno(sqlite3_exec(sqlite, "SAVEPOINT look", NULL, NULL, NULL));
        if (r < 0)
                return r;
        r = read_number(sqlite, "PRAGMA application_id", &id);
        if (r >= 0)
                r = read_number(sqlite, "PRAGMA user_version", &had);
        if (r >= 0)
                r = read_number(sqlite, "PRAGMA schema_version", &changes);
        sqlite3_exec(sqlite, "RELEASE look", NULL, NULL, NULL);
        if (r < 0)
                return r;
        /* Without a name it is nobody's yet, or of a program that does not say its own. */
        if (id != schema->application_id && (id != 0 || had > 0 || changes > 0))
                return -EUCLEAN;
        if (had > (int64_t)schema->migrations_n)
                return -ENOTSUP;
        *ret = had;
        return 0;
}

static void explain(const struct schema *schema, int error, char **why)
{
        if (why && asprintf(why,
                            error == -ENOTSUP ? "the %s was written by a newer version of ouderbrug; nothing was touched"
                            : error == -EUCLEAN ? "this file is not a %s of ouderbrug, or it is damaged"
                                                : "the %s could not be brought up to date", schema->called) < 0)
                *why = NULL;
}

int migrate_known(sqlite3 *sqlite, enum db_kind kind)
{
        int64_t had;
        int r;

        r = look(sqlite, &schemas[kind], &had);
        return r >= 0 && had == 0 ? -EUCLEAN : r;
}

int migrate_check(struct db *db)
{
        int64_t had;
        int r;

        r = look(db->sqlite, db->schema, &had);
        if (r < 0)
                return r;
        return had < (int64_t)db->schema->migrations_n ? -EAGAIN : 0;
}

static int step(struct db *db, size_t i)
{
        const struct db_beside *beside = &db->beside;
        _cleanup_(freep) char *end = NULL;
        int r;

        if (asprintf(&end, "PRAGMA application_id=%d; PRAGMA user_version=%zu; COMMIT", db->schema->application_id, i + 1) < 0)
                return -ENOMEM;
        r = sqlite_errno(sqlite3_exec(db->sqlite, db->schema->migrations[i].sql, NULL, NULL, NULL));
        if (r >= 0 && beside->before_commit)
                r = beside->before_commit(beside->keys);
        if (r >= 0)
                r = sqlite_errno(sqlite3_exec(db->sqlite, end, NULL, NULL, NULL));
        return r;
}

int migrate_look(struct db *db, char **why)
{
        int64_t had;
        int r;

        r = look(db->sqlite, db->schema, &had);
        if (r < 0)
                explain(db->schema, r, why);
        return r;
}

int migrate(struct db *db, char **why)
{
        int64_t had = 0;
        int r;

        r = look(db->sqlite, db->schema, &had);
        /* Look again under the lock: another program may be at it. */
        while (r >= 0 && had < (int64_t)db->schema->migrations_n) {
                r = sqlite_errno(sqlite3_exec(db->sqlite, "BEGIN IMMEDIATE", NULL, NULL, NULL));
                if (r < 0)
                        break;
                r = look(db->sqlite, db->schema, &had);
                if (r >= 0 && had < (int64_t)db->schema->migrations_n)
                        r = step(db, (size_t)had);
                else
                        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
                if (r < 0 && !sqlite3_get_autocommit(db->sqlite))
                        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
                if (r >= 0)
                        r = look(db->sqlite, db->schema, &had);
        }
        if (r >= 0)
                return 0;
        explain(db->schema, r, why);
        return r;
}

/* Opening a file with a log makes files beside it, and who only looks must leave nothing: where there is no log, its head says it all
 * (sqlite.org/fileformat2.html#the_database_header). */
static int age_by_head(const char *path, int64_t *ret)
{
        const struct schema *schema = &schemas[DB_SCHOOL];
        unsigned char head[HEAD];
        uint32_t version, id;
        ssize_t n;
        int fd;

        fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        n = read(fd, head, sizeof(head));
        close(fd);
        if (n == 0)
                return *ret = 0;
        if (n < HEAD || memcmp(head, "SQLite format 3", 16) != 0)
                return -EUCLEAN;
        memcpy(&version, head + HEAD_USER_VERSION, 4);
        memcpy(&id, head + HEAD_APPLICATION_ID, 4);
        version = be32toh(version);
        if (be32toh(id) != (uint32_t)schema->application_id)
                return version == 0 && id == 0 ? (*ret = 0) : -EUCLEAN;
        *ret = version;
        return version > schema->migrations_n ? -ENOTSUP : 0;
}

int db_age(const char *path, int64_t *ret)
{
        _cleanup_(freep) char *log = NULL;
        sqlite3 *sqlite = NULL;
        struct stat st;
        int r;

        if (asprintf(&log, "%s-wal", path) < 0) {
                log = NULL;
                return -ENOMEM;
        }
        if (stat(log, &st) < 0 || st.st_size == 0)
                return age_by_head(path, ret);
        r = sqlite_errno(sqlite3_open_v2(path, &sqlite, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL));
        if (r >= 0)
                r = look(sqlite, &schemas[DB_SCHOOL], ret);
        sqlite3_close(sqlite);
        return r;
}
