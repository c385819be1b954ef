#include "live/tries.h"

#include <errno.h>
#include <stdlib.h>
#include <uthash.h>

struct entry {
        struct address from;
        int fails;
        int64_t at_ms;    /* of the last */
        int64_t until_ms; /* has to wait */
        UT_hash_handle hh;
};

/* uthash keeps them in the order they came in: the head failed longest ago. */
struct tries {
        struct entry *entries;
};

int tries_new(struct tries **ret)
{
        struct tries *t = calloc(1, sizeof(*t));

        if (!t)
                return -ENOMEM;
        *ret = t;
        return 0;
}

static void drop(struct tries *t, struct entry *e)
{
        HASH_DEL(t->entries, e);
        free(e);
}

void tries_free(struct tries *t)
{
        struct entry *e, *next;

        if (!t)
                return;
        HASH_ITER(hh, t->entries, e, next)
        {
                drop(t, e);
        }
        free(t);
}

static struct entry *find(const struct tries *t, const struct address *from)
{
        struct entry *e;

        HASH_FIND(hh, t->entries, from, sizeof(*from), e);
        return e;
}

int64_t tries_wait(const struct tries *t, const struct address *from, int64_t now_ms)
{
        const struct entry *e = find(t, from);

        return e && e->until_ms > now_ms ? e->until_ms - now_ms : 0;
}

static int64_t pause_of(int fails)
{
        int64_t wait = TRIES_WAIT_MS;

        if (fails <= TRIES_FREE)
                return 0;
        for (int i = TRIES_FREE + 1; i < fails && wait < TRIES_WAIT_MAX_MS; i++)
                wait *= 2;
        return wait < TRIES_WAIT_MAX_MS ? wait : TRIES_WAIT_MAX_MS;
}

void tries_failed(struct tries *t, const struct address *from, int64_t now_ms)
{
        struct entry *e = find(t, from);
        int64_t forgiven;

        if (e) {
                HASH_DEL(t->entries, e);
        } else {
                if (HASH_COUNT(t->entries) >= TRIES_MAX)
                        drop(t, t->entries);
                e = calloc(1, sizeof(*e));
                if (!e)
                        return;
                e->from = *from;
                e->at_ms = now_ms;
        }
        forgiven = (now_ms - e->at_ms) / TRIES_FORGIVE_MS;
        e->fails = forgiven >= e->fails ? 1 : e->fails - (int)forgiven + 1;
        e->at_ms = now_ms;
        e->until_ms = now_ms + pause_of(e->fails);
        HASH_ADD(hh, t->entries, from, sizeof(e->from), e);
}
