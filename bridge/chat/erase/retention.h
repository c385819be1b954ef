/* chat/erase/retention.h: what has had its time, and deleting it. Inside a store job or a transaction of the command line.
 *
 * Every kind of data (kinds.def) is kept for a number of days by the settings. What is found at a moment is exactly what goes when it is
 * run for that moment.
 */
#pragma once

#include "base/arena.h"
#include "chat/event.h"
#include "conf/conf.h"
#include "store/db.h"

struct retention_line {
        const char *kind;
        const char *setting; /* its name */
        int days;
        int64_t subject;     /* the row of person or pupil; 0: nobody's in particular */
        const char *name;    /* of the subject; "" where there is none */
        int64_t since_ms;    /* the oldest of them */
        int64_t n;           /* how many: messages of a pupil, else rows */
};

struct retention_list {
        struct retention_line *lines;
        size_t n, room;
};

/* What would go at now_ms, in the order of kinds.def. Lines are in the arena. */
int retention_find(struct tx *tx, struct arena *a, const struct conf *conf, int64_t now_ms, struct retention_list *ret);

struct retention_done {
        bool more;        /* a long log of events goes in parts: there is some left, for another transaction with the same times */
        int64_t lines;    /* of the log of what went */
        int64_t pupils;   /* whose keys were destroyed; where the school's key is not ours to change, somebody has to (chat/seal/seal.h) */
        bool change_key;  /* so it is */
};

/* Deletes it, and writes the log of what went.
 *
 * now_ms   as retention_find()
 * at_ms    when the run began: of the log
 */
int retention_run(struct tx *tx, struct event_list *made, const struct conf *conf, int64_t now_ms, int64_t at_ms,
                  struct retention_done *ret);

/* The log of what went, oldest first: kind, subject, n, since_ms; setting is why, days -1. */
struct retention_gone {
        int64_t at_ms;
        struct retention_line line;
};
int retention_log(struct tx *tx, struct arena *a, struct retention_gone **ret, size_t *n);

/* The kinds with the days they are kept, for people: name, what it is, setting. NULL after the last. */
const char *retention_kind(const struct conf *conf, size_t i, const char **doc, const char **setting, int *days);
