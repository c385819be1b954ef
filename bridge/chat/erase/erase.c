#include "chat/erase/erase.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/parse.h"
#include "chat/audit/audit.h"
#include "chat/roster/forget.h"
#include "chat/seal/seal.h"
#include "store/query.h"

#include <errno.h>

enum { GUARDIANS_MAX = 512, SCRATCH = 256 * 1024, THREADS_CAP = 16 * 1024 * 1024 };

enum of { OF_THREAD, OF_PUPIL, OF_PERSON };

#define QUERY_OF_DELETE(table, column) QUERY_erase_##table##_##column
#define QUERY_OF_BLANK(table, column) QUERIES
#define QUERY_OF_KEEP(table, column) QUERIES
#define QUERY_OF_WITH(table, column) QUERIES

static const struct {
        const char *table, *column;
        enum of of;
        enum query_id query; /* QUERIES: none */
} rules[] = {
#define RULE(table, column, OF, WHAT, why) { #table, #column, OF_##OF, QUERY_OF_##WHAT(table, column) },
#define NONE(table)
#include "chat/erase/rules.def"
#undef RULE
#undef NONE
};

const char *erase_rule(const char *table, const char *column)
{
        static const char *const none[] = {
#define RULE(table, column, OF, WHAT, why)
#define NONE(table) #table,
#include "chat/erase/rules.def"
#undef RULE
#undef NONE
        };
        static const char *const words[] = { [OF_THREAD] = "thread", [OF_PUPIL] = "pupil", [OF_PERSON] = "person" };

        for (size_t i = 0; !column && i < ELEMENTS(none); i++)
                if (strcmp(none[i], table) == 0)
                        return "";
        for (size_t i = 0; column && i < ELEMENTS(rules); i++)
                if (strcmp(rules[i].table, table) == 0 && strcmp(rules[i].column, column) == 0)
                        return words[rules[i].of];
        return NULL;
}

int erase_find(struct tx *tx, struct arena *a, const char *given, int64_t *pupil, const char **name)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_pupil_to_erase);
        int64_t id;
        int r;

        query_text(q, given);
        query_int(q, parse_int(given, 1, INT64_MAX, &id) < 0 ? 0 : id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *pupil = query_get_int(q, 0);
        *name = arena_copy(a, query_get_text(q, 2), query_get_bytes(q, 2));
        return arena_failed(a);
}

static int delete_rows(struct tx *tx, enum of of, int64_t id)
{
        int r = 0;

        for (size_t i = 0; r >= 0 && i < ELEMENTS(rules); i++) {
                struct query *q;

                if (rules[i].of != of || rules[i].query == QUERIES)
                        continue;
                q = query(tx, rules[i].query);
                query_int(q, id);
                r = query_run(q);
        }
        return r;
}

static int blank(struct tx *tx, enum query_id which, int64_t at_ms, int64_t id)
{
        struct query *q = query(tx, which);

        query_int(q, at_ms);
        query_int(q, id);
        return query_run(q);
}

int erase_log(struct tx *tx, int64_t at_ms, const char *kind, int64_t subject, int64_t since_ms, int64_t n, const char *why)
{
        struct query *q = query(tx, QUERY_erased_add);

        query_int(q, at_ms);
        query_text(q, kind);
        query_int(q, subject);
        query_int(q, since_ms);
        query_int(q, n);
        query_text(q, why);
        return query_run(q);
}

int erase_person_rows(struct tx *tx, int64_t person, int64_t at_ms)
{
        _cleanup_(arena_done) struct arena a = ARENA(SCRATCH);
        const char *key;
        struct query *q;
        int r;

        q = query(tx, QUERY_person_for_erasing);
        query_int(q, person);
        r = query_row(q);
        key = r > 0 ? arena_copy(&a, query_get_text(q, 0), query_get_bytes(q, 0)) : NULL;
        query_end(q);
        if (r <= 0 || !key)
                return r < 0 ? r : r > 0 ? -ENOMEM : -ENOENT;
        r = roster_forget(tx, &key, 1);
        if (r >= 0)
                r = delete_rows(tx, OF_PERSON, person);
        return r < 0 ? r : blank(tx, QUERY_blank_person, at_ms, person);
}

struct erasing {
        int64_t thread, messages;
        bool was_erased;
        int64_t guardians[GUARDIANS_MAX];
        const char *keys[GUARDIANS_MAX + 1]; /* the pupil's first */
        size_t n;                            /* of guardians */
};

