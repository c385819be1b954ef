/* chat/signin/invitation.h: an invitation on paper or on another screen, inside a store job.
 *
 * Two secrets open the same invitation: the long one of its link and QR code, and a short code to type. It is good once and for a time;
 * to look at it does not use it up. Only hashes come in here; that of the code is keyed (secret/proof.h), since a code has 40 bits.
 */
#pragma once

#include "base/token.h"
#include "base/words.h"
#include "store/db.h"

struct invitation_new {
        struct token_hash secret, code;
        int64_t person;
        enum proof proof;
        int64_t by;       /* 0: made on the command line */
        int64_t until_ms;
};

/* Makes one. The person's earlier ones that were not used are good no more. */
int invitation_add(struct tx *tx, const struct invitation_new *new);

struct invitation {
        struct token_hash secret; /* its name, whichever it was opened with */
        int64_t person;
        enum proof proof;
};

/* opened_with: the hash of either secret. -ENOENT: unknown, used or too old, or the person has left; which is nobody's business. */
int invitation_look(struct tx *tx, const struct token_hash *opened_with, struct invitation *ret);

/* Uses it up. -ENOENT: somebody was first. */
int invitation_use(struct tx *tx, const struct invitation *i);

/* The person's invitations are good no more. */
int invitation_end_of(struct tx *tx, int64_t person);
int invitation_end_all(struct tx *tx);
