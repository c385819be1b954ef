#include "net/utf8.h"

#include "base/macro.h"

#include <stdint.h>

/* Bytes of the character that starts at p, at most n; 0 where it is none. The second byte alone tells
 * overlong forms, surrogates and what is too high (RFC 3629 section 4). */
static size_t one(const unsigned char *p, size_t n)
{
        unsigned char low = 0x80, high = 0xbf;
        size_t len;

        if (p[0] >= 0xc2 && p[0] <= 0xdf)
                len = 2;
        else if (p[0] >= 0xe0 && p[0] <= 0xef)
                len = 3;
        else if (p[0] >= 0xf0 && p[0] <= 0xf4)
                len = 4;
        else
                return 0;
        if (p[0] == 0xe0)
                low = 0xa0;
        if (p[0] == 0xed)
                high = 0x9f;
        if (p[0] == 0xf0)
                low = 0x90;
        if (p[0] == 0xf4)
                high = 0x8f;
        if (len > n || p[1] < low || p[1] > high)
                return 0;
        for (size_t i = 2; i < len; i++)
                if ((p[i] & 0xc0) != 0x80)
                        return 0;
        return len;
}

bool utf8_is_valid(const char *bytes, size_t n)
{
        const unsigned char *p = (const unsigned char *)bytes;

        while (n > 0) {
                uint64_t eight;
                size_t len;

                if (n >= sizeof(eight)) {
                        memcpy(&eight, p, sizeof(eight));
                        if ((eight & UINT64_C(0x8080808080808080)) == 0) {
                                p += sizeof(eight);
                                n -= sizeof(eight);
                                continue;
                        }
                }
                len = *p < 0x80 ? 1 : one(p, n);
                if (len == 0)
                        return false;
                p += len;
                n -= len;
        }
        return true;
}
