/* chat/find/search_order.h: newest first, across conversations. For chat/find/search.c. */
#pragma once

#include "base/macro.h"

#include <stddef.h>
#include <stdint.h>

/* Where a message stands in the order of all: by its time, and where that is the same by thread and number. */
struct place_in_time {
        int64_t sent, thread, seq;
};

/* Below 0: a is older. */
int compare_places(const struct place_in_time *a, const struct place_in_time *b);

/* A place as text, for who asks again. NULL reads as behind everything. -ERANGE: no such text. */
enum { CURSOR_MAX = 63 };
int cursor_read(const char *text, struct place_in_time *ret);
void cursor_write(const struct place_in_time *place, char ret[CURSOR_MAX + 1]);

/* A text whose hashes fit. */
struct candidate {
        struct place_in_time at;
        int64_t n;
};

/* A heap: the newest stands at 0. */
struct candidates {
        struct candidate *heap;
        size_t n, room;
};

/* 0 or -ENOMEM. */
int candidates_add(struct candidates *all, const struct candidate *c);
/* Takes the newest out; there must be one. */
struct candidate candidates_take(struct candidates *all);
void candidates_done(struct candidates *all);
