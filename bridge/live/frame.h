/* live/frame.h: bytes that many send queues share.
 *
 * One thread at a time: a worker may make one and hand it over with its job; from then on it is the loop's alone. So the
 * count needs no lock.
 */
#pragma once

#include "base/macro.h"

#include <stddef.h>
#include <stdint.h>

struct frame {
        uint32_t users;
        uint32_t len;
        char bytes[];
};

/* Copies len bytes. One user: the caller. NULL when memory is out. */
struct frame *frame_new(const char *bytes, size_t len);

/* Takes NULL, and returns what it was given. */
struct frame *frame_ref(struct frame *f);
void frame_unref(struct frame *f);
DEFINE_CLEANUP(struct frame *, frame_unref)
