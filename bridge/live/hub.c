#include "live/inside.h"

#include "base/clock.h"
#include "proto/rights.h"

#include <errno.h>

enum { RECENT_EVENTS = 4096, RECENT_BYTES = 32 * 1024 * 1024 };

int hub_new(const struct hub_options *options, struct hub **ret)
{
        struct hub *hub;

        hub = calloc(1, sizeof(*hub));
        if (!hub)
                return -ENOMEM;
        hub->options = *options;
        hub->first_free = UINT32_MAX;
        hub->recent = calloc(RECENT_EVENTS, sizeof(*hub->recent));
        if (!hub->recent) {
                free(hub);
                return -ENOMEM;
        }
        *ret = hub;
        return 0;
}

void live_event_done(struct live_event *e)
{
        frame_unref(e->school);
        frame_unref(e->late);
        frame_unref(e->family);
        frame_unref(e->self);
        *e = (struct live_event){ 0 };
}

void hub_free(struct hub *hub)
{
        struct audience *audience, *next_audience;
        struct presence *presence, *next_presence;

        if (!hub)
                return;
        for (uint32_t i = 0; i < hub->recent_n; i++)
                live_event_done(&hub->recent[(hub->recent_first + i) % RECENT_EVENTS]);
        HASH_ITER(hh, hub->audiences, audience, next_audience)
        {
                HASH_DEL(hub->audiences, audience);
                free(audience->listeners);
                free(audience);
        }
        HASH_ITER(hh, hub->presences, presence, next_presence)
        {
                HASH_DEL(hub->presences, presence);
                free(presence);
        }
        free(hub->recent);
        free(hub->slots);
        free(hub);
}

size_t hub_sessions(const struct hub *hub)
{
        return hub->sessions;
}

void hub_sign_out(struct hub *hub, const struct token_hash *token)
{
        for (uint32_t i = 0; i < hub->slots_n; i++) {
                struct session *s = hub->slots[i].session;

                if (s && memcmp(s->token.bytes, token->bytes, sizeof(token->bytes)) == 0)
                        session_close(s, CLOSE_SIGNED_OUT);
        }
}

void hub_start_at(struct hub *hub, int64_t last_event)
{
        hub->last_event = hub->recent_floor = last_event;
}

int64_t hub_last_event(const struct hub *hub)
{
        return hub->last_event;
}

static struct audience *audience_of(struct hub *hub, int64_t thread)
{
        struct audience *a;

        HASH_FIND(hh, hub->audiences, &thread, sizeof(thread), a);
        return a;
}

static struct presence *presence_of(struct hub *hub, int64_t person)
{
        struct presence *p;

        HASH_FIND(hh, hub->presences, &person, sizeof(person), p);
        return p;
}

const struct sight *hub_sight(struct hub *hub, const struct session *s, int64_t thread)
{
        struct audience *a = audience_of(hub, thread);

        for (uint32_t i = 0; a && i < a->n; i++)
                if (a->listeners[i].session == s)
                        return &a->listeners[i].sight;
        return NULL;
}

/* Adds thread to what the session hears of, or changes what it may see of it. */
static int listen_to(struct hub *hub, struct session *s, int64_t thread, const struct sight *sight)
{
        struct audience *a = audience_of(hub, thread);

        for (uint32_t i = 0; a && i < a->n; i++)
                if (a->listeners[i].session == s) {
                        a->listeners[i].sight = *sight;
                        return 0;
                }
        if (s->threads_n == s->threads_room) {
                uint32_t room = s->threads_room ? s->threads_room * 2 : 1;
                int64_t *threads = realloc(s->threads, room * sizeof(*threads));

                if (!threads)
                        return -ENOMEM;
                s->threads = threads;
                s->threads_room = room;
        }
        if (!a) {
                a = calloc(1, sizeof(*a));
                if (!a)
                        return -ENOMEM;
                a->thread = thread;
                HASH_ADD(hh, hub->audiences, thread, sizeof(a->thread), a);
        }
        if (a->n == a->room) {
                uint32_t room = a->room ? a->room * 2 : 2;
                struct listener *listeners = realloc(a->listeners, room * sizeof(*listeners));

                if (!listeners)
                        return -ENOMEM;
                a->listeners = listeners;
                a->room = room;
        }
        a->listeners[a->n++] = (struct listener){ s, *sight };
        s->threads[s->threads_n++] = thread;
        return 0;
}

