/* proto/plain.h: finds the end of what a JSON string holds as it is, eight bytes at a time. Inside proto/ only. */
#pragma once

#include "base/macro.h"

#include <stdbool.h>
#include <stdint.h>

static inline bool plain_byte(char c)
{
        return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* Whether none of eight bytes has to be escaped. The high bit of a byte is set where it is below 0x20, or one of the two; a
 * borrow from a lower byte can only set one too many, beside one that is right. */
static inline bool plain_eight(const char *s)
{
        const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
        uint64_t v, quote, slash;

        memcpy(&v, s, sizeof(v));
        quote = v ^ ones * '"';
        slash = v ^ ones * '\\';
        return ((((v - ones * 0x20) & ~v) | ((quote - ones) & ~quote) | ((slash - ones) & ~slash)) & high) == 0;
}

/* The first byte that is not plain, or end. */
static inline const char *plain_end(const char *s, const char *end)
{
        while (end - s >= 8 && plain_eight(s))
                s += 8;
        while (s < end && plain_byte(*s))
                s++;
        return s;
}
