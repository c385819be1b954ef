#include "media/inside.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void media_made_done(struct media_made *made)
{
        for (int part = 0; part < MEDIA_PARTS; part++)
                if (made->fd[part] >= 0)
                        close(made->fd[part]);
        *made = MEDIA_MADE;
}

int media_part_new(struct making *making, enum media_part part)
{
        making->made->fd[part] = memfd_create("media", MFD_CLOEXEC);
        return making->made->fd[part] < 0 ? -errno : 0;
}

int media_part_end(struct making *making, enum media_part part)
{
        struct stat st;

        if (fstat(making->made->fd[part], &st) < 0)
                return -errno;
        making->made->bytes[part] = (uint64_t)st.st_size;
        return st.st_size > 0 ? 0 : -EBADMSG;
}

int media_make(const struct media_settings *settings, int in, atomic_bool *stopping, struct media_made *ret)
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
