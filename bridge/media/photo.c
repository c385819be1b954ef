/* media/photo.c: a picture becomes a JPEG of at most SHOWN_SIDE pixels a side, turned the right way up, in sRGB, on white, without a word beside it: no
 * place, no time, no telephone, no name. libvips does it, because it shrinks while it reads and knows HEIC; its loaders for everything else are shut. */
#include "media/inside.h"

#include <errno.h>
#include <unistd.h>

enum { HEAD = 64 * 1024 };

static int shrink(struct making *making, int from, int to, const char *size, const char *quality)
{
        const char *const argv[] = { making->settings->vipsthumbnail, "stdin", "--size", size, "--export-profile", "srgb", "--output", quality, NULL };

        return media_run(&(struct media_run){
                .argv = argv, .in = from, .out = to, .wall_s = 30, .stopping = making->stopping,
                .limits = { .memory_bytes = 1LL << 30, .cpu_s = 20, .write_bytes = 32LL << 20, .files = 64 },
        });
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
        int r = media_part_new(making, MEDIA_THUMB);

        if (r >= 0)
                r = shrink(making, from, making->made->fd[MEDIA_THUMB], "480x480>", ".jpg[Q=72,strip,background=255]");
        return r < 0 ? r : media_part_end(making, MEDIA_THUMB);
}

int photo_make(struct making *making)
{
        struct media_made *made = making->made;
        uint64_t pixels = (uint64_t)making->sniffed.width * making->sniffed.height;
        int r;

        if (making->sniffed.form != MEDIA_HEIC && pixels == 0)
                return -EBADMSG;
        if (pixels > PIXELS_MAX || making->sniffed.width > SIDE_MAX || making->sniffed.height > SIDE_MAX)
                return -EFBIG;
        made->kind = MEDIA_PHOTO;
        made->type = "image/jpeg";
        r = media_part_new(making, MEDIA_SHOWN);
        if (r >= 0)
                r = shrink(making, making->in, made->fd[MEDIA_SHOWN], "2048x2048>", ".jpg[Q=84,strip,background=255]");
        if (r >= 0)
                r = media_part_end(making, MEDIA_SHOWN);
        if (r >= 0)
                r = photo_size(made->fd[MEDIA_SHOWN], &made->width, &made->height);
        return r < 0 ? r : photo_thumb(making, made->fd[MEDIA_SHOWN]);
}
