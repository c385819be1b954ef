#include "media/inside.h"

#include "child/child.h"

#include <errno.h>
#include <unistd.h>

static const uint64_t MEMORY_MAX = 1ULL << 30;

void media_made_done(struct media_made *made)
{
        for (int part = 0; part < MEDIA_PARTS; part++)
                if (made->fd[part] >= 0)
                        close(made->fd[part]);
        *made = MEDIA_MADE;
}

int tool_run(struct making *making, const struct tool_run *run, int *ret, uint64_t *len)
{
        /* libvips: none of the loaders that its authors call untrusted, no machine code made at run time, one thread. */
        static const char *const environment[] = { "LC_ALL=C.UTF-8", "VIPS_BLOCK_UNTRUSTED=1", "VIPS_NOVECTOR=1", "VIPS_CONCURRENCY=1", "ORC_CODE=backup", NULL };
        const struct child child = { .argv = run->argv, .env = environment, .in_fd = run->in, .out_max = run->out_max, .memory_max = MEMORY_MAX,
                                     .time_ms = run->wall_s * 1000, .files_max = 64, .extra = "/etc/fonts" };
        int r = child_run(&child, making->stopping, ret, len);

        switch (r) {
        case -ENOENT:
                return -ENOEXEC;
        case -ETIMEDOUT:
        case -EFBIG:
                return -ETIME;
        case -EPROTO:
                return -EBADMSG;
        default:
                return r;
        }
}

int tool_make(struct making *making, const struct tool_run *run, enum media_part part)
{
        int r = tool_run(making, run, &making->made->fd[part], &making->made->bytes[part]);

        return r < 0 ? r : making->made->bytes[part] > 0 ? 0 : -EBADMSG;
}

int media_make(const struct media_settings *settings, int in, const atomic_bool *stopping, struct media_made *ret)
{
        _cleanup_free_ unsigned char *head = malloc(SNIFF_BYTES);
        struct making making = { .settings = settings, .in = in, .stopping = stopping, .made = ret };
        ssize_t n;

        if (!head)
                return -ENOMEM;
        n = pread(in, head, SNIFF_BYTES, 0);
        if (n < 0)
                return -errno;
        sniff(head, (size_t)n, &making.sniffed);
        switch (making.sniffed.form) {
        case MEDIA_NONE:
                return -ENOMSG;
        case MEDIA_JPEG:
        case MEDIA_PNG:
        case MEDIA_WEBP:
        case MEDIA_HEIC:
                return photo_make(&making);
        case MEDIA_PDF:
                return document_make(&making);
        case MEDIA_WEBM:
        case MEDIA_OGG:
        case MEDIA_MP4:
                return voice_make(&making);
        }
        return -ENOMSG;
}
