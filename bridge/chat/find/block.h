/* chat/find/block.h: which of up to 256 texts hold a word, as few bytes as that takes. Pure; any thread.
 *
 * A block is a sorted list of pairs (hash of a word, text). What stands on disk is this, sealed:
 *
 *      1            the format, a byte
 *      texts, distinct hashes, bits of a text's number, bits of a gap, bits of a bucket: varints (LEB128)
 *      for each text: its message's number and time, as differences from the one before, zigzag; then which version, 0 the original
 *      for each bucket: how many bits it takes
 *      the buckets, a stream of bits: hashes by their first bits, in each the gaps between them (Golomb-Rice), and for each hash how
 *      many texts hold it and which (Elias gamma of what follows the first)
 *
 * A query reads only the bucket of its word. About 35 bytes for a message of 18 words.
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
        BLOCK_TEXTS_MAX = 256,
        BLOCK_HASH_BITS = 24,        /* of a word; higher ones must be 0 */
        BLOCK_PAIRS_MAX = 64 * 1024, /* a text of 16 KiB has 8,000 words at most; a block is full with this too */
        BLOCK_BYTES_MAX = 1024 * 1024,
};

/* A text of a conversation: a message's original (n 0), or one of its versions. */
struct block_text {
        int64_t seq;
        int64_t n;
        int64_t sent_ms; /* the message, not the version */
};

/* A block that is being filled. */
struct block {
        struct block_text texts[BLOCK_TEXTS_MAX];
        size_t texts_n;
        uint64_t *pairs;      /* hash << 32 | which of the texts */
        size_t pairs_n, room;
        size_t sorted_n;      /* so many of them are in order, each once */
};

/* An empty one, as { 0 } is, but for the six KiB of texts, which nothing reads before they are written. */
void block_init(struct block *b);
void block_done(struct block *b);

/* Adds a text with the hashes of its words, in any order. -ENOSPC: the block is full, nothing was added; an empty one always takes a text of at most
 * BLOCK_PAIRS_MAX hashes. -ENOMEM. */
int block_add(struct block *b, const struct block_text *text, const uint32_t *hashes, size_t n);

/* Adds all of another block behind this one. -ENOSPC: they do not fit into one, nothing was added. -ENOMEM. */
int block_join(struct block *b, struct block *more);

/* Appends the block as bytes. Puts the pairs in order and drops those that stand twice. Look at buf_failed(). */
int block_write(struct block *b, struct buf *out);

/* Reads a whole block, to add to it. ret: empty before; block_done() in any case. -EBADMSG: no block; -ENOMEM. */
int block_read(const void *bytes, size_t n, struct block *ret);

/* The texts that hold every one of these hashes, in the block's order: at most BLOCK_TEXTS_MAX. hashes_n at least 1. -EBADMSG: no block. */
int block_find(const void *bytes, size_t n, const uint32_t *hashes, size_t hashes_n, struct block_text ret[BLOCK_TEXTS_MAX], size_t *ret_n);
