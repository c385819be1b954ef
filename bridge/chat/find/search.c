#include "chat/find/search.h"

#include "base/clock.h"
#include "chat/find/search_ahead.h"
#include "chat/find/search_match.h"
#include "chat/find/search_order.h"
#include "chat/find/texts.h"
#include "chat/member.h"
#include "chat/message.h"
#include "chat/seal/seal.h"
#include "store/query.h"
#include "store/spread.h"

#include <errno.h>

enum {
        ONE_MESSAGE_MAX = 4 * 1024 * 1024,
        ONE_BLOCK_MAX = 2 * BLOCK_BYTES_MAX,
        COLD_THREADS = 12, /* by these it is seen whether the file is in memory */
};

/* What can be opened: a block, or what a conversation has that is not packed. */
struct unit {
        int64_t oldest, newest;
        int64_t thread, first_seq;
        enum { BLOCK, TAIL, LATE } kind;
        int64_t id, n; /* of a block; n of a tail: where it begins */
};

struct searching {
        struct tx *tx;
        struct arena *a;
        struct search_words words;
        struct place_in_time before;
        int64_t deadline;

        struct subscription *in; /* the conversations, and how many of them were looked at */
        size_t in_n, looked;
        struct ahead ahead;

        struct unit *units;
        size_t units_n, units_room;

        struct candidates candidates;

        struct unit opening;    /* the unit in hand, and the hashes of the words there */
        uint32_t hashes[SEARCH_WORDS_MAX];

        struct hit_shape *hits; /* room for limit + 1: one more than asked tells whether there are more */
        size_t hits_n, limit;
        size_t bytes;
};

static void searching_done(struct searching *s)
{
        search_words_done(&s->words);
        free(s->units);
        candidates_done(&s->candidates);
}

/* ---- what there is to open */

static int add_unit(struct searching *s, const struct unit *unit)
{
        if (unit->oldest > s->before.sent)
                return 0;
        if (s->units_n == s->units_room) {
                size_t room = s->units_room * 2 + 64;
                struct unit *units = reallocarray(s->units, room, sizeof(*units));

                if (!units)
                        return -ENOMEM;
                s->units = units;
                s->units_room = room;
        }
        s->units[s->units_n++] = *unit;
        return 0;
}

/* A time of a conversation's messages after a number. 0: there are none. */
static int tail_time(struct searching *s, enum query_id id, int64_t thread, int64_t after, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(s->tx, id);
        int r;

        query_int(q, thread);
        query_int(q, after);
        r = query_row(q);
        if (r > 0)
                *ret = query_get_int(q, 0);
        return r;
}

/* One row of each conversation is read before anything is opened: with a cold file most of what a search in many of them waits for. Where a first page is asked
 * for nothing can be too new. */
static int add_tail(struct searching *s, int64_t after, struct unit *unit)
{
        int r;

        unit->kind = TAIL;
        r = tail_time(s, QUERY_words_tail_newest, unit->thread, after, &unit->newest);
        if (r <= 0)
                return r;
        unit->oldest = INT64_MIN;
        if (s->before.sent < INT64_MAX && unit->newest > s->before.sent)
                r = tail_time(s, QUERY_words_tail_oldest, unit->thread, after, &unit->oldest);
        return r < 0 ? r : add_unit(s, unit);
}

static int add_late(struct searching *s, int64_t first_seq, struct unit *unit)
{
        _cleanup_(query_endp) struct query *q = query(s->tx, QUERY_words_late_times);
        int r;

        unit->kind = LATE;
        query_int(q, unit->thread);
        query_int(q, first_seq);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        if (query_is_null(q, 0))
                return 0;
        unit->oldest = query_get_int(q, 0);
        unit->newest = query_get_int(q, 1);
        return add_unit(s, unit);
}

/* Blocks that end before first_seq are left alone. *packed: up to where there are blocks. */
static int add_blocks(struct searching *s, int64_t thread, int64_t first_seq, int64_t *packed)
{
        _cleanup_(query_endp) struct query *q = query(s->tx, QUERY_words_of_thread);
        int r;

        *packed = 0;
        query_int(q, thread);
        while ((r = query_row(q)) > 0) {
                struct unit unit = {
                        .kind = BLOCK, .thread = thread, .first_seq = first_seq, .id = query_get_int(q, 0), .n = query_get_int(q, 1),
                        .oldest = query_get_int(q, 3), .newest = query_get_int(q, 4),
                };

                *packed = query_get_int(q, 2);
                if (*packed < first_seq)
                        continue;
                r = add_unit(s, &unit);
                if (r < 0)
                        return r;
        }
        return r;
}

static int add_thread(struct searching *s, int64_t thread, int64_t first_seq)
{
        struct unit unit = { .thread = thread, .first_seq = first_seq };
        int64_t packed;
        int r;

        r = add_blocks(s, thread, first_seq, &packed);
        if (r < 0)
                return r;
        unit.n = packed < first_seq ? first_seq : packed + 1;
        r = add_tail(s, unit.n - 1, &unit);
        if (r < 0 || packed == 0)
                return r;
        return add_late(s, first_seq, &unit);
}

