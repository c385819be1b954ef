/* media/inside.h: what the files of media/ share. */
#pragma once

#include "media/media.h"
#include "media/run.h"
#include "media/sniff.h"

enum {
        THUMB_SIDE = 480,
        SHOWN_SIDE = 2048,     /* of a photo: a page of handwriting can be read */
        PIXELS_MAX = 64000000, /* of what is opened: more than any telephone makes */
        SIDE_MAX = 20000,
};

struct making {
        const struct media_settings *settings;
        int in;
        struct sniffed sniffed;
        atomic_bool *stopping;
        struct media_made *made;
};

int photo_make(struct making *making);
int document_make(struct making *making);
int voice_make(struct making *making);

/* A new file of memory as a part of what is made. */
int media_part_new(struct making *making, enum media_part part);
/* It is complete: its size is taken. -EBADMSG where it is empty. */
int media_part_end(struct making *making, enum media_part part);

/* The small picture of a JPEG. Sets the thumb's part. */
int photo_thumb(struct making *making, int from);

/* The size of a JPEG that a tool has written. */
int photo_size(int fd, int64_t *width, int64_t *height);
