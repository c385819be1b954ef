/* chat/seal/keyring.h: the keys of a school's conversations, open in memory. Any thread.
 *
 * keys.db beside school.db holds a random key for each thread, sealed with the school's key, which is kept elsewhere
 * (secret/keyfile.h). A key inside school.db would be in all its backups, and one derived from a lasting key could be derived again:
 * neither can be destroyed. A destroyed thread stays as a row without a key, so its number never comes back.
 *
 * A ring is shared by the writer and the readers of one program. It holds every key unsealed in memory that is not swapped out and is
 * wiped. What another program did to keys.db (a new thread, an erasure, a change of the school's key) is seen by the next transaction.
 */
#pragma once

#include "base/macro.h"
#include "secret/keyfile.h"
#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

struct keyring;

enum keyring_mode {
        KEYRING_SERVE,   /* a school.db that is there; where there is none, a first start: key file and keys.db are made */
        KEYRING_RESTORE, /* school.db is about to come from a backup: keys.db must be there */
};

/* Opens the keys in the data folder with the school's key. A school without its keys, and keys without their key, are refused, and
 * nothing is made or changed then.
 *
 * key_file  the setting; see secret/keyfile.h for what counts without it
 * returns   0; -ENOKEY (no key, or not the one of this school), -ENOENT (keys.db or school.db is missing beside the other), -EPERM, -EINVAL,
 *           -EUCLEAN (damaged) or an error of store/db.h; *why (owned by the caller) says it in a sentence
 */
int keyring_open(const char *data, const char *key_file, enum keyring_mode mode, struct keyring **ret, char **why);

/* A ring in memory only, with a key that nobody has: for a dry run, and tests. */
int keyring_open_empty(struct keyring **ret);

/* Wipes everything. Takes NULL. */
void keyring_close(struct keyring *ring);
DEFINE_CLEANUP(struct keyring *, keyring_close)

/* For db_open_as() and store_open(). Borrows ring. */
struct db_beside keyring_beside(struct keyring *ring);

/* Opens the school's database with its keys: brings it up to date, refuses one of another school (-ENOKEY), and wipes what stood in the
 * open before its texts were sealed. mode: DB_CREATE or DB_WRITE. */
int keyring_open_school(struct keyring *ring, const char *path, enum db_mode mode, struct db **ret, char **why);

/* Both at once, for a program that has one connection: the ring is closed with it. memory: a school and a ring that are
 * nowhere else, for a dry run and for tests. */
int keyring_open_with_school(const char *data, const char *key_file, enum db_mode mode, struct db **ret, char **why);
int keyring_open_memory(struct db **ret);

/* Which file of the data folder is meant; in ret, owned by the caller. Returns 0 or -ENOMEM. */
int keyring_path(const char *data, char **ret);

/* A change of the school's key: every thread's key is sealed anew, and the old key opens nothing of keys.db any more. Who had the old key
 * and an old copy of keys.db keeps what they have; so an erasure ends with this, and with wiping the old key.
 *
 * The key comes from a file: a new one is made and takes its place; ends interrupted at any step with either the old or the new key
 * in use. Other programs that have the ring open read the new key when they see the change.
 * From a credential or the environment: `next` is the file with the new key (0600), which the operator then puts in its place.
 *
 * next     NULL: make a new key for the key file
 * keys     set to how many were sealed anew
 * returns  0, -EINVAL (next is needed, or must not be given), or as keyring_open() */
int keyring_change_key(struct keyring *ring, const char *next, int64_t *keys, char **why);

/* Whether the school's key is in a file, so that its next one is made by itself. */
bool keyring_makes_next_key(const struct keyring *ring);

/* Destroys the keys of n threads, at once and for ever: committed when it returns. What they sealed is lost everywhere where the old
 * school's key is lost too: keyring_change_key() comes next. Those that have none are passed over. destroyed: how many had one; may be NULL.
 * What this program held of them in memory is wiped; other programs wipe it with their next transaction. */
int keyring_destroy(struct keyring *ring, const int64_t *threads, size_t n, int64_t *destroyed);

/* ---- for chat/seal/seal.c */

enum seal_purpose { PURPOSE_BODY = 1, PURPOSE_INDEX, PURPOSE_WORD, PURPOSE_NOTE, PURPOSE_FILE, PURPOSE_CONSENT, PURPOSE_SCHOOL, PURPOSE_SIGN_IN, PURPOSE_MOVING };

/* Looks whether another program changed keys.db, and takes that in. */
int keyring_look(struct keyring *ring);

/* A thread's key for a purpose; thread 0: the school's own matter, which no erasure takes. -EKEYREVOKED: it was destroyed; -ENOKEY: it never had one. */
int keyring_get(struct keyring *ring, int64_t thread, enum seal_purpose purpose, struct secret_key *ret);

/* A new thread's key, on disk before the transaction that is open is committed. One that is there stays. -EKEYREVOKED. Writer only. */
int keyring_make(struct keyring *ring, int64_t thread);

/* The new keys go to disk, before the transaction that needs them is committed; or are forgotten, where it is undone. */
int keyring_commit(struct keyring *ring);
void keyring_undo(struct keyring *ring);

/* The highest number that a thread ever had in here. */
int64_t keyring_last(struct keyring *ring);

/* 16 bytes: which school. */
const unsigned char *keyring_school(const struct keyring *ring);

/* When a thread's key was destroyed; 0: it was not. */
int64_t keyring_destroyed_ms(struct keyring *ring, int64_t thread);