static int compare_units(const void *a, const void *b)
{
        const struct unit *x = a, *y = b;

        return x->newest > y->newest ? -1 : x->newest < y->newest;
}

/* The conversations this person is in, or only that one. */
static int find_threads(struct searching *s, int64_t person, int64_t thread)
{
        int r;

        r = member_subscriptions(s->tx, s->a, person, &s->in, &s->in_n);
        if (r < 0 || thread < 0)
                return r;
        for (size_t i = 0; i < s->in_n; i++) {
                if (s->in[i].thread == thread) {
                        s->in += i;
                        s->in_n = 1;
                        return 0;
                }
        }
        return -ENOENT;
}

/* Looks at the conversations up to the n-th. */
static int find_units(struct searching *s, size_t n)
{
        int r = 0;

        for (; s->looked < n && s->looked < s->in_n && r >= 0; s->looked++)
                r = add_thread(s, s->in[s->looked].thread, s->in[s->looked].sight.first_seq);
        return r;
}

/* ---- candidates */

static int add_candidate(struct searching *s, int64_t sent, int64_t seq, int64_t n)
{
        struct candidate c = { { sent, s->opening.thread, seq }, n };

        if (seq < s->opening.first_seq || compare_places(&c.at, &s->before) >= 0)
                return 0;
        return candidates_add(&s->candidates, &c);
}

static bool has_hash(const struct wrapped *w, uint32_t hash)
{
        for (size_t i = 0; i < w->hashes_n; i++)
                if (words_hash_at(w, i) == hash)
                        return true;
        return false;
}

static int look_at_text(void *arg, const struct text_in *text)
{
        struct searching *s = arg;

        for (size_t i = 0; text->inside.folded && i < s->words.n; i++)
                if (!has_hash(&text->inside, s->hashes[i]))
                        return 0;
        return add_candidate(s, text->sent_ms, text->seq, text->n);
}

static int look_into_block(struct searching *s)
{
        _cleanup_(arena_done) struct arena a = ARENA(ONE_BLOCK_MAX);
        struct block_text texts[BLOCK_TEXTS_MAX];
        size_t n, bytes_n;
        char *bytes;
        int r;

        r = words_open_block(s->tx, &a, s->opening.id, s->opening.thread, s->opening.n, &bytes, &bytes_n);
        if (r >= 0)
                r = block_find(bytes, bytes_n, s->hashes, s->words.n, texts, &n);
        if (r < 0)
                return r == -EBADMSG ? -EUCLEAN : r;
        for (size_t i = 0; i < n && r >= 0; i++)
                r = add_candidate(s, texts[i].sent_ms, texts[i].seq, texts[i].n);
        return r;
}

static int open_unit(struct searching *s, const struct unit *unit)
{
        unsigned char key[WORD_KEY];
        int r;

        s->opening = *unit;
        r = seal_word_key(s->tx, unit->thread, key);
        if (r < 0)
                return r;
        for (size_t i = 0; i < s->words.n; i++)
                s->hashes[i] = words_hash(key, s->words.list[i]->folded, s->words.list[i]->n);
        secret_wipe(key, sizeof(key));
        switch (unit->kind) {
        case BLOCK:
                return look_into_block(s);
        case TAIL:
                return texts_from(s->tx, unit->thread, unit->n, look_at_text, s);
        case LATE:
                return texts_late(s->tx, unit->thread, unit->first_seq, look_at_text, s);
        }
        return -EINVAL;
}

/* ---- hits */

static int add_hit(struct searching *s, const struct candidate *c, const struct message_shape *m, const struct version_shape *v,
                   const struct many_place *places)
{
        const char *body = v ? v->body : m->body, *language = v ? v->language : m->language;

        s->hits[s->hits_n++] = (struct hit_shape){
                .thread = c->at.thread,
                .seq = m->seq,
                .sender = m->sender,
                .sent = m->sent,
                .n = v ? v->n : -1,
                .origin = v ? v->origin : 0,
                .author = v ? v->author : -1,
                .language = arena_copy(s->a, language, strlen(language)),
                .direction = v ? v->direction : m->direction,
                .body = arena_copy(s->a, body, strlen(body)),
                .places = *places,
        };
        s->bytes += strlen(body);
        return arena_failed(s->a);
}

static const struct version_shape *version_of(const struct message_shape *m, int64_t n)
{
        for (size_t i = 0; i < m->versions.n; i++)
                if (m->versions.items[i].n == n)
                        return &m->versions.items[i];
        return NULL;
}

