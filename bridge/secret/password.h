/* secret/password.h: passwords and recovery codes, and what is kept of them, by libsodium. Any thread after secret_init(), but never the loop nor the
 * writer: a hash takes tens of milliseconds and megabytes on purpose.
 *
 * argon2id (RFC 9106) in its own text form, $argon2id$v=19$m=…,t=…,p=1$salt$hash, which names its cost.
 */
#pragma once

#include "base/token.h"
#include "secret/aead.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
        PASSWORD_HASH_TEXT = 128,         /* with the NUL */
        PASSWORD_POINTS_MIN = 12,         /* characters */
        PASSWORD_BYTES_MAX = 512,
        RECOVERY_TEXT = 19,               /* "ABCD-EFGH-JKMN-PQRS": 80 random bits in Crockford's base 32 */
};

struct password_cost {
        size_t memory_bytes; /* at least 19 MiB (OWASP; ASVS 5.0 11.4.2) */
        int passes;          /* at least 2 */
};

/* Returns 0, or -ENOMEM where there is not as much memory as the cost asks. */
int password_hash(const char *password, const struct password_cost *cost, char ret[PASSWORD_HASH_TEXT]);

/* Whether this password made the hash. hash NULL: nobody's; takes as long as one of the present cost, and is false. */
bool password_fits(const char *password, const char *hash, const struct password_cost *cost);

/* Whether a hash was made at less than this cost. */
bool password_is_cheap(const char *hash, const struct password_cost *cost);

/* Whether a password is among those that are tried first: on the list (password.def; case and what stands behind it as figures do not matter), the
 * same piece over and over, a row of neighbours, or with the person's own names in it and little else. names: NULL at the end. */
bool password_is_weak(const char *password, const char *const *names);

/* A new recovery code, and what is kept of one: spaces, hyphens and case do not matter, O is 0, I and L are 1. -EINVAL: it has not the form. */
void recovery_make(char ret[RECOVERY_TEXT + 1]);
int recovery_hash(const char *code, struct token_hash *ret);

/* n random bytes. */
void secret_random(void *bytes, size_t n);
