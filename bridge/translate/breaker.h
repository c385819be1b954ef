/* translate/breaker.h: an engine that fails is left alone for a while. Loop thread; the clock is handed in (clock_mono_ms()).
 *
 * Three failures in a row open it. When its time is over one request tries; while that one is under way no other does. If it fails the time doubles, up to five
 * minutes; the first success closes it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { BREAKER_FAILURES = 3, BREAKER_WAIT_MAX_MS = 5 * 60 * 1000 };

struct breaker {
        int64_t first_wait_ms; /* set by its owner */
        int failures;          /* in a row */
        int64_t wait_ms, until_ms; /* 0: closed */
        bool trying;
};

bool breaker_is_open(const struct breaker *b);

/* How many of `free` may be given to it now. */
int breaker_room(const struct breaker *b, int64_t now_ms, int free);

/* One was given to it. */
void breaker_gave(struct breaker *b);

/* It did one. Returns whether that closed it. */
bool breaker_good(struct breaker *b);

/* It failed; at_least_ms: what it asks to wait, 0: nothing. Returns whether that opened it. */
bool breaker_bad(struct breaker *b, int64_t now_ms, int64_t at_least_ms);

/* One that was given says nothing of it. */
void breaker_nothing(struct breaker *b);
