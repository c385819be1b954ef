/* translate/inside.h: what an engine's kind brings, inside translate/ only. */
#pragma once

#include "proto/tree.h"
#include "translate/engine.h"

enum { ENGINE_URL_MAX = 64 * 1024, ENGINE_BODY_MAX = 128 * 1024, ENGINE_LIST_MAX = 1024 * 1024 };

struct engine_kind {
        const char *name, *shown; /* in the settings, and to readers */
        /* Where its list of pairs stands, behind the engine's address; and the list in it: 0, -EBADMSG, or as pairs_add(). */
        const char *list_path;
        int (*read_list)(const struct tree *answer, struct pairs *ret);
        /* The call for a text: f->json or f->form in `body`, its address in `url`, which holds the engine's. */
        void (*ask)(struct fetch *f, const struct pair *pair, const char *text, const char *key, struct buf *url, struct buf *body);
        /* The text in an answer; NULL: there is none. Borrowed. */
        const char *(*read)(const struct tree *answer);
};

extern const struct engine_kind engine_libretranslate, engine_apertium;
