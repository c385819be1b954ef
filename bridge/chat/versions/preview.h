/* chat/versions/preview.h: what a message would be to those who read it, before it is sent. Inside a store job of a reader: nothing is kept. */
#pragma once

#include "base/arena.h"
#include "proto/shape.h"
#include "store/db.h"

struct phrase;

struct preview_draft {
        int64_t thread;
        int64_t person;     /* who writes */
        const char *body;   /* "": files only */
        const char *language;
        const struct phrase *phrase; /* that it is; NULL: none */
        const char *offered; /* the languages that a machine of the school puts it into now, with a blank between (cmd/translate.h); NULL: none */
};

/* The languages that others in the conversation read, each with where its words would come from, the best first: the original, the phrase list, a machine with
 * the family's yes, somebody who is there to interpret and reads it, or nobody; and the topic for which a machine's would wait. */
int preview_make(struct tx *tx, struct arena *a, const struct preview_draft *draft, struct preview_shape *ret);
