/* ICU's C interface normalizes UTF-16 only. So a text goes there and back, but back only where it was not
 * normal: what browsers send nearly always is. */
#include "text/normal.h"

#include "base/macro.h"

#include <errno.h>
#include <stdint.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { SMALL = 1024 };

static int error_of(UErrorCode status)
{
        switch (status) {
        case U_MEMORY_ALLOCATION_ERROR:
                return -ENOMEM;
        case U_INVALID_CHAR_FOUND:
        case U_TRUNCATED_CHAR_FOUND:
        case U_ILLEGAL_CHAR_FOUND:
                return -EILSEQ;
        default:
                return -EIO;
        }
}

UChar *text_utf16(
        const char *in, size_t n, UChar *small, size_t room, UChar **ret_heap, int32_t *ret_n, int *ret_error)
{
        UErrorCode status = U_ZERO_ERROR;
        UChar *heap = NULL, *wide = small;

        *ret_heap = NULL;
        if (n > INT32_MAX / 8) {
                *ret_error = -EMSGSIZE;
                return NULL;
        }
        if (n > room) {
                heap = wide = malloc(n * sizeof(*wide));
                if (!wide) {
                        *ret_error = -ENOMEM;
                        return NULL;
                }
                room = n;
        }

        /* A byte never becomes more than one unit, so this fits. */
        u_strFromUTF8(wide, (int32_t)room, ret_n, in, (int32_t)n, &status);
        if (U_FAILURE(status)) {
                free(heap);
                *ret_error = error_of(status);
                return NULL;
        }
        *ret_heap = heap;
        return wide;
}

int text_utf8(const UChar *in, int32_t n, char **ret, size_t *ret_n)
{
        _cleanup_free_ char *out = NULL;
        UErrorCode status = U_ZERO_ERROR;
        int32_t out_n = 0;

        out = malloc((size_t)n * 3 + 1);
        if (!out)
                return -ENOMEM;
        u_strToUTF8(out, n * 3, &out_n, in, n, &status);
        if (U_FAILURE(status))
                return error_of(status);
        out[out_n] = '\0';

        *ret = TAKE(out);
        *ret_n = (size_t)out_n;
        return 0;
}

int text_nfc(const char *in, size_t n, char **ret, size_t *ret_n)
{
        UChar small[SMALL];
        _cleanup_free_ UChar *heap = NULL, *normal = NULL;
        UErrorCode status = U_ZERO_ERROR;
        const UNormalizer2 *nfc;
        const UChar *wide;
        int32_t wide_n, good_n, normal_n;
        size_t room;
        int r;

        nfc = unorm2_getNFCInstance(&status);
        if (U_FAILURE(status))
                return error_of(status);
        wide = text_utf16(in, n, small, SMALL, &heap, &wide_n, &r);
        if (!wide)
                return r;

        good_n = unorm2_spanQuickCheckYes(nfc, wide, wide_n, &status);
        if (U_FAILURE(status))
                return error_of(status);
        if (good_n == wide_n)
                return 1;

        /* NFC makes at most three units of one (UAX 15, table of expansion factors). */
        room = (size_t)wide_n * 3;
        normal = malloc(room * sizeof(*normal));
        if (!normal)
                return -ENOMEM;
        u_memcpy(normal, wide, good_n);
        normal_n = unorm2_normalizeSecondAndAppend(
                nfc, normal, good_n, (int32_t)room, wide + good_n, wide_n - good_n, &status);
        if (U_FAILURE(status))
                return error_of(status);
        if (normal_n == wide_n && u_memcmp(normal, wide, wide_n) == 0)
                return 1;
        return text_utf8(normal, normal_n, ret, ret_n);
}
