/* cmd/http_upload.c: a file that somebody sends in, from its first byte to a row that `send` can name.
 *
 *   loop      gathers what comes into pieces of 64 KiB and hands them to the worker `spooling`: it waits for no disk (media/spool.h)
 *   reader    meanwhile: is it their conversation? Who may not is answered before the rest has come
 *   media     makes it safe, or says why not, and seals it, with a key of its own (media/media.h)
 *   writer    looks again whether they may, and whether the family agrees to voices; then the row, and the sealed pieces one a job
 *
 * It is answered when all of that is on disk. What is interrupted on the way was never answered, and its rows are swept (cmd/file_sweep.h).
 */
#include "base/log.h"
#include "base/parse.h"
#include "chat/rights/consent.h"
#include "chat/file.h"
#include "chat/rights/rights.h"
#include "cmd/http.h"
#include "conf/conf.h"
#include "media/media.h"
#include "media/spool.h"
#include "proto/command.h"
#include "store/store.h"
#include "text/text.h"
#include "work/work.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
        UPLOADS_MAX = 32,              /* under way at a time, of the whole school */
        WAITING_MAX = 4 * 1024 * 1024, /* of one upload, that the disk has not taken yet */
        ANSWER_CAP = 16 * 1024,
};

_Static_assert((int)MEDIA_PARTS == (int)FILE_PARTS && (int)MEDIA_ORIGINAL == (int)FILE_ORIGINAL, "one list of parts");
_Static_assert((int)MEDIA_PEAKS == (int)FILE_PEAKS, "as many peaks");

struct upload {
        int refs;               /* the connection, and each job and task that is under way */
        struct school *school;
        struct http_call call;
        struct token_hash token;
        bool answered;
        bool may, whole, making; /* the reader said yes; all has come; it is with the media worker or beyond */
        uint64_t expected;
        struct buf piece;       /* what has come and is not handed on */
        size_t waiting;         /* bytes handed on and not put aside */
        struct spool *spool;
        struct file_draft draft;
        struct viewer viewer;

        struct job job;         /* one at a time */
        struct task task;
        int result;
        atomic_bool *stopping;
        struct media_made made; /* its files hold sealed pieces once the worker is done */
        int64_t id;
        enum file_part part;    /* the next piece */
        int64_t n;
        struct buf body;
};

static void unref(struct upload *u)
{
        if (--u->refs > 0)
                return;
        u->school->uploads_running--;
        media_made_done(&u->made);
        spool_free(u->spool);
        buf_done(&u->piece);
        buf_done(&u->body);
        free(u->draft.name);
        secret_wipe(&u->draft.key, sizeof(u->draft.key));
        free(u);
}
DEFINE_CLEANUP(struct upload *, unref)

static void refuse(struct upload *u, enum error_code code, const char *field, enum error_reason reason)
{
        if (!u->answered)
                http_fail(&u->call, (int)code, field, (int)reason);
        u->answered = true;
}

