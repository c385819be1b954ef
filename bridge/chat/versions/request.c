#include "chat/versions/request.h"

#include "base/clock.h"
#include "chat/event.h"
#include "chat/message.h"
#include "chat/rights/consent.h"
#include "chat/version.h"
#include "chat/versions/glossary.h"
#include "chat/versions/held.h"
#include "chat/versions/request_inside.h"
#include "store/query.h"
#include "text/piece.h"
#include "text/text.h"

#include <errno.h>

enum {
        TAKE_ROWS = 200,    /* looked at for one that can be taken */
        GAINED_ROWS = 2000, /* looked at in one go for pairs that were gained */
        GAINED_MAX = 100,   /* that wait again in one go */
};

/* ---- rows */

/* -ENOENT: there is none. */
static int get(struct tx *tx, const struct request *request, int64_t *source, enum request_state *state)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_request_get);
        int r;

        query_int(q, request->thread);
        query_int(q, request->seq);
        query_text(q, request->language);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *source = query_get_int(q, 0);
        *state = (enum request_state)query_get_word(q, 1, &words_request_state);
        return 0;
}

static int set(struct tx *tx, const struct request *request, enum request_state state, enum request_reason reason, int64_t due_ms)
{
        struct query *q = query(tx, QUERY_request_set);

        query_word(q, &words_request_state, (int)state);
        query_word(q, &words_request_reason, (int)reason);
        query_int(q, request->tries);
        query_int(q, due_ms);
        query_int(q, request->source);
        query_int(q, request->thread);
        query_int(q, request->seq);
        query_text(q, request->language);
        return query_run(q);
}

static int over(struct tx *tx, const struct request *request)
{
        struct query *q = query(tx, QUERY_request_over);

        query_int(q, request->thread);
        query_int(q, request->seq);
        query_text(q, request->language);
        return query_run(q);
}

/* What failed and what is held is on the school's list of what waits (chat/reply.h). */
static int tell_needs(struct tx *tx, struct event_list *made, int64_t thread)
{
        int64_t e = event_add(tx, made, (struct event){ .kind = EVENT_NEEDS, .thread = thread });

        return e < 0 ? (int)e : 0;
}

static bool is_needed(enum request_state state)
{
        return state == REQUEST_FAILED || state == REQUEST_HELD;
}

/* Everybody in the conversation is told. */
static int end_as(struct tx *tx, struct event_list *made, const struct request *request, enum request_state state, enum request_reason reason)
{
        int r = set(tx, request, state, reason, 0);

        if (r >= 0)
                r = message_touch(tx, made, request->thread, request->seq);
        return r < 0 ? r : tell_needs(tx, made, request->thread);
}

/* ---- making them */

int request_seen(struct tx *tx, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_request_seen);
        int r = query_row(q);

        if (r < 0)
                return r;
        *ret = r > 0 ? query_get_int(q, 0) : -1;
        return 0;
}

int request_set_seen(struct tx *tx, int64_t event)
{
        struct query *q = query(tx, QUERY_request_set_seen);

        query_int(q, event);
        return query_run(q);
}

static int count_waiting(struct tx *tx, int64_t thread, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_request_count_waiting);
        int r;

        query_int(q, thread);
        query_int(q, REQUEST_QUEUE);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        *ret = query_get_int(q, 0);
        return 0;
}

/* 1: it waits now; 0: it stays as it is. */
static int put(struct tx *tx, struct event_list *made, const struct request *request)
{
        enum request_state was;
        struct query *q;
        int64_t source;
        bool needed;
        int r;

        r = get(tx, request, &source, &was);
        if (r < 0 && r != -ENOENT)
                return r;
        needed = r >= 0 && is_needed(was);
        q = query(tx, QUERY_request_add);
        query_int(q, request->thread);
        query_int(q, request->seq);
        query_text(q, request->language);
        query_int(q, request->source);
        query_int(q, clock_now_ms());
        r = query_run(q);
        if (r < 0 || query_changes(q) == 0)
                return r;
        r = needed ? tell_needs(tx, made, request->thread) : 0;
        return r < 0 ? r : 1;
}

static int forget_unread(struct tx *tx, struct event_list *made, const struct request *request)
{
        enum request_state was;
        int64_t source;
        int r;

        r = get(tx, request, &source, &was);
        if (r < 0)
                return r == -ENOENT ? 0 : r;
        r = over(tx, request);
        if (r >= 0)
                r = held_drop(tx, request->thread, request->seq, request->language);
        if (r < 0 || !is_needed(was))
                return r;
        r = message_touch(tx, made, request->thread, request->seq);
        return r < 0 ? r : tell_needs(tx, made, request->thread);
}

