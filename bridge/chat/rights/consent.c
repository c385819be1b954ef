#include "chat/rights/consent.h"

#include "base/clock.h"
#include "chat/event.h"
#include "chat/member.h"
#include "chat/message.h"
#include "chat/person.h"
#include "chat/rights/reach.h"
#include "chat/seal/seal.h"
#include "proto/rights.h"
#include "store/query.h"

#include <errno.h>

enum { WHY_CAP = 4096 };

bool consent_is_move(enum consent_kind kind)
{
        return kind == CONSENT_KIND_MOVE_PEOPLE || kind == CONSENT_KIND_MOVE_CONVERSATION || kind == CONSENT_KIND_MOVE_FILES ||
               kind == CONSENT_KIND_MOVE_ANSWERS || kind == CONSENT_KIND_MOVE_AGREED;
}

enum consent_kind consent_kind_of(enum role role)
{
        switch (role) {
        case ROLE_COACH:
                return CONSENT_KIND_COACH;
        case ROLE_KEY_PERSON:
                return CONSENT_KIND_KEY_PERSON;
        case ROLE_INTERPRETER:
                return CONSENT_KIND_INTERPRETER;
        case ROLE_PARTNER:
                return CONSENT_KIND_PARTNER;
        default:
                return CONSENT_KIND_NOT_GIVEN;
        }
}

static int tell(struct tx *tx, struct event_list *made, int64_t thread, int64_t id)
{
        int64_t e = event_add(tx, made, (struct event){ .kind = EVENT_CONSENT, .thread = thread, .n = id });

        return e < 0 ? (int)e : 0;
}

static void id_or_null(struct query *q, int64_t id)
{
        query_maybe(q, id > 0 ? id : -1);
}

/* Why it is asked is a person's text: bound to who asked, and when. */
static struct seal_place why_place(int64_t thread, int64_t asked_by, int64_t asked_ms)
{
        return (struct seal_place){ .kind = SEAL_CONSENT, .thread = thread, .person = asked_by, .n = asked_ms };
}

/* The reason of a row of consent_get; NULL where there is none, or where it was erased with the conversation's key. */
static int open_why(struct tx *tx, struct arena *a, const struct query *q, const char **ret)
{
        struct seal_place place = why_place(query_get_int(q, 1), query_get_int(q, 9), query_get_int(q, 10));
        char *why = NULL;
        int r;

        *ret = NULL;
        if (query_is_null(q, 8))
                return 0;
        r = seal_open(tx, a, &place, query_get_blob(q, 8), query_get_bytes(q, 8), &why, NULL);
        if (r == -EKEYREVOKED)
                return 0;
        *ret = why;
        return r;
}

int consent_ask(struct tx *tx, struct event_list *made, const struct consent *draft, int64_t *id)
{
        _cleanup_(buf_done) struct buf why = BUF(WHY_CAP);
        int64_t asked_ms = draft->asked_ms ?: clock_now_ms();
        struct seal_place place = why_place(draft->thread, draft->asked_by, asked_ms);
        struct query *q;
        int r;

        if (draft->why) {
                r = seal_text(tx, &place, draft->why, strlen(draft->why), &why);
                if (r < 0)
                        return r;
        }
        q = query(tx, QUERY_consent_add);
        query_int(q, draft->thread);
        query_word(q, &words_consent_kind, (int)draft->kind);
        query_int(q, draft->person);
        query_word(q, &words_reach, (int)draft->reach);
        query_int(q, draft->from_seq);
        query_int(q, draft->from_note);
        id_or_null(q, draft->until_ms);
        if (draft->why)
                query_blob(q, why.data, why.len);
        else
                query_null(q);
        query_int(q, draft->asked_by);
        query_int(q, asked_ms);
        r = query_run(q);
        if (r < 0)
                return r == -EEXIST ? -EALREADY : r;
        *id = query_inserted_id(q);
        return tell(tx, made, draft->thread, *id);
}

