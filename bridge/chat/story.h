/* chat/story.h: an event of the log, put in words for a viewer. Inside a store job.
 *
 * The log (event.h) says what changed; here the present state of it is read and encoded.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "chat/event.h"
#include "chat/rights/viewer.h"
#include "store/db.h"

/* Appends the event as it is told to a viewer (an item of proto/shapes.def). What it is about is gone: -ENOENT, nothing
 * appended. sight: what they may see of the thread, for what lists things; NULL: all of it. a: scratch. */
int story_tell(struct tx *tx, struct arena *a, const struct event *e, const struct viewer *viewer, const struct sight *sight, struct buf *out);

/* Of EVENT_NEEDS: who may see messages from *first_seq or an earlier one on may hear it as it is. The others are to fetch the thread:
 * story_tell_fetch() appends that in its place. */
int story_needs_from(struct tx *tx, struct arena *a, int64_t thread, int64_t *first_seq);
/* Of a member and a consent: who sees from a later moment than *ms (base/sight.h: from_ms) is to fetch the thread, too, for there is something in it, or it
 * is over, that was before their moment. INT64_MAX: nobody. */
int story_moment(struct tx *tx, struct arena *a, const struct event *e, int64_t *ms);
void story_tell_fetch(const struct event *e, struct buf *out);

/* Whether family and school hear it in different words. */
bool story_differs_by_viewer(enum event_kind kind);
