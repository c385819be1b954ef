/* chat/moving/writing.h: what the two files that make a file for another school share. */
#pragma once

#include "chat/moving/moving.h"

/* A file that goes along, and what of it: a voice message as it was recorded, where that was kept, for the other school makes it anew. */
struct moving_file {
        int64_t id;
        enum file_part part;
        uint64_t bytes;
};

struct moving_content {
        struct buf json;
        struct arena *a;
        struct moving_file *files; /* in the order of their messages, in the arena */
        size_t files_n;
};

/* ret holds a buffer and an arena, to be filled. Returns as moving_write(); made->files is not set. */
int moving_content(struct tx *tx, int64_t thread, const struct uuid *id, struct moving_content *ret, struct moving_made *made);