static void audience_drop(struct hub *hub, int64_t thread, const struct session *s)
{
        struct audience *a = audience_of(hub, thread);

        for (uint32_t i = 0; a && i < a->n; i++)
                if (a->listeners[i].session == s) {
                        a->listeners[i] = a->listeners[--a->n];
                        break;
                }
        if (a && a->n == 0) {
                HASH_DEL(hub->audiences, a);
                free(a->listeners);
                free(a);
        }
}

static void stop_listening(struct hub *hub, struct session *s, int64_t thread)
{
        for (uint32_t i = 0; i < s->threads_n; i++)
                if (s->threads[i] == thread) {
                        s->threads[i] = s->threads[--s->threads_n];
                        audience_drop(hub, thread, s);
                        return;
                }
}

void hub_leave(struct hub *hub, struct session *s)
{
        struct presence *p;
        struct session **at;

        for (uint32_t i = 0; i < s->threads_n; i++)
                audience_drop(hub, s->threads[i], s);
        free(s->threads);
        s->threads = NULL;
        s->threads_n = s->threads_room = 0;

        p = TAKE(s->presence);
        if (!p)
                return;
        for (at = &p->first; *at; at = &(*at)->next_of_person)
                if (*at == s) {
                        *at = s->next_of_person;
                        p->n--;
                        break;
                }
        s->person = 0;
        if (!p->first) {
                HASH_DEL(hub->presences, p);
                free(p);
        }
}

/* The wording of an event for a session, or NULL where it is not for them. */
static struct frame *wording(const struct live_event *e, const struct listener *l)
{
        const struct session *s = l->session;
        bool own = e->person == s->person;

        /* That their time is over they are told themselves; nothing else from that moment on. */
        if (l->sight.ends_ms > 0 && !(own && e->turn == TURN_OUT) && sight_is_over(&l->sight, clock_now_ms()))
                return NULL;
        if (e->seq > 0 && !sight_has_message(&l->sight, e->seq))
                return NULL;
        if (e->level && !sight_has_note(&l->sight, e->note, e->level, own))
                return NULL;
        if (e->late && e->moment_ms > 0 && l->sight.from_ms > e->moment_ms && !own)
                return e->late;
        if (s->marks || e->level) {
                if (e->late && l->sight.first_seq > e->late_from)
                        return e->late;
                return e->school || !own ? e->school : e->self;
        }
        return own && e->self ? e->self : e->family;
}

/* What the event does to what its person hears, before it is told (in) or after (out). */
static void turn(struct hub *hub, const struct live_event *e, struct session *s)
{
        if (e->turn == TURN_IN && listen_to(hub, s, e->thread, &e->sight) < 0)
                session_close(s, CLOSE_RESUME);
        else if (e->turn == TURN_OUT || e->turn == TURN_GONE)
                stop_listening(hub, s, e->thread);
}

static void turn_all(struct hub *hub, const struct live_event *e)
{
        struct presence *p = presence_of(hub, e->person);
        struct session *next;

        for (struct session *s = p ? p->first : NULL; s; s = next) {
                next = s->next_of_person;
                if (e->id > s->told)
                        turn(hub, e, s);
        }
}

static void tell_all(struct hub *hub, const struct live_event *e)
{
        struct audience *a = audience_of(hub, e->thread);
        struct frame *frame;

        /* Backwards: a push may close its session, which then takes itself out of the list. */
        for (uint32_t i = a ? a->n : 0; i-- > 0;) {
                if (e->id <= a->listeners[i].session->told)
                        continue;
                frame = wording(e, &a->listeners[i]);
                if (!frame)
                        continue;
                session_push(a->listeners[i].session, frame);
                a = audience_of(hub, e->thread);
                if (!a)
                        break;
                if (i > a->n)
                        i = a->n;
        }
}

static size_t event_bytes(const struct live_event *e)
{
        return (e->school ? e->school->len : 0) + (e->family && e->family != e->school ? e->family->len : 0) +
               (e->self && e->self != e->school ? e->self->len : 0) + (e->late ? e->late->len : 0);
}

static void forget_oldest(struct hub *hub)
{
        struct live_event *oldest = &hub->recent[hub->recent_first];

        hub->recent_floor = oldest->id;
        hub->recent_bytes -= event_bytes(oldest);
        live_event_done(oldest);
        hub->recent_first = (hub->recent_first + 1) % RECENT_EVENTS;
        hub->recent_n--;
}

