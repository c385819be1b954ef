#include "chat/thread.h"

#include "chat/message.h"
#include "chat/note.h"
#include "chat/reply.h"
#include "chat/rights/consent.h"
#include "chat/versions/better.h"
#include "store/query.h"

#include <errno.h>

static int load_pupil(struct tx *tx, struct arena *a, int64_t thread, struct thread_shape *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_thread_get);
        struct pupil_shape *pupil = arena_get(a, sizeof(*pupil));
        struct class_shape *class = arena_get(a, sizeof(*class));
        int r;

        if (!pupil || !class)
                return arena_failed(a);
        query_int(q, thread);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        ret->id = query_get_int(q, 0);
        *pupil = (struct pupil_shape){
                .id = query_get_int(q, 2),
                .name = arena_copy(a, query_get_text(q, 3), query_get_bytes(q, 3)),
                .given = arena_copy(a, query_get_text(q, 4), query_get_bytes(q, 4)),
        };
        if (!query_is_null(q, 5)) {
                *class = (struct class_shape){
                        .id = query_get_int(q, 5),
                        .name = arena_copy(a, query_get_text(q, 6), query_get_bytes(q, 6)),
                        .building = arena_copy(a, query_get_text(q, 7), query_get_bytes(q, 7)),
                };
                pupil->class = class;
        }
        ret->pupil = pupil;
        return arena_failed(a);
}

int thread_pupil_given(struct tx *tx, struct arena *a, int64_t thread, const char **ret)
{
        struct thread_shape t;
        int r;

        r = load_pupil(tx, a, thread, &t);
        if (r >= 0)
                *ret = t.pupil->given;
        return r;
}

int thread_load(struct tx *tx, struct arena *a, int64_t thread, const struct viewer *viewer, struct thread_shape *ret)
{
        struct thread_shape t = { .handled = -1, .notes = -1, .notes_unread = -1 };
        struct viewer here = *viewer;
        struct message_shape *last;
        struct membership me;
        int r;

        r = member_now(tx, thread, viewer->person, &me);
        if (r < 0)
                return r;
        here.from_ms = me.sight.from_ms;
        r = load_pupil(tx, a, thread, &t);
        if (r < 0)
                return r;
        r = member_load_all(tx, a, thread, &here, &t.members);
        if (r < 0)
                return r;
        r = consent_load_all(tx, a, thread, &here, false, &t.consents);
        if (r < 0)
                return r;
        r = message_newest(tx, a, thread, me.first_seq, &last);
        if (r < 0)
                return r;
        t.last = last;
        r = member_unread(tx, thread, viewer->person, me.read_seq, me.first_seq, &t.unread);
        if (r < 0)
                return r;
        if (viewer->marks) {
                r = reply_needs(tx, a, thread, me.first_seq, &t.needs, &t.handled);
                if (r < 0)
                        return r;
        }
        r = better_load(tx, a, thread, viewer->person, 1, &t.better);
        if (r < 0)
                return r;
        if (me.sight.levels) {
                r = note_state(tx, thread, viewer->person, &me, &t.notes, &t.notes_unread);
                if (r < 0)
                        return r;
        }
        *ret = t;
        return 0;
}

int thread_load_all(struct tx *tx, struct arena *a, const struct viewer *viewer, struct many_thread *ret)
{
        struct thread_shape *threads;
        struct subscription *in;
        size_t n;
        int r;

        r = member_subscriptions(tx, a, viewer->person, &in, &n);
        if (r < 0)
                return r;
        threads = arena_get(a, n * sizeof(*threads));
        if (!threads)
                return arena_failed(a);
        for (size_t i = 0; i < n; i++) {
                r = thread_load(tx, a, in[i].thread, viewer, &threads[i]);
                if (r < 0)
                        return r;
        }
        *ret = (struct many_thread){ threads, n, true };
        return 0;
}

int thread_by_pupil(struct tx *tx, const char *pupil_sourced_id, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_thread_by_pupil);
        int r;

        query_text(q, pupil_sourced_id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = query_get_int(q, 0);
        return 0;
}
