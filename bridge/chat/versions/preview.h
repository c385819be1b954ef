/* chat/versions/preview.h: what a message would be to those who read it, before it is sent. Inside a store job of a reader: nothing is kept. */
#pragma once

#include "base/arena.h"
#include "proto/shape.h"
#include "store/db.h"

struct preview_draft {
        int64_t thread;
        int64_t person; /* who writes */
        const char *body;
        const char *language;
        bool (*can)(const void *arg, const char *from, const char *to); /* whether the school has a machine, and lets it put the one into the other */
        const void *arg;
};

/* The languages that others in the conversation read, each with where its words would come from as far as the database knows: the original, a machine with
 * the family's yes (not where one could not do it lately), or nobody; and the topic for which a machine's would wait. */
int preview_make(struct tx *tx, struct arena *a, const struct preview_draft *draft, struct preview_shape *ret);
