/* proto/tree.h: reading a JSON document that is no command: a file of the demo school, say. One thread a tree. */
#pragma once

#include "base/macro.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tree; /* a value in a document */

/* Reads a file. ret: owned by the caller. Returns 0, -EBADMSG, or why the file could not be read; *why (owned by the
 * caller) then says where. */
int tree_load(const char *path, struct tree **ret, char **why);
/* The same from n bytes of UTF-8 in memory. Returns 0 or -EBADMSG. */
int tree_parse(const char *bytes, size_t n, struct tree **ret);

void tree_free(struct tree *t);
DEFINE_CLEANUP(struct tree *, tree_free)

/* A member of an object, an item of a list; borrowed; NULL where there is none. t may be NULL. */
const struct tree *tree_get(const struct tree *t, const char *key);
size_t tree_size(const struct tree *t);
const struct tree *tree_at(const struct tree *t, size_t i);

/* The string or number of a member; NULL or `otherwise` where it is not there or something else. Borrowed. */
const char *tree_str(const struct tree *t, const char *key);
int64_t tree_int(const struct tree *t, const char *key, int64_t otherwise);

/* Walks the members of an object: calls with each key and value until one gives below 0; returns that, or 0. */
int tree_each(const struct tree *t, int (*with)(void *arg, const char *key, const struct tree *value), void *arg);
int64_t tree_number(const struct tree *t, int64_t otherwise);
const char *tree_text(const struct tree *t); /* NULL where it is no string */
bool tree_is_true(const struct tree *t);
bool tree_is_false(const struct tree *t);