/* Whom and what it takes, before anything is gone. */
static int look(struct tx *tx, struct arena *a, int64_t pupil, struct erasing *e)
{
        struct query *q = query(tx, QUERY_pupil_for_erasing);
        int r;

        query_int(q, pupil);
        r = query_row(q);
        if (r > 0) {
                e->keys[0] = arena_copy(a, query_get_text(q, 0), query_get_bytes(q, 0));
                e->thread = query_get_int(q, 1);
                e->messages = query_get_int(q, 3);
                e->was_erased = query_get_int(q, 4);
        }
        query_end(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        q = query(tx, QUERY_guardians_only_of);
        query_int(q, pupil);
        while ((r = query_row(q)) > 0 && e->n < GUARDIANS_MAX) {
                e->guardians[e->n++] = query_get_int(q, 0);
                e->keys[e->n] = arena_copy(a, query_get_text(q, 1), query_get_bytes(q, 1));
        }
        query_end(q);
        return r < 0 ? r : arena_failed(a);
}

/* Who listens hears it now; who comes back with an older number fetches the state, in which it is not. */
static int tell(struct tx *tx, struct event_list *made, int64_t thread)
{
        int64_t e = event_add(tx, made, (struct event){ .kind = EVENT_GONE, .thread = thread });

        return e < 0 ? (int)e : event_begin_after(tx, e);
}

int erase_pupil_rows(struct tx *tx, struct event_list *made, int64_t pupil, int64_t at_ms, int64_t since_ms, const char *why)
{
        _cleanup_(arena_done) struct arena a = ARENA(SCRATCH);
        struct erasing e = { 0 };
        struct query *q;
        int r;

        r = look(tx, &a, pupil, &e);
        if (r < 0 || e.was_erased)
                return r < 0 ? r : 1;
        /* First, so that the number of no event that goes is given out again. */
        r = tell(tx, made, e.thread);
        if (r >= 0)
                r = roster_forget(tx, e.keys, e.n + 1);
        if (r >= 0)
                r = delete_rows(tx, OF_THREAD, e.thread);
        if (r >= 0)
                r = delete_rows(tx, OF_PUPIL, pupil);
        for (size_t i = 0; r >= 0 && i < e.n; i++) {
                r = delete_rows(tx, OF_PERSON, e.guardians[i]);
                if (r >= 0)
                        r = blank(tx, QUERY_blank_person, at_ms, e.guardians[i]);
                if (r >= 0)
                        r = erase_log(tx, at_ms, "guardian", e.guardians[i], since_ms, 1, why);
        }
        if (r < 0)
                return r;
        r = blank(tx, QUERY_blank_pupil, at_ms, pupil);
        if (r < 0)
                return r;
        q = query(tx, QUERY_blank_thread);
        query_int(q, e.thread);
        r = query_run(q);
        if (r >= 0)
                r = erase_log(tx, at_ms, "pupil", pupil, since_ms, e.messages, why);
        return r < 0 ? r : audit_add(tx, &(struct audit){ .deed = DEED_ERASE, .thread = e.thread, .pupil = pupil, .n = e.messages });
}

/* ---- keys */

static int thread_of(struct tx *tx, int64_t pupil, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_thread_of_pupil);
        int r;

        query_int(q, pupil);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = query_get_int(q, 0);
        return 0;
}

int erase_keys(struct tx *tx, const int64_t *pupils, size_t n, const char *next, char **why)
{
        _cleanup_free_ int64_t *threads = calloc(n + 1, sizeof(*threads));
        int r = threads ? 0 : -ENOMEM;

        for (size_t i = 0; r >= 0 && i < n; i++)
                r = thread_of(tx, pupils[i], &threads[i]);
        if (r >= 0)
                r = seal_destroy(tx, threads, n);
        if (r < 0 || (!next && !seal_makes_next_key(tx)))
                return r;
        return seal_change_key(tx, next, why);
}

/* Pupils who are not erased, though the keys of their conversations are. */
static int unfinished(struct tx *tx, struct arena *a, int64_t **ret, size_t *ret_n)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_threads_not_erased);
        int64_t *pupils = NULL;
        size_t n = 0, room = 0;
        int r;

        while ((r = query_row(q)) > 0) {
                if (seal_destroyed_ms(tx, query_get_int(q, 0)) == 0)
                        continue;
                pupils = arena_grow(a, pupils, n, &room, sizeof(*pupils));
                if (!pupils)
                        return arena_failed(a);
                pupils[n++] = query_get_int(q, 1);
        }
        if (r < 0)
                return r;
        *ret = pupils;
        *ret_n = n;
        return 0;
}

int erase_is_unfinished(struct tx *tx, bool *ret)
{
        _cleanup_(arena_done) struct arena a = ARENA(THREADS_CAP);
        int64_t *pupils;
        size_t n;
        int r;

        r = unfinished(tx, &a, &pupils, &n);
        if (r < 0)
                return r;
        *ret = n > 0;
        return 0;
}

int erase_resume(struct tx *tx, struct event_list *made, bool change, int64_t *n)
{
        _cleanup_(arena_done) struct arena a = ARENA(THREADS_CAP);
        _cleanup_free_ char *why = NULL;
        int64_t now = clock_now_ms();
        int64_t *pupils;
        size_t found;
        int r;

        r = unfinished(tx, &a, &pupils, &found);
        if (r >= 0 && change && found > 0)
                r = erase_keys(tx, pupils, found, NULL, &why);
        for (size_t i = 0; r >= 0 && i < found; i++)
                r = erase_pupil_rows(tx, made, pupils[i], now, now, "resumed");
        if (r < 0)
                return r;
        *n = (int64_t)found;
        return 0;
}
