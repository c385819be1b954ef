/* tests/unit/roster_fixture.h: a school in a file of its own, for the tests that bring a roster into one. */
#pragma once

#include "base/macro.h"
#include "chat/event.h"
#include "chat/roster/import.h"
#include "chat/seal/keyring.h"
#include "roster_help.h"
#include "secret/secret.h"
#include "store/db.h"

#include <sqlite3.h>
#include <unistd.h>

struct fixture {
        char path[64];
        struct keyring *keys;
        struct db *db;
        sqlite3 *look;
        struct roster_report report;
        struct roster_faults faults;
        struct event_list made;
};

static _unused_ int set_up(void **state)
{
        struct fixture *f = calloc(1, sizeof(*f));
        int fd;

        secret_init();
        snprintf(f->path, sizeof(f->path), "/tmp/ouderbrug-roster-XXXXXX");
        fd = mkstemp(f->path);
        close(fd);
        assert_int_equal(keyring_open_empty(&f->keys), 0);
        assert_int_equal(keyring_open_school(f->keys, f->path, DB_CREATE, &f->db, NULL), 0);
        assert_int_equal(sqlite3_open(f->path, &f->look), SQLITE_OK);
        f->report = ROSTER_REPORT_NONE;
        f->faults = ROSTER_FAULTS_NONE;
        *state = f;
        return 0;
}

static _unused_ int tear_down(void **state)
{
        struct fixture *f = *state;
        char path[80];

        sqlite3_close(f->look);
        db_close(f->db);
        keyring_close(f->keys);
        roster_report_done(&f->report);
        roster_faults_done(&f->faults);
        event_list_done(&f->made);
        unlink(f->path);
        snprintf(path, sizeof(path), "%s-wal", f->path);
        unlink(path);
        snprintf(path, sizeof(path), "%s-shm", f->path);
        unlink(path);
        free(f);
        return 0;
}

static _unused_ int64_t number(struct fixture *f, const char *sql)
{
        sqlite3_stmt *stmt;
        int64_t n;

        assert_int_equal(sqlite3_prepare_v2(f->look, sql, -1, &stmt, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
        n = sqlite3_column_int64(stmt, 0);
        sqlite3_finalize(stmt);
        return n;
}

static _unused_ void assert_text(struct fixture *f, const char *sql, const char *expected)
{
        sqlite3_stmt *stmt;

        assert_int_equal(sqlite3_prepare_v2(f->look, sql, -1, &stmt, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
        assert_non_null(sqlite3_column_text(stmt, 0));
        assert_string_equal((const char *)sqlite3_column_text(stmt, 0), expected);
        sqlite3_finalize(stmt);
}
