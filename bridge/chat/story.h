/* chat/story.h: an event of the log, put in words for a viewer. Inside a store job.
 *
 * The log (event.h) says what changed; here the present state of it is read and encoded.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "chat/event.h"
#include "chat/viewer.h"
#include "store/db.h"

/* Appends the event as it is told to a viewer (an item of proto/shapes.def). What it is about is gone: -ENOENT, nothing
 * appended. a: scratch. */
int story_tell(struct tx *tx, struct arena *a, const struct event *e, const struct viewer *viewer, struct buf *out);

/* Whether family and school hear it in different words. */
bool story_differs_by_viewer(enum event_kind kind);
