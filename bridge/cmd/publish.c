#include "cmd/publish.h"

#include "base/arena.h"
#include "base/log.h"
#include "chat/event.h"
#include "cmd/expire.h"
#include "cmd/school.h"
#include "cmd/signed_out.h"
#include "cmd/tell.h"
#include "cmd/translate.h"
#include "store/store.h"

#include <errno.h>

enum { LOOK_MAX = 256, LOOK_ARENA = 16 * 1024 * 1024 };

struct publisher {
        bool looking;
        struct live_event *held; /* own events that wait for the gap before them to be filled */
        size_t held_n, held_room;
};

struct look {
        struct job job;
        struct school *school;
        int64_t since;
        int64_t until; /* it has seen every event of since < id <= until that there is */
        struct live_event *told;
        size_t told_n;
        bool more;
};

int publisher_new(struct school *school, int64_t last)
{
        school->publisher = calloc(1, sizeof(*school->publisher));
        if (!school->publisher)
                return -ENOMEM;
        hub_start_at(school->hub, last);
        return 0;
}

void publisher_free(struct publisher *p)
{
        if (!p)
                return;
        for (size_t i = 0; i < p->held_n; i++)
                live_event_done(&p->held[i]);
        free(p->held);
        free(p);
}

static void hold(struct school *school, struct live_event *e)
{
        struct publisher *p = school->publisher;

        if (p->held_n == p->held_room) {
                size_t room = p->held_room ? p->held_room * 2 : 64;
                struct live_event *held = realloc(p->held, room * sizeof(*held));

                if (!held) {
                        /* It is in the log: the next look finds it. */
                        live_event_done(e);
                        return;
                }
                p->held = held;
                p->held_room = room;
        }
        p->held[p->held_n++] = *e;
        *e = (struct live_event){ 0 };
}

/* One event in its turn: told, dropped where it was told already, or held. */
static void in_turn(struct school *school, struct live_event *e)
{
        int64_t last = hub_last_event(school->hub);

        if (e->id <= last)
                live_event_done(e);
        else if (e->id == last + 1) {
                if (e->turn == TURN_IN)
                        expire_at(school, e->sight.ends_ms);
                hub_publish(school->hub, e);
                translate_wake(school);
        }
        else
                hold(school, e);
}

static void release(struct school *school)
{
        struct publisher *p = school->publisher;
        struct live_event *held = p->held;
        size_t n = p->held_n;

        p->held = NULL;
        p->held_n = p->held_room = 0;
        for (size_t i = 0; i < n; i++)
                in_turn(school, &held[i]);
        free(held);
}

static int look_run(struct job *job, struct tx *tx)
{
        struct look *look = CONTAINER_OF(job, struct look, job);
        _cleanup_(arena_done) struct arena a = ARENA(LOOK_ARENA);
        _cleanup_(event_list_done) struct event_list found = { 0 };
        int64_t last;
        int r;

        r = event_last(tx, &last);
        if (r < 0)
                return r;
        if (last > look->since + LOOK_MAX) {
                last = look->since + LOOK_MAX;
                look->more = true;
        }
        look->until = last;
        r = event_since(tx, look->since, last, &found);
        if (r < 0)
                return r;
        return tell_events(tx, &a, &found, &look->told, &look->told_n);
}

static void look_done(struct job *job, int result)
{
        struct look *look = CONTAINER_OF(job, struct look, job);
        struct school *school = look->school;
        bool more = look->more;

        school->publisher->looking = false;
        if (result < 0)
                log_warning("publish", "events of another program could not be read, trying again: error %d", -result);
        /* What is missing between them was deleted before it was told. */
        for (size_t i = 0; i < look->told_n; i++) {
                hub_skip(school->hub, look->told[i].id - 1);
                in_turn(school, &look->told[i]);
        }
        if (result >= 0)
                hub_skip(school->hub, look->until);
        free(look->told);
        free(look);
        release(school);
        if (result >= 0 && (more || school->publisher->held_n > 0))
                publish_look(school);
        else
                signed_out_look(school); /* who has to go hears why first */
}

void publish_look(struct school *school)
{
        struct look *look;

        if (school->publisher->looking)
                return;
        look = calloc(1, sizeof(*look));
        if (!look)
                return;
        look->job = (struct job){ .run = look_run, .done = look_done };
        look->school = school;
        look->since = hub_last_event(school->hub);
        if (store_read(school->store, &look->job) < 0)
                free(look);
        else
                school->publisher->looking = true;
}

void publish(struct school *school, struct live_event *told, size_t n)
{
        for (size_t i = 0; i < n; i++)
                in_turn(school, &told[i]);
        if (school->publisher->held_n > 0)
                publish_look(school);
}
