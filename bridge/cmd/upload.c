#include "cmd/upload.h"

#include "base/log.h"
#include "media/spool.h"

#include <errno.h>
#include <unistd.h>

enum {
        UPLOADS_MAX = 32,              /* under way at a time, of the whole school */
        WAITING_MAX = 4 * 1024 * 1024, /* of one upload, that the disk has not taken yet */
};

void upload_unref(struct upload *u)
{
        if (--u->refs > 0)
                return;
        u->school->uploads_running--;
        if (u->plan->done)
                u->plan->done(u);
        media_made_done(&u->made);
        spool_free(u->spool);
        buf_done(&u->piece);
        free(u);
}

void upload_refuse(struct upload *u, enum error_code code, const char *field, enum error_reason reason)
{
        if (!u->answered)
                http_fail(&u->call, (int)code, field, (int)reason);
        u->answered = true;
}

void upload_refuse_error(struct upload *u, int error)
{
        switch (error) {
        case -ENOMSG:
                upload_refuse(u, ERROR_INVALID, "body", REASON_FILE_TYPE);
                break;
        case -EBADMSG:
                upload_refuse(u, ERROR_INVALID, "body", REASON_DAMAGED);
                break;
        case -EFBIG:
                upload_refuse(u, ERROR_INVALID, "body", REASON_TOO_WIDE);
                break;
        case -ETIME:
                upload_refuse(u, ERROR_INVALID, "body", REASON_TOO_HEAVY);
                break;
        case -EACCES:
                upload_refuse(u, ERROR_INVALID, "body", REASON_LOCKED);
                break;
        case -ERANGE:
                upload_refuse(u, ERROR_INVALID, "body", REASON_TOO_LONG);
                break;
        case -ENOKEY:
                upload_refuse(u, ERROR_CONFLICT, "body", REASON_NO_CONSENT);
                break;
        case -EDQUOT:
                upload_refuse(u, ERROR_CONFLICT, NULL, REASON_UNSENT);
                break;
        case -ENOSPC:
                upload_refuse(u, ERROR_CONFLICT, NULL, REASON_NO_ROOM);
                break;
        case -ESRCH:
                upload_refuse(u, ERROR_SIGNED_OUT, NULL, REASON_NONE);
                break;
        case -EPERM:
                upload_refuse(u, ERROR_FORBIDDEN, NULL, REASON_ROLE);
                break;
        case -ENOENT:
                upload_refuse(u, ERROR_NOT_FOUND, NULL, REASON_NONE);
                break;
        default:
                if (error != -EBUSY && error != -ECANCELED && error != -ESHUTDOWN && !u->answered)
                        log_error("upload", "failed: error %d%s", -error, error == -ENOEXEC ? ": a tool is not installed (ouderbrug doc settings)" : "");
                upload_refuse(u, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
        }
}

void upload_submit(struct upload *u, int (*run)(struct job *, struct tx *), void (*done)(struct job *, int), int (*where)(struct store *, struct job *))
{
        int r;

        u->job = (struct job){ .run = run, .done = done };
        u->refs++;
        r = where(u->school->store, &u->job);
        if (r < 0) {
                upload_refuse_error(u, r);
                upload_unref(u);
        }
}

/* ---- the media worker */

static int make(struct upload *u)
{
        const struct conf *conf = u->school->conf;
        const struct media_settings settings = { conf->ffmpeg, conf->vipsthumbnail, conf->pdftocairo, u->plan->voice_s > 0 ? u->plan->voice_s : conf->voice_max_s };
        uint64_t len;
        int in, r;

        r = spool_open(u->spool, &in, &len);
        if (r < 0)
                return r;
        r = len == u->expected ? media_make(&settings, in, u->stopping, &u->made) : -EIO;
        close(in);
        if (r >= 0 && u->plan->voice && u->made.kind != MEDIA_VOICE)
                r = -ENOMSG;
        return r >= 0 && u->plan->shape ? u->plan->shape(u) : r;
}

static void make_run(struct task *task, atomic_bool *stopping)
{
        struct upload *u = CONTAINER_OF(task, struct upload, task);

        u->stopping = stopping;
        u->result = atomic_load(stopping) ? -ECANCELED : make(u);
}

static void make_done(struct task *task)
{
        struct upload *u = CONTAINER_OF(task, struct upload, task);

        spool_free(TAKE(u->spool));
        if (u->result < 0)
                upload_refuse_error(u, u->result);
        else
                u->plan->keep(u);
        upload_unref(u);
}

/* All has come, is put aside, and is theirs to send: now it can be made. */
static void look_whether_whole(struct upload *u)
{
        int r;

        if (!u->whole || !u->may || u->waiting > 0 || u->answered || u->making)
                return;
        u->making = true;
        u->task = (struct task){ .run = make_run, .done = make_done };
        u->refs++;
        r = work_give(u->school->media, &u->task);
        if (r < 0) {
                upload_refuse_error(u, r);
                upload_unref(u);
        }
}

/* ---- the reader */

static int may_run(struct job *job, struct tx *tx)
{
        struct upload *u = CONTAINER_OF(job, struct upload, job);

        return u->plan->look(u, tx);
}

static void may_done(struct job *job, int result)
{
        struct upload *u = CONTAINER_OF(job, struct upload, job);

        if (result < 0)
                upload_refuse_error(u, result);
        else if (u->wrong != REASON_NONE)
                upload_refuse(u, ERROR_INVALID, u->field, u->wrong);
        else if (u->expected == 0)
                upload_refuse(u, ERROR_INVALID, "body", REASON_EMPTY);
        u->may = true;
        look_whether_whole(u);
        upload_unref(u);
}

/* ---- pieces */

struct putting_aside {
        struct task task;
        struct upload *upload;
        struct buf piece;
        int result;
};

static void aside_run(struct task *task, atomic_bool *stopping)
{
        struct putting_aside *aside = CONTAINER_OF(task, struct putting_aside, task);

        aside->result = atomic_load(stopping) ? -ECANCELED : spool_add(aside->upload->spool, aside->piece.data, aside->piece.len);
}

static void aside_done(struct task *task)
{
        struct putting_aside *aside = CONTAINER_OF(task, struct putting_aside, task);
        struct upload *u = aside->upload;

        u->waiting -= aside->piece.len;
        if (aside->result < 0)
                upload_refuse_error(u, aside->result == -ENOSPC ? -EBUSY : aside->result);
        look_whether_whole(u);
        buf_done(&aside->piece);
        free(aside);
        upload_unref(u);
}

static void put_aside(struct upload *u)
{
        struct putting_aside *aside;
        int r;

        if (u->piece.len == 0 || u->answered)
                return;
        aside = calloc(1, sizeof(*aside));
        r = !aside ? -ENOMEM : u->waiting > WAITING_MAX ? -EBUSY : 0;
        if (r >= 0) {
                *aside = (struct putting_aside){ .task = { .run = aside_run, .done = aside_done }, .upload = u, .piece = u->piece };
                r = work_give(u->school->spooling, &aside->task);
        }
        if (r < 0) {
                free(aside);
                upload_refuse_error(u, r);
                return;
        }
        u->refs++;
        u->waiting += u->piece.len;
        u->piece = BUF(SPOOL_PIECE);
}

void upload_piece(void *stream, const char *bytes, size_t n)
{
        struct upload *u = stream;

        while (n > 0 && !u->answered) {
                size_t fits = SPOOL_PIECE - u->piece.len < n ? SPOOL_PIECE - u->piece.len : n;

                if (buf_add(&u->piece, bytes, fits) < 0) {
                        upload_refuse_error(u, -ENOMEM);
                        return;
                }
                bytes += fits;
                n -= fits;
                if (u->piece.len == SPOOL_PIECE)
                        put_aside(u);
        }
}

void upload_end(void *stream, bool whole)
{
        struct upload *u = stream;

        if (whole) {
                put_aside(u);
                u->whole = true;
                look_whether_whole(u);
        } else {
                u->answered = true; /* nobody waits */
        }
        upload_unref(u);
}

struct upload *upload_begin(struct school *school, const struct http_call *call, uint64_t length, const struct upload_plan *plan)
{
        struct upload *u;

        if (length > school->conf->file_max_bytes) {
                http_fail(call, ERROR_TOO_LARGE, NULL, REASON_NONE);
                return NULL;
        }
        u = school->uploads_running < UPLOADS_MAX ? calloc(1, plan->size) : NULL;
        if (!u || spool_new(school->conf->data, &u->spool) < 0) {
                free(u);
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
                return NULL;
        }
        school->uploads_running++;
        u->refs = 1;
        u->plan = plan;
        u->school = school;
        u->call = *call;
        u->call.token = u->call.device = NULL;
        u->call.body = u->call.query = u->call.trip = u->call.range = u->call.if_range = u->call.file_name = NULL;
        u->token = *call->token;
        u->expected = length;
        u->piece = BUF(SPOOL_PIECE);
        u->made = MEDIA_MADE;
        return u;
}

struct upload *upload_go(struct upload *u)
{
        upload_submit(u, may_run, may_done, store_read);
        return u;
}

struct upload *upload_stop(struct upload *u, enum error_code code, const char *field, enum error_reason reason)
{
        upload_refuse(u, code, field, reason);
        upload_unref(u);
        return NULL;
}
