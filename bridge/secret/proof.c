#include "secret/proof.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

enum { MEMORY_BYTES = 19 * 1024 * 1024, PASSES = 2, MIXED_TEXT = 2 * TOKEN_HASH_BYTES + 1 };

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

void secret_hash_keyed(const struct secret_key *key, const void *bytes, size_t n, struct token_hash *ret)
{
        crypto_generichash(ret->bytes, sizeof(ret->bytes), bytes, n, key->bytes, sizeof(key->bytes));
}

void code_make(char ret[CODE_TEXT + 1])
{
        for (int i = 0; i < CODE_TEXT; i++)
                ret[i] = alphabet[randombytes_uniform(sizeof(alphabet) - 1)];
        ret[CODE_TEXT] = '\0';
}

int code_read(const char *typed, char ret[CODE_TEXT + 1])
{
        int n = 0;

        for (const char *p = typed; *p; p++) {
                char c = *p >= 'A' && *p <= 'Z' ? (char)(*p + 'a' - 'A') : *p;

                if (c == ' ' || c == '-')
                        continue;
                c = c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
                if (n == CODE_TEXT || !strchr(alphabet, c))
                        return -EINVAL;
                ret[n++] = c;
        }
        if (n < CODE_TEXT)
                return -EINVAL;
        ret[n] = '\0';
        return 0;
}

/* argon2id itself takes no key in libsodium: so the secret goes in keyed. */
static void mix(const struct secret_key *key, const char *secret, char ret[MIXED_TEXT])
{
        struct token_hash mixed;

        secret_hash_keyed(key, secret, strlen(secret), &mixed);
        sodium_bin2hex(ret, MIXED_TEXT, mixed.bytes, sizeof(mixed.bytes));
        sodium_memzero(&mixed, sizeof(mixed));
}

int slow_hash(const struct secret_key *key, const char *secret, char ret[SLOW_HASH_TEXT])
{
        char mixed[MIXED_TEXT];
        int r;

        _Static_assert(SLOW_HASH_TEXT >= crypto_pwhash_STRBYTES, "room for libsodium's form");
        mix(key, secret, mixed);
        r = crypto_pwhash_str_alg(ret, mixed, sizeof(mixed) - 1, PASSES, MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13);
        sodium_memzero(mixed, sizeof(mixed));
        return r < 0 ? -ENOMEM : 0;
}

bool slow_check(const struct secret_key *key, const char *secret, const char *hash)
{
        static const unsigned char salt[crypto_pwhash_SALTBYTES] = { 0 };
        unsigned char nothing[32];
        char mixed[MIXED_TEXT];
        bool same = false;

        mix(key, secret, mixed);
        if (hash)
                same = crypto_pwhash_str_verify(hash, mixed, sizeof(mixed) - 1) == 0;
        else if (crypto_pwhash(nothing, sizeof(nothing), mixed, sizeof(mixed) - 1, salt, PASSES, MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13) < 0)
                same = false;
        sodium_memzero(mixed, sizeof(mixed));
        return same;
}
