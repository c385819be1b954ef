/* chat/version.h: what stands beside a message: its translations, corrections, and what somebody said aloud. Inside a store job. */
#pragma once

#include "proto/shape.h"
#include "store/db.h"

struct event_list;

struct version_draft {
        int64_t thread, seq;
        int64_t author; /* 0: no person */
        const char *body;   /* "" where it was spoken only */
        int64_t file;       /* an upload of the author, which is a voice message; 0: none */
        const char *folded; /* as in a message_draft */
        const char *language;
        enum direction direction;
        enum origin origin;
        int64_t checked_by; /* who looked at a machine's and found it right; 0: nobody */
        int64_t checked_ms; /* when; 0: now */
        const char *engine; /* the machine that made it; NULL: none did */
        bool native;   /* of a phrase: somebody whose own language it is has read it in the list */
        int64_t at_ms; /* 0: now */
};

/* Adds a version and its event. -ENOENT: no such message; -ENODATA: it was withdrawn; -EDQUOT: it has as many as it may; -ENXIO: the file is
 * none that may be sent. */
int version_append(struct tx *tx, struct event_list *made, const struct version_draft *draft);

/* A person found another's version right, a machine's above all. -ENOENT: there is no such version; -EPERM: it is their own, or a correction. */
int version_check(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq, int64_t n, int64_t person);
