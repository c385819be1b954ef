/* chat/find/block_inside.h: what block.c, which writes, and block_read.c share. */
#pragma once

#include "chat/find/block.h"

enum {
        FORMAT = 1,
        BUCKET_BITS_MAX = 11,
        HASH_BITS = BLOCK_HASH_BITS,
};

/* How many bits: a text's number, the low part of a gap, and the first bits of a hash, which choose its bucket. */
struct shape_of_bits {
        unsigned text, gap, bucket;
};

static inline uint64_t pair_of(uint32_t hash, size_t text)
{
        return (uint64_t)hash << 32 | text;
}

static inline uint32_t hash_of(uint64_t pair)
{
        return (uint32_t)(pair >> 32);
}

static inline uint32_t text_of(uint64_t pair)
{
        return (uint32_t)pair;
}

static inline uint32_t bucket_of(uint32_t hash, unsigned bits)
{
        return bits == 0 ? 0 : hash >> (HASH_BITS - bits);
}

/* Room for n pairs more. 0 or -ENOMEM. */
int block_make_room(struct block *b, size_t n);
