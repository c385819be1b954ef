/* secret/secret.h: secrets, random bytes and their hashes, by libsodium. Any thread after secret_init(). */
#pragma once

#include "base/parse.h"
#include "base/token.h"

#include <stddef.h>

enum { SECRET_TEXT = 43 }; /* 32 random bytes in base64url without padding (RFC 4648 section 5) */

/* Once, before anything else here. Returns 0 or -EIO. */
int secret_init(void);

/* A new secret: 256 bits that nobody can guess, as text for a link or a cookie. */
void secret_make(char ret[SECRET_TEXT + 1]);

/* What we keep of a secret (BLAKE2b-256). It has 256 random bits, so it needs no salt and no slow hash. */
void secret_hash(const char *secret, size_t n, struct token_hash *ret);

/* A random UUID (RFC 9562 version 4). */
void secret_uuid(struct uuid *ret);