static void refuse_error(struct upload *u, int error)
{
        switch (error) {
        case -ENOMSG:
                refuse(u, ERROR_INVALID, "body", REASON_FILE_TYPE);
                break;
        case -EBADMSG:
                refuse(u, ERROR_INVALID, "body", REASON_DAMAGED);
                break;
        case -EFBIG:
                refuse(u, ERROR_INVALID, "body", REASON_TOO_WIDE);
                break;
        case -ETIME:
                refuse(u, ERROR_INVALID, "body", REASON_TOO_HEAVY);
                break;
        case -EACCES:
                refuse(u, ERROR_INVALID, "body", REASON_LOCKED);
                break;
        case -ERANGE:
                refuse(u, ERROR_INVALID, "body", REASON_TOO_LONG);
                break;
        case -ENOKEY:
                refuse(u, ERROR_CONFLICT, "body", REASON_NO_CONSENT);
                break;
        case -EDQUOT:
                refuse(u, ERROR_CONFLICT, NULL, REASON_UNSENT);
                break;
        case -ENOSPC:
                refuse(u, ERROR_CONFLICT, NULL, REASON_NO_ROOM);
                break;
        case -ESRCH:
                refuse(u, ERROR_SIGNED_OUT, NULL, REASON_NONE);
                break;
        case -EPERM:
                refuse(u, ERROR_FORBIDDEN, NULL, REASON_ROLE);
                break;
        case -ENOENT:
                refuse(u, ERROR_NOT_FOUND, NULL, REASON_NONE);
                break;
        default:
                if (error != -EBUSY && error != -ECANCELED && error != -ESHUTDOWN && !u->answered)
                        log_error("upload", "failed: error %d%s", -error, error == -ENOEXEC ? ": a tool is not installed (ouderbrug doc settings)" : "");
                refuse(u, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
        }
}

/* ---- the writer: the row, and then its pieces */

/* Who they are, and whether they may send in this conversation. -ESRCH: nobody is signed in. */
static int look_who(struct upload *u, struct tx *tx)
{
        struct command_args args = { .command = COMMAND_send, .send = { .thread = u->draft.thread } };
        struct membership me;
        int r;

        r = rights_session(tx, RIGHT_upload_post, &u->token, &u->viewer);
        if (r < 0)
                return r == -ENOENT ? -ESRCH : r;
        return rights_check(tx, &u->viewer, &args, &me);
}

static void put_next(struct upload *u);

static int answer_body(struct upload *u, struct tx *tx)
{
        _cleanup_(arena_done) struct arena a = ARENA(ANSWER_CAP);
        struct attachment_shape attachment;
        int r;

        r = file_ready(tx, u->id);
        if (r >= 0)
                r = file_load(tx, &a, u->id, &attachment);
        if (r < 0)
                return r == -ENOENT ? -ECANCELED : r;
        shape_encode(&u->body, &shape_attachment, &attachment);
        return buf_failed(&u->body);
}

static int put_run(struct job *job, struct tx *tx)
{
        struct upload *u = CONTAINER_OF(job, struct upload, job);
        _cleanup_free_ unsigned char *sealed = malloc(FILE_PIECE + AEAD_EXTRA);
        uint64_t start = (uint64_t)u->n * FILE_PIECE;
        size_t len;

        if (u->part == FILE_PARTS)
                return answer_body(u, tx);
        if (!sealed)
                return -ENOMEM;
        len = u->draft.bytes[u->part] - start < FILE_PIECE ? (size_t)(u->draft.bytes[u->part] - start) : FILE_PIECE;
        if (pread(u->made.fd[u->part], sealed, len + AEAD_EXTRA, (off_t)(u->n * (FILE_PIECE + AEAD_EXTRA))) != (ssize_t)(len + AEAD_EXTRA))
                return -EIO;
        return file_piece_add(tx, u->id, u->part, u->n, sealed, len + AEAD_EXTRA);
}

static void put_done(struct job *job, int result)
{
        struct upload *u = CONTAINER_OF(job, struct upload, job);

        if (result < 0) {
                refuse_error(u, result);
        } else if (u->part < FILE_PARTS) {
                u->n++;
                put_next(u);
        } else if (!u->answered) {
                u->answered = true;
                u->call.answer(u->call.net, u->call.ticket,
                               &(struct http_answer){ .status = 200, .content_type = "application/json", .body = buf_str(&u->body), .body_len = u->body.len });
        }
        unref(u);
}

static void submit(struct upload *u, int (*run)(struct job *, struct tx *), void (*done)(struct job *, int), int (*where)(struct store *, struct job *))
{
        int r;

        u->job = (struct job){ .run = run, .done = done };
        u->refs++;
        r = where(u->school->store, &u->job);
        if (r < 0) {
                refuse_error(u, r);
                unref(u);
        }
}

static void put_next(struct upload *u)
{
        while (u->part < FILE_PARTS && (uint64_t)u->n * FILE_PIECE >= u->draft.bytes[u->part]) {
                u->part++;
                u->n = 0;
        }
        submit(u, put_run, put_done, store_write);
}

static int add_run(struct job *job, struct tx *tx)
{
        struct upload *u = CONTAINER_OF(job, struct upload, job);
        int r;

        r = look_who(u, tx);
        if (r >= 0 && u->draft.kind == ATTACHMENT_VOICE) {
                r = consent_stands(tx, u->draft.thread, CONSENT_KIND_VOICE, 0);
                r = r == 0 ? -ENOKEY : r;
        }
        if (r < 0)
                return r;
        u->draft.person = u->viewer.person;
        return file_add(tx, &u->draft, (int64_t)u->school->conf->files_max_bytes, &u->id);
}

static void add_done(struct job *job, int result)
{
        struct upload *u = CONTAINER_OF(job, struct upload, job);

        if (result < 0)
                refuse_error(u, result);
        else
                put_next(u);
        unref(u);
}

/* ---- the media worker */

/* In place of the file of memory one with the same in sealed pieces. */
static int seal_part(struct upload *u, enum file_part part, unsigned char *bytes, unsigned char *sealed)
{
        int from = u->made.fd[part], to = memfd_create("sealed", MFD_CLOEXEC);

        if (to < 0)
                return -errno;
        u->made.fd[part] = to;
        for (uint64_t n = 0; n * FILE_PIECE < u->made.bytes[part]; n++) {
                uint64_t rest = u->made.bytes[part] - n * FILE_PIECE;
                size_t len = rest < FILE_PIECE ? (size_t)rest : FILE_PIECE;

                if (pread(from, bytes, len, (off_t)(n * FILE_PIECE)) != (ssize_t)len) {
                        close(from);
                        return -EIO;
                }
                file_piece_seal(&u->draft.key, part, n, bytes, len, sealed);
                if (write(to, sealed, len + AEAD_EXTRA) != (ssize_t)(len + AEAD_EXTRA)) {
                        close(from);
                        return -EIO;
                }
        }
        close(from);
        return 0;
}

static int make(struct upload *u)
{
        const struct conf *conf = u->school->conf;
        const struct media_settings settings = { conf->ffmpeg, conf->vipsthumbnail, conf->pdftocairo, conf->voice_max_s };
        _cleanup_free_ unsigned char *room = malloc(2 * FILE_PIECE + AEAD_EXTRA);
        uint64_t len;
        int in, r;

        if (!room)
                return -ENOMEM;
        r = spool_open(u->spool, &in, &len);
        if (r < 0)
                return r;
        r = len == u->expected ? media_make(&settings, in, u->stopping, &u->made) : -EIO;
        close(in);
        for (int part = 0; r >= 0 && part < FILE_PARTS; part++)
                if (u->made.fd[part] >= 0)
                        r = seal_part(u, (enum file_part)part, room, room + FILE_PIECE);
        return r;
}

static void make_run(struct task *task, atomic_bool *stopping)
{
        struct upload *u = CONTAINER_OF(task, struct upload, task);

        u->stopping = stopping;
        u->result = atomic_load(stopping) ? -ECANCELED : make(u);
}

/* The name of a document: what a person called it, without a folder, on one line, with the ending that it has now. */
static void tidy_name(struct upload *u)
{
        _cleanup_free_ char *given = TAKE(u->draft.name);
        _cleanup_free_ char *name = NULL;
        char *last, *end;

        if (!given || u->made.kind != MEDIA_DOCUMENT)
                return;
        for (last = given + strlen(given); last > given && last[-1] != '/' && last[-1] != '\\'; last--)
                ;
        end = strrchr(last, '.');
        if (end && end > last && strlen(end) <= 5)
                *end = '\0';
        if (text_name(last, strlen(last), NAME_MAX_BYTES - 4, &name) < 0)
                return;
        if (asprintf(&u->draft.name, "%s.pdf", name) < 0)
                u->draft.name = NULL;
}

static void make_done(struct task *task)
{
        struct upload *u = CONTAINER_OF(task, struct upload, task);
        static const enum attachment_kind kinds[] = { [MEDIA_PHOTO] = ATTACHMENT_PHOTO, [MEDIA_DOCUMENT] = ATTACHMENT_DOCUMENT, [MEDIA_VOICE] = ATTACHMENT_VOICE };

        spool_free(TAKE(u->spool));
        if (u->result < 0) {
                refuse_error(u, u->result);
        } else {
                u->draft.kind = kinds[u->made.kind];
                u->draft.type = u->made.type;
                u->draft.width = u->made.width;
                u->draft.height = u->made.height;
                u->draft.duration_ms = u->made.duration_ms;
                u->draft.has_peaks = u->made.has_peaks;
                memcpy(u->draft.peaks, u->made.peaks, FILE_PEAKS);
                memcpy(u->draft.bytes, u->made.bytes, sizeof(u->draft.bytes));
                tidy_name(u);
                submit(u, add_run, add_done, store_write);
        }
        unref(u);
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
                refuse_error(u, r);
                unref(u);
        }
}

