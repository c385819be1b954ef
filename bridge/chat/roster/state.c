#include "chat/roster/state.h"

#include "chat/roster/inside.h"
#include "store/query.h"

#include <errno.h>

enum { STATE_MEMORY_MAX = 256 * 1024 * 1024 };

const struct state_kind_spec state_kinds[STATE_KINDS] = {
        [STATE_ORG] = { "org", 1, 3, { "name", "type", "parent" } },
        [STATE_CLASS] = { "class", 1, 2, { "name", "org" } },
        [STATE_PERSON] = { "person", 1, 9,
                { "name", "given", "family", "folded", "role", "speaks", "reads", "script", "language" } },
        [STATE_PUPIL] = { "pupil", 1, 4, { "name", "given", "family", "class" } },
        [STATE_TEACHING] = { "teaching", 2, 1, { "part" } },
        [STATE_GUARDIANSHIP] = { "guardianship", 2, 1, { "relation" } },
        [STATE_MEMBER] = { "member", 2, 2, { "joined", "relation" } },
        [STATE_LOGIN] = { "login", 2, 1, { "name" } },
};

void state_done(struct state *state)
{
        for (int kind = 0; kind < STATE_KINDS; kind++)
                free(state->of[kind].list);
        arena_done(&state->arena);
}

struct record *state_add(struct state *state, enum state_kind kind)
{
        struct records *records = &state->of[kind];
        struct record *list;
        size_t room;

        if (state->arena.cap == 0)
                state->arena = ARENA(STATE_MEMORY_MAX);
        if (records->n == records->room) {
                room = records->room ? 2 * records->room : 64;
                list = reallocarray(records->list, room, sizeof(*list));
                if (!list)
                        return NULL;
                records->list = list;
                records->room = room;
        }
        records->list[records->n] = (struct record){ .key = "", .second = "" };
        return &records->list[records->n++];
}

static int by_keys(const void *a, const void *b)
{
        const struct record *x = a, *y = b;
        int order = strcmp(x->key, y->key);

        return order ? order : strcmp(x->second, y->second);
}

void state_sort(struct state *state)
{
        for (int kind = 0; kind < STATE_KINDS; kind++) {
                struct records *records = &state->of[kind];
                size_t kept = 0;

                if (records->n > 1)
                        qsort(records->list, records->n, sizeof(struct record), by_keys);
                for (size_t i = 0; i < records->n; i++)
                        if (i == 0 || by_keys(&records->list[i], &records->list[kept - 1]) != 0)
                                records->list[kept++] = records->list[i];
                records->n = kept;
        }
}

struct record *state_find(
        const struct state *state, enum state_kind kind, const char *key, const char *second)
{
        struct record wanted = { .key = key, .second = second };

        if (state->of[kind].n == 0)
                return NULL;
        return bsearch(&wanted, state->of[kind].list, state->of[kind].n, sizeof(struct record), by_keys);
}

static const char *copy(struct state *state, const struct query *q, int column)
{
        return arena_copy(&state->arena, query_get_text(q, column), query_get_bytes(q, column));
}

int state_load(struct tx *tx, struct state *ret)
{
        static const enum query_id queries[STATE_KINDS] = {
                [STATE_ORG] = QUERY_roster_now_org,
                [STATE_CLASS] = QUERY_roster_now_class,
                [STATE_PERSON] = QUERY_roster_now_person,
                [STATE_PUPIL] = QUERY_roster_now_pupil,
                [STATE_TEACHING] = QUERY_roster_now_teaching,
                [STATE_GUARDIANSHIP] = QUERY_roster_now_guardianship,
                [STATE_MEMBER] = QUERY_roster_now_member,
                [STATE_LOGIN] = QUERY_roster_now_login,
        };
        _cleanup_(state_done) struct state state = { 0 };
        int r;

        for (int kind = 0; kind < STATE_KINDS; kind++) {
                _cleanup_(query_endp) struct query *q = query(tx, queries[kind]);

                while ((r = query_row(q)) > 0) {
                        struct record *record = state_add(&state, (enum state_kind) kind);

                        if (!record)
                                return -ENOMEM;
                        record->key = copy(&state, q, 0);
                        record->second = copy(&state, q, 1);
                        record->row = query_get_int(q, 2);
                        record->ended = query_get_int(q, 3) != 0;
                        record->chosen = query_get_int(q, 4) != 0;
                        for (int i = 0; i < state_kinds[kind].n; i++)
                                record->fields[i] = query_is_null(q, 5 + i) ? NULL : copy(&state, q, 5 + i);
                        if (arena_failed(&state.arena))
                                return arena_failed(&state.arena);
                }
                if (r < 0)
                        return r;
        }
        state_sort(&state);
        *ret = state;
        state = (struct state){ 0 };
        return 0;
}
