/* live/inside.h: what session.c and hub.c share and nobody else sees. */
#pragma once

#include "live/hub.h"
#include "live/session.h"

#include <uthash.h>

/* One session's interest in one thread. */
struct listener {
        struct session *session;
        struct sight sight;
};

/* Everyone connected who hears of a thread. */
struct audience {
        int64_t thread;
        struct listener *listeners;
        uint32_t n, room;
        UT_hash_handle hh;
};

/* Every session of a person: a phone and a laptop. */
struct presence {
        int64_t person;
        struct limit limit; /* of all their sessions together */
        struct session *first;
        int n;
        UT_hash_handle hh;
};

struct session {
        struct hub *hub;
        struct sink *sink;
        struct token_hash token;
        uint32_t slot;
        uint16_t state;
        uint16_t role;
        bool marks; /* what others read and answered is told to it */
        int64_t person;
        struct limit limit; /* until it is known whose it is */
        struct presence *presence;
        struct session *next_of_person;
        int64_t told; /* its welcome told the state as of this event; the hub may not be that far yet */

        int64_t *threads; /* what it hears of */
        uint32_t threads_n, threads_room;

        /* The queue: a ring of frames, empty most of the time, so it has memory only while something waits. */
        struct frame **queue;
        uint32_t queue_first, queue_n, queue_room;
        uint32_t queue_bytes;
        uint32_t overrun; /* bytes of frames in a row that were too much at once */
};

struct slot {
        struct session *session;
        uint32_t generation;
        uint32_t next_free;
};

struct hub {
        struct hub_options options;
        struct slot *slots;
        uint32_t slots_n, first_free;
        size_t sessions;
        struct audience *audiences;
        struct presence *presences;

        /* The last events, for sessions whose hello is being answered from a snapshot. A ring. */
        struct live_event *recent;
        uint32_t recent_first, recent_n;
        size_t recent_bytes;
        int64_t last_event;  /* the newest that was published */
        int64_t recent_floor; /* events above this are in the ring */
};

/* What a session may see of a thread; NULL: it hears of it no more, or never did. */
const struct sight *hub_sight(struct hub *hub, const struct session *s, int64_t thread);

/* Takes a session out of everything that could reach it. */
void hub_leave(struct hub *hub, struct session *s);
