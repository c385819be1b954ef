/* media/media.h: a stranger's file becomes one that is safe to show, or is refused. On a worker thread: it waits for other programs.
 *
 * Nothing that came in goes out as it was, but for the original of a voice message, which only its own conversation can fetch and no page shows. Each
 * kind is decoded and written anew by a tool in a cage (child/child.h), and the program itself reads nothing of it but headers (sniff.h).
 */
#pragma once

#include "base/macro.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum media_kind { MEDIA_PHOTO = 1, MEDIA_DOCUMENT, MEDIA_VOICE };
enum media_part { MEDIA_SHOWN, MEDIA_THUMB, MEDIA_ORIGINAL, MEDIA_PARTS };
enum { MEDIA_PEAKS = 96 };

struct media_settings {
        const char *ffmpeg, *vipsthumbnail, *pdftocairo;
        int64_t voice_s; /* the longest voice message */
};

struct media_made {
        enum media_kind kind;
        const char *type;               /* static */
        int fd[MEDIA_PARTS];            /* files of memory; -1: there is no such part */
        uint64_t bytes[MEDIA_PARTS];
        int64_t width, height, duration_ms; /* -1: it has none */
        bool has_peaks;
        unsigned char peaks[MEDIA_PEAKS];
};
#define MEDIA_MADE ((struct media_made){ .fd = { -1, -1, -1 }, .width = -1, .height = -1, .duration_ms = -1 })

/* Closes the files. */
void media_made_done(struct media_made *made);

/* Makes it.
 *
 * in       a file of memory; stays the caller's
 * ret      MEDIA_MADE; filled on 0 only, otherwise for media_made_done() all the same
 * returns  0; -ENOMSG: none of the kinds we take; -EBADMSG: it cannot be read; -EFBIG: too many pixels; -ETIME: it takes too much time or room to open;
 *          -EACCES: it asks for a password; -ERANGE: longer than a voice message may be; -ENOEXEC: the tool is not installed; -ECANCELED: stopping;
 *          or another negative errno
 */
int media_make(const struct media_settings *settings, int in, const atomic_bool *stopping, struct media_made *ret);
