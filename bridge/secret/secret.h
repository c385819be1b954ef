/* secret/secret.h: secrets, random bytes and their hashes, by libsodium. Any thread after secret_init(). */
#pragma once

#include "base/parse.h"
#include "base/token.h"

#include <stdbool.h>
#include <stddef.h>

enum { SECRET_TEXT = 43 }; /* 32 random bytes in base64url without padding (RFC 4648 section 5) */

/* Once, before anything else here. Returns 0 or -EIO. */
int secret_init(void);

/* A new secret: 256 bits that nobody can guess, as text for a link or a cookie. */
void secret_make(char ret[SECRET_TEXT + 1]);

/* What we keep of a secret (BLAKE2b-256). It has 256 random bits, so it needs no salt and no slow hash. */
void secret_hash(const char *secret, size_t n, struct token_hash *ret);

/* A secret made of another for one purpose, the same each time: from it nobody finds the other. purpose: a short word; tied: what else it is tied to. */
void secret_derive(const char *secret, const char *purpose, const char *tied, char ret[SECRET_TEXT + 1]);

/* Whether two texts of SECRET_TEXT characters are the same, in a time that says nothing of where they differ. */
bool secret_same(const char *a, const char *b);

/* The code challenge of a verifier (RFC 7636 section 4.2, S256): SHA-256 in base64url. */
void secret_challenge(const char *verifier, char ret[SECRET_TEXT + 1]);

/* A random UUID (RFC 9562 version 4). */
void secret_uuid(struct uuid *ret);
