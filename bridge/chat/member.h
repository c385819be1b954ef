/* chat/member.h: who is in a conversation, since when, and how far they have read. Inside a store job. */
#pragma once

#include "base/arena.h"
#include "base/sight.h"
#include "chat/rights/viewer.h"
#include "proto/shape.h"
#include "store/db.h"

struct event_list;

/* A person's present time in a thread. */
struct membership {
        int64_t id;
        int64_t first_seq; /* may see messages from this number on */
        int64_t read_seq;
        int64_t read_note;
        enum joined joined;
        struct sight sight; /* all that they may see; first_seq is its */
};

/* The one question of rights that every command asks: is this person in this thread now? -ENOENT where not, or where there is
 * no such thread: the two look the same. A time that has ended by itself is over at that moment, written down or not. */
int member_now(struct tx *tx, int64_t thread, int64_t person, struct membership *ret);

/* A row of member as a viewer may see it: why somebody was brought in only from the viewer's moment on, and of their own. */
int member_load(struct tx *tx, struct arena *a, int64_t id, const struct viewer *viewer, struct member_shape *ret);

/* All rows of a thread, in the order in which they came. */
int member_load_all(struct tx *tx, struct arena *a, int64_t thread, const struct viewer *viewer, struct many_member *ret);

/* Somebody comes in. relation and why may be NULL, by 0. *id: the new row. Adds the event.
 * -EALREADY: they are in it. */
struct member_draft {
        int64_t thread, person;
        enum joined joined;
        enum reach reach;
        int64_t from_seq;  /* not 0: from this message on, whatever reach says */
        int64_t from_note; /* no note before this id, whatever reach says */
        const char *relation, *why;
        int64_t by;
        int64_t at_ms;   /* 0: now */
        int64_t ends_ms; /* when it ends by itself; 0: no end */
};
int member_add(struct tx *tx, struct event_list *made, const struct member_draft *draft, int64_t *id);

/* Their time ends. Adds the event. */
int member_end(struct tx *tx, struct event_list *made, int64_t thread, int64_t person, int64_t id);

/* Moves the reading mark forward to seq, or to the newest message where seq is past it. *read and *unread: where it stands
 * after. Adds an event when it moved. */
int member_read(struct tx *tx, struct event_list *made, int64_t thread, int64_t person, const struct membership *m,
                int64_t seq, int64_t *read, int64_t *unread);

/* How many messages of others lie past a mark. */
int member_unread(struct tx *tx, int64_t thread, int64_t person, int64_t read_seq, int64_t first_seq, int64_t *ret);

/* The person is called or reads otherwise: tells every thread they are in or were in, where others still see them. */
int member_tell_everywhere(struct tx *tx, struct event_list *made, int64_t person);

/* The threads a person is in, and what they may see of each: as arrays in the arena. */
struct subscription {
        int64_t thread;
        struct sight sight;
};
int member_subscriptions(struct tx *tx, struct arena *a, int64_t person, struct subscription **ret, size_t *n);
