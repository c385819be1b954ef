#include "cmd/tell.h"

#include "chat/member.h"
#include "chat/story.h"

#include <errno.h>

enum { EVENT_CAP = 4 * 1024 * 1024 };

static int word_for(struct tx *tx, struct arena *a, const struct event *e, const struct viewer *viewer, struct frame **ret)
{
        _cleanup_(buf_done) struct buf out = BUF(EVENT_CAP);
        int r;

        r = story_tell(tx, a, e, viewer, NULL, &out);
        if (r == -ENOENT)
                return 0;
        if (r < 0)
                return r;
        if (buf_failed(&out))
                return buf_failed(&out);
        *ret = frame_new(out.data, out.len);
        return *ret ? 0 : -ENOMEM;
}

/* Who may see later messages only is told to fetch the thread, where the wording names earlier ones. */
static int word_for_late(struct tx *tx, struct arena *a, const struct event *e, struct live_event *ret)
{
        _cleanup_(buf_done) struct buf out = BUF(EVENT_CAP);
        int r;

        r = story_needs_from(tx, a, e->thread, &ret->late_from);
        if (r < 0)
                return r;
        story_tell_fetch(e, &out);
        if (buf_failed(&out))
                return buf_failed(&out);
        ret->late = frame_new(out.data, out.len);
        return ret->late ? 0 : -ENOMEM;
}

/* Who came later than what the wording tells of is told to fetch the thread, too. */
static int word_for_later(struct tx *tx, struct arena *a, const struct event *e, struct live_event *ret)
{
        _cleanup_(buf_done) struct buf out = BUF(EVENT_CAP);
        int r;

        r = story_moment(tx, a, e, &ret->moment_ms);
        if (r < 0 || ret->moment_ms == INT64_MAX)
                return r;
        ret->late_from = INT64_MAX;
        story_tell_fetch(e, &out);
        if (buf_failed(&out))
                return buf_failed(&out);
        ret->late = frame_new(out.data, out.len);
        return ret->late ? 0 : -ENOMEM;
}

static int find_turn(struct tx *tx, const struct event *e, struct live_event *ret)
{
        struct membership m;
        int r;

        r = member_now(tx, e->thread, e->person, &m);
        if (r < 0 && r != -ENOENT)
                return r;
        ret->turn = r == -ENOENT ? TURN_OUT : TURN_IN;
        if (r >= 0)
                ret->sight = m.sight;
        return 0;
}

static int tell_event(struct tx *tx, struct arena *a, const struct event *e, struct live_event *ret)
{
        struct viewer school = { .marks = true }, family = { .family = true }, self = { .person = e->person, .family = true };
        enum event_audience audience = event_audience(e->kind);
        int r;

        *ret = (struct live_event){ .id = e->id, .thread = e->thread, .person = e->person, .level = event_level(e->kind) };
        if (audience == TO_READERS)
                ret->note = e->n;
        if (e->kind == EVENT_MESSAGE || e->kind == EVENT_REPLY)
                ret->seq = e->seq;
        if (e->kind == EVENT_GONE)
                ret->turn = TURN_GONE;
        if (e->kind == EVENT_MEMBER) {
                r = find_turn(tx, e, ret);
                if (r < 0)
                        return r;
        }
        if (audience == TO_SELF)
                return word_for(tx, a, e, &self, &ret->self);
        r = e->kind == EVENT_MEMBER || e->kind == EVENT_CONSENT ? word_for_later(tx, a, e, ret) : 0;
        if (r >= 0)
                r = word_for(tx, a, e, &school, &ret->school);
        if (r >= 0 && e->kind == EVENT_NEEDS)
                r = word_for_late(tx, a, e, ret);
        if (r < 0 || audience == TO_SCHOOL || audience == TO_READERS)
                return r;
        if (!story_differs_by_viewer(e->kind)) {
                if (audience == TO_ALL)
                        ret->family = frame_ref(ret->school);
                else
                        ret->self = frame_ref(ret->school);
                return 0;
        }
        r = word_for(tx, a, e, &family, &ret->family);
        return r < 0 ? r : word_for(tx, a, e, &self, &ret->self);
}

int tell_events(struct tx *tx, struct arena *a, const struct event_list *made, struct live_event **ret, size_t *n)
{
        struct live_event *told;
        int r = 0;

        if (made->n == 0)
                return 0;
        told = calloc(made->n, sizeof(*told));
        if (!told)
                return -ENOMEM;
        for (size_t i = 0; r >= 0 && i < made->n; i++)
                r = tell_event(tx, a, &made->items[i], &told[i]);
        if (r < 0) {
                for (size_t i = 0; i < made->n; i++)
                        live_event_done(&told[i]);
                free(told);
                return r;
        }
        *ret = told;
        *n = made->n;
        return 0;
}
