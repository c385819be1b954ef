/* chat/person.h: the people of a school, inside a store job. */
#pragma once

#include "base/arena.h"
#include "chat/rights/viewer.h"
#include "proto/shape.h"
#include "store/db.h"

/* A person as a viewer may see them: what they read and which language the app speaks to them is for the school side and
 * themselves. viewer NULL: all. ret: in the arena. Returns 0, -ENOENT, or a store error. */
int person_load(struct tx *tx, struct arena *a, int64_t id, const struct viewer *viewer, struct person_shape *ret);

/* The same for several, with all that is known of them. */
int person_load_many(struct tx *tx, struct arena *a, const int64_t *ids, size_t n, struct many_person *ret);

/* Whose eyes this person reads with. -ENOENT where there is none, or not any more. */
int person_viewer(struct tx *tx, int64_t id, struct viewer *ret);

/* The person's own language. ret in the arena. */
int person_language(struct tx *tx, struct arena *a, int64_t id, const char **ret);

/* People of the school side by part of a name (NULL: all) and language (NULL: any); the likeliest helpers first. */
int person_find_school(struct tx *tx, struct arena *a, const char *query, const char *language, struct many_person *ret);

/* Everyone by part of a name, with what they are there for and when they last signed in. */
int person_find_any(struct tx *tx, struct arena *a, const char *query, struct many_roll_entry *ret);

/* They chose this language; the roster leaves it alone from now on. */
int person_choose_language(struct tx *tx, int64_t id, const char *language);

/* Which wording they read first. */
int person_choose_balance(struct tx *tx, int64_t id, enum balance balance);

int person_by_sourced_id(struct tx *tx, const char *sourced_id, int64_t *ret);
