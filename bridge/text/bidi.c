#include "text/bidi.h"

#include "text/point.h"

/* What is open, innermost last: 'i' an isolate, 'e' an embedding or override. */
struct open {
        struct buf kinds;
        size_t isolates;
};

static void open_done(struct open *o)
{
        buf_done(&o->kinds);
}

static bool innermost_is(const struct open *o, char kind)
{
        return o->kinds.len > 0 && o->kinds.data[o->kinds.len - 1] == kind;
}

static void add_point(struct buf *out, UChar32 c)
{
        char bytes[POINT_BYTES_MAX];

        buf_add(out, bytes, point_write(bytes, c));
}

static void open_scope(struct open *o, UChar32 c, struct buf *out)
{
        bool isolate = c >= POINT_LRI;

        buf_add_char(&o->kinds, isolate ? 'i' : 'e');
        o->isolates += isolate;
        add_point(out, c);
}

static void close_innermost(struct open *o, struct buf *out)
{
        bool isolate = innermost_is(o, 'i');

        o->kinds.len--;
        o->isolates -= isolate;
        add_point(out, isolate ? POINT_PDI : POINT_PDF);
}

static void close_all(struct open *o, struct buf *out)
{
        while (o->kinds.len > 0)
                close_innermost(o, out);
}

static void take_scope(struct open *o, UChar32 c, struct buf *out)
{
        if (c == POINT_PDF) {
                if (innermost_is(o, 'e'))
                        close_innermost(o, out);
        } else if (c == POINT_PDI) {
                if (o->isolates == 0)
                        return;
                while (innermost_is(o, 'e'))
                        close_innermost(o, out);
                close_innermost(o, out);
        } else {
                open_scope(o, c, out);
        }
}

int bidi_balance(const char *s, size_t n, struct buf *out)
{
        _cleanup_(open_done) struct open open = { .kinds = BUF(n) };

        for (size_t i = 0; i < n;) {
                size_t start = i;
                UChar32 c = point_next(s, &i, n);

                if (point_is_bidi_scope(c)) {
                        take_scope(&open, c, out);
                        continue;
                }
                if (c == '\n' || c == POINT_PARAGRAPH_SEPARATOR)
                        close_all(&open, out);
                buf_add(out, s + start, i - start);
        }
        close_all(&open, out);
        return open.kinds.error ? open.kinds.error : buf_failed(out);
}
