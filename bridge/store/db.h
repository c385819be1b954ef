/* store/db.h: one connection to a school's file, and its transactions.
 *
 * WAL, synchronous=FULL: what is committed is on disk (sqlite.org/wal.html, sqlite.org/pragma.html#pragma_synchronous).
 * A connection belongs to one thread at a time. All SQL stands in store/sql/ under a name and is prepared once a connection: where it may
 * make the file, at its opening, otherwise at the first use.
 */
#pragma once

#include "base/macro.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct tx;

enum db_mode {
        DB_CREATE, /* writes; makes the file where there is none, and brings an old schema up to date */
        DB_WRITE,  /* writes; the file must be there; brings an old schema up to date */
        DB_READ,   /* reads only */
};

enum db_kind {
        DB_SCHOOL, /* WAL, synchronous=FULL; what is deleted is overwritten: db_empty_log() then takes it from the log too */
        DB_KEYS,   /* the keys of its texts: no log beside it, synchronous=EXTRA, and what is deleted is overwritten */
};

/* A row's text that a migration seals. Texts and id are borrowed, and may be NULL. */
struct row_to_seal {
        const char *kind;
        int64_t thread, seq, n, person;
        const void *id; /* 16 bytes */
        const char *language, *origin;
        const char *text;
        size_t text_n;
};

/* What stands beside a school's database: its keys (chat/seal/keyring.h). The store calls, and knows nothing of secrets. */
struct db_beside {
        void *keys;
        /* Before a writing transaction is committed: what it needs beside it is on disk first. Below 0 undoes it. */
        int (*before_commit)(void *keys);
        /* A writing transaction was undone. */
        void (*undone)(void *keys);
        /* For a migration: a thread gets its key; a text is sealed (*ret from malloc()). */
        int (*make_key)(void *keys, int64_t thread);
        int (*seal)(void *keys, const struct row_to_seal *row, void **ret, size_t *ret_n);
};

/* Errors of everything in store/:
 *   -EIO        the disk or the file system failed
 *   -ENOSPC     the disk is full
 *   -EBUSY      another program held the file for too long
 *   -EUCLEAN    the file is damaged or no database
 *   -ENOTSUP    the file was written by a newer version of this program: nothing was touched
 *   -ENOENT     there is no such file
 *   -EROFS      it may not be written
 *   -EEXIST     a constraint of the schema refused a row
 *   -ENOMEM, -EINVAL
 */

/* path: of the database file. why: where not NULL, set on failure to a sentence, owned by the caller. */
int db_open(const char *path, enum db_mode mode, struct db **ret, char **why);

/* The same for either kind. beside: copied, may be NULL; without it a migration that has texts to seal fails. */
int db_open_as(const char *path, enum db_kind kind, enum db_mode mode, const struct db_beside *beside, struct db **ret, char **why);

void db_close(struct db *db);
DEFINE_CLEANUP(struct db *, db_close)

/* Begins a transaction: BEGIN IMMEDIATE on a writing connection, a snapshot on a reading one. One at a time. The tx is borrowed
 * and gone after commit or rollback. */
int tx_begin(struct db *db, struct tx **ret);

/* A snapshot, on a writing connection too. */
int tx_begin_reading(struct db *db, struct tx **ret);

/* On failure everything since tx_begin() is undone, and the tx is gone all the same. */
int tx_commit(struct tx *tx);

/* Takes NULL. */
void tx_rollback(struct tx *tx);
DEFINE_CLEANUP(struct tx *, tx_rollback)

/* What was given to db_open_as() as beside->keys; NULL without. *first: whether this transaction asks for the first time. */
void *tx_keys(struct tx *tx, bool *first);

/* From now on the keys end with the connection: db_close() calls this with beside->keys last. */
void db_own_keys(struct db *db, void (*closed)(void *keys));

/* Changes when another connection has changed the file, and never for what this one did (PRAGMA data_version). */
int db_version(struct db *db, int64_t *ret);

/* Writes the file anew, so that nothing deleted is left in it, and then the log away. Outside a transaction. -EBUSY: somebody reads. */
int db_sweep(struct db *db);

/* Writes the log back into the file and empties it. -EBUSY: somebody reads from it still. */
int db_empty_log(struct db *db);

/* How many migrations the school's file at path has had, without touching it. -ENOENT: there is no file. */
int db_age(const char *path, int64_t *ret);

/* The first migration whose texts are sealed. */
enum { DB_AGE_SEALED = 4 };

/* How many rows have been written on this connection, ever: the same number twice means nothing was, in between. */
int64_t tx_written(const struct tx *tx);

/* A part that can be undone on its own. One at a time in a tx. */
int tx_part_begin(struct tx *tx);
int tx_part_keep(struct tx *tx);
int tx_part_undo(struct tx *tx);

/* The first failure of a query since the transaction began that makes its batch worthless (disk, memory, damage), or 0. */
int tx_broken(const struct tx *tx);