/* ---- the reader */

static int may_run(struct job *job, struct tx *tx)
{
        return look_who(CONTAINER_OF(job, struct upload, job), tx);
}

static void may_done(struct job *job, int result)
{
        struct upload *u = CONTAINER_OF(job, struct upload, job);

        if (result < 0)
                refuse_error(u, result);
        else if (u->expected == 0)
                refuse(u, ERROR_INVALID, "body", REASON_EMPTY);
        u->may = true;
        look_whether_whole(u);
        unref(u);
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
                refuse_error(u, aside->result == -ENOSPC ? -EBUSY : aside->result);
        look_whether_whole(u);
        buf_done(&aside->piece);
        free(aside);
        unref(u);
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
                refuse_error(u, r);
                return;
        }
        u->refs++;
        u->waiting += u->piece.len;
        u->piece = BUF(SPOOL_PIECE);
}

static void piece(void *stream, const char *bytes, size_t n)
{
        struct upload *u = stream;

        while (n > 0 && !u->answered) {
                size_t fits = SPOOL_PIECE - u->piece.len < n ? SPOOL_PIECE - u->piece.len : n;

                if (buf_add(&u->piece, bytes, fits) < 0) {
                        refuse_error(u, -ENOMEM);
                        return;
                }
                bytes += fits;
                n -= fits;
                if (u->piece.len == SPOOL_PIECE)
                        put_aside(u);
        }
}

