/* secret/aead.h: what is sealed so that only a key opens it, and cannot be changed or moved. Any thread after secret_init().
 *
 * XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha, by libsodium) with a random nonce of 24 bytes: so many bits that it never comes twice,
 * also where a restored backup counts again from an old number. Sealed: one byte with the form (1), the nonce, the text, a tag of 16.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { SECRET_KEY = 32, AEAD_EXTRA = 1 + 24 + 16, WORD_KEY = 16 };

struct secret_key {
        unsigned char bytes[SECRET_KEY];
};

/* Seals n bytes into `sealed`, which has room for n + AEAD_EXTRA. bound: what it is bound to; it opens with the same only. */
void aead_seal(const struct secret_key *key, const void *bound, size_t bound_n, const void *text, size_t n, void *sealed);

/* Opens n sealed bytes into text, which has room for n - AEAD_EXTRA. Returns 0, or -EBADMSG: another key, another place, or changed;
 * text then holds nothing of it. */
int aead_open(const struct secret_key *key, const void *bound, size_t bound_n, const void *sealed, size_t n, void *text);

/* A new random key. */
void secret_key_make(struct secret_key *ret);

/* A key for one purpose out of another (BLAKE2b, by crypto_kdf): from it nobody finds its parent or its siblings. */
void secret_key_derive(const struct secret_key *parent, uint64_t purpose, struct secret_key *ret);

/* A keyed hash of a word (SipHash-2-4): short, and without the key nobody tells one word's from another's. */
uint64_t secret_word_hash(const unsigned char key[WORD_KEY], const void *word, size_t n);

/* Zeroes, also where the compiler sees that nobody reads it again. */
void secret_wipe(void *bytes, size_t n);

/* Zeroed memory that is not swapped out where the system allows that, and is wiped when it is given back. NULL: none left. */
void *secret_memory(size_t n);
void secret_memory_free(void *memory);
