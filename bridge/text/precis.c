#include "text/precis.h"

#include "text/normal.h"
#include "text/point.h"

#include "base/buf.h"

#include <errno.h>
#include <unicode/unorm2.h>

/* What a FreeformClass string may not hold (RFC 8264 section 4.3.3): controls, what is invisible, what is not assigned. The two joiners are
 * spelling in Persian and Hindi and may stand anywhere, which is looser than its rule about their neighbours. */
static bool is_nothing(UChar32 c)
{
        if (c == POINT_ZWNJ || c == POINT_ZWJ)
                return false;
        return point_is_control(c) || point_is_invisible(c) || u_charType(c) == U_UNASSIGNED || u_charType(c) == U_SURROGATE;
}

int text_password(const char *in, size_t n, size_t max, char **ret, size_t *ret_points)
{
        _cleanup_(buf_done) struct buf mapped = BUF(max);
        _cleanup_free_ char *normal = NULL;
        size_t normal_n = 0, points = 0;
        int r;

        if (n > max)
                return -EMSGSIZE;
        for (size_t i = 0; i < n;) {
                UChar32 c = point_next(in, &i, n);
                char bytes[POINT_BYTES_MAX];

                if (c < 0)
                        return -EILSEQ;
                if (is_nothing(c))
                        return -EBADMSG;
                if (c > 0x7f && u_charType(c) == U_SPACE_SEPARATOR)
                        c = ' ';
                buf_add(&mapped, bytes, point_write(bytes, c));
        }
        if (buf_failed(&mapped))
                return buf_failed(&mapped);
        if (mapped.len == 0)
                return -ENODATA;
        r = text_nfc(buf_str(&mapped), mapped.len, &normal, &normal_n);
        if (r < 0)
                return r;
        if (r == 1) {
                normal_n = mapped.len;
                normal = strndup(buf_str(&mapped), mapped.len);
                if (!normal)
                        return -ENOMEM;
        }
        memset(mapped.data, 0, mapped.len);
        if (normal_n > max)
                return -EMSGSIZE;
        for (size_t i = 0; i < normal_n; points++)
                point_next(normal, &i, normal_n);
        *ret = TAKE(normal);
        *ret_points = points;
        return 0;
}

static int casefold(const char *in, size_t n, char **ret, size_t *ret_n)
{
        enum { SMALL = 512 };
        UChar small[SMALL], *wide, out[SMALL * 2];
        _cleanup_free_ UChar *heap = NULL;
        UErrorCode status = U_ZERO_ERROR;
        const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&status);
        int32_t wide_n, out_n;
        int r = -EIO;

        if (U_FAILURE(status))
                return -EIO;
        wide = text_utf16(in, n, small, SMALL, &heap, &wide_n, &r);
        if (!wide)
                return r;
        out_n = unorm2_normalize(fold, wide, wide_n, out, (int32_t)ELEMENTS(out), &status);
        if (status == U_BUFFER_OVERFLOW_ERROR)
                return -EMSGSIZE;
        return U_FAILURE(status) ? -EIO : text_utf8(out, out_n, ret, ret_n);
}

int text_login(const char *in, size_t n, size_t max, char **ret)
{
        _cleanup_free_ char *folded = NULL;
        size_t folded_n = 0;
        int r;

        if (n > max)
                return -EMSGSIZE;
        while (n > 0 && (*in == ' ' || *in == '\t'))
                in++, n--;
        while (n > 0 && (in[n - 1] == ' ' || in[n - 1] == '\t'))
                n--;
        for (size_t i = 0; i < n;) {
                UChar32 c = point_next(in, &i, n);

                if (c < 0)
                        return -EILSEQ;
                if (point_is_control(c) || point_is_space(c))
                        return -EBADMSG;
        }
        r = casefold(in, n, &folded, &folded_n);
        if (r < 0)
                return r;
        if (folded_n == 0)
                return -ENODATA;
        if (folded_n > max)
                return -EMSGSIZE;
        *ret = TAKE(folded);
        return 0;
}
