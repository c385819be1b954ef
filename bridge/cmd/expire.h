/* cmd/expire.h: a time in a conversation that was agreed to end, ends by itself. Loop thread.
 *
 * From that moment on the person sees and hears nothing, because every check asks the clock (base/sight.h). What is done here is to
 * write it down and to tell everyone else.
 */
#pragma once

#include <stdint.h>

struct school;

/* Somebody's time ends then; 0: it does not. */
void expire_at(struct school *school, int64_t ends_ms);

/* Once a second: ends what is over. The first call after the start finds what ended while nobody served. */
void expire_tick(struct school *school);
