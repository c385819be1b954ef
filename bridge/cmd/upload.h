/* cmd/upload.h: a file that somebody sends in, from its first byte until it is safe; what becomes of it then is its plan's.
 *
 *   loop      gathers what comes into pieces of 64 KiB and hands them to the worker `spooling`: it waits for no disk (media/spool.h)
 *   reader    meanwhile: may they? Who may not is answered before the rest has come
 *   media     makes it safe, or says why not (media/media.h)
 *   loop      plan->keep: the writer's part, which looks again whether they may
 *
 * Loop thread, where nothing else is said. A plan's own upload begins with a struct upload.
 */
#pragma once

#include "chat/rights/viewer.h"
#include "cmd/http.h"
#include "conf/conf.h"
#include "media/media.h"
#include "store/store.h"
#include "work/work.h"

struct spool;
struct upload;

struct upload_plan {
        size_t size;  /* of the plan's own upload */
        bool voice;   /* it takes nothing else */
        int64_t voice_s; /* the longest voice; 0: as the setting says */
        int (*look)(struct upload *upload, struct tx *tx); /* on a reader: who, and may they: upload->viewer. -ESRCH: nobody is signed in; errors as upload_refuse_error() */
        int (*shape)(struct upload *upload);               /* on the media worker, once it is made; NULL: nothing */
        void (*keep)(struct upload *upload);               /* it is made: submits jobs of the writer, and answers */
        void (*done)(struct upload *upload);               /* frees what is its own; NULL: nothing */
};

struct upload {
        int refs;                /* the connection, and each job and task that is under way */
        const struct upload_plan *plan;
        struct school *school;
        struct http_call call;   /* without what was borrowed */
        struct token_hash token;
        bool answered;
        const char *field;       /* what is wrong with the address that came, static; said once it is known that they may */
        enum error_reason wrong;
        bool may, whole, making; /* the reader said yes; all has come; it is with the media worker or beyond */
        uint64_t expected;
        struct buf piece;        /* what has come and is not handed on */
        size_t waiting;          /* bytes handed on and not put aside */
        struct spool *spool;
        struct viewer viewer;
        struct job job;          /* one at a time */
        struct task task;
        int result;
        atomic_bool *stopping;
        struct media_made made;
};

/* The first of a stream's three calls (struct http_stream): a new upload, of plan->size bytes, for upload_go() or upload_refuse(). NULL: it was answered. */
struct upload *upload_begin(struct school *school, const struct http_call *call, uint64_t length, const struct upload_plan *plan);

/* Begins to look who they are. Returns the upload, for begin() to return. */
struct upload *upload_go(struct upload *upload);

/* Answers that it cannot be, before upload_go(). Returns NULL, likewise. */
struct upload *upload_stop(struct upload *upload, enum error_code code, const char *field, enum error_reason reason);

/* The two others. */
void upload_piece(void *stream, const char *bytes, size_t n);
void upload_end(void *stream, bool whole);

/* Answers why not, once. */
void upload_refuse(struct upload *upload, enum error_code code, const char *field, enum error_reason reason);
void upload_refuse_error(struct upload *upload, int error);

/* Gives it to the writer or a reader: where is store_write or store_read. done calls upload_unref(). */
void upload_submit(struct upload *upload, int (*run)(struct job *, struct tx *), void (*done)(struct job *, int), int (*where)(struct store *, struct job *));
void upload_unref(struct upload *upload);
