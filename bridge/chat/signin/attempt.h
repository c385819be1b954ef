/* chat/signin/attempt.h: wrong PINs, passwords and codes in a row, inside a store job. In the database, so that a restart forgives nothing.
 *
 * What is tried goes by a key: a keyed hash (secret_hash_keyed()) of what kind of attempt it is, whose account, and from which device, made
 * the same way whether the account exists or not. So the answer, and the wait, do not tell.
 */
#pragma once

#include "base/token.h"
#include "store/db.h"

#include <stdint.h>

enum {
        ATTEMPTS_FREE = 3,                           /* wrong ones in a row without a wait between */
        ATTEMPT_WAIT_MAX_MS = 60 * 60 * 1000,
        ATTEMPT_KEPT_MS = 24 * 3600 * 1000,          /* after so long it begins anew */
};

/* The wait after so many failures in a row: none for the first two, base_ms after the third, then twice as long with each, at most
 * ATTEMPT_WAIT_MAX_MS. Pure. */
int64_t attempt_pause_ms(int64_t fails, int64_t base_ms);

/* How long to wait before this may be tried, 0: now. now_ms: clock_now_ms(). */
int attempt_wait(struct tx *tx, const struct token_hash *key, int64_t now_ms, int64_t *wait_ms);

/* One more failure. Returns how many there are in a row now, or an error. */
int64_t attempt_failed(struct tx *tx, const struct token_hash *key, int64_t now_ms, int64_t base_ms);

/* It was right: the row of failures is over. */
int attempt_passed(struct tx *tx, const struct token_hash *key);