int request_add(struct tx *tx, struct event_list *made, const struct request *list, size_t n, size_t *added)
{
        int64_t waiting_now = 0;
        size_t count = 0;
        int r = 0;

        for (size_t i = 0; i < n; i++) {
                if (i == 0 || list[i].thread != list[i - 1].thread)
                        r = count_waiting(tx, list[i].thread, &waiting_now);
                if (r >= 0)
                        r = list[i].unread ? forget_unread(tx, made, &list[i]) : put(tx, made, &list[i]);
                if (r > 0 && waiting_now >= REQUEST_QUEUE) {
                        r = end_as(tx, made, &list[i], REQUEST_FAILED, MISSED_TOO_MUCH);
                } else if (r > 0) {
                        waiting_now++;
                        count++;
                }
                if (r < 0)
                        return r;
        }
        *added = count;
        return 0;
}

int request_reset(struct tx *tx)
{
        return query_run(query(tx, QUERY_request_reset));
}

int request_forget(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_request_of_message);
        bool needed = false;
        struct query *forget;
        int r;

        query_int(q, thread);
        query_int(q, seq);
        while ((r = query_row(q)) > 0)
                needed = needed || is_needed((enum request_state)query_get_word(q, 1, &words_request_state));
        if (r < 0)
                return r;
        forget = query(tx, QUERY_request_forget);
        query_int(forget, thread);
        query_int(forget, seq);
        r = query_run(forget);
        if (r >= 0)
                r = held_forget(tx, thread, seq);
        return r < 0 || !needed ? r : tell_needs(tx, made, thread);
}

int request_covered(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq, const char *language)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_request_of_message);
        struct request same = { .thread = thread, .seq = seq };
        bool found = false, needed = false;
        int r = 0;

        query_int(q, thread);
        query_int(q, seq);
        while (!found && (r = query_row(q)) > 0) {
                found = language_same(query_get_text(q, 0), language);
                needed = is_needed((enum request_state)query_get_word(q, 1, &words_request_state));
                snprintf(same.language, sizeof(same.language), "%s", query_get_text(q, 0));
        }
        query_end(q);
        if (!found)
                return r;
        r = over(tx, &same);
        if (r >= 0)
                r = held_drop(tx, thread, seq, same.language);
        return r < 0 || !needed ? r : tell_needs(tx, made, thread);
}

/* ---- taking them */

/* Whether it is still to be done, as it is now: with *m, and the newest text as its source. 1; 0: no. */
static int is_wanted(struct tx *tx, struct request *request, struct request_message *m)
{
        int r;

        r = consent_stands(tx, request->thread, CONSENT_KIND_MACHINE, 0);
        if (r <= 0)
                return r;
        r = request_message_get(tx, request->thread, request->seq, m);
        if (r < 0)
                return r == -ENOENT || r == -ENODATA ? 0 : r;
        request->source = m->source;
        r = request_is_covered(tx, request->thread, request->seq, m, request->language);
        return r < 0 ? r : r == 0;
}

/* The text that is put into another language. *ret NULL: it does not open. */
static int open_text(struct tx *tx, struct arena *a, const struct request *request, const char **ret)
{
        struct message_shape *m;
        int r;

        r = message_load(tx, a, request->thread, request->seq, &m);
        if (r < 0)
                return r;
        *ret = request->source == 0 ? m->body : NULL;
        for (size_t i = 0; i < m->versions.n; i++)
                if (m->versions.items[i].n == request->source)
                        *ret = m->versions.items[i].body;
        return 0;
}

/* One row: 1 where it is taken, 0 where the next is to be looked at. */
static int take(struct tx *tx, struct arena *a, struct event_list *made, struct request *request,
                int (*route)(void *arg, const char *from, const char *to, int64_t tries), void *arg, int64_t patience_ms, struct request_taken *ret)
{
        struct request_message m;
        const char *text;
        int to, r;

        r = is_wanted(tx, request, &m);
        if (r <= 0)
                return r < 0 ? r : over(tx, request);
        r = open_text(tx, a, request, &text);
        if (r >= 0)
                r = text ? text_is_wordless(text) : 1;
        if (r != 0)
                return r < 0 ? r : over(tx, request);
        if (clock_now_ms() - request->made_ms > patience_ms)
                return end_as(tx, made, request, REQUEST_FAILED, MISSED_ENGINE);
        to = route(arg, m.language, request->language, request->tries);
        if (to == -EAGAIN)
                return 0;
        if (to < 0)
                return to == -ENOTSUP ? end_as(tx, made, request, REQUEST_FAILED, MISSED_PAIR) : to;
        request->tries++;
        r = set(tx, request, REQUEST_ASKED, 0, 0);
        if (r < 0)
                return r;
        *ret = (struct request_taken){ .request = *request, .text = text, .from = arena_copy(a, m.language, strlen(m.language)), .route = to };
        r = glossary_load(tx, a, request->thread, m.language, request->language, &ret->terms, &ret->terms_n);
        if (r < 0)
                return r;
        return arena_failed(a) ? arena_failed(a) : 1;
}