/* Opens the message and looks whether it is so. */
static int look_at(struct searching *s, const struct candidate *c)
{
        const struct place_in_time last = s->hits_n > 0 ? (struct place_in_time){ s->hits[s->hits_n - 1].sent, s->hits[s->hits_n - 1].thread,
                                                                                 s->hits[s->hits_n - 1].seq } : (struct place_in_time){ 0 };
        _cleanup_(arena_done) struct arena a = ARENA(ONE_MESSAGE_MAX);
        const struct version_shape *v;
        struct message_shape *m;
        struct many_place places;
        const char *text;
        int r;

        if (compare_places(&last, &c->at) == 0) /* found already, by another of its texts */
                return 0;
        r = message_load(s->tx, &a, c->at.thread, c->at.seq, &m);
        if (r < 0)
                return r == -ENOENT ? 0 : r;
        v = version_of(m, c->n);
        if (!search_is_shown(m, c->n))
                return 0;
        text = v ? v->body : m->body;
        if (!text)
                return 0;
        r = search_match(&s->words, text, s->a, SEARCH_PLACES_MAX, &places);
        return r <= 0 ? r : add_hit(s, c, m, v, &places);
}

/* ---- all of it */

/* There may be more, before this. */
static int more(struct searching *s, const struct place_in_time *before, struct found_shape *ret)
{
        char text[CURSOR_MAX + 1];

        cursor_write(before, text);
        ret->more = true;
        ret->next = arena_copy(s->a, text, strlen(text));
        return arena_failed(s->a);
}

static bool is_late(const struct searching *s)
{
        return clock_mono_ms() >= s->deadline;
}

/* Looks at every candidate that is newer than all that is not open yet. 1: the answer is full or time is up, and ret says where it goes on. */
static int settle(struct searching *s, int64_t frontier, struct found_shape *ret)
{
        const struct candidates *left = &s->candidates;
        int r;

        while (left->n > 0 && left->heap[0].at.sent > frontier) {
                struct candidate c = candidates_take(&s->candidates);

                r = look_at(s, &c);
                if (r < 0)
                        return r;
                if (s->hits_n > s->limit) {
                        const struct hit_shape *last = &s->hits[--s->hits_n - 1];

                        r = more(s, &(struct place_in_time){ last->sent, last->thread, last->seq }, ret);
                        return r < 0 ? r : 1;
                }
                if (left->n > 0 && compare_places(&left->heap[0].at, &c.at) == 0)
                        continue;
                if (s->bytes >= SEARCH_BYTES || is_late(s)) {
                        r = more(s, &c.at, ret);
                        return r < 0 ? r : 1;
                }
        }
        return 0;
}

static int run(struct searching *s, struct found_shape *ret)
{
        int r;

        r = find_units(s, s->in_n);
        if (r < 0)
                return r;
        if (s->units_n > 0)
                qsort(s->units, s->units_n, sizeof(*s->units), compare_units);
        for (size_t i = 0;; i++) {
                int64_t frontier = i < s->units_n ? s->units[i].newest : INT64_MIN;

                r = settle(s, frontier, ret);
                if (r != 0)
                        return r < 0 ? r : 0;
                if (i == s->units_n)
                        return 0;
                /* It goes on from a place below the one it began with, or it would never end. */
                if (is_late(s) && frontier + 1 < s->before.sent)
                        return more(s, &(struct place_in_time){ .sent = frontier + 1 }, ret);
                r = open_unit(s, &s->units[i]);
                if (r < 0 && r != -EKEYREVOKED && r != -ENOKEY)
                        return r;
        }
}

struct running {
        struct searching *s;
        struct found_shape *found;
};

/* Part 0 searches, the others read ahead of it. */
static int run_part(void *arg, size_t part, struct tx *tx)
{
        struct running *running = arg;
        struct searching *s = running->s;
        int r;

        if (part > 0) {
                ahead_read(&s->ahead, tx);
                return 0;
        }
        r = run(s, running->found);
        atomic_store(&s->ahead.over, true);
        return r;
}

/* Whether the first conversations took as long as they do where the disk has to be asked. */
static int is_cold(struct searching *s, int64_t cold_ms)
{
        int64_t began = clock_mono_ms();
        int r;

        r = find_units(s, COLD_THREADS);
        return r < 0 ? r : s->looked < s->in_n && clock_mono_ms() - began >= cold_ms;
}

int search(struct tx *tx, struct arena *a, const struct viewer *viewer, const struct search_query *query, struct found_shape *ret)
{
        _cleanup_(searching_done) struct searching s = { .tx = tx, .a = a, .limit = (size_t)query->limit };
        struct found_shape found = { .hits = { .given = true } };
        int r;

        s.deadline = clock_mono_ms() + query->time_ms;
        r = cursor_read(query->before, &s.before);
        if (r >= 0)
                r = search_words_read(query->text, &s.words);
        if (r < 0)
                return r;
        s.hits = arena_get(a, (s.limit + 1) * sizeof(*s.hits));
        if (!s.hits)
                return arena_failed(a);
        r = find_threads(&s, viewer->person, query->thread);
        if (r >= 0)
                r = is_cold(&s, query->cold_ms);
        if (r < 0)
                return r;
        s.ahead.in = s.in;
        atomic_init(&s.ahead.left, s.in_n);
        r = spread(tx, r > 0 ? spread_width(tx) : 1, run_part, &(struct running){ &s, &found });
        if (r < 0)
                return r;
        found.hits.items = s.hits;
        found.hits.n = s.hits_n;
        *ret = found;
        return 0;
}
