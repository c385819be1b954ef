/* cmd/tell.h: what happened, put in words for those who may hear of it. Inside a store job. */
#pragma once

#include "base/arena.h"
#include "chat/event.h"
#include "live/hub.h"
#include "store/db.h"

/* Encodes each event once for each wording. ret: malloc'd, owned by the caller with what it holds; set on 0 only. An event whose
 * subject is gone is told to nobody, but keeps its place in the order. */
int tell_events(struct tx *tx, struct arena *a, const struct event_list *made, struct live_event **ret, size_t *n);
