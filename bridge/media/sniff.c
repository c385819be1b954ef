#include "media/sniff.h"

#include "base/macro.h"

#include <stdbool.h>
#include <string.h>

static uint32_t big(const unsigned char *p, size_t n)
{
        uint32_t v = 0;

        while (n-- > 0)
                v = v << 8 | *p++;
        return v;
}

static uint32_t little(const unsigned char *p, size_t n)
{
        uint32_t v = 0;

        while (n-- > 0)
                v = v << 8 | p[n];
        return v;
}

static bool is_at(const unsigned char *bytes, size_t n, size_t at, const char *what, size_t what_n)
{
        return at <= n && what_n <= n - at && memcmp(bytes + at, what, what_n) == 0;
}
#define IS_AT(at, what) is_at(bytes, n, at, what, sizeof(what) - 1)

/* Walks the segments to the frame header (SOF0 to SOF15, without DHT, JPG and DAC). False: the walk goes wrong. */
static bool jpeg_size(const unsigned char *bytes, size_t n, struct sniffed *ret)
{
        for (size_t at = 2; at + 4 <= n;) {
                unsigned char marker = bytes[at + 1];
                size_t len;

                if (bytes[at] != 0xff)
                        return false;
                if (marker == 0xff) { /* fill */
                        at++;
                        continue;
                }
                if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xda))
                        return false; /* none of these stands before the frame */
                len = big(bytes + at + 2, 2);
                if (len < 2)
                        return false;
                if (marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                        if (at + 9 > n || len < 8)
                                return false;
                        ret->height = big(bytes + at + 5, 2);
                        ret->width = big(bytes + at + 7, 2);
                        return true;
                }
                at += 2 + len;
        }
        return false;
}

static bool webp_size(const unsigned char *bytes, size_t n, struct sniffed *ret)
{
        if (n < 30)
                return false;
        if (IS_AT(12, "VP8X")) {
                ret->width = little(bytes + 24, 3) + 1;
                ret->height = little(bytes + 27, 3) + 1;
                return true;
        }
        if (IS_AT(12, "VP8L") && bytes[20] == 0x2f) {
                uint32_t bits = little(bytes + 21, 4);

                ret->width = (bits & 0x3fff) + 1;
                ret->height = (bits >> 14 & 0x3fff) + 1;
                return true;
        }
        if (IS_AT(12, "VP8 ") && IS_AT(23, "\x9d\x01\x2a")) {
                ret->width = little(bytes + 26, 2) & 0x3fff;
                ret->height = little(bytes + 28, 2) & 0x3fff;
                return true;
        }
        return false;
}

static bool is_ebml(const unsigned char *bytes, size_t n)
{
        size_t look = n < 64 ? n : 64;

        if (!IS_AT(0, "\x1a\x45\xdf\xa3"))
                return false;
        for (size_t at = 4; at + 3 < look; at++) /* DocType */
                if (IS_AT(at, "\x42\x82") && (is_at(bytes, look, at + 3, "webm", 4) || is_at(bytes, look, at + 3, "matroska", 8)))
                        return true;
        return false;
}

/* By the brands of the first box (ISO 14496-12 section 4.3). */
static enum media_form brand(const unsigned char *bytes, size_t n)
{
        static const char pictures[][5] = { "heic", "heix", "heim", "heis", "mif1", "avif" };
        static const char sounds[][5] = { "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "M4A ", "mp4a", "dash", "qt  ", "MSNV" };

        if (n < 16 || !IS_AT(4, "ftyp") || big(bytes, 4) < 16)
                return MEDIA_NONE;
        for (size_t i = 0; i < ELEMENTS(pictures); i++)
                if (is_at(bytes, n, 8, pictures[i], 4))
                        return MEDIA_HEIC;
        for (size_t i = 0; i < ELEMENTS(sounds); i++)
                if (is_at(bytes, n, 8, sounds[i], 4))
                        return MEDIA_MP4;
        return MEDIA_NONE;
}

void sniff(const unsigned char *bytes, size_t n, struct sniffed *ret)
{
        *ret = (struct sniffed){ .form = MEDIA_NONE };
        if (IS_AT(0, "\xff\xd8\xff")) {
                if (jpeg_size(bytes, n, ret))
                        ret->form = MEDIA_JPEG;
        } else if (IS_AT(0, "\x89PNG\r\n\x1a\n")) {
                if (n >= 24 && IS_AT(12, "IHDR")) {
                        ret->form = MEDIA_PNG;
                        ret->width = big(bytes + 16, 4);
                        ret->height = big(bytes + 20, 4);
                }
        } else if (IS_AT(0, "RIFF") && IS_AT(8, "WEBP")) {
                if (webp_size(bytes, n, ret))
                        ret->form = MEDIA_WEBP;
        } else if (IS_AT(0, "%PDF-1.") || IS_AT(0, "%PDF-2.")) {
                ret->form = MEDIA_PDF;
        } else if (is_ebml(bytes, n)) {
                ret->form = MEDIA_WEBM;
        } else if (IS_AT(0, "OggS") && n >= 5 && bytes[4] == 0) {
                ret->form = MEDIA_OGG;
        } else {
                ret->form = brand(bytes, n);
        }
}