/* Bounded in bytes too: an event holds a whole message with its versions. */
static void remember(struct hub *hub, struct live_event *e)
{
        size_t bytes = event_bytes(e);

        while (hub->recent_n == RECENT_EVENTS || (hub->recent_n > 0 && hub->recent_bytes + bytes > RECENT_BYTES))
                forget_oldest(hub);
        hub->recent_bytes += bytes;
        hub->recent[(hub->recent_first + hub->recent_n++) % RECENT_EVENTS] = *e;
        *e = (struct live_event){ 0 };
}

void hub_skip(struct hub *hub, int64_t id)
{
        if (id > hub->last_event)
                hub->last_event = id;
}

/* Its words are nobody's any more. Who of the family has no other conversation may be nobody here any more: coming back tells. */
static void end_thread(struct hub *hub, int64_t thread)
{
        struct audience *a;

        for (uint32_t i = 0; i < hub->recent_n; i++) {
                struct live_event *e = &hub->recent[(hub->recent_first + i) % RECENT_EVENTS];

                if (e->thread != thread)
                        continue;
                hub->recent_bytes -= event_bytes(e);
                frame_unref(TAKE(e->school));
                frame_unref(TAKE(e->family));
                frame_unref(TAKE(e->self));
        }

        while ((a = audience_of(hub, thread))) {
                struct session *s = a->listeners[a->n - 1].session;

                stop_listening(hub, s, thread);
                if (s->threads_n == 0 && role_is_family((enum role)s->role))
                        session_close(s, CLOSE_RESUME);
        }
}

void hub_publish(struct hub *hub, struct live_event *e)
{
        hub->last_event = e->id;
        if (e->turn == TURN_IN)
                turn_all(hub, e);
        tell_all(hub, e);
        if (e->turn == TURN_OUT)
                turn_all(hub, e);
        if (e->turn == TURN_GONE)
                end_thread(hub, e->thread);
        remember(hub, e);
}

bool hub_reaches(const struct hub *hub, int64_t at)
{
        return at >= hub->recent_floor;
}

static int add_presence(struct hub *hub, struct session *s)
{
        struct presence *p = presence_of(hub, s->person);

        if (!p) {
                p = calloc(1, sizeof(*p));
                if (!p)
                        return -ENOMEM;
                p->person = s->person;
                p->limit = s->limit;
                HASH_ADD(hh, hub->presences, person, sizeof(p->person), p);
        }
        if (p->n >= hub->options.person_sessions_max)
                return -EUSERS;
        p->n++;
        s->next_of_person = p->first;
        s->presence = p;
        p->first = s;
        return 0;
}

/* An event that came between the snapshot and now. */
static void catch_up(struct hub *hub, struct session *s, const struct live_event *e)
{
        struct audience *a;
        struct frame *frame = NULL;
        bool own = e->turn == TURN_GONE || (e->turn != TURN_NONE && e->person == s->person);

        if (own && e->turn == TURN_IN)
                turn(hub, e, s);
        a = audience_of(hub, e->thread);
        for (uint32_t i = 0; a && i < a->n; i++)
                if (a->listeners[i].session == s)
                        frame = wording(e, &a->listeners[i]);
        if (frame)
                session_push(s, frame);
        if (own && e->turn != TURN_IN)
                turn(hub, e, s);
}

int hub_enter(struct hub *hub, struct session *s, int64_t person, enum role role, const struct interest *in, size_t n, int64_t at)
{
        int r;

        s->person = person;
        s->role = (uint16_t)role;
        s->marks = right_may(RIGHT_marks, role) == MAY_yes;
        s->told = at;
        r = add_presence(hub, s);
        for (size_t i = 0; r >= 0 && i < n; i++)
                r = listen_to(hub, s, in[i].thread, &in[i].sight);
        if (r < 0)
                return r;
        s->state = SESSION_LIVE;
        for (uint32_t i = 0; i < hub->recent_n && s->state == SESSION_LIVE; i++) {
                const struct live_event *e = &hub->recent[(hub->recent_first + i) % RECENT_EVENTS];

                if (e->id > at)
                        catch_up(hub, s, e);
        }
        return 0;
}

void hub_whisper(struct hub *hub, int64_t thread, struct frame *frame, const struct session *except)
{
        struct live_event e = { .thread = thread, .school = frame };
        struct audience *a = audience_of(hub, thread);

        for (uint32_t i = a ? a->n : 0; i-- > 0;) {
                struct session *s = a->listeners[i].session;

                if (s == except || s->person == except->person || !wording(&e, &a->listeners[i]))
                        continue;
                session_push(s, frame);
                a = audience_of(hub, thread);
                if (!a)
                        break;
                if (i > a->n)
                        i = a->n;
        }
}
