/* store/spread.h: work that falls into parts, done by several readers at once. Inside a store job. */
#pragma once

#include "store/db.h"

#include <stddef.h>

/* How many threads could share it at most, this one among them: 1 on the writer, and where there is no store. */
size_t spread_width(const struct tx *tx);

/* Calls run() once for each of the parts, of which there is one at least: for part 0 here, with tx; for the others on readers that have nothing to do, each
 * with a snapshot of its own that begins after this call, or here after part 0. So nobody waits but for a part that somebody has begun. run() must not touch
 * what another part writes. Returns, when all are over, the first failure, or 0. */
int spread(struct tx *tx, size_t parts, int (*run)(void *arg, size_t part, struct tx *tx), void *arg);
