/* links: net conf secret base */
/* What strangers write into the head of a request, and administrators into their settings: whatever the bytes
 * are, what is read out of them lies inside them and is what it is said to be. */
#include "conf/origin.h"
#include "net/headers.h"
#include "net/utf8.h"
#include "secret/secret.h"

#include <stdlib.h>
#include <string.h>

static void must(bool promise)
{
        if (!promise)
                abort();
}

static void check_cookies(const char *s, size_t n)
{
        const char *secret = cookie_secret(s, "ouderbrug");

        if (!secret)
                return;
        must(secret > s && secret + SECRET_TEXT <= s + n);
        must(strncmp(secret - 10, "ouderbrug=", 10) == 0);
        must(strspn(secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == SECRET_TEXT);
}

static void check_encodings(const char *s)
{
        int quality[ENCODINGS];

        encodings_accepted(s, quality);
        for (int i = 0; i < ENCODINGS; i++)
                must(quality[i] >= 0 && quality[i] <= 1000);
}

/* A normal origin is its own normal form. */
static void check_origin(const char *s, size_t n)
{
        char *once = NULL, *twice = NULL;

        if (origin_normal(s, n, &once) < 0)
                return;
        must(strncmp(once, "http", 4) == 0 && !strpbrk(once, " \t\r\n;,\"'<>@?#"));
        must(origin_normal(once, strlen(once), &twice) == 0 && strcmp(once, twice) == 0);
        free(once);
        free(twice);
}

/* Valid pieces make a valid whole, and a whole cut between characters makes valid pieces. */
static void check_utf8(const char *s, size_t n)
{
        bool valid = utf8_is_valid(s, n);

        for (size_t cut = 0; valid && cut <= n && cut < 64; cut++) {
                bool between = cut == n || ((unsigned char) s[cut] & 0xc0) != 0x80;

                must(utf8_is_valid(s, cut) == between);
                must(utf8_is_valid(s + cut, n - cut) == between);
        }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
        char *s = malloc(size + 1);
        uint64_t length;

        must(s != NULL);
        memcpy(s, data, size);
        s[size] = '\0';
        check_utf8(s, size);
        check_origin(s, size);
        size = strlen(s);
        check_cookies(s, size);
        check_encodings(s);
        must(content_length(s, &length) != 0 || strspn(s, "0123456789") == size);
        must(!etag_is_among(s, "\"tag\"") || strstr(s, "\"tag\"") || strchr(s, '*'));
        free(s);
        return 0;
}