/* The row of id; ret->why in the arena. */
static int get(struct tx *tx, struct arena *a, int64_t id, struct consent *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_consent_get);
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = (struct consent){
                .id = id,
                .thread = query_get_int(q, 1),
                .kind = (enum consent_kind)query_get_word(q, 2, &words_consent_kind),
                .person = query_get_int(q, 3),
                .reach = (enum reach)query_get_word(q, 4, &words_reach),
                .from_seq = query_get_int(q, 5),
                .from_note = query_get_int(q, 6),
                .until_ms = query_is_null(q, 7) ? 0 : query_get_int(q, 7),
                .asked_by = query_get_int(q, 9),
                .asked_ms = query_get_int(q, 10),
                .answer = (enum consent_answer)query_get_word(q, 11, &words_consent_answer),
                .ended = (enum consent_end)query_get_word(q, 17, &words_consent_end),
        };
        return open_why(tx, a, q, &ret->why);
}

int consent_get(struct tx *tx, struct arena *a, int64_t thread, int64_t id, struct consent *ret)
{
        struct consent consent;
        int r;

        r = get(tx, a, id, &consent);
        if (r < 0)
                return r;
        if (consent.thread != thread)
                return -ENOENT;
        *ret = consent;
        return 0;
}

static int find_now(struct tx *tx, int64_t thread, enum consent_kind kind, int64_t person, int64_t *id)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_consent_now);
        int r;

        query_int(q, thread);
        query_word(q, &words_consent_kind, (int)kind);
        query_int(q, person);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *id = query_get_int(q, 0);
        return 0;
}

int consent_now(struct tx *tx, struct arena *a, int64_t thread, enum consent_kind kind, int64_t person, struct consent *ret)
{
        int64_t id;
        int r;

        r = find_now(tx, thread, kind, person, &id);
        return r < 0 ? r : get(tx, a, id, ret);
}

int consent_stands(struct tx *tx, int64_t thread, enum consent_kind kind, int64_t person)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_consent_stands);

        query_int(q, thread);
        query_word(q, &words_consent_kind, (int)kind);
        query_int(q, person);
        query_int(q, clock_now_ms());
        return query_row(q);
}

int consent_let_in(struct tx *tx, struct event_list *made, const struct consent *consent, int64_t at_ms, int64_t *member)
{
        struct viewer who;
        int r;

        /* Since they were asked for, they may have left the school, or be something else in it. */
        r = person_viewer(tx, consent->person, &who);
        if (r == -ENOENT || (r >= 0 && consent_kind_of(who.role) != consent->kind))
                return -ESRCH;
        if (r < 0)
                return r;
        return member_add(tx, made,
                          &(struct member_draft){ .thread = consent->thread,
                                                  .person = consent->person,
                                                  .joined = JOINED_BROUGHT,
                                                  .reach = consent->reach,
                                                  .from_seq = consent->from_seq,
                                                  .from_note = consent->from_note,
                                                  .ends_ms = consent->until_ms,
                                                  .why = consent->why,
                                                  .by = consent->asked_by,
                                                  .at_ms = at_ms },
                          member);
}

int consent_has_another(struct tx *tx, int64_t thread, int64_t person)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_consent_others);
        int r;

        query_int(q, thread);
        query_int(q, person);
        query_int(q, clock_now_ms());
        while ((r = query_row(q)) > 0)
                if (right_may(RIGHT_consent_answer, (enum role)query_get_word(q, 0, &words_role)) == MAY_in)
                        return 1;
        return r;
}

/* Who is there by the roster sees further back, as far as who asked saw. */
static int let_look_back(struct tx *tx, struct event_list *made, const struct consent *consent)
{
        int64_t first = consent->from_seq ?: 1;
        int r;

        r = member_widen(tx, made, consent->thread, consent->person, first, &(struct sight){ .first_seq = first, .first_note = consent->from_note });
        return r == -ENOENT ? -ESRCH : r;
}

