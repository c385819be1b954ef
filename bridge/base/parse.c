#include "base/parse.h"

#include "base/macro.h"

#include <ctype.h>
#include <errno.h>

int parse_int(const char *s, int64_t min, int64_t max, int64_t *ret)
{
        char *end;
        long long v;

        if (!isdigit((unsigned char)s[0]) && !(s[0] == '-' && isdigit((unsigned char)s[1])))
                return -EINVAL;
        errno = 0;
        v = strtoll(s, &end, 10);
        if (*end)
                return -EINVAL;
        if (errno == ERANGE || v < min || v > max)
                return -ERANGE;
        *ret = v;
        return 0;
}

static int nibble(char c)
{
        if (c >= '0' && c <= '9')
                return c - '0';
        if (c >= 'a' && c <= 'f')
                return c - 'a' + 10;
        if (c >= 'A' && c <= 'F')
                return c - 'A' + 10;
        return -1;
}

static int is_dash_place(int i)
{
        return i == 8 || i == 13 || i == 18 || i == 23;
}

int uuid_parse(const char *s, struct uuid *ret)
{
        struct uuid u;
        int at = 0;

        for (int i = 0; i < UUID_TEXT; i++) {
                if (is_dash_place(i)) {
                        if (s[i] != '-')
                                return -EINVAL;
                        continue;
                }
                int high = nibble(s[i]);
                int low = high < 0 ? -1 : nibble(s[i + 1]);
                if (low < 0)
                        return -EINVAL;
                u.bytes[at++] = (uint8_t)(high << 4 | low);
                i++;
        }
        if (s[UUID_TEXT] != '\0')
                return -EINVAL;
        *ret = u;
        return 0;
}

void uuid_write(const struct uuid *u, char ret[UUID_TEXT + 1])
{
        static const char digits[] = "0123456789abcdef";
        char *to = ret;

        for (int i = 0; i < UUID_BYTES; i++) {
                if (is_dash_place((int)(to - ret)))
                        *to++ = '-';
                *to++ = digits[u->bytes[i] >> 4];
                *to++ = digits[u->bytes[i] & 15];
        }
        *to = '\0';
}
