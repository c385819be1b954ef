/* chat/seal/seal.h: texts sealed at rest, each with its thread's key, inside a store job.
 *
 * What is sealed is bound to its place: another row, thread, sender, language or school does not open it. Each thread has a key of its
 * own (chat/seal/keyring.h); when that is destroyed, its texts are lost in every backup too.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "secret/aead.h"
#include "store/db.h"

enum seal_kind {
        SEAL_BODY = 1, /* seq; person: the sender; id: the client's; language */
        SEAL_VERSION,  /* seq, n; person: the author; language, origin */
        SEAL_NOTE,
        SEAL_WORDS,    /* n: the block */
        SEAL_CONSENT,
        SEAL_FILE,
        SEAL_WHY,      /* why somebody was brought in. n: since_ms; person */
        SEAL_FACTOR,   /* thread 0: the secret of somebody's time-based codes; person */
        SEAL_PHRASE,   /* which phrase a message is, and its parts; as its body */
        SEAL_RECORDING, /* thread 0: a phrase spoken by a person. n: the row; person, language */
        SEAL_KINDS,    /* one above the last: each has its name and its key in seal.c */
};

/* Where a text stands. All of it is bound; what a kind has not stays 0 or NULL. */
struct seal_place {
        enum seal_kind kind;
        int64_t thread;
        int64_t seq;
        int64_t n;
        int64_t person;
        const unsigned char *id; /* 16 bytes */
        const char *language;
        const char *origin;      /* a word of words.def */
};

/* Appends the sealed text to out: n + AEAD_EXTRA bytes. -EKEYREVOKED: the thread's key was destroyed; -ENOKEY: it has none. */
int seal_text(struct tx *tx, const struct seal_place *place, const char *text, size_t n, struct buf *out);

/* Opens it into the arena, with a NUL behind it that does not count in *ret_n (which may be NULL). -EBADMSG: changed, or of another
 * place; -EKEYREVOKED, -ENOKEY. */
int seal_open(struct tx *tx, struct arena *a, const struct seal_place *place, const void *sealed, size_t n, char **ret, size_t *ret_n);

/* The key of a thread's word hashes (secret_word_hash()). */
int seal_word_key(struct tx *tx, int64_t thread, unsigned char ret[WORD_KEY]);

/* The number of the next thread: above all there are and ever were, so that a destroyed key's number never comes again. */
int seal_next_thread(struct tx *tx, int64_t *ret);

/* Makes a new thread's key, in the transaction that makes the thread. It is on disk before that is committed. */
int seal_make(struct tx *tx, int64_t thread);

/* Destroys the keys of n threads at once, whatever becomes of the transaction; see keyring_destroy(). */
int seal_destroy(struct tx *tx, const int64_t *threads, size_t n);

/* Another key for the school, so that what was destroyed opens with no copy of the key database; see keyring_change_key(). */
int seal_change_key(struct tx *tx, const char *next, char **why);

/* Whether that makes the new key by itself; else it takes one from a file that the operator made. */
bool seal_makes_next_key(struct tx *tx);

/* When a thread's key was destroyed; 0: it was not. */
int64_t seal_destroyed_ms(struct tx *tx, int64_t thread);

/* The seed of the key pair that other schools seal to (chat/moving/): the same for ever, whatever becomes of the school's key. */
int seal_moving_key(struct tx *tx, struct secret_key *ret);
