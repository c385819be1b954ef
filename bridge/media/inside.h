/* media/inside.h: what the files of media/ share. */
#pragma once

#include "media/media.h"
#include "media/sniff.h"

enum {
        PIXELS_MAX = 64000000, /* of what is opened: more than any telephone makes */
        SIDE_MAX = 20000,
};

struct making {
        const struct media_settings *settings;
        int in;
        struct sniffed sniffed;
        const atomic_bool *stopping;
        struct media_made *made;
};

/* One run of a tool, caged (child/child.h), from one file of memory to another. */
struct tool_run {
        const char *const *argv;
        int in;
        int wall_s;
        uint64_t out_max;
};

/* *ret: what it wrote, the caller's to close. Returns as media_make(). */
int tool_run(struct making *making, const struct tool_run *run, int *ret, uint64_t *len);

/* The same, into a part of what is made. -EBADMSG where it wrote nothing. */
int tool_make(struct making *making, const struct tool_run *run, enum media_part part);

int photo_make(struct making *making);
int document_make(struct making *making);
int voice_make(struct making *making);

/* The small picture of a JPEG. */
int photo_thumb(struct making *making, int from);

/* The size of a JPEG that a tool has written. */
int photo_size(int fd, int64_t *width, int64_t *height);
