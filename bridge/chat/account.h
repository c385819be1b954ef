/* chat/account.h: sign-in links and sessions, inside a store job. Only hashes of secrets come in here.
 *
 * A link here is one secret, good once and for a time, traded for a session. The full sign-in (PIN, password, second device) will
 * stand beside link_use(): whatever it asks, it ends in session_start().
 */
#pragma once

#include "base/token.h"
#include "chat/viewer.h"
#include "store/db.h"

/* Makes a link for a person, good until until_ms. by 0: made on the command line. -ENOENT: no such person. */
int link_add(struct tx *tx, const struct token_hash *hash, int64_t person, int64_t by, int64_t until_ms);

/* Uses a link up. -ENOENT: unknown, used or too old; which of them is nobody's business. */
int link_use(struct tx *tx, const struct token_hash *hash, int64_t *person);

int session_start(struct tx *tx, const struct token_hash *hash, int64_t person, int64_t until_ms);

/* Who a session belongs to. -ENOENT: nobody, not any more, or the person has left the school. */
int session_viewer(struct tx *tx, const struct token_hash *hash, struct viewer *ret);

/* Ends it; one that is not there is fine. */
int session_end(struct tx *tx, const struct token_hash *hash);

/* The file was put back from a backup: links that were used since would be good again, so none is. sessions: those too, because some may
 * have been ended since. */
int account_after_restore(struct tx *tx, bool sessions);
