/* media/sniff.h: what a file is, by its first bytes and by nothing else. Pure; any thread.
 *
 * Not a guess: each kind has a signature that its standard fixes, and for pictures the header must say how large they are, which is looked at before
 * any decoder sees them. What is none of these is not taken, whatever it is called.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum media_form {
        MEDIA_NONE, /* none of ours */
        MEDIA_JPEG, /* ITU T.81 */
        MEDIA_PNG,  /* W3C PNG, third edition */
        MEDIA_WEBP, /* RFC 9649 */
        MEDIA_HEIC, /* ISO 23008-12, and AVIF beside it */
        MEDIA_PDF,  /* ISO 32000 */
        MEDIA_WEBM, /* RFC 8794 with DocType webm or matroska: what Chrome and Firefox record */
        MEDIA_OGG,  /* RFC 3533 */
        MEDIA_MP4,  /* ISO 14496-12: what Safari records */
};

enum { SNIFF_BYTES = 256 * 1024 }; /* of the beginning: a JPEG of a telephone carries its thumbnail before its size */

struct sniffed {
        enum media_form form;
        uint32_t width, height; /* of a JPEG, PNG or WebP; 0 where the header does not say */
};

/* bytes: the first n of the file, at most SNIFF_BYTES. */
void sniff(const unsigned char *bytes, size_t n, struct sniffed *ret);