/* They see again from the day on which they came, and keep their place: their time ends and begins anew, as anybody's who sees less. */
static int narrow(struct tx *tx, struct event_list *made, const struct consent *consent, const struct membership *there)
{
        static const struct viewer anybody = { .family = true };
        _cleanup_(arena_done) struct arena arena = ARENA(64 * 1024);
        struct member_draft draft = { .thread = consent->thread, .person = consent->person, .joined = JOINED_ROSTER, .reach = REACH_NOW };
        struct membership anew;
        struct member_shape was;
        int64_t id, read, unread;
        int r;

        r = member_load(tx, &arena, there->id, &anybody, &was);
        if (r >= 0)
                r = member_end(tx, made, consent->thread, consent->person, there->id);
        if (r < 0)
                return r;
        draft.relation = was.relation;
        draft.from_seq = was.since_seq + 1;
        r = member_add(tx, made, &draft, &id);
        /* Nothing was said since they came. */
        if (r == -ENOENT) {
                draft.from_seq = 0;
                r = member_add(tx, made, &draft, &id);
        }
        if (r >= 0)
                r = member_now(tx, consent->thread, consent->person, &anew);
        if (r < 0)
                return r;
        return member_read(tx, made, consent->thread, consent->person, &anew, there->read_seq, &read, &unread);
}

/* Closes the row, and tells. */
static int close_row(struct tx *tx, struct event_list *made, const struct consent *consent, enum consent_end how, int64_t by, int64_t recorded_by,
                     int64_t at_ms)
{
        struct query *q = query(tx, QUERY_consent_end);
        int r;

        query_word(q, &words_consent_end, (int)how);
        id_or_null(q, by);
        id_or_null(q, recorded_by);
        query_int(q, at_ms);
        query_int(q, consent->id);
        r = query_run(q);
        return r < 0 ? r : tell(tx, made, consent->thread, consent->id);
}

int consent_answer(struct tx *tx, struct event_list *made, const struct consent *consent, const struct consent_said *said)
{
        struct query *q = query(tx, QUERY_consent_answer);
        int64_t at_ms = said->at_ms ?: clock_now_ms(), member;
        int r;

        query_word(q, &words_consent_answer, (int)said->answer);
        query_int(q, said->by);
        id_or_null(q, said->recorded_by);
        query_int(q, at_ms);
        query_text(q, said->language);
        query_text(q, said->words);
        query_int(q, consent->id);
        r = query_run(q);
        if (r < 0)
                return r;
        /* Such as came along from another school on a yes that was given there. */
        if (said->answer != CONSENT_ANSWER_YES && consent->kind == CONSENT_KIND_VOICE)
                r = message_forget_voices(tx, made, consent->thread);
        if (r < 0)
                return r;
        if (said->answer != CONSENT_ANSWER_YES)
                return close_row(tx, made, consent, CONSENT_END_ANSWERED, said->by, said->recorded_by, at_ms);
        r = tell(tx, made, consent->thread, consent->id);
        if (r < 0 || consent->person == 0)
                return r;
        if (consent->kind == CONSENT_KIND_EARLIER)
                return let_look_back(tx, made, consent);
        r = consent_let_in(tx, made, consent, at_ms, &member);
        /* They are in it by the roster meanwhile: nothing to do. */
        return r == -EALREADY ? 0 : r;
}

int consent_end(struct tx *tx, struct event_list *made, const struct consent *consent, enum consent_end how, int64_t by, int64_t recorded_by)
{
        struct membership there;
        int r;

        if (consent->person > 0 && consent->answer == CONSENT_ANSWER_YES) {
                r = member_now(tx, consent->thread, consent->person, &there);
                if (r >= 0 && consent->kind == CONSENT_KIND_EARLIER)
                        r = there.joined == JOINED_ROSTER ? narrow(tx, made, consent, &there) : 0;
                else if (r >= 0 && there.joined == JOINED_BROUGHT)
                        r = member_end(tx, made, consent->thread, consent->person, there.id);
                if (r < 0 && r != -ENOENT)
                        return r;
        }
        if (consent->kind == CONSENT_KIND_VOICE && consent->answer == CONSENT_ANSWER_YES) {
                r = message_forget_voices(tx, made, consent->thread);
                if (r < 0)
                        return r;
        }
        return close_row(tx, made, consent, how, by, recorded_by, clock_now_ms());
}

