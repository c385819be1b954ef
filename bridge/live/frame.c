#include "live/frame.h"

struct frame *frame_new(const char *bytes, size_t len)
{
        struct frame *f;

        if (len > UINT32_MAX)
                return NULL;
        f = malloc(sizeof(*f) + len);
        if (!f)
                return NULL;
        f->users = 1;
        f->len = (uint32_t)len;
        memcpy(f->bytes, bytes, len);
        return f;
}

struct frame *frame_ref(struct frame *f)
{
        if (f)
                f->users++;
        return f;
}

void frame_unref(struct frame *f)
{
        if (f && --f->users == 0)
                free(f);
}
