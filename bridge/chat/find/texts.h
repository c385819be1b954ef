/* chat/find/texts.h: the sealed texts of a conversation that no block holds yet, one after the other. Inside a store job. */
#pragma once

#include "chat/find/words.h"
#include "store/db.h"

/* A message's original (n 0) or one of its versions. */
struct text_in {
        int64_t seq, n;
        int64_t sent_ms; /* the message */
        struct wrapped inside;
};

/* Gets each; below 0 ends it. What it gets is borrowed. */
typedef int (*text_take)(void *arg, const struct text_in *text);

/* The texts of all messages from `seq` on: first the originals, then the versions. None of withdrawn ones. Returns what take gave below 0, 0,
 * -EKEYREVOKED, or a store error. */
int texts_from(struct tx *tx, int64_t thread, int64_t seq, text_take take, void *arg);

/* The versions that came after their message was packed, of messages from `seq` on. */
int texts_late(struct tx *tx, int64_t thread, int64_t seq, text_take take, void *arg);