int consent_used(struct tx *tx, struct event_list *made, int64_t thread, int64_t id)
{
        struct query *q = query(tx, QUERY_consent_used);
        int r;

        query_int(q, clock_now_ms());
        query_int(q, id);
        r = query_run(q);
        return r < 0 ? r : tell(tx, made, thread, id);
}

static int find_over(struct tx *tx, int64_t ids[100], size_t *n)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_consent_over);
        int r;

        query_int(q, clock_now_ms());
        for (*n = 0; (r = query_row(q)) > 0 && *n < 100; (*n)++)
                ids[*n] = query_get_int(q, 0);
        return r;
}

int consent_end_over(struct tx *tx, struct arena *a, struct event_list *made, bool *more)
{
        struct consent consent;
        int64_t ids[100];
        size_t n;
        int r;

        r = find_over(tx, ids, &n);
        for (size_t i = 0; r >= 0 && i < n; i++) {
                r = get(tx, a, ids[i], &consent);
                if (r >= 0)
                        r = consent_end(tx, made, &consent, CONSENT_END_EXPIRED, 0, 0);
        }
        if (r < 0)
                return r;
        *more = n == 100;
        return 0;
}

int consent_load(struct tx *tx, struct arena *a, int64_t id, const struct viewer *viewer, struct consent_shape *ret)
{
        /* Both sides are told the same: what a family may know of somebody. */
        static const struct viewer anybody = { .family = true };
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_consent_get);
        struct person_shape *person = NULL;
        int64_t who;
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        who = query_get_int(q, 3);
        *ret = (struct consent_shape){
                .id = id,
                .kind = (enum consent_kind)query_get_word(q, 2, &words_consent_kind),
                .reach = (enum reach)query_get_word(q, 4, &words_reach),
                .from_seq = query_get_int(q, 5) > 0 ? query_get_int(q, 5) : -1,
                .until = query_get_maybe(q, 7),
                .by = query_get_int(q, 9),
                .asked = query_get_int(q, 10),
                .answer = (enum consent_answer)query_get_word(q, 11, &words_consent_answer),
                .answered_by = query_get_maybe(q, 12),
                .recorded_by = query_get_maybe(q, 13),
                .answered = query_get_maybe(q, 14),
                .language = arena_copy(a, query_get_text(q, 15), query_get_bytes(q, 15)),
                .words = arena_copy(a, query_get_text(q, 16), query_get_bytes(q, 16)),
                .end = (enum consent_end)query_get_word(q, 17, &words_consent_end),
                .ended_by = query_get_maybe(q, 18),
                .ended_recorded_by = query_get_maybe(q, 19),
                .ended = query_get_maybe(q, 20),
                .used = query_get_maybe(q, 21),
        };
        if (ret->asked >= viewer->from_ms || who == viewer->person || consent_is_move(ret->kind)) {
                r = open_why(tx, a, q, &ret->why);
                if (r < 0)
                        return r;
        }
        if (who > 0) {
                person = arena_get(a, sizeof(*person));
                if (!person)
                        return arena_failed(a);
                r = person_load(tx, a, who, &anybody, person);
                if (r < 0)
                        return r;
                ret->person = person;
        }
        return arena_failed(a);
}

int consent_load_all(struct tx *tx, struct arena *a, int64_t thread, const struct viewer *viewer, bool all, struct many_consent *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, all ? QUERY_consent_of_thread : QUERY_consent_newest_of_thread);
        struct consent_shape *items = NULL;
        size_t n = 0, room = 0;
        int r;

        query_int(q, thread);
        while ((r = query_row(q)) > 0) {
                items = arena_grow(a, items, n, &room, sizeof(*items));
                if (!items)
                        return arena_failed(a);
                r = consent_load(tx, a, query_get_int(q, 0), viewer, &items[n]);
                if (r < 0)
                        return r;
                if (items[n].ended < 0 || items[n].ended >= viewer->from_ms || (items[n].person && items[n].person->id == viewer->person))
                        n++;
        }
        *ret = (struct many_consent){ items, n, true };
        return r;
}
