/* live/hub.h: who is connected now, and who of them hears of what. Loop thread only.
 *
 * An event is encoded once, before it comes here, in at most three wordings (school side, family side, the person it is about), and
 * every queue it goes to holds the same bytes. Events are published in the order of their numbers.
 */
#pragma once

#include "base/sight.h"
#include "live/frame.h"
#include "live/session.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hub;

struct hub_options {
        int sessions_max;
        int person_sessions_max;
        size_t queue_max_bytes;
};

int hub_new(const struct hub_options *options, struct hub **ret);

/* After every session is gone. Takes NULL. */
void hub_free(struct hub *hub);

size_t hub_sessions(const struct hub *hub);

/* Closes every connection of a browser that signed out, with CLOSE_SIGNED_OUT. */
void hub_sign_out(struct hub *hub, const struct token_hash *token);

/* What an event does to what its person hears; with TURN_GONE to everyone: the thread is no more. */
enum turn { TURN_NONE, TURN_IN, TURN_OUT, TURN_GONE };

struct live_event {
        int64_t id;
        int64_t thread;
        int64_t seq;            /* of a message: hidden from those who may see later ones only; 0: not of a message */
        int64_t note;           /* with level */
        unsigned level;         /* of a staff note: told to those whose sight has it; 0: not of a note */
        int64_t person;         /* whom it is about */
        enum turn turn;         /* of person, in thread */
        struct sight sight;     /* with TURN_IN */
        struct frame *school;   /* for those who see others' marks and answers (RIGHT_marks); NULL: not for them */
        struct frame *late;     /* in place of school, for those who see nothing up to message late_from, and in place of both for those who see from a
                                 * later moment than moment_ms, but for whom it is about; may be NULL */
        int64_t late_from;
        int64_t moment_ms;      /* 0: of all moments */
        struct frame *family;   /* for everyone else; NULL: not for them */
        struct frame *self;     /* for the person's own sessions: in place of family, or wherever school is NULL; NULL: as the others */
};

void live_event_done(struct live_event *e);

/* The events up to this number are told already: at start. */
void hub_start_at(struct hub *hub, int64_t last_event);
int64_t hub_last_event(const struct hub *hub);

/* There is no event between the last one and the one after this number: they were deleted before they were told. */
void hub_skip(struct hub *hub, int64_t id);

/* Puts an event in the queue of everyone who hears of it. Its number is the next after hub_last_event(). Takes what e holds. */
void hub_publish(struct hub *hub, struct live_event *e);

struct interest {
        int64_t thread;
        struct sight sight;
};

/* Whether all events above `at` are still at hand. */
bool hub_reaches(const struct hub *hub, int64_t at);

/* A session becomes live: it was told the state as of event `at`, which hub_reaches(), and gets what came since, at once. -EUSERS: its person has
 * as many as one may have. */
int hub_enter(struct hub *hub, struct session *s, int64_t person, enum role role, const struct interest *in, size_t n, int64_t at);

/* Tells the school side of a thread something that is not in the log. except: who said it. */
void hub_whisper(struct hub *hub, int64_t thread, struct frame *frame, const struct session *except);
