/* chat/versions/request_inside.h: what both halves of request.h ask. */
#pragma once

#include "chat/versions/request.h"

/* A message as far as translating it goes. */
struct request_message {
        char language[LANGUAGE_TAG_MAX + 1];
        int64_t versions;
        int64_t source; /* as in struct request */
        bool files_only; /* a photo or a voice: there are no words to put into another language */
};

/* -ENOENT; -ENODATA: it was withdrawn. */
int request_message_get(struct tx *tx, int64_t thread, int64_t seq, struct request_message *ret);

/* Whether it is in this language already: written in it, or put into it since it was last corrected. 1, 0, or a store error. */
int request_is_covered(struct tx *tx, int64_t thread, int64_t seq, const struct request_message *m, const char *language);
