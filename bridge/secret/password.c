#include "secret/password.h"

#include "base/macro.h"

#include <ctype.h>
#include <errno.h>
#include <sodium.h>

_Static_assert(PASSWORD_HASH_TEXT == crypto_pwhash_STRBYTES, "libsodium's own room for a hash");

int password_hash(const char *password, const struct password_cost *cost, char ret[PASSWORD_HASH_TEXT])
{
        char hash[PASSWORD_HASH_TEXT];

        if (crypto_pwhash_str_alg(hash, password, strlen(password), (unsigned long long)cost->passes, cost->memory_bytes,
                                  crypto_pwhash_ALG_ARGON2ID13) < 0)
                return -ENOMEM;
        memcpy(ret, hash, sizeof(hash));
        return 0;
}

bool password_fits(const char *password, const char *hash, const struct password_cost *cost)
{
        char own[PASSWORD_HASH_TEXT] = "";

        if (!hash) {
                /* Making one is the same work as looking at one. */
                if (password_hash(password, cost, own) < 0)
                        return false;
                sodium_memzero(own, sizeof(own));
                return false;
        }
        return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

bool password_is_cheap(const char *hash, const struct password_cost *cost)
{
        unsigned long long memory_k, passes;

        if (sscanf(hash, "$argon2id$v=19$m=%llu,t=%llu,p=1$", &memory_k, &passes) != 2)
                return true;
        return memory_k < cost->memory_bytes / 1024 || passes < (unsigned long long)cost->passes;
}

/* ---- what is tried first */

static const char *const worst[] = {
#define WORST(word) word,
#include "secret/password.def"
#undef WORST
};

/* Whether what is left of a word is figures and signs: the year, the exclamation mark. */
static bool is_tail(const char *s)
{
        for (; *s; s++)
                if (isalpha((unsigned char)*s) || (unsigned char)*s >= 0x80)
                        return false;
        return true;
}

static bool is_on_list(const char *lower)
{
        const char *word = lower;

        while (*word && !isalnum((unsigned char)*word) && (unsigned char)*word < 0x80)
                word++;
        for (size_t i = 0; i < ELEMENTS(worst); i++) {
                size_t n = strlen(worst[i]);

                if (strncmp(word, worst[i], n) == 0 && is_tail(word + n))
                        return true;
        }
        return is_tail(lower) && strlen(lower) < 2 * PASSWORD_POINTS_MIN && strspn(lower, "0123456789-/. ") == strlen(lower);
}

/* One piece over and over, or each the neighbour of the one before. */
static bool is_pattern(const char *s)
{
        size_t n = strlen(s), rows = 0;

        for (size_t period = 1; period * 2 <= n; period++)
                if (memcmp(s, s + period, n - period) == 0)
                        return true;
        for (size_t i = 1; i < n; i++) {
                int step = (unsigned char)s[i] - (unsigned char)s[i - 1];

                if (step >= -1 && step <= 1)
                        rows++;
        }
        return n > 0 && rows >= n - 2;
}

static bool is_name(const char *lower, const char *name)
{
        char own[PASSWORD_BYTES_MAX + 1];
        size_t n = strlen(name);
        const char *found;

        if (n < 4 || n > PASSWORD_BYTES_MAX)
                return false;
        for (size_t i = 0; i <= n; i++)
                own[i] = (char)tolower((unsigned char)name[i]);
        found = strstr(lower, own);
        return found && strlen(lower) - n <= PASSWORD_POINTS_MIN / 2 && is_tail(found + n);
}

bool password_is_weak(const char *password, const char *const *names)
{
        char lower[PASSWORD_BYTES_MAX + 1];
        size_t n = strlen(password);
        bool weak;

        if (n > PASSWORD_BYTES_MAX)
                return false;
        for (size_t i = 0; i <= n; i++)
                lower[i] = (char)tolower((unsigned char)password[i]);
        weak = is_on_list(lower) || is_pattern(lower);
        for (; names && *names && !weak; names++)
                weak = is_name(lower, *names);
        sodium_memzero(lower, sizeof(lower));
        return weak;
}

/* ---- recovery codes */

enum { GROUP = 4, SYMBOLS = 16 };

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void recovery_make(char ret[RECOVERY_TEXT + 1])
{
        size_t at = 0;

        for (int i = 0; i < SYMBOLS; i++) {
                if (i > 0 && i % GROUP == 0)
                        ret[at++] = '-';
                ret[at++] = crockford[randombytes_uniform(32)];
        }
        ret[at] = '\0';
}

int recovery_hash(const char *code, struct token_hash *ret)
{
        char plain[SYMBOLS];
        size_t n = 0;

        for (; *code; code++) {
                char c = (char)toupper((unsigned char)*code);

                if (c == '-' || c == ' ')
                        continue;
                c = (char)(c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c);
                if (n == SYMBOLS || !memchr(crockford, c, sizeof(crockford) - 1))
                        return -EINVAL;
                plain[n++] = c;
        }
        if (n != SYMBOLS)
                return -EINVAL;
        /* 80 random bits: no salt, no slow hash. */
        crypto_generichash(ret->bytes, sizeof(ret->bytes), (const unsigned char *)plain, sizeof(plain), NULL, 0);
        sodium_memzero(plain, sizeof(plain));
        return 0;
}

void secret_random(void *bytes, size_t n)
{
        randombytes_buf(bytes, n);
}
