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

void secret_uuid(struct uuid *ret)
{
        randombytes_buf(ret->bytes, sizeof(ret->bytes));
        ret->bytes[6] = (uint8_t)((ret->bytes[6] & 0x0f) | 0x40);
        ret->bytes[8] = (uint8_t)((ret->bytes[8] & 0x3f) | 0x80);
}
