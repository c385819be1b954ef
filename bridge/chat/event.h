/* chat/event.h: the log of everything that changed for anyone.
 *
 * A row says what changed, not how: the content is read from the tables when the event is told (or is at hand still, `fresh`). So an old event tells the
 * present state, a text stands in one place, and telling an event twice does no harm. A client holds one number, the last
 * event it saw.
 */
#pragma once

#include "base/sight.h"
#include "chat/rights/viewer.h"
#include "store/db.h"

#include <stddef.h>

struct message_shape;

enum event_kind {
        EVENT_MESSAGE = 1, /* seq */
        EVENT_MEMBER,      /* person, n: the row of member */
        EVENT_READ,        /* person, seq: read up to, n: unread then */
        EVENT_REPLY,       /* seq, person */
        EVENT_NEEDS,
        EVENT_THREAD,
        EVENT_CONSENT, /* n: the row of consent */
        EVENT_GONE, /* the conversation was erased */
        EVENT_NOTE,        /* person: the author, n: the note; for the pupil's staff */
        EVENT_NOTE_CARE,   /* the same for the care team */
        EVENT_BETTER,      /* person */
        EVENT_NOTE_MARK,   /* person, seq: notes read up to, n: unread then */
};

/* Who hears of it. SELF is the person it is about, whichever side they are on; READERS those whose sight has the note. */
enum event_audience { TO_ALL, TO_SCHOOL, TO_SCHOOL_AND_SELF, TO_SELF, TO_READERS };

struct event {
        int64_t id;
        enum event_kind kind;
        int64_t thread;
        int64_t seq;
        int64_t person;
        int64_t n;
        const struct message_shape *fresh; /* EVENT_MESSAGE: what was written a moment ago, so as not to read it again; may be NULL */
};

/* Events made in a transaction, so that who is connected can be told after the commit. */
struct event_list {
        struct event *items;
        size_t n, room;
};
void event_list_done(struct event_list *list);

/* Adds a row; id of e is given here. made may be NULL. Returns the id, or a store error. */
int64_t event_add(struct tx *tx, struct event_list *made, struct event e);

/* The newest id; 0 for an empty log. */
int event_last(struct tx *tx, int64_t *ret);

/* The log begins behind this number: who saw less cannot resume. */
int event_log_begin(struct tx *tx, int64_t *ret);

/* From now on it begins behind this number; never goes back. */
int event_begin_after(struct tx *tx, int64_t id);

/* Deletes at most `most` events of the log's beginning that are older than before_ms, never the newest, so that no number is given out twice.
 * *n: how many there were. */
int event_forget(struct tx *tx, int64_t before_ms, int64_t most, int64_t *n);

/* Appends all events with since < id <= until. */
int event_since(struct tx *tx, int64_t since, int64_t until, struct event_list *ret);

enum event_audience event_audience(enum event_kind kind);

/* Of an event about a note: whose it is, as enum sight_level; else 0. */
unsigned event_level(enum event_kind kind);

/* Whether a viewer who is in the thread and sees this much of it may hear of an event. */
bool event_is_for(const struct event *e, const struct viewer *viewer, const struct sight *sight);
