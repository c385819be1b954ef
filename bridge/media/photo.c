/* media/photo.c: a picture becomes a JPEG of at most 2048 pixels a side (a page of handwriting can be read), turned the right way up, in sRGB, on white,
 * without a word beside it: no place, no time, no telephone, no name. libvips does it, because it shrinks while it reads and knows HEIC. */
#include "media/inside.h"

#include <errno.h>
#include <unistd.h>

enum { HEAD = 64 * 1024, WALL_S = 30 };

static int shrink(struct making *making, int from, const char *size, const char *as, enum media_part part)
{
        const char *const argv[] = { making->settings->vipsthumbnail, "stdin[fail_on=truncated]", "--size", size, "--export-profile", "srgb", "--output", as, NULL };

        return tool_make(making, &(struct tool_run){ .argv = argv, .in = from, .wall_s = WALL_S, .out_max = 16 << 20 }, part);
}

int photo_size(int fd, int64_t *width, int64_t *height)
{
        _cleanup_free_ unsigned char *head = malloc(HEAD);
        struct sniffed made;
        ssize_t n;

        if (!head)
                return -ENOMEM;
        n = pread(fd, head, HEAD, 0);
        sniff(head, n < 0 ? 0 : (size_t)n, &made);
        if (made.form != MEDIA_JPEG)
                return -EBADMSG;
        *width = made.width;
        *height = made.height;
        return 0;
}

int photo_thumb(struct making *making, int from)
{
        return shrink(making, from, "480x480>", ".jpg[Q=72,strip,background=255]", MEDIA_THUMB);
}

int photo_make(struct making *making)
{
        struct media_made *made = making->made;
        uint64_t pixels = (uint64_t)making->sniffed.width * making->sniffed.height;
        int r;

        /* HEIC says its size deep inside; libheif has a limit of its own, and the cage the last word. */
        if (making->sniffed.form != MEDIA_HEIC && pixels == 0)
                return -EBADMSG;
        if (pixels > PIXELS_MAX || making->sniffed.width > SIDE_MAX || making->sniffed.height > SIDE_MAX)
                return -EFBIG;
        made->kind = MEDIA_PHOTO;
        made->type = "image/jpeg";
        r = shrink(making, making->in, "2048x2048>", ".jpg[Q=84,strip,background=255]", MEDIA_SHOWN);
        if (r >= 0)
                r = photo_size(made->fd[MEDIA_SHOWN], &made->width, &made->height);
        return r < 0 ? r : photo_thumb(making, made->fd[MEDIA_SHOWN]);
}
