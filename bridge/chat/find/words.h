/* chat/find/words.h: which texts of a conversation hold a word, sealed. Inside a store job.
 *
 * A sealed text carries the hashes of its folded words: 24 bits each, keyed by the thread. Two may collide: one of a million texts of 18 words in which it
 * is not, for a word that is looked for; who searches looks at the text itself, and more bits only cost room. When a thread has 32 messages that are not yet packed, what they and their versions hold goes into a block (chat/find/block.h), sealed with the
 * thread's key, in the transaction of the 32nd: so what is committed is found, in the blocks or in the tail behind them. Two blocks of a size become one, up
 * to 256 texts: so each text is written four times and not sixteen. A version of a message that is packed already waits in words_late. Without the thread's key all of it is noise, and it shows sizes and times only.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "chat/find/block.h"
#include "secret/aead.h"
#include "store/db.h"
#include "text/text.h"

#include <stdint.h>

enum {
        WORDS_TAIL = 32,   /* messages, or late versions, that make a block */
        WORDS_MAX = 8192,  /* of one text; more different words do not fit into TEXT_BYTES_MAX */
        WRAPPED_MAX = TEXT_BYTES_MAX + 1 + 3 * WORDS_MAX,
};

/* ---- a sealed text's inside: the text, a NUL, and its hashes, 3 bytes each (little endian). Where there is no NUL it was never folded. */

/* Writes it. folded: what text_fold() made of the text, or NULL: it is folded here. */
int words_wrap(const unsigned char key[WORD_KEY], const char *text, const char *folded, struct buf *out);

struct wrapped {
        const char *text;
        const unsigned char *hashes; /* words_hash_at() */
        size_t hashes_n;
        bool folded; /* the hashes are there */
};

/* Reads it where it lies: n bytes and a NUL behind them, as seal_open() gives them. -EUCLEAN: it is none. */
int words_unwrap(const char *inside, size_t n, struct wrapped *ret);

uint32_t words_hash(const unsigned char key[WORD_KEY], const char *word, size_t n);
uint32_t words_hash_at(const struct wrapped *w, size_t i);

/* The hashes of a text in ret (room for WORDS_MAX), each once and in order; folds it where that was not done. */
int words_hashes(const struct wrapped *w, const unsigned char key[WORD_KEY], uint32_t *ret, size_t *n);

/* ---- packing */

/* After message seq was added. */
int words_message_added(struct tx *tx, int64_t thread, int64_t seq);

/* After version n of message seq was added. */
int words_version_added(struct tx *tx, int64_t thread, int64_t seq, int64_t n);

/* Packs all that is not packed. */
int words_pack(struct tx *tx, int64_t thread);

/* ---- for chat/find/search.c */

/* Up to which message all is packed; 0: none. */
int words_packed_seq(struct tx *tx, int64_t thread, int64_t *ret);

/* Opens a block into the arena. */
int words_open_block(struct tx *tx, struct arena *a, int64_t id, int64_t thread, int64_t n, char **ret, size_t *ret_n);
