/* base/buf.h: bytes that grow up to a cap.
 *
 * A buffer knows its largest size from birth. What does not fit leaves the buffer as it was and marks it: the writer
 * of many pieces looks once, at the end, with buf_failed(). The content is always followed by a NUL that does not
 * count, so text in a buffer can be passed where a C string is wanted. Not shared between threads.
 */
#pragma once

#include "base/macro.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct buf {
        char *data;  /* NULL until something is in it */
        size_t len;
        size_t room; /* bytes allocated */
        size_t cap;  /* never more than this, the NUL apart */
        int error;   /* 0, -EMSGSIZE (over the cap) or -ENOMEM; sticky */
};

#define BUF(cap_) ((struct buf){ .cap = (cap_) })

/* Frees the content and leaves an empty buffer with the same cap. Takes NULL. */
void buf_done(struct buf *b);

/* Empties it, keeps the memory, forgets a failure. */
void buf_clear(struct buf *b);

/* Appends; all or nothing. Returns 0, -EMSGSIZE or -ENOMEM, and after a failure that failure. */
int buf_add(struct buf *b, const void *bytes, size_t n);
int buf_add_str(struct buf *b, const char *s);
int buf_add_char(struct buf *b, char c);
int buf_printf(struct buf *b, const char *format, ...) _printf_(2, 3);
int buf_vprintf(struct buf *b, const char *format, va_list ap) _printf_(2, 0);

/* Percent-encoded: all but the unreserved characters of RFC 3986, so as well for a name in a head (RFC 8187). Not all or nothing: look at buf_failed(). */
int buf_add_escaped(struct buf *b, const char *s);

/* Makes room for n more bytes and returns where they go; the caller then adds to len what it wrote. NULL where that is
 * over the cap or memory is out (the buffer is marked). */
char *buf_reserve(struct buf *b, size_t n);

/* The content as a C string; "" while empty. Borrowed until the next change. */
const char *buf_str(const struct buf *b);

/* Takes the content out as a C string of its own; the buffer is empty after. NULL when it failed or memory is out. */
char *buf_take(struct buf *b);

static inline int buf_failed(const struct buf *b)
{
        return b->error;
}
