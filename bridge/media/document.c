/* media/document.c: a PDF is printed anew: poppler draws every page and cairo writes what it saw as another PDF. Text stays text, lines stay sharp; what
 * cannot be drawn is not there any more: scripts, forms, actions, embedded files, sound, layers, metadata, who made it. To clean a PDF in place (qpdf,
 * mutool) leaves whatever the cleaner does not know of; to make pictures of it takes the text from who searches, enlarges or listens. */
#include "media/inside.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { WALL_S = 60, LOOK = 16 * 1024 };

/* A password is asked for in the trailer, which stands at the end, or at the beginning of a file made for the web. */
static bool is_locked(int fd)
{
        char bytes[LOOK];
        off_t end = lseek(fd, 0, SEEK_END);
        ssize_t n = pread(fd, bytes, sizeof(bytes), end > LOOK ? end - LOOK : 0);

        if (n > 0 && memmem(bytes, (size_t)n, "/Encrypt", 8))
                return true;
        n = pread(fd, bytes, sizeof(bytes), 0);
        return n > 0 && memmem(bytes, (size_t)n, "/Encrypt", 8);
}

int document_make(struct making *making)
{
        const char *const whole[] = { making->settings->pdftocairo, "-pdf", "-", "-", NULL };
        const char *const first[] = { making->settings->pdftocairo, "-jpeg", "-singlefile", "-f", "1", "-l", "1", "-scale-to", "480", "-", "-", NULL };
        struct media_made *made = making->made;
        int r;

        made->kind = MEDIA_DOCUMENT;
        made->type = "application/pdf";
        r = tool_make(making, &(struct tool_run){ .argv = whole, .in = making->in, .wall_s = WALL_S, .out_max = 64 << 20 }, MEDIA_SHOWN);
        if (r == -EBADMSG && is_locked(making->in))
                return -EACCES;
        if (r >= 0)
                r = tool_make(making, &(struct tool_run){ .argv = first, .in = made->fd[MEDIA_SHOWN], .wall_s = WALL_S, .out_max = 4 << 20 }, MEDIA_THUMB);
        return r < 0 ? r : photo_size(made->fd[MEDIA_THUMB], &made->width, &made->height);
}
