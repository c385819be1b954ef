/* base/arena.h: memory that is given back all at once: what a job gathers for its answer lives in one.
 *
 * Capped like a buffer. After a failure every call returns NULL and arena_failed() says why, so a gatherer looks once,
 * at the end. One thread at a time.
 */
#pragma once

#include "base/macro.h"

#include <stdbool.h>
#include <stddef.h>

struct arena_block;

struct arena {
        struct arena_block *blocks;
        size_t used; /* bytes handed out */
        size_t cap;
        int error;
};

#define ARENA(cap_) ((struct arena){ .cap = (cap_) })

void arena_done(struct arena *a);

/* Zeroed memory for n bytes, aligned for any type; NULL after a failure. n may be 0. */
void *arena_get(struct arena *a, size_t n);

/* A copy of n bytes with a NUL behind them. NULL for NULL. */
char *arena_copy(struct arena *a, const char *bytes, size_t n);

/* Room for one more item of `size` bytes in an array of n: the array itself, or a larger copy; *room is its new room. NULL after a
 * failure. Start with items NULL and room 0. */
void *arena_grow(struct arena *a, void *items, size_t n, size_t *room, size_t size);

static inline int arena_failed(const struct arena *a)
{
        return a->error;
}
