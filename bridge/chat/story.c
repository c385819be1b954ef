#include "chat/story.h"

#include "chat/member.h"
#include "chat/message.h"
#include "chat/note.h"
#include "chat/reply.h"
#include "chat/rights/consent.h"
#include "chat/versions/better.h"
#include "proto/shape.h"

#include <errno.h>

bool story_differs_by_viewer(enum event_kind kind)
{
        return kind == EVENT_MEMBER;
}

static int tell_message(struct tx *tx, struct arena *a, const struct event *e, struct buf *out)
{
        const struct message_shape *message = e->fresh;
        struct message_shape *loaded;
        int r;

        if (!message) {
                r = message_load(tx, a, e->thread, e->seq, &loaded);
                if (r < 0)
                        return r;
                message = loaded;
        }
        event_encode(out, &event_message, e->id, e->thread, &(struct message_event_shape){ .message = message });
        return 0;
}

static int tell_member(struct tx *tx, struct arena *a, const struct event *e, const struct viewer *viewer, struct buf *out)
{
        struct member_shape member;
        int r;

        r = member_load(tx, a, e->n, viewer, &member);
        if (r < 0)
                return r;
        event_encode(out, &event_member, e->id, e->thread, &(struct member_event_shape){ .member = &member });
        return 0;
}

static int tell_reply(struct tx *tx, const struct event *e, struct buf *out)
{
        struct reply_shape reply;
        int r;

        r = reply_load(tx, e->thread, e->seq, e->person, &reply);
        if (r < 0)
                return r;
        event_encode(out, &event_reply, e->id, e->thread, &(struct reply_event_shape){ .reply = &reply });
        return 0;
}

static int tell_needs(struct tx *tx, struct arena *a, const struct event *e, const struct sight *sight, struct buf *out)
{
        struct needs_event_shape needs;
        int r;

        r = reply_needs(tx, a, e->thread, sight ? sight->first_seq : 1, &needs.needs, &needs.handled);
        if (r < 0)
                return r;
        event_encode(out, &event_needs, e->id, e->thread, &needs);
        return 0;
}

static int tell_consent(struct tx *tx, struct arena *a, const struct event *e, const struct viewer *viewer, struct buf *out)
{
        struct consent_shape consent;
        int r;

        r = consent_load(tx, a, e->n, viewer, &consent);
        if (r < 0)
                return r;
        event_encode(out, &event_consent, e->id, e->thread, &(struct consent_event_shape){ .consent = &consent });
        return 0;
}

static int tell_better(struct tx *tx, struct arena *a, const struct event *e, struct buf *out)
{
        struct better_event_shape better;
        int r;

        r = better_load(tx, a, e->thread, e->person, 1, &better.better);
        if (r < 0)
                return r;
        event_encode(out, &event_better, e->id, e->thread, &better);
        return 0;
}

static int tell_note(struct tx *tx, struct arena *a, const struct event *e, struct buf *out)
{
        struct note_shape note;
        int r;

        r = note_load(tx, a, e->n, &note);
        if (r < 0)
                return r;
        event_encode(out, &event_note, e->id, e->thread, &(struct note_event_shape){ .note = &note });
        return 0;
}

int story_needs_from(struct tx *tx, struct arena *a, int64_t thread, int64_t *first_seq)
{
        struct many_need needs;
        int64_t from;
        int r;

        r = reply_needs(tx, a, thread, 1, &needs, &from);
        if (r < 0)
                return r;
        from++;
        for (size_t i = 0; i < needs.n; i++)
                if (needs.items[i].seq < from)
                        from = needs.items[i].seq;
        *first_seq = from;
        return 0;
}

void story_tell_fetch(const struct event *e, struct buf *out)
{
        event_encode(out, &event_thread, e->id, e->thread, &(struct thread_event_shape){});
}

int story_moment(struct tx *tx, struct arena *a, const struct event *e, int64_t *ret)
{
        static const struct viewer anybody = { .family = true };
        struct consent_shape consent;
        struct member_shape member;
        int r = 0;

        *ret = INT64_MAX;
        if (e->kind == EVENT_MEMBER) {
                r = member_load(tx, a, e->n, &anybody, &member);
                if (r >= 0 && (member.why || member.until >= 0))
                        *ret = member.why ? member.since : member.until;
        } else if (e->kind == EVENT_CONSENT) {
                r = consent_load(tx, a, e->n, &anybody, &consent);
                if (r >= 0 && (consent.why || consent.ended >= 0))
                        *ret = consent.why ? consent.asked : consent.ended;
        }
        return r == -ENOENT ? 0 : r;
}

int story_tell(struct tx *tx, struct arena *a, const struct event *e, const struct viewer *viewer, const struct sight *sight, struct buf *out)
{
        if (sight && sight->from_ms > 0 && e->person != viewer->person) {
                int64_t moment;
                int r = story_moment(tx, a, e, &moment);

                if (r < 0)
                        return r;
                if (moment < sight->from_ms) {
                        story_tell_fetch(e, out);
                        return 0;
                }
        }
        switch (e->kind) {
        case EVENT_MESSAGE:
                return tell_message(tx, a, e, out);
        case EVENT_MEMBER:
                return tell_member(tx, a, e, viewer, out);
        case EVENT_READ:
                event_encode(out, &event_read, e->id, e->thread,
                             &(struct read_event_shape){ .person = e->person, .seq = e->seq, .unread = e->n });
                return 0;
        case EVENT_REPLY:
                return tell_reply(tx, e, out);
        case EVENT_NEEDS:
                return tell_needs(tx, a, e, sight, out);
        case EVENT_CONSENT:
                return tell_consent(tx, a, e, viewer, out);
        case EVENT_THREAD:
                story_tell_fetch(e, out);
                return 0;
        case EVENT_NOTE:
        case EVENT_NOTE_CARE:
                return tell_note(tx, a, e, out);
        case EVENT_NOTE_MARK:
                event_encode(out, &event_note_mark, e->id, e->thread, &(struct note_mark_event_shape){ .note = e->seq, .unread = e->n });
                return 0;
        case EVENT_BETTER:
                return tell_better(tx, a, e, out);
        case EVENT_GONE:
                event_encode(out, &event_gone, e->id, e->thread, &(struct gone_event_shape){});
                return 0;
        }
        return -EINVAL;
}
