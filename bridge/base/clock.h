/* base/clock.h: the two clocks. Any thread. */
#pragma once

#include <stdint.h>

/* Milliseconds since 1970, UTC: informs people, orders nothing. */
int64_t clock_now_ms(void);

/* Milliseconds of a clock that never jumps: for waits and limits. */
int64_t clock_mono_ms(void);
