#include "chat/member.h"

#include "base/buf.h"
#include "base/clock.h"
#include "chat/event.h"
#include "chat/message.h"
#include "chat/note.h"
#include "chat/person.h"
#include "chat/phrase/fill.h"
#include "chat/rights/reach.h"
#include "chat/seal/seal.h"
#include "store/query.h"

#include <errno.h>

enum { WHY_CAP = 64 * 1024, LANGUAGE_CAP = 4 * 1024 };

int member_now(struct tx *tx, int64_t thread, int64_t person, struct membership *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_member_now);
        int r;

        query_int(q, thread);
        query_int(q, person);
        query_int(q, clock_now_ms());
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = (struct membership){
                .id = query_get_int(q, 0),
                .first_seq = query_get_int(q, 1),
                .read_seq = query_get_int(q, 2),
                .read_note = query_get_int(q, 5),
                .joined = (enum joined)query_get_word(q, 3, &words_joined),
                .sight = {
                        .first_seq = query_get_int(q, 1),
                        .first_note = query_get_int(q, 4),
                        .ends_ms = query_get_int(q, 6),
                        .levels = note_levels((enum role)query_get_word(q, 7, &words_role)),
                        .from_ms = query_get_int(q, 8),
                },
        };
        return 0;
}

static struct seal_place place_of_why(int64_t thread, int64_t person, int64_t since_ms)
{
        return (struct seal_place){ .kind = SEAL_WHY, .thread = thread, .person = person, .n = since_ms };
}

/* From a row of member_get. One whose key was destroyed has none. */
static int open_why(struct tx *tx, struct arena *a, const struct query *q, int64_t person, struct member_shape *ret)
{
        struct seal_place place = place_of_why(query_get_int(q, 12), person, ret->since);
        char *why = NULL;
        int r;

        r = seal_open(tx, a, &place, query_get_blob(q, 10), query_get_bytes(q, 10), &why, NULL);
        if (r < 0)
                return r == -EKEYREVOKED || r == -EBADMSG ? 0 : r;
        ret->why = why;
        return 0;
}

int member_load(struct tx *tx, struct arena *a, int64_t id, const struct viewer *viewer, struct member_shape *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_member_get);
        struct person_shape *person = arena_get(a, sizeof(*person));
        int64_t who;
        int r;

        if (!person)
                return arena_failed(a);
        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        who = query_get_int(q, 1);
        *ret = (struct member_shape){
                .id = id,
                .person = person,
                .joined = (enum joined)query_get_word(q, 2, &words_joined),
                .relation = arena_copy(a, query_get_text(q, 3), query_get_bytes(q, 3)),
                .since = query_get_int(q, 4),
                .since_seq = query_get_int(q, 5),
                .first_seq = query_get_int(q, 6),
                .until = query_get_maybe(q, 7),
                .until_seq = query_get_maybe(q, 8),
                .by = query_get_maybe(q, 9),
                .read = !viewer->marks && viewer->person != who ? -1 : query_get_int(q, 11),
                .ends = query_get_maybe(q, 13),
                .first_note = !viewer->marks ? -1 : query_get_int(q, 14),
        };
        if (arena_failed(a))
                return arena_failed(a);
        if (!query_is_null(q, 10) && (ret->since >= viewer->from_ms || viewer->person == who)) {
                r = open_why(tx, a, q, who, ret);
                if (r < 0)
                        return r;
        }
        return person_load(tx, a, who, viewer, person);
}

int member_load_all(struct tx *tx, struct arena *a, int64_t thread, const struct viewer *viewer, struct many_member *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_member_of_thread);
        struct member_shape *items = NULL;
        size_t n = 0, room = 0;
        int r;

        query_int(q, thread);
        while ((r = query_row(q)) > 0) {
                items = arena_grow(a, items, n, &room, sizeof(*items));
                if (!items)
                        return arena_failed(a);
                r = member_load(tx, a, query_get_int(q, 0), viewer, &items[n]);
                if (r < 0)
                        return r;
                if (items[n].until < 0 || items[n].until >= viewer->from_ms || items[n].person->id == viewer->person)
                        n++;
        }
        *ret = (struct many_member){ items, n, true };
        return r;
}

/* Phrases are in the language of who came, before they look. */
static int read_phrases(struct tx *tx, struct event_list *made, int64_t thread, int64_t person)
{
        _cleanup_(arena_done) struct arena a = ARENA(LANGUAGE_CAP);
        const char *language;
        int r;

        r = person_language(tx, &a, person, &language);
        return r < 0 ? r : phrase_catch_up(tx, made, thread, language);
}

