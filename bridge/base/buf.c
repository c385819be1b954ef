#include "base/buf.h"

#include <errno.h>
#include <stdint.h>

#define BUF_FIRST_ROOM 256

void buf_done(struct buf *b)
{
        if (!b)
                return;
        free(b->data);
        *b = BUF(b->cap);
}

void buf_clear(struct buf *b)
{
        b->len = 0;
        b->error = 0;
        if (b->data)
                b->data[0] = '\0';
}

static int fail(struct buf *b, int error)
{
        if (b->error == 0)
                b->error = error;
        return b->error;
}

char *buf_reserve(struct buf *b, size_t n)
{
        size_t room;
        char *data;

        if (b->error)
                return NULL;
        if (n > b->cap || b->len > b->cap - n) {
                fail(b, -EMSGSIZE);
                return NULL;
        }
        if (b->data && b->room - b->len > n)
                return b->data + b->len;

        room = b->room ? b->room : BUF_FIRST_ROOM;
        while (room - b->len <= n)
                room *= 2;
        if (room > b->cap + 1)
                room = b->cap + 1;
        data = realloc(b->data, room);
        if (!data) {
                fail(b, -ENOMEM);
                return NULL;
        }
        b->data = data;
        b->room = room;
        b->data[b->len] = '\0';
        return b->data + b->len;
}

int buf_add(struct buf *b, const void *bytes, size_t n)
{
        char *to;

        /* mostly there is room: room is never more than the cap allows */
        to = b->data && !b->error && b->room - b->len > n ? b->data + b->len : buf_reserve(b, n);
        if (!to)
                return b->error;
        if (n > 0)
                memcpy(to, bytes, n);
        b->len += n;
        b->data[b->len] = '\0';
        return 0;
}

int buf_add_str(struct buf *b, const char *s)
{
        return buf_add(b, s, strlen(s));
}

int buf_add_char(struct buf *b, char c)
{
        return buf_add(b, &c, 1);
}

int buf_add_escaped(struct buf *b, const char *s)
{
        static const char digits[] = "0123456789ABCDEF", plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
        int r = buf_failed(b);

        for (; *s && r >= 0; s++) {
                unsigned char c = (unsigned char)*s;

                r = strchr(plain, c) ? buf_add(b, s, 1) : buf_add(b, (const char[]){ '%', digits[c >> 4], digits[c & 15] }, 3);
        }
        return r;
}

int buf_vprintf(struct buf *b, const char *format, va_list ap)
{
        va_list again;
        char *to;
        int n;

        va_copy(again, ap);
        n = vsnprintf(NULL, 0, format, again);
        va_end(again);
        if (n < 0)
                return fail(b, -EINVAL);
        to = buf_reserve(b, (size_t)n);
        if (!to)
                return b->error;
        vsnprintf(to, (size_t)n + 1, format, ap);
        b->len += (size_t)n;
        return 0;
}

int buf_printf(struct buf *b, const char *format, ...)
{
        va_list ap;
        int r;

        va_start(ap, format);
        r = buf_vprintf(b, format, ap);
        va_end(ap);
        return r;
}

const char *buf_str(const struct buf *b)
{
        return b->data ? b->data : "";
}

char *buf_take(struct buf *b)
{
        char *data;

        if (b->error)
                return NULL;
        if (!b->data && !buf_reserve(b, 0))
                return NULL;
        data = TAKE(b->data);
        *b = BUF(b->cap);
        return data;
}
