/* chat/signin/identity.h: who of the school's sign-in provider is whom here. Inside a store job.
 *
 * At the first sign-in what the provider says of somebody (a user name, a mail address, a key) is looked up among the school side's login names and roster keys; then
 * the provider's subject is theirs, and decides alone. Another subject that claims the same name later is nobody: names are given to somebody else when people
 * leave. A new invitation to sign in by password forgets the subject, too.
 */
#pragma once

#include "store/db.h"

#include <stddef.h>
#include <stdint.h>

struct identity {
        const char *issuer, *subject;
        const char *const *values; /* what they are called there, the best first */
        size_t n;
};

/* Writes where it is their first time. -ENOENT: nobody here, more than one, of a family, or not any more. */
int identity_person(struct tx *tx, const struct identity *identity, int64_t *person);

/* Whether somebody signs in at the provider and has no password here. 1, 0, or a store error. */
int identity_is_only_way(struct tx *tx, const char *issuer, int64_t person);

int identity_forget(struct tx *tx, int64_t person);
