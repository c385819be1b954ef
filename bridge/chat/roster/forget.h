/* chat/roster/forget.h: people taken out of what is kept of earlier packages (roster_row), inside a transaction. */
#pragma once

#include "store/db.h"

#include <stddef.h>

/* Deletes the rows of these users (sourcedIds), those that say where they stood, and the row that remembers an ECK-iD; where others name
 * them as theirs, they do so no more. Who is in the next package of the administration is new then. */
int roster_forget(struct tx *tx, const char *const *ids, size_t n);
