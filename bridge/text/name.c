/* A name stands in front of what others write, in lists, in mail, on a lock screen. So it may not carry
 * anything that acts on its surroundings or that tells two names apart which look the same. */
#include "text/limits.h"
#include "text/point.h"
#include "text/text.h"

#include "base/buf.h"

#include <errno.h>

enum { NAME_BYTES_UNREAD = 4 * TEXT_BYTES_MAX };

struct line {
        struct buf *out;
        UChar32 joiner; /* ZWNJ or ZWJ that stays when a letter follows */
        bool space;     /* white space that stays when anything follows */
        bool letter;    /* the last point was a letter or a letter's mark */
};

static bool is_letter(UChar32 c)
{
        return u_isalpha(c);
}

static void add(struct line *line, UChar32 c)
{
        char bytes[POINT_BYTES_MAX];

        buf_add(line->out, bytes, point_write(bytes, c));
}

static void take(struct line *line, UChar32 c)
{
        bool mark;

        if (point_is_space(c)) {
                line->space = line->out->len > 0;
                line->joiner = 0;
                line->letter = false;
                return;
        }
        if ((c == POINT_ZWNJ || c == POINT_ZWJ) && line->letter && !line->joiner) {
                line->joiner = c;
                return;
        }
        if (point_is_invisible(c)) /* bidi controls are */
                return;

        if (line->space)
                add(line, ' ');
        if (line->joiner && is_letter(c))
                add(line, line->joiner);
        add(line, c);

        mark = (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
        line->letter = is_letter(c) || (mark && line->letter);
        line->space = false;
        line->joiner = 0;
}

int text_name(const char *in, size_t n, size_t max, char **ret)
{
        _cleanup_(buf_done) struct buf out = BUF(NAME_BYTES_UNREAD);
        struct line line = { .out = &out };
        struct shape shape;
        int r;

        if (n > NAME_BYTES_UNREAD)
                return -EMSGSIZE;
        for (size_t i = 0; i < n;) {
                UChar32 c = point_next(in, &i, n);

                if (c < 0)
                        return -EILSEQ;
                if (point_is_control(c) && !point_is_space(c))
                        return -EBADMSG;
                take(&line, c);
        }
        if (buf_failed(&out))
                return buf_failed(&out);

        r = shape_read(buf_str(&out), out.len, &shape);
        if (r < 0)
                return r;
        return text_settle(buf_str(&out), out.len, &shape, max, ret);
}
