#include "store/backup.h"

#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(char **why, int error, const char *format, ...) _printf_(3, 4);
static int fail(char **why, int error, const char *format, ...)
{
        va_list ap;

        va_start(ap, format);
        if (vasprintf(why, format, ap) < 0)
                *why = NULL;
        va_end(ap);
        return error;
}

static void closep(sqlite3 **db)
{
        sqlite3_close(*db);
}

static int exec(sqlite3 *db, const char *sql)
{
        return sqlite_errno(sqlite3_exec(db, sql, NULL, NULL, NULL));
}

static int copy(sqlite3 *from, sqlite3 *to)
{
        sqlite3_backup *backup;
        int rc;

        backup = sqlite3_backup_init(to, "main", from, "main");
        if (!backup)
                return sqlite_errno(sqlite3_errcode(to));
        /* In one step, so that it is one moment and a busy school cannot make it start again and again. Writers go on: the
         * log takes them. */
        do
                rc = sqlite3_backup_step(backup, -1);
        while (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED);
        sqlite3_backup_finish(backup);
        return rc == SQLITE_DONE ? 0 : sqlite_errno(rc);
}

/* Every page, every index, every reference. */
static int check(sqlite3 *db)
{
        sqlite3_stmt *stmt = NULL;
        bool sound = false;
        int rc;

        rc = sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &stmt, NULL);
        if (rc == SQLITE_OK)
                rc = sqlite3_step(stmt);
        if (rc == SQLITE_ROW)
                sound = strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") == 0;
        sqlite3_finalize(stmt);
        return sound ? 0 : -EUCLEAN;
}

static int sync_path(const char *path)
{
        int fd, r = 0;

        fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        if (fsync(fd) < 0)
                r = -errno;
        close(fd);
        return r;
}

static int sync_folder_of(const char *path)
{
        _cleanup_free_ char *folder = strdup(path);
        char *slash;

        if (!folder)
                return -ENOMEM;
        slash = strrchr(folder, '/');
        if (slash)
                *slash = '\0';
        return sync_path(slash ? (*folder ? folder : "/") : ".");
}

/* Makes `to` out of `from` under another name; the caller gives it its own. */
static int make(enum db_kind kind, const char *from, const char *unfinished, char **why)
{
        _cleanup_(closep) sqlite3 *source = NULL;
        _cleanup_(closep) sqlite3 *target = NULL;
        int r;

        r = sqlite_errno(sqlite3_open_v2(from, &source, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL));
        if (r >= 0)
                r = exec(source, "PRAGMA schema_version");
        if (r < 0)
                return fail(why, r, "cannot read %s: %s", from, source ? sqlite3_errmsg(source) : "out of memory");
        r = migrate_known(source, kind);
        if (r < 0)
                return fail(why, r, r == -ENOTSUP ? "%s was written by a newer version of ouderbrug"
                                     : kind == DB_KEYS ? "%s holds no keys of a school" : "%s holds no school", from);

        r = sqlite_errno(sqlite3_open_v2(unfinished, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL));
        if (r >= 0)
                r = copy(source, target);
        if (r >= 0)
                r = exec(target, "PRAGMA journal_mode=DELETE");
        if (r < 0)
                return fail(why, r, "cannot write %s: %s", unfinished, target ? sqlite3_errmsg(target) : "out of memory");
        r = check(target);
        return r < 0 ? fail(why, r, "%s is damaged: the copy does not hold together", from) : 0;
}

int backup_copy(enum db_kind kind, const char *from, const char *to, char **why)
{
        _cleanup_free_ char *unfinished = NULL;
        int r;

        if (access(to, F_OK) == 0)
                return fail(why, -EEXIST, "there is a file %s already; it was left alone", to);
        if (asprintf(&unfinished, "%s.unfinished", to) < 0) {
                unfinished = NULL;
                return -ENOMEM;
        }
        unlink(unfinished);
        /* What a school says is nobody else's: the mask of the shell does not decide that. */
        mode_t mask = umask(0077);
        r = make(kind, from, unfinished, why);
        umask(mask);
        if (r >= 0) {
                r = sync_path(unfinished);
                if (r >= 0 && link(unfinished, to) < 0) /* unlike rename, never over another file */
                        r = -errno;
                if (r >= 0)
                        r = sync_folder_of(to);
                if (r < 0)
                        fail(why, r, "cannot write %s: %s", to, strerror(-r));
        }
        unlink(unfinished);
        return r;
}
