/* chat/seal/keyring_inside.h: a ring from within, for chat/keyring*.c only.
 *
 * Two locks, taken in this order: `files` for keys.db and the school's key, `table` for the keys in memory. A text is sealed and
 * opened under `table` alone, and mostly to read.
 */
#pragma once

#include "chat/seal/keyring.h"
#include "store/query.h"

#include <pthread.h>

enum { SCHOOL_ID = 16 };

struct key_entry {
        int64_t thread;
        int64_t destroyed_ms; /* 0: it is alive */
        bool is_new;          /* not in keys.db yet */
        bool seen;            /* while the table is read again */
        struct secret_key key;
        struct secret_key body, word; /* derived: nearly all that is asked for */
};

struct keyring {
        pthread_mutex_t files;
        struct db *db;
        char *data;                 /* the folder; NULL in memory only */
        struct key_source source;
        struct secret_key *school_key;
        unsigned char school[SCHOOL_ID]; /* never changes once it is read: no lock */
        int64_t turn;               /* 0: nothing was read yet */
        int64_t version;            /* of the file, when it was read last */
        bool is_stale;              /* the school's key was changed and we have no way to the new one: no new keys */

        pthread_rwlock_t table;
        struct key_entry *entries;  /* by thread; secret memory */
        size_t n, room;
        size_t new_n;
};

/* What stands in the row of ring. */
struct ring_row {
        unsigned char school[SCHOOL_ID];
        int64_t turn;
        unsigned char proof[AEAD_EXTRA];
};

/* 1 with *ret, 0 where there is none, or an error. */
int ring_row_get(struct tx *tx, struct ring_row *ret);
int ring_row_put(struct tx *tx, const struct keyring *ring, const struct secret_key *key, int64_t turn);

/* Whether this is the school's key: 0 or -EBADMSG. */
int ring_row_proves(const struct ring_row *row, const struct secret_key *key);

/* Seals a thread's key for its row, and opens it. */
enum { WRAPPED_KEY = SECRET_KEY + AEAD_EXTRA };
void keyring_wrap(const struct keyring *ring, const struct secret_key *school_key, int64_t thread, const struct secret_key *key, void *ret);
int keyring_unwrap(const struct keyring *ring, const struct secret_key *school_key, int64_t thread, const void *sealed, size_t n,
                   struct secret_key *ret);

/* Finds the present school's key by its row: the one we have, that of its source, or the next one of an interrupted change, which is then
 * put in its place. -ENOKEY with *why. */
int keyring_find_key(struct keyring *ring, const struct ring_row *row, char **why);

/* The lock of whoever changes the key file. Returns a descriptor that holds it until it is closed, or -EWOULDBLOCK or another error. */
int keyring_lock_data(const struct keyring *ring, bool wait);

/* Reads all keys of keys.db. `files` is held. -EUCLEAN: one does not open. */
int keyring_read(struct keyring *ring, char **why);

/* A ring without keys, its locks made. */
int keyring_new(struct keyring **ret);

int keyring_say(char **why, int error, const char *format, ...) _printf_(3, 4);
