/* live/tries.h: failed attempts to sign in, by address. Loop thread only.
 *
 * A whole reception centre may stand behind one address, so the first TRIES_FREE cost nothing and each is forgiven after a while; past
 * them each failure makes the wait twice as long. In memory only: an address is nobody's to keep, and what must survive a restart is
 * counted by account (chat/signin/attempt.h). At most TRIES_MAX addresses; the one that failed longest ago makes room.
 */
#pragma once

#include "base/address.h"

#include <stdint.h>

enum {
        TRIES_FREE = 30,
        TRIES_MAX = 20000,
        TRIES_FORGIVE_MS = 20 * 1000,     /* one failure each */
        TRIES_WAIT_MS = 1000,             /* the first wait */
        TRIES_WAIT_MAX_MS = 15 * 60 * 1000,
};

struct tries;

int tries_new(struct tries **ret);

/* Takes NULL. */
void tries_free(struct tries *t);

/* Milliseconds that this address has to wait; 0: it may try. now_ms: monotonic. */
int64_t tries_wait(const struct tries *t, const struct address *from, int64_t now_ms);

void tries_failed(struct tries *t, const struct address *from, int64_t now_ms);
