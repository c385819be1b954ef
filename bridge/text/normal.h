/* text/normal.h: NFC over UTF-8, inside text/ only. */
#pragma once

#include <stddef.h>
#include <unicode/umachine.h>

/* Makes the NFC of valid UTF-8 of any content (the lower half of text_body(), which adds our own rules).
 *
 * ret      set on 0 only: NUL-terminated, owned by the caller; where 1 is returned the input is NFC already
 * returns  0, 1, -EILSEQ, -EMSGSIZE (more than ICU can count) or -ENOMEM
 */
int text_nfc(const char *in, size_t n, char **ret, size_t *ret_n);

/* Reads UTF-8 as UTF-16, into room units at small where that fits and else on the heap.
 *
 * ret_heap what to free, NULL where small was used
 * returns  the text (small or *ret_heap), or NULL with *ret_error set
 */
UChar *text_utf16(const char *in, size_t n, UChar *small, size_t room, UChar **ret_heap, int32_t *ret_n,
        int *ret_error);

/* Writes UTF-16 as UTF-8. ret NUL-terminated and owned by the caller. Returns 0, -EILSEQ or -ENOMEM. */
int text_utf8(const UChar *in, int32_t n, char **ret, size_t *ret_n);
