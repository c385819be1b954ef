/* chat/schoolrow.h: what the database says of the school itself, inside a store job. */
#pragma once

#include "base/arena.h"
#include "base/parse.h"
#include "proto/shape.h"
#include "store/db.h"

/* The school's name and language, and the id of its event log. log may be NULL. -ENOENT: no roster was ever imported. */
int school_load(struct tx *tx, struct arena *a, struct school_shape *ret, const char **log);

/* Names the school; the first time it gets its event log's id. */
int school_name(struct tx *tx, const char *name, const char *language, const struct uuid *log);

/* The file was put back from a backup: events of the same numbers may be others than clients saw, so the log is another one. */
int school_new_log(struct tx *tx, const struct uuid *log);

/* Numbers for the administrator. */
int school_counts(struct tx *tx, struct roll_list_shape *ret);
