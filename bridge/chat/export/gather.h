/* chat/export/gather.h: the walk that fills both files of a zip. Inside chat/export only. */
#pragma once

#include "base/buf.h"
#include "chat/rights/viewer.h"
#include "proto/shape.h"

/* Where they are, or were, signed in. */
struct stay {
        enum device_kind kind;
        enum sign_in how;
        int64_t made_ms, seen_ms, until_ms, ended_ms; /* -1: it goes on */
};

/* What is known before the first message. In an arena that outlives the walk. */
struct gathered {
        int64_t now_ms;
        struct viewer viewer;
        struct school_shape school;
        struct person_shape me;
        struct many_thread threads;
        struct many_consent *consents; /* by thread; all there ever were */
        struct many_reader *readers;   /* by thread */
        struct stay *stays;
        size_t stays_n;
};

/* A page of a conversation, in the order of its numbers. */
struct gathered_page {
        const struct thread_shape *thread;
        struct many_message messages;
        struct many_reply replies; /* one's own, at these */
};

/* A file of the zip. Each function appends to a buffer that is written and emptied behind it. */
struct format {
        const char *name;
        void (*begin)(struct buf *out, const struct gathered *g);
        void (*thread_begin)(struct buf *out, const struct gathered *g, size_t i);
        void (*page)(struct buf *out, const struct gathered *g, const struct gathered_page *page, size_t before); /* before: messages so far */
        void (*thread_end)(struct buf *out, const struct gathered *g, size_t i);
        void (*end)(struct buf *out, const struct gathered *g);
};

/* What an attachment is called in the zip. */
enum { FILE_NAME = 48 };
void file_name(const struct attachment_shape *attachment, char ret[FILE_NAME]);

extern const struct format format_json, format_page;