int member_add(struct tx *tx, struct event_list *made, const struct member_draft *draft, int64_t *id)
{
        _cleanup_(buf_done) struct buf why = BUF(WHY_CAP);
        int64_t at_ms = draft->at_ms ?: clock_now_ms();
        struct seal_place place = place_of_why(draft->thread, draft->person, at_ms);
        struct membership there;
        struct query *q;
        int64_t last, first_seq, first_note, e;
        int r;

        r = member_now(tx, draft->thread, draft->person, &there);
        if (r != -ENOENT)
                return r < 0 ? r : -EALREADY;
        /* Back before anybody wrote down that the former time is over: that comes first, there is one present time. */
        r = member_end_over(tx, made, draft->thread, draft->person);
        if (r >= 0)
                r = message_last_seq(tx, draft->thread, &last);
        if (r >= 0)
                r = reach_first(tx, draft, last, &first_seq, &first_note);
        if (r >= 0 && draft->why)
                r = seal_text(tx, &place, draft->why, strlen(draft->why), &why);
        if (r < 0)
                return r;

        q = query(tx, QUERY_member_add);
        query_int(q, draft->thread);
        query_int(q, draft->person);
        query_word(q, &words_joined, (int)draft->joined);
        query_text(q, draft->relation);
        query_int(q, at_ms);
        query_int(q, last);
        query_int(q, first_seq);
        query_int(q, first_seq - 1);
        if (draft->by > 0)
                query_int(q, draft->by);
        else
                query_null(q);
        if (draft->why)
                query_blob(q, why.data, why.len);
        else
                query_null(q);
        query_int(q, first_note);
        query_int(q, first_note - 1);
        query_maybe(q, draft->ends_ms > 0 ? draft->ends_ms : -1);
        r = query_run(q);
        if (r < 0)
                return r;
        *id = query_inserted_id(q);

        e = event_add(tx, made, (struct event){ .kind = EVENT_MEMBER, .thread = draft->thread, .person = draft->person, .n = *id });
        return e < 0 ? (int)e : read_phrases(tx, made, draft->thread, draft->person);
}

int member_end(struct tx *tx, struct event_list *made, int64_t thread, int64_t person, int64_t id)
{
        struct query *q;
        int64_t at, last, e;
        int r;

        r = reach_end_of(tx, thread, id, &at, &last);
        if (r < 0)
                return r;
        q = query(tx, QUERY_member_end);
        query_int(q, at);
        query_int(q, last);
        query_int(q, id);
        r = query_run(q);
        if (r < 0)
                return r;
        e = event_add(tx, made, (struct event){ .kind = EVENT_MEMBER, .thread = thread, .person = person, .n = id });
        return e < 0 ? (int)e : 0;
}

int member_unread(struct tx *tx, int64_t thread, int64_t person, int64_t read_seq, int64_t first_seq, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_message_unread);
        int r;

        query_int(q, thread);
        query_int(q, read_seq < first_seq ? first_seq - 1 : read_seq);
        query_int(q, person);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        *ret = query_get_int(q, 0);
        return 0;
}

int member_read(struct tx *tx, struct event_list *made, int64_t thread, int64_t person, const struct membership *m,
                int64_t seq, int64_t *read, int64_t *unread)
{
        struct query *q;
        int64_t last, left, e;
        bool moved;
        int r;

        r = message_last_seq(tx, thread, &last);
        if (r < 0)
                return r;
        if (seq > last)
                seq = last;
        moved = seq > m->read_seq;
        if (!moved)
                seq = m->read_seq;
        r = member_unread(tx, thread, person, seq, m->first_seq, &left);
        if (r < 0)
                return r;
        if (moved) {
                q = query(tx, QUERY_member_set_read);
                query_int(q, seq);
                query_int(q, m->id);
                r = query_run(q);
                if (r < 0)
                        return r;
                e = event_add(tx, made,
                              (struct event){ .kind = EVENT_READ, .thread = thread, .person = person, .seq = seq, .n = left });
                if (e < 0)
                        return (int)e;
        }
        *read = seq;
        *unread = left;
        return 0;
}

int member_subscriptions(struct tx *tx, struct arena *a, int64_t person, struct subscription **ret, size_t *n)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_thread_of_person);
        struct subscription *items = NULL;
        size_t count = 0, room = 0;
        int r;

        query_int(q, person);
        query_int(q, clock_now_ms());
        while ((r = query_row(q)) > 0) {
                items = arena_grow(a, items, count, &room, sizeof(*items));
                if (!items)
                        return arena_failed(a);
                items[count++] = (struct subscription){
                        .thread = query_get_int(q, 0),
                        .sight = {
                                .first_seq = query_get_int(q, 1),
                                .first_note = query_get_int(q, 2),
                                .ends_ms = query_get_int(q, 3),
                                .levels = note_levels((enum role)query_get_word(q, 4, &words_role)),
                                .from_ms = query_get_int(q, 5),
                        },
                };
        }
        if (r < 0)
                return r;
        *ret = items;
        *n = count;
        return 0;
}

int member_tell_everywhere(struct tx *tx, struct event_list *made, int64_t person)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_member_newest_of_person);
        int64_t e;
        int r;

        query_int(q, person);
        while ((r = query_row(q)) > 0) {
                e = event_add(tx, made,
                              (struct event){ .kind = EVENT_MEMBER, .thread = query_get_int(q, 0), .person = person, .n = query_get_int(q, 1) });
                if (e < 0)
                        return (int)e;
        }
        return r < 0 ? r : phrase_catch_up_person(tx, made, person);
}
