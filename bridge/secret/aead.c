#include "secret/aead.h"

#include "base/macro.h"

#include <errno.h>
#include <sodium.h>

enum {
        FORM = 1,
        NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
        TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
};

_Static_assert(SECRET_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES && SECRET_KEY == crypto_kdf_KEYBYTES, "one length of keys");
_Static_assert(AEAD_EXTRA == 1 + NONCE + TAG, "what sealing adds");
_Static_assert(WORD_KEY == crypto_shorthash_KEYBYTES, "keys of word hashes");

void aead_seal(const struct secret_key *key, const void *bound, size_t bound_n, const void *text, size_t n, void *sealed)
{
        unsigned char *out = sealed;

        out[0] = FORM;
        randombytes_buf(out + 1, NONCE);
        crypto_aead_xchacha20poly1305_ietf_encrypt(out + 1 + NONCE, NULL, text, n, bound, bound_n, NULL, out + 1, key->bytes);
}

int aead_open(const struct secret_key *key, const void *bound, size_t bound_n, const void *sealed, size_t n, void *text)
{
        const unsigned char *in = sealed;

        if (n < AEAD_EXTRA || in[0] != FORM)
                return -EBADMSG;
        return crypto_aead_xchacha20poly1305_ietf_decrypt(text, NULL, NULL, in + 1 + NONCE, n - 1 - NONCE, bound, bound_n, in + 1,
                                                          key->bytes) == 0 ? 0 : -EBADMSG;
}

void secret_key_make(struct secret_key *ret)
{
        randombytes_buf(ret->bytes, sizeof(ret->bytes));
}

void secret_key_derive(const struct secret_key *parent, uint64_t purpose, struct secret_key *ret)
{
        crypto_kdf_derive_from_key(ret->bytes, sizeof(ret->bytes), purpose, "ouderbrg", parent->bytes);
}

uint64_t secret_word_hash(const unsigned char key[WORD_KEY], const void *word, size_t n)
{
        unsigned char out[crypto_shorthash_BYTES];
        uint64_t ret;

        _Static_assert(sizeof(ret) == sizeof(out), "a hash is a number");
        crypto_shorthash(out, word, n, key);
        memcpy(&ret, out, sizeof(ret));
        return ret;
}

void secret_wipe(void *bytes, size_t n)
{
        sodium_memzero(bytes, n);
}

void *secret_memory(size_t n)
{
        void *memory = sodium_malloc(n);

        if (memory)
                memset(memory, 0, n);
        return memory;
}

void secret_memory_free(void *memory)
{
        sodium_free(memory);
}
