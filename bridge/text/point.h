/* text/point.h: code points, inside text/ only.
 *
 * Most text of most schools is made of letters that need no thought: they are NFC by themselves, combine with
 * nothing and are one grapheme cluster each. point_is_plain() names those by range, so that the common
 * message never asks ICU anything. A test holds the ranges against ICU's data, point by point.
 */
#pragma once

#include "base/macro.h"

#include <stdbool.h>
#include <stddef.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

enum {
        POINT_BYTES_MAX = 4, /* of UTF-8 */

        POINT_ZWNJ = 0x200c,
        POINT_ZWJ = 0x200d,
        POINT_LRE = 0x202a,
        POINT_RLE = 0x202b,
        POINT_PDF = 0x202c,
        POINT_LRO = 0x202d,
        POINT_RLO = 0x202e,
        POINT_PARAGRAPH_SEPARATOR = 0x2029,
        POINT_LRI = 0x2066,
        POINT_RLI = 0x2067,
        POINT_FSI = 0x2068,
        POINT_PDI = 0x2069,
};

/* The point at *i, and *i moved past it; negative where the bytes are no UTF-8. Needs *i < n. */
static inline UChar32 point_next(const char *s, size_t *i, size_t n)
{
        const unsigned char *bytes = (const unsigned char *)s;
        UChar32 c;

        U8_NEXT(bytes, *i, n, c);
        return c;
}

/* The point that ends before *i, and *i moved to its start; negative where the bytes are no UTF-8. Needs *i >
 * 0, and no text longer than INT32_MAX. */
static inline UChar32 point_before(const char *s, size_t *i)
{
        const unsigned char *bytes = (const unsigned char *)s;
        int32_t start = 0, at = (int32_t)*i;
        UChar32 c;

        U8_PREV(bytes, start, at, c);
        *i = (size_t)at;
        return c;
}

/* Writes a valid point; room for POINT_BYTES_MAX. Returns the bytes written. */
static inline size_t point_write(char *ret, UChar32 c)
{
        unsigned char *bytes = (unsigned char *)ret;
        size_t n = 0;

        U8_APPEND_UNSAFE(bytes, n, c);
        return n;
}

/* NFC quick check "yes", combining class 0, grapheme cluster break "other", not invisible: see above. False
 * says only "look closer". */
static inline bool point_is_plain(UChar32 c)
{
        if (c < 0x300)
                return (c >= 0x20 && c < 0x7f) || (c > 0xa0 && c != 0xa9 && c != 0xad && c != 0xae);
        if (c < 0x1e00)
                return (c >= 0x388 && c <= 0x482) || (c >= 0x48a && c <= 0x52f) || /* Greek, Cyrillic */
                       (c >= 0x5d0 && c <= 0x5ea) ||                               /* Hebrew */
                       (c >= 0x606 && c <= 0x60f) || c == 0x61b || (c >= 0x61d && c <= 0x64a) ||
                       (c >= 0x660 && c <= 0x66f) || (c >= 0x671 && c <= 0x6d5) ||
                       (c >= 0x6ee && c <= 0x6ff) ||                                 /* Arabic */
                       (c >= 0x1200 && c <= 0x135a) || (c >= 0x1360 && c <= 0x137c); /* Ethiopic */
        if (c < 0x3000)
                return (c <= 0x1eff) || (c >= 0x2010 && c <= 0x2027) || (c >= 0x2030 && c <= 0x203b) ||
                       (c >= 0x20a0 && c <= 0x20c0);
        return (c >= 0x3001 && c <= 0x3029) || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30a1 && c <= 0x30fa) ||
               (c >= 0x4e00 && c <= 0x9fff);
}

/* Explicit formatting that has a scope: U+202A..U+202E and U+2066..U+2069. */
static inline bool point_is_bidi_scope(UChar32 c)
{
        return (c >= POINT_LRE && c <= POINT_RLO) || (c >= POINT_LRI && c <= POINT_PDI);
}

/* Bidi control (UAX 9): the scopes and the marks LRM, RLM, ALM. */
static inline bool point_is_bidi_control(UChar32 c)
{
        return point_is_bidi_scope(c) || c == 0x200e || c == 0x200f || c == 0x61c;
}

static inline bool point_is_space(UChar32 c)
{
        if (c < 0x80)
                return c == ' ' || (c >= 0x09 && c <= 0x0d);
        return (c < 0x1680 ? c == 0x85 || c == 0xa0 : (c <= 0x3000 && u_isUWhiteSpace(c)));
}

/* A control character that no text of ours holds; white space is for the caller to look at first. */
static inline bool point_is_control(UChar32 c)
{
        return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/* Default-ignorable, and the two that are blank without being so in the data. */
static inline bool point_is_invisible(UChar32 c)
{
        if (point_is_plain(c))
                return false;
        return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || (c >= 0xfff9 && c <= 0xfffb) ||
               c == 0x2800;
}

/* Pictures: emoji and what flags are made of. Digits are not, though keycaps are built on them. */
static inline bool point_is_emoji(UChar32 c)
{
        return c > 0xa8 && (u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) ||
                                   u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR));
}
