#include "chat/event.h"

#include "base/clock.h"
#include "store/query.h"

#include <errno.h>

/* The database's word for each kind; the event's name on the wire is the same, but a note's is "note" for either level. */
static const struct {
        const char *word;
        enum event_audience audience;
        unsigned level;
} kinds[] = {
        [EVENT_MESSAGE] = { "message", TO_ALL },
        [EVENT_MEMBER] = { "member", TO_ALL },
        [EVENT_READ] = { "read", TO_SCHOOL_AND_SELF },
        [EVENT_REPLY] = { "reply", TO_SCHOOL_AND_SELF },
        [EVENT_NEEDS] = { "needs", TO_SCHOOL },
        [EVENT_THREAD] = { "thread", TO_ALL },
        [EVENT_CONSENT] = { "consent", TO_ALL },
        [EVENT_GONE] = { "gone", TO_ALL },
        [EVENT_NOTE] = { "note", TO_READERS, SIGHT_STAFF },
        [EVENT_NOTE_CARE] = { "note_care", TO_READERS, SIGHT_CARE },
        [EVENT_BETTER] = { "better", TO_SELF },
        [EVENT_NOTE_MARK] = { "note_mark", TO_SELF },
};

void event_list_done(struct event_list *list)
{
        free(list->items);
        *list = (struct event_list){ 0 };
}

static int list_add(struct event_list *list, const struct event *e)
{
        if (list->n == list->room) {
                size_t room = list->room ? list->room * 2 : 4;
                struct event *items = realloc(list->items, room * sizeof(*items));

                if (!items)
                        return -ENOMEM;
                list->items = items;
                list->room = room;
        }
        list->items[list->n++] = *e;
        return 0;
}

int64_t event_add(struct tx *tx, struct event_list *made, struct event e)
{
        struct query *q = query(tx, QUERY_event_add);
        int r;

        query_text(q, kinds[e.kind].word);
        query_int(q, e.thread);
        query_int(q, e.seq);
        query_int(q, e.person);
        query_int(q, e.n);
        query_int(q, clock_now_ms());
        r = query_run(q);
        if (r < 0)
                return r;
        e.id = query_inserted_id(q);
        r = made ? list_add(made, &e) : 0;
        return r < 0 ? r : e.id;
}

int event_last(struct tx *tx, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_event_last);
        int r;

        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        *ret = query_get_int(q, 0);
        return 0;
}

int event_log_begin(struct tx *tx, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_event_after);
        int r;

        r = query_row(q);
        if (r < 0)
                return r;
        *ret = r > 0 ? query_get_int(q, 0) : 0;
        return 0;
}

int event_begin_after(struct tx *tx, int64_t id)
{
        struct query *q = query(tx, QUERY_event_begin_after);

        query_int(q, id);
        return query_run(q);
}

static int oldest_part(struct tx *tx, int64_t before_ms, int64_t most, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_event_age);
        int r;

        query_int(q, before_ms);
        query_int(q, most);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        *ret = query_get_int(q, 0);
        return 0;
}

int event_forget(struct tx *tx, int64_t before_ms, int64_t most, int64_t *n)
{
        struct query *q;
        int64_t until;
        int r;

        *n = 0;
        r = oldest_part(tx, before_ms, most, &until);
        if (r < 0 || until == 0)
                return r;
        q = query(tx, QUERY_event_forget);
        query_int(q, until);
        r = query_run(q);
        if (r < 0)
                return r;
        *n = query_changes(q);
        return event_begin_after(tx, until);
}

static enum event_kind kind_of(const char *word)
{
        for (size_t i = EVENT_MESSAGE; i < ELEMENTS(kinds); i++)
                if (strcmp(kinds[i].word, word) == 0)
                        return (enum event_kind)i;
        return 0;
}

int event_since(struct tx *tx, int64_t since, int64_t until, struct event_list *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_event_since);
        int r;

        query_int(q, since);
        query_int(q, until);
        while ((r = query_row(q)) > 0) {
                struct event e = {
                        .id = query_get_int(q, 0),
                        .kind = kind_of(query_get_text(q, 1)),
                        .thread = query_get_int(q, 2),
                        .seq = query_get_int(q, 3),
                        .person = query_get_int(q, 4),
                        .n = query_get_int(q, 5),
                };

                if (e.kind == 0)
                        continue;
                r = list_add(ret, &e);
                if (r < 0)
                        return r;
        }
        return r;
}

enum event_audience event_audience(enum event_kind kind)
{
        return kinds[kind].audience;
}

unsigned event_level(enum event_kind kind)
{
        return kinds[kind].level;
}

bool event_is_for(const struct event *e, const struct viewer *viewer, const struct sight *sight)
{
        if ((e->kind == EVENT_MESSAGE || e->kind == EVENT_REPLY) && !sight_has_message(sight, e->seq))
                return false;
        switch (event_audience(e->kind)) {
        case TO_ALL:
                return true;
        case TO_SCHOOL:
                return viewer->marks;
        case TO_SCHOOL_AND_SELF:
                return viewer->marks || e->person == viewer->person;
        case TO_SELF:
                return e->person == viewer->person;
        case TO_READERS:
                return sight_has_note(sight, e->n, kinds[e->kind].level, e->person == viewer->person);
        }
        return false;
}
