#include "chat/rights/reach.h"

#include "base/clock.h"
#include "chat/event.h"
#include "chat/message.h"
#include "chat/note.h"
#include "store/query.h"

#include <errno.h>

enum { OVER_MAX = 100 };

/* The first row's first column of a query of two numbers. -ENOENT: no row. */
static int ask(struct tx *tx, enum query_id id, int64_t a, int64_t b, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, id);
        int r;

        query_int(q, a);
        query_int(q, b);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = query_get_int(q, 0);
        return 0;
}

static int note_from(struct tx *tx, int64_t thread, int64_t seq, int64_t *ret)
{
        int64_t sent;
        int r;

        r = ask(tx, QUERY_message_sent_at, thread, seq, &sent);
        return r < 0 ? r : note_since(tx, thread, sent, ret);
}

int reach_first(struct tx *tx, const struct member_draft *draft, int64_t last, int64_t *first_seq, int64_t *first_note)
{
        int64_t seq = last + 1, note;
        int r;

        /* All that somebody sees who came a moment ago is what is still to be said. */
        if (draft->from_seq > 0 && !(draft->reach == REACH_ALL && draft->from_seq > last)) {
                seq = draft->from_seq;
                r = note_from(tx, draft->thread, seq, &note);
        } else if (draft->reach == REACH_ALL && draft->from_seq == 0) {
                seq = note = 1;
                r = 0;
        } else {
                r = note_next(tx, &note);
        }
        if (r < 0)
                return r;
        *first_seq = seq;
        *first_note = note < draft->from_note ? draft->from_note : note;
        return 0;
}

int reach_left_off(struct tx *tx, int64_t thread, int64_t person, int64_t *from_seq)
{
        _cleanup_(query_endp) struct query *q = NULL;
        int64_t last;
        int r;

        r = message_last_seq(tx, thread, &last);
        if (r < 0)
                return r;
        q = query(tx, QUERY_member_left_off);
        query_int(q, thread);
        query_int(q, person);
        query_int(q, last);
        r = query_row(q);
        if (r < 0)
                return r;
        *from_seq = r > 0 && query_get_int(q, 0) <= last ? query_get_int(q, 0) : 0;
        return 0;
}

int reach_end_of(struct tx *tx, int64_t thread, int64_t id, int64_t *at_ms, int64_t *last_seq)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_member_get);
        int64_t now = clock_now_ms(), ends;
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        ends = query_get_maybe(q, 13);
        if (ends < 0 || ends > now) {
                *at_ms = now;
                return message_last_seq(tx, thread, last_seq);
        }
        *at_ms = ends;
        return ask(tx, QUERY_message_seq_at, thread, ends, last_seq);
}

static int add_event(struct tx *tx, struct event_list *made, int64_t thread, int64_t person, int64_t id)
{
        int64_t e = event_add(tx, made, (struct event){ .kind = EVENT_MEMBER, .thread = thread, .person = person, .n = id });

        return e < 0 ? (int)e : 0;
}

int member_widen(struct tx *tx, struct event_list *made, int64_t thread, int64_t person, int64_t first_seq, const struct sight *by)
{
        struct membership them;
        struct query *q;
        int64_t note;
        int r;

        r = member_now(tx, thread, person, &them);
        if (r < 0)
                return r;
        if (by && !sight_has_message(by, first_seq))
                return -ENOENT;
        if (first_seq <= 1) {
                first_seq = note = 1;
        } else {
                r = note_from(tx, thread, first_seq, &note);
                if (r < 0)
                        return r;
        }
        if (by && note < by->first_note)
                note = by->first_note;
        if (first_seq >= them.sight.first_seq && note >= them.sight.first_note)
                return 0;
        q = query(tx, QUERY_member_widen);
        query_int(q, first_seq);
        query_int(q, note);
        query_int(q, them.id);
        r = query_run(q);
        return r < 0 ? r : add_event(tx, made, thread, person, them.id);
}

int member_set_end(struct tx *tx, struct event_list *made, int64_t thread, int64_t person, int64_t id, int64_t ends_ms)
{
        struct query *q = query(tx, QUERY_member_set_end);
        int r;

        query_maybe(q, ends_ms > 0 ? ends_ms : -1);
        query_int(q, id);
        r = query_run(q);
        return r < 0 ? r : add_event(tx, made, thread, person, id);
}

int member_end_over(struct tx *tx, struct event_list *made, int64_t thread, int64_t person)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_member_over);
        int64_t id;
        int r;

        query_int(q, thread);
        query_int(q, person);
        query_int(q, clock_now_ms());
        r = query_row(q);
        if (r <= 0)
                return r;
        id = query_get_int(q, 0);
        query_end(q);
        return member_end(tx, made, thread, person, id);
}

static int end_some(struct tx *tx, struct event_list *made, int64_t now)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_member_all_over);
        struct {
                int64_t id, thread, person;
        } over[OVER_MAX];
        int n = 0, r;

        query_int(q, now);
        query_int(q, OVER_MAX);
        for (; (r = query_row(q)) > 0 && n < OVER_MAX; n++) {
                over[n].id = query_get_int(q, 0);
                over[n].thread = query_get_int(q, 1);
                over[n].person = query_get_int(q, 2);
        }
        query_end(q);
        for (int i = 0; r >= 0 && i < n; i++)
                r = member_end(tx, made, over[i].thread, over[i].person, over[i].id);
        return r < 0 ? r : 0;
}

int member_end_all_over(struct tx *tx, struct event_list *made, int64_t *next_ms)
{
        _cleanup_(query_endp) struct query *q = NULL;
        int64_t next;
        int r;

        r = end_some(tx, made, clock_now_ms());
        if (r < 0)
                return r;
        q = query(tx, QUERY_member_next_end);
        r = query_row(q);
        if (r < 0)
                return r;
        next = r > 0 ? query_get_maybe(q, 0) : -1;
        *next_ms = next < 0 ? INT64_MAX : next;
        return 0;
}