/* Rows of threads after `from` up to `to`, in their order; they are read first, for taking one changes them. */
static int waiting(struct tx *tx, struct arena *a, int64_t from, int64_t to, struct request **ret, size_t *n)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_request_waiting);
        struct request *list = NULL;
        size_t count = 0, room = 0;
        int r;

        query_int(q, from);
        query_int(q, to);
        query_int(q, clock_now_ms());
        query_int(q, TAKE_ROWS);
        while ((r = query_row(q)) > 0) {
                list = arena_grow(a, list, count, &room, sizeof(*list));
                if (!list)
                        return arena_failed(a);
                list[count] = (struct request){ .thread = query_get_int(q, 0), .seq = query_get_int(q, 1), .source = query_get_int(q, 3),
                                                .tries = query_get_int(q, 4), .made_ms = query_get_int(q, 5) };
                snprintf(list[count++].language, sizeof(list[0].language), "%s", query_get_text(q, 2));
        }
        *ret = list;
        *n = count;
        return r;
}

int request_take(struct tx *tx, struct arena *a, struct event_list *made, int (*route)(void *arg, const char *from, const char *to, int64_t tries), void *arg,
                 int64_t patience_ms, int64_t *turn, struct request_taken *ret)
{
        const int64_t ranges[2][2] = { { *turn, INT64_MAX }, { 0, *turn } };
        struct request *list;
        size_t n;
        int r = 0;

        for (size_t range = 0; range < ELEMENTS(ranges); range++) {
                r = waiting(tx, a, ranges[range][0], ranges[range][1], &list, &n);
                for (size_t i = 0; r >= 0 && i < n; i++) {
                        r = take(tx, a, made, &list[i], route, arg, patience_ms, ret);
                        if (r > 0) {
                                *turn = list[i].thread;
                                return 1;
                        }
                }
                if (r < 0)
                        return r;
                /* None of all that were looked at: the next time from there on, so that those behind them have their turn. */
                if (n == TAKE_ROWS) {
                        *turn = list[n - 1].thread;
                        return 0;
                }
        }
        return 0;
}

/* ---- what comes of them */

/* Whether it is this one that is under way. 1, 0. */
static int is_asked(struct tx *tx, const struct request *request)
{
        enum request_state state;
        int64_t source;
        int r;

        r = get(tx, request, &source, &state);
        if (r < 0)
                return r == -ENOENT ? 0 : r;
        return state == REQUEST_ASKED && source == request->source;
}

/* Holds a machine's answer on a topic that the school marks. 1: it is held; 0. */
static int wait_for_person(struct tx *tx, struct event_list *made, const struct request *request, const char *from, const char *body, const char *engine)
{
        _cleanup_(arena_done) struct arena a = ARENA(4 * 1024 * 1024);
        struct held_draft held = { .thread = request->thread, .seq = request->seq, .language = request->language, .body = body, .engine = engine };
        const char *text;
        int r;

        r = open_text(tx, &a, request, &text);
        if (r < 0 || !text)
                return r;
        r = held_topic(tx, request->thread, request->seq, text, from, &held.topic);
        if (r < 0 || !held.topic)
                return r;
        r = held_put(tx, &held);
        if (r >= 0)
                r = end_as(tx, made, request, REQUEST_HELD, MISSED_SENSITIVE);
        return r < 0 ? r : 1;
}

int request_done(struct tx *tx, struct event_list *made, const struct request *request, const char *body, const char *engine)
{
        struct request now = *request;
        struct request_message m;
        int r;

        r = is_asked(tx, request);
        if (r <= 0)
                return r;
        r = is_wanted(tx, &now, &m);
        if (r < 0)
                return r;
        if (r > 0 && now.source != request->source)
                return set(tx, &now, REQUEST_WAITING, 0, 0);
        if (r == 0)
                return over(tx, request);
        r = wait_for_person(tx, made, request, m.language, body, engine);
        if (r != 0)
                return r < 0 ? r : 0;
        r = over(tx, request);
        if (r >= 0)
                r = version_append(tx, made,
                                   &(struct version_draft){ .thread = request->thread, .seq = request->seq, .body = body, .language = request->language,
                                                            .direction = text_direction(body, request->language), .origin = ORIGIN_MACHINE,
                                                            .engine = engine });
        if (r == -EDQUOT)
                return 0; /* it has as many versions as it may */
        return r < 0 ? r : 1;
}

