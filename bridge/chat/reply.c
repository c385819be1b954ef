#include "chat/reply.h"

#include "base/clock.h"
#include "chat/event.h"
#include "chat/message.h"
#include "store/query.h"

#include <errno.h>

static bool waits_for_school(enum answer answer)
{
        return answer == ANSWER_NOT_UNDERSTOOD || answer == ANSWER_CALL_ME;
}

static int add_needs_event(struct tx *tx, struct event_list *made, int64_t thread)
{
        int64_t e = event_add(tx, made, (struct event){ .kind = EVENT_NEEDS, .thread = thread });

        return e < 0 ? (int)e : 0;
}

static int get(struct tx *tx, int64_t thread, int64_t seq, int64_t person, struct reply_shape *ret, bool *waits)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_reply_get);
        int r;

        query_int(q, thread);
        query_int(q, seq);
        query_int(q, person);
        r = query_row(q);
        if (r < 0)
                return r;
        *ret = (struct reply_shape){ .seq = seq, .person = person, .answer = ANSWER_NONE };
        *waits = false;
        if (r > 0) {
                ret->answer = (enum answer)query_get_word(q, 0, &words_answer);
                ret->at = query_get_int(q, 1);
                *waits = query_get_int(q, 2);
        }
        return 0;
}

int reply_load(struct tx *tx, int64_t thread, int64_t seq, int64_t person, struct reply_shape *ret)
{
        bool waits;

        return get(tx, thread, seq, person, ret, &waits);
}

static int put(struct tx *tx, int64_t thread, int64_t seq, int64_t person, enum answer answer, int64_t at_ms)
{
        struct query *q;

        if (answer == ANSWER_NONE) {
                q = query(tx, QUERY_reply_delete);
                query_int(q, thread);
                query_int(q, seq);
                query_int(q, person);
                return query_run(q);
        }
        q = query(tx, QUERY_reply_put);
        query_int(q, thread);
        query_int(q, seq);
        query_int(q, person);
        query_word(q, &words_answer, (int)answer);
        query_int(q, at_ms ?: clock_now_ms());
        query_int(q, waits_for_school(answer));
        return query_run(q);
}

int reply_set(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq, int64_t person, enum answer answer, int64_t at_ms)
{
        struct reply_shape before;
        bool waited;
        int64_t e;
        int r;

        r = get(tx, thread, seq, person, &before, &waited);
        if (r < 0)
                return r;
        /* The same tap again asks again once the first was dealt with; until then it says nothing new. */
        if (before.answer == answer && waited == waits_for_school(answer))
                return 0;
        r = put(tx, thread, seq, person, answer, at_ms);
        if (r < 0)
                return r;
        e = event_add(tx, made, (struct event){ .kind = EVENT_REPLY, .thread = thread, .seq = seq, .person = person });
        if (e < 0)
                return (int)e;
        return waited || waits_for_school(answer) ? add_needs_event(tx, made, thread) : 0;
}

int reply_school_spoke(struct tx *tx, struct event_list *made, int64_t thread)
{
        struct query *q = query(tx, QUERY_reply_settle);
        int r;

        query_int(q, thread);
        query_word(q, &words_answer, ANSWER_NOT_UNDERSTOOD);
        r = query_run(q);
        if (r < 0 || query_changes(q) == 0)
                return r;
        return add_needs_event(tx, made, thread);
}

int reply_handled_seq(struct tx *tx, int64_t thread, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_thread_get);
        int r;

        query_int(q, thread);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = query_get_int(q, 1);
        return 0;
}

static int set_handled_seq(struct tx *tx, int64_t thread, int64_t seq)
{
        struct query *q = query(tx, QUERY_thread_set_handled);

        query_int(q, seq);
        query_int(q, thread);
        return query_run(q);
}

int reply_handled(struct tx *tx, struct event_list *made, int64_t thread)
{
        struct query *q;
        int64_t last;
        int r;

        r = message_last_seq(tx, thread, &last);
        if (r < 0)
                return r;
        r = set_handled_seq(tx, thread, last);
        if (r < 0)
                return r;
        q = query(tx, QUERY_reply_settle_all);
        query_int(q, thread);
        r = query_run(q);
        return r < 0 ? r : add_needs_event(tx, made, thread);
}

int reply_load_range(struct tx *tx, struct arena *a, int64_t thread, int64_t from, int64_t to, int64_t person, struct many_reply *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_reply_between);
        struct reply_shape *items = NULL;
        size_t n = 0, room = 0;
        int r;

        query_int(q, thread);
        query_int(q, from);
        query_int(q, to);
        query_int(q, person);
        while ((r = query_row(q)) > 0) {
                items = arena_grow(a, items, n, &room, sizeof(*items));
                if (!items)
                        return arena_failed(a);
                items[n++] = (struct reply_shape){
                        .seq = query_get_int(q, 0),
                        .person = query_get_int(q, 1),
                        .answer = (enum answer)query_get_word(q, 2, &words_answer),
                        .at = query_get_int(q, 3),
                };
        }
        *ret = (struct many_reply){ items, n, true };
        return r;
}

/* What no machine could do, or may do by itself, of messages behind those that have been dealt with. */
static int add_missing(struct tx *tx, struct arena *a, int64_t thread, int64_t upto, int64_t first_seq, struct need_shape **items, size_t *n, size_t *room)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_request_needs);
        int r;

        query_int(q, thread);
        query_int(q, upto);
        query_int(q, first_seq);
        while ((r = query_row(q)) > 0) {
                *items = arena_grow(a, *items, *n, room, sizeof(**items));
                if (!*items)
                        return arena_failed(a);
                (*items)[(*n)++] = (struct need_shape){
                        .seq = query_get_int(q, 0),
                        .person = -1,
                        .language = arena_copy(a, query_get_text(q, 1), query_get_bytes(q, 1)),
                        .state = (enum request_state)query_get_word(q, 2, &words_request_state),
                        .reason = (enum request_reason)query_get_word(q, 3, &words_request_reason),
                        .at = query_get_int(q, 4),
                };
        }
        return r < 0 ? r : arena_failed(a);
}

int reply_needs(struct tx *tx, struct arena *a, int64_t thread, int64_t first_seq, struct many_need *ret, int64_t *handled)
{
        _cleanup_(query_endp) struct query *q = NULL;
        struct need_shape *items = NULL;
        size_t n = 0, room = 0;
        int64_t upto;
        int r;

        r = reply_handled_seq(tx, thread, &upto);
        if (r < 0)
                return r;
        q = query(tx, QUERY_reply_waiting);

        query_int(q, thread);
        query_int(q, first_seq);
        while ((r = query_row(q)) > 0) {
                items = arena_grow(a, items, n, &room, sizeof(*items));
                if (!items)
                        return arena_failed(a);
                items[n++] = (struct need_shape){
                        .seq = query_get_int(q, 0),
                        .person = query_get_int(q, 1),
                        .answer = (enum answer)query_get_word(q, 2, &words_answer),
                        .at = query_get_int(q, 3),
                };
        }
        if (r < 0)
                return r;
        r = add_missing(tx, a, thread, upto, first_seq, &items, &n, &room);
        if (r < 0)
                return r;
        *ret = (struct many_need){ items, n, true };
        *handled = upto < first_seq - 1 ? first_seq - 1 : upto;
        return 0;
}
