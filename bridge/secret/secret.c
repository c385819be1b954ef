#include "secret/secret.h"

#include "base/macro.h"

#include <errno.h>
#include <sodium.h>

int secret_init(void)
{
        return sodium_init() < 0 ? -EIO : 0;
}

void secret_make(char ret[SECRET_TEXT + 1])
{
        unsigned char bytes[32];

        randombytes_buf(bytes, sizeof(bytes));
        sodium_bin2base64(ret, SECRET_TEXT + 1, bytes, sizeof(bytes), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        sodium_memzero(bytes, sizeof(bytes));
}

void secret_hash(const char *secret, size_t n, struct token_hash *ret)
{
        crypto_generichash(ret->bytes, sizeof(ret->bytes), (const unsigned char *)secret, n, NULL, 0);
}

static void write_text(const unsigned char bytes[32], char ret[SECRET_TEXT + 1])
{
        sodium_bin2base64(ret, SECRET_TEXT + 1, bytes, 32, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void secret_derive(const char *secret, const char *purpose, const char *tied, char ret[SECRET_TEXT + 1])
{
        unsigned char key[32], bytes[32];
        crypto_generichash_state state;

        crypto_generichash(key, sizeof(key), (const unsigned char *)secret, strlen(secret), NULL, 0);
        crypto_generichash_init(&state, key, sizeof(key), sizeof(bytes));
        /* With its NUL, so that no two pairs give the same bytes. */
        crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
        crypto_generichash_update(&state, (const unsigned char *)tied, strlen(tied));
        crypto_generichash_final(&state, bytes, sizeof(bytes));
        write_text(bytes, ret);
        sodium_memzero(key, sizeof(key));
        sodium_memzero(bytes, sizeof(bytes));
}

bool secret_same(const char *a, const char *b)
{
        return strlen(a) == SECRET_TEXT && strlen(b) == SECRET_TEXT && sodium_memcmp(a, b, SECRET_TEXT) == 0;
}

void secret_challenge(const char *verifier, char ret[SECRET_TEXT + 1])
{
        unsigned char bytes[crypto_hash_sha256_BYTES];

        crypto_hash_sha256(bytes, (const unsigned char *)verifier, strlen(verifier));
        write_text(bytes, ret);
}

void secret_uuid(struct uuid *ret)
{
        randombytes_buf(ret->bytes, sizeof(ret->bytes));
        ret->bytes[6] = (uint8_t)((ret->bytes[6] & 0x0f) | 0x40);
        ret->bytes[8] = (uint8_t)((ret->bytes[8] & 0x3f) | 0x80);
}
