/* chat/audit/reader.h: who has read a conversation. Inside a store job. */
#pragma once

#include "base/arena.h"
#include "chat/rights/viewer.h"
#include "proto/shape.h"
#include "store/db.h"

/* By the audit log and by the reading marks of members past and present, in the order in which they read first. A family's viewer is told of
 * the school side and themselves. */
int reader_load_all(struct tx *tx, struct arena *a, int64_t thread, const struct viewer *viewer, struct many_reader *ret);
