#include "base/arena.h"

#include <errno.h>
#include <stdalign.h>

/* The first block is small enough for malloc's own quick lists: most arenas need no second one. */
#define FIRST_BLOCK_BYTES 960
#define BLOCK_BYTES 4096

struct arena_block {
        struct arena_block *next;
        size_t used, room;
        alignas(max_align_t) char data[];
};

void arena_done(struct arena *a)
{
        struct arena_block *b, *next;

        for (b = a->blocks; b; b = next) {
                next = b->next;
                free(b);
        }
        *a = ARENA(a->cap);
}

void *arena_get(struct arena *a, size_t n)
{
        struct arena_block *b = a->blocks;
        size_t room;
        void *p;

        if (a->error)
                return NULL;
        if (n > a->cap - a->used) {
                a->error = -EMSGSIZE;
                return NULL;
        }
        n = (n + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
        if (!b || b->room - b->used < n) {
                room = b ? BLOCK_BYTES : FIRST_BLOCK_BYTES;
                if (n > room)
                        room = n;
                b = calloc(1, sizeof(*b) + room);
                if (!b) {
                        a->error = -ENOMEM;
                        return NULL;
                }
                b->room = room;
                b->next = a->blocks;
                a->blocks = b;
        }
        p = b->data + b->used;
        b->used += n;
        a->used = a->used + n > a->cap ? a->cap : a->used + n;
        return p;
}

char *arena_copy(struct arena *a, const char *bytes, size_t n)
{
        char *p;

        if (!bytes)
                return NULL;
        p = arena_get(a, n + 1);
        if (p)
                memcpy(p, bytes, n);
        return p;
}

void *arena_grow(struct arena *a, void *items, size_t n, size_t *room, size_t size)
{
        size_t want = *room ? *room * 2 : 8;
        void *more;

        if (n < *room)
                return items;
        more = arena_get(a, want * size);
        if (!more)
                return NULL;
        if (n > 0)
                memcpy(more, items, n * size);
        *room = want;
        return more;
}
