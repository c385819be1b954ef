#include "text/bidi.h"
#include "text/limits.h"
#include "text/text.h"

#include "base/buf.h"

#include <errno.h>

/* Nothing gets this much shorter by our rules and NFC together; what is longer is refused unread. */
enum { BODY_BYTES_UNREAD = 4 * TEXT_BYTES_MAX };

static int unify_lines(const char *s, size_t n, struct buf *out)
{
        for (size_t i = 0; i < n; i++) {
                if (s[i] != '\r')
                        buf_add_char(out, s[i]);
                else if (i + 1 == n || s[i + 1] != '\n')
                        buf_add_char(out, '\n');
        }
        return buf_failed(out);
}

int text_body(const char *in, size_t n, size_t max, char **ret)
{
        _cleanup_(buf_done) struct buf lines = BUF(BODY_BYTES_UNREAD), balanced = BUF(2 * BODY_BYTES_UNREAD);
        struct shape shape;
        int r;

        if (n > BODY_BYTES_UNREAD)
                return -EMSGSIZE;
        text_trim(&in, &n);
        r = shape_read(in, n, &shape);
        if (r < 0)
                return r;
        if (shape.control)
                return -EBADMSG;

        if (shape.carriage) {
                r = unify_lines(in, n, &lines);
                if (r < 0)
                        return r;
                in = buf_str(&lines);
                n = lines.len;
        }
        if (shape.scoped) {
                r = bidi_balance(in, n, &balanced);
                if (r < 0)
                        return r;
                in = buf_str(&balanced);
                n = balanced.len;
                text_trim(&in, &n);
        }
        if (shape.carriage || shape.scoped) {
                r = shape_read(in, n, &shape);
                if (r < 0)
                        return r;
        }
        return text_settle(in, n, &shape, max, ret);
}
