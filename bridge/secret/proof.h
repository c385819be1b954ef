/* secret/proof.h: what people can remember or type: PINs, passwords, short codes. Any thread after secret_init().
 *
 * These have few bits, so what we keep of them is keyed (BLAKE2b) with a key that is not in the database (chat/seal/keyring.h): who has
 * only the database cannot try them all.
 */
#pragma once

#include "base/token.h"
#include "secret/aead.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
        CODE_TEXT = 8,         /* characters of a code, 5 bits each */
        SLOW_HASH_TEXT = 128,  /* room for slow_hash() with its NUL */
};

void secret_hash_keyed(const struct secret_key *key, const void *bytes, size_t n, struct token_hash *ret);

/* A new code of 40 random bits in Crockford's base 32: no letter that looks like a figure. */
void code_make(char ret[CODE_TEXT + 1]);

/* Reads a code as people type it: in any case, with spaces and dashes anywhere, o for 0, i and l for 1. Returns 0 or -EINVAL. */
int code_read(const char *typed, char ret[CODE_TEXT + 1]);

/* argon2id (RFC 9106), m = 19 MiB, t = 2, p = 1, of the keyed hash of a PIN or password. Takes 20 ms and more: never on the loop or
 * the writer. Returns 0 or -ENOMEM. */
int slow_hash(const struct secret_key *key, const char *secret, char ret[SLOW_HASH_TEXT]);

/* Whether the secret is the one that was hashed. hash NULL: false, after as long a time. */
bool slow_check(const struct secret_key *key, const char *secret, const char *hash);
