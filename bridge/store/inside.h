/* store/inside.h: what the files of store/ share and nobody else sees. */
#pragma once

#include "store/db.h"
#include "store/query.h"

#include <sqlite3.h>

struct query {
        struct db *db;
        sqlite3_stmt *stmt;
        int bound;   /* parameters bound so far */
        int failure; /* of preparing it or of a bind; comes out at the next row */
};

struct tx {
        struct db *db;
        int broken;
        bool asked_keys;
};

struct store;

/* What a kind of file is made of. */
struct schema {
        int application_id;
        const char *called;
        const struct migration {
                const char *name, *sql;
        } *migrations;
        size_t migrations_n;
        int first, end;      /* its queries */
        const char *journal; /* pragmas of a writing connection */
};
extern const struct schema schemas[]; /* by enum db_kind */

struct db {
        sqlite3 *sqlite;
        const struct schema *schema;
        struct db_beside beside;
        void (*closed)(void *keys);
        bool writes;
        struct store *store; /* whose reader it is, or NULL */
        struct tx tx;
        sqlite3_stmt *begin, *begin_reading, *version, *commit, *rollback, *part_begin, *part_keep, *part_undo;
        struct query queries[QUERIES];
};

/* A result code of SQLite as an error of store/db.h. */
int sqlite_errno(int rc);

/* Whether after this the transaction cannot be trusted any more. */
bool errno_breaks(int error);

/* Whether the file is ours or new, before anything is written to it: 0, -EUCLEAN, -ENOTSUP (newer). */
int migrate_look(struct db *db, char **why);

/* Prepares a query where it is not yet. */
int db_query(struct db *db, int id);

/* Brings the schema up to date, one transaction a migration. -ENOTSUP for a newer one. */
int migrate(struct db *db, char **why);

/* Whether it is a file of ours of this kind that this program knows, of whatever age: 0, -EUCLEAN, -ENOTSUP (newer). */
int migrate_known(sqlite3 *sqlite, enum db_kind kind);

/* Gives the connection the functions seal() and make_key() that migrations call. */
int rowseal_register(struct db *db);

/* Whether the file's schema is the newest we know: 0, -ENOTSUP (newer), -EAGAIN (older). */
int migrate_check(struct db *db);
