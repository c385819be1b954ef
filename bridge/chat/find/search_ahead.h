/* chat/find/search_ahead.h: while a search goes through many conversations, other readers read what it is about to open. For chat/find/search.c.
 *
 * With a cold file a search mostly waits for the disk, page after page, and a disk gives several at once in little more time than one. What the others
 * read they throw away: it is in the system's memory then. So all that is found is found in one snapshot.
 */
#pragma once

#include "chat/member.h"

#include <stdatomic.h>

struct ahead {
        const struct subscription *in;
        atomic_size_t left; /* conversations from here on are read or being read: from the last to the first, for the search comes the other way */
        atomic_bool over;   /* the search has ended */
};

/* Reads until nothing is left, or it is over. Any reader's thread. What fails here will fail in the search. */
void ahead_read(struct ahead *ahead, struct tx *tx);