static void end(void *stream, bool whole)
{
        struct upload *u = stream;

        if (whole) {
                put_aside(u);
                u->whole = true;
                look_whether_whole(u);
        } else {
                u->answered = true; /* nobody waits */
        }
        unref(u);
}

static void *begin(struct school *school, const struct http_call *call, uint64_t length)
{
        const char *thread = http_query_part(call->query, "thread"), *name = call->file_name;
        struct upload *u;
        int64_t id = 0;

        if (!call->token) {
                http_fail(call, ERROR_SIGNED_OUT, NULL, REASON_NONE);
                return NULL;
        }
        if (call->from_elsewhere) {
                http_fail(call, ERROR_FORBIDDEN, NULL, REASON_ORIGIN);
                return NULL;
        }
        if (length > school->conf->file_max_bytes) {
                http_fail(call, ERROR_TOO_LARGE, NULL, REASON_NONE);
                return NULL;
        }
        if (thread && parse_int(thread, 1, ID_MAX, &id) < 0) {
                http_fail(call, ERROR_INVALID, "thread", REASON_RANGE);
                return NULL;
        }
        if (call->file_name_bad || (name && strlen(name) > NAME_MAX_BYTES)) {
                http_fail(call, ERROR_INVALID, "name", REASON_TOO_LONG);
                return NULL;
        }
        u = school->uploads_running < UPLOADS_MAX ? calloc(1, sizeof(*u)) : NULL;
        if (!u || spool_new(school->conf->data, &u->spool) < 0) {
                free(u);
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
                return NULL;
        }
        school->uploads_running++;
        u->refs = 1;
        u->school = school;
        u->call = *call;
        u->call.token = u->call.device = NULL;
        u->call.body = u->call.query = u->call.trip = u->call.range = u->call.if_range = u->call.file_name = NULL;
        u->token = *call->token;
        u->expected = length;
        u->piece = BUF(SPOOL_PIECE);
        u->body = BUF(ANSWER_CAP);
        u->made = MEDIA_MADE;
        u->draft.thread = id;
        u->draft.name = name ? strdup(name) : NULL;
        secret_key_make(&u->draft.key);
        submit(u, may_run, may_done, store_read);
        return u;
}

const struct http_stream http_upload_post = { .begin = begin, .piece = piece, .end = end };
