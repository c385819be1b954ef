/* measure/ways.h: three ways to keep messages: plain rows, plain rows with FTS5, and sealed with search as the product does it. */
#pragma once

#include "chat/message.h"
#include "proto/shape.h"
#include "store/db.h"

enum {
        WAYS_HITS = 50,
        WAYS_ALL_MS = 60 * 1000, /* time enough for all of a search */
};

struct way {
        const char *name;
        bool spreads; /* its search is shared by several readers */
        /* After the school is made. */
        void (*begin)(struct db *db);
        /* Adds a message with everything the product adds with it. folded: by text_fold(). */
        void (*add)(struct tx *tx, const struct message_draft *draft, const char *folded);
        /* Finds the newest WAYS_HITS messages with these words that a person may see, and reads them; after time_ms
         * it may stop with fewer. Returns how many. NULL: it cannot. */
        size_t (*search)(struct tx *tx, int64_t person, const char *words, int64_t time_ms, struct hit_shape *newest);
        /* Lets go of what it has of a connection. */
        void (*end)(void);
};

enum { WAY_ROWS, WAY_FTS, WAY_SEALED, WAYS };
extern const struct way ways[WAYS];
