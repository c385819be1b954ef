/* chat/thread.h: a family's conversation about one pupil, inside a store job. */
#pragma once

#include "base/arena.h"
#include "chat/member.h"
#include "chat/rights/viewer.h"
#include "proto/shape.h"
#include "store/db.h"

/* A conversation as a viewer sees it, who is in it from message first_seq on. -ENOENT where there is none. */
int thread_load(struct tx *tx, struct arena *a, int64_t thread, const struct viewer *viewer, struct thread_shape *ret);

/* What the pupil is called by, in the arena. -ENOENT where there is no such thread. */
int thread_pupil_given(struct tx *tx, struct arena *a, int64_t thread, const char **ret);

/* All conversations a person is in. */
int thread_load_all(struct tx *tx, struct arena *a, const struct viewer *viewer, struct many_thread *ret);

/* The conversation about a pupil, by the roster's key. -ENOENT where there is none. */
int thread_by_pupil(struct tx *tx, const char *pupil_sourced_id, int64_t *ret);