int request_failed(struct tx *tx, struct event_list *made, const struct request *request, enum request_reason reason)
{
        int r = is_asked(tx, request);

        return r <= 0 ? r : end_as(tx, made, request, REQUEST_FAILED, reason);
}

int request_same(struct tx *tx, const struct request *request)
{
        int r = is_asked(tx, request);

        return r <= 0 ? r : over(tx, request);
}

int request_again(struct tx *tx, const struct request *request, int64_t due_ms, bool counts)
{
        struct request again = *request;
        int r = is_asked(tx, request);

        if (r <= 0)
                return r;
        if (!counts)
                again.tries--;
        return set(tx, &again, REQUEST_WAITING, 0, due_ms);
}

int request_hold(struct tx *tx, struct event_list *made, const struct request *request, enum request_reason reason)
{
        enum request_state state;
        int64_t source;
        int r;

        r = get(tx, request, &source, &state);
        if (r < 0)
                return r;
        return state == REQUEST_WAITING ? end_as(tx, made, request, REQUEST_HELD, reason) : -ENOENT;
}

int request_release(struct tx *tx, struct event_list *made, const struct request *request)
{
        enum request_state state;
        int64_t source;
        int r;

        r = get(tx, request, &source, &state);
        if (r < 0)
                return r;
        return state == REQUEST_HELD ? end_as(tx, made, request, REQUEST_WAITING, 0) : -ENOENT;
}

/* ---- a machine learned */

int request_find_gained(struct tx *tx, struct arena *a, bool (*gained)(void *arg, const char *from, const char *to), void *arg, bool refused,
                        struct request *after, struct request **ret, size_t *n, bool *more)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_request_lacking);
        struct request *list = NULL;
        size_t count = 0, room = 0, looked = 0;
        int r;

        query_int(q, after->thread);
        query_int(q, after->seq);
        query_text(q, after->language);
        query_word(q, &words_request_reason, refused ? MISSED_REFUSED : MISSED_PAIR);
        query_int(q, GAINED_ROWS);
        while (count < GAINED_MAX && (r = query_row(q)) > 0) {
                looked++;
                *after = (struct request){ .thread = query_get_int(q, 0), .seq = query_get_int(q, 1) };
                snprintf(after->language, sizeof(after->language), "%s", query_get_text(q, 2));
                if (!gained(arg, query_get_text(q, 3), after->language))
                        continue;
                list = arena_grow(a, list, count, &room, sizeof(*list));
                if (!list)
                        return arena_failed(a);
                list[count++] = *after;
        }
        *more = count == GAINED_MAX || looked == GAINED_ROWS;
        if (!*more && r < 0)
                return r;
        *ret = list;
        *n = count;
        return 0;
}

int request_revive(struct tx *tx, struct event_list *made, const struct request *list, size_t n)
{
        int r = 0;

        for (size_t i = 0; r >= 0 && i < n; i++) {
                struct query *q = query(tx, QUERY_request_revive);

                query_int(q, list[i].thread);
                query_int(q, list[i].seq);
                query_text(q, list[i].language);
                query_int(q, clock_now_ms());
                r = query_run(q);
                if (r < 0 || query_changes(q) == 0)
                        continue;
                r = message_touch(tx, made, list[i].thread, list[i].seq);
                if (r >= 0)
                        r = tell_needs(tx, made, list[i].thread);
        }
        return r;
}

/* ---- telling them */

int request_load(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, struct many_untranslated *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_request_missing);
        struct untranslated_shape *list = NULL;
        size_t n = 0, room = 0;
        int r;

        query_int(q, thread);
        query_int(q, seq);
        while ((r = query_row(q)) > 0) {
                list = arena_grow(a, list, n, &room, sizeof(*list));
                if (!list)
                        return arena_failed(a);
                list[n++] = (struct untranslated_shape){
                        .language = arena_copy(a, query_get_text(q, 0), query_get_bytes(q, 0)),
                        .state = (enum request_state)query_get_word(q, 1, &words_request_state),
                        .reason = (enum request_reason)query_get_word(q, 2, &words_request_reason),
                };
        }
        if (r < 0)
                return r;
        *ret = (struct many_untranslated){ list, n, n > 0 };
        return arena_failed(a);
}
