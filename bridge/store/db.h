/* store/db.h: one connection to a school's file, and its transactions.
 *
 * WAL, synchronous=FULL: what is committed is on disk (sqlite.org/wal.html, sqlite.org/pragma.html#pragma_synchronous).
 * A connection belongs to one thread at a time. All SQL stands in store/sql/ under a name and is prepared once a connection.
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
void db_close(struct db *db);
DEFINE_CLEANUP(struct db *, db_close)

/* Begins a transaction: BEGIN IMMEDIATE on a writing connection, a snapshot on a reading one. One at a time. The tx is borrowed
 * and gone after commit or rollback. */
int tx_begin(struct db *db, struct tx **ret);

/* On failure everything since tx_begin() is undone, and the tx is gone all the same. */
int tx_commit(struct tx *tx);

/* Takes NULL. */
void tx_rollback(struct tx *tx);
DEFINE_CLEANUP(struct tx *, tx_rollback)

/* How many rows have been written on this connection, ever: the same number twice means nothing was, in between. */
int64_t tx_written(const struct tx *tx);

/* A part that can be undone on its own. One at a time in a tx. */
int tx_part_begin(struct tx *tx);
int tx_part_keep(struct tx *tx);
int tx_part_undo(struct tx *tx);

/* The first failure of a query since the transaction began that makes its batch worthless (disk, memory, damage), or 0. */
int tx_broken(const struct tx *tx);
