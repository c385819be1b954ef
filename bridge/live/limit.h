/* live/limit.h: a bucket of tokens that fills by the clock. Loop thread only. */
#pragma once

#include <stdint.h>

struct limit {
        int64_t filled_ms; /* monotonic */
        float tokens;
};

/* Takes cost tokens out of a bucket that holds at most burst and gains per_second. Returns 0, or the milliseconds to wait until
 * it would succeed; then nothing is taken. */
int64_t limit_take(struct limit *l, int64_t now_ms, float burst, float per_second, float cost);
