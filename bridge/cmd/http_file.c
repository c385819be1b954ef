/* cmd/http_file.c: the bytes of an attachment, for who may see the message it belongs to.
 *
 * A reader looks whether they may and opens what is asked for; the writer puts on record that it was shown, once an hour for a person and conversation,
 * before any of it leaves. Small pictures are not put on record apart: they come with the messages. Bytes that strangers sent in are shown where nothing
 * in them can run (struct http_shown).
 */
#include "base/clock.h"
#include "base/log.h"
#include "base/parse.h"
#include "chat/audit/audit.h"
#include "chat/file.h"
#include "chat/rights/rights.h"
#include "cmd/http.h"
#include "cmd/range.h"
#include "cmd/record.h"
#include "proto/command.h"
#include "store/store.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
        ETAG = RANGE_ETAG,
        BODY_MAX = 512 * 1024, /* what is more stands in a file of memory until it is sent, of which there are few */
        FETCH_ARENA = 4096,
        PIECE = 1024 * 1024,
};

struct fetch {
        struct job job;
        struct school *school;
        struct http_call call;
        struct token_hash token;
        int64_t id;
        enum file_part part;
        char range[RANGE_MAX], known[ETAG + 8], if_range[ETAG];

        struct viewer viewer;
        struct file_read file;
        char *title;
        char etag[ETAG];
        int status;
        uint64_t from, to;
        unsigned char *body;
        int fd;
        struct audit audit;
};

static void fetch_free(struct fetch *f)
{
        if (!f)
                return;
        if (f->fd >= 0)
                close(f->fd);
        if (f->body)
                secret_wipe(f->body, (size_t)(f->to - f->from));
        free(f->body);
        free(f->title);
        secret_wipe(&f->file.key, sizeof(f->file.key));
        free(f);
}
DEFINE_CLEANUP(struct fetch *, fetch_free)

static void fail(const struct http_call *call, int result)
{
        switch (result) {
        case -ENOENT:
        case -EBADMSG: /* it was changed on disk: as if it were not there */
                http_fail(call, ERROR_NOT_FOUND, NULL, REASON_NONE);
                break;
        case -ESRCH:
                http_fail(call, ERROR_SIGNED_OUT, NULL, REASON_NONE);
                break;
        case -EPERM:
                http_fail(call, ERROR_FORBIDDEN, NULL, REASON_ROLE);
                break;
        default:
                if (result != -EBUSY && result != -ESHUTDOWN)
                        log_error("file", "failed: error %d", -result);
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
        }
}

static int open_large(struct fetch *f, struct tx *tx)
{
        _cleanup_free_ unsigned char *piece = malloc(PIECE);
        int r = 0;

        f->fd = memfd_create("file", MFD_CLOEXEC);
        if (f->fd < 0 || !piece)
                return -ENOMEM;
        for (uint64_t at = f->from; r >= 0 && at < f->to;) {
                uint64_t end = f->to - at < PIECE ? f->to : at + PIECE;

                r = file_bytes(tx, &f->file, f->part, at, end, piece);
                if (r >= 0 && write(f->fd, piece, (size_t)(end - at)) != (ssize_t)(end - at))
                        r = -ENOMEM;
                at = end;
        }
        secret_wipe(piece, PIECE);
        return r;
}

/* On a reader. */
static int open_run(struct job *job, struct tx *tx)
{
        struct fetch *f = CONTAINER_OF(job, struct fetch, job);
        _cleanup_(arena_done) struct arena a = ARENA(FETCH_ARENA);
        int r;

        r = rights_session(tx, RIGHT_file_get, &f->token, &f->viewer);
        if (r < 0)
                return r == -ENOENT ? -ESRCH : r;
        r = file_get(tx, &a, f->id, &f->file);
        if (r >= 0)
                r = rights_file(tx, &f->viewer, f->file.thread, f->file.seq, f->file.person);
        if (r >= 0 && f->file.bytes[f->part] == 0)
                r = -ENOENT;
        if (r < 0)
                return r;
        f->title = f->file.name && f->part == FILE_SHOWN ? strdup(f->file.name) : NULL;
        f->file.name = NULL; /* the arena's */
        snprintf(f->etag, sizeof(f->etag), "\"%lld-%d\"", (long long)f->id, (int)f->part);
        if (*f->known && strstr(f->known, f->etag)) {
                f->status = 304;
                return 0;
        }
        f->status = range_choose(f->range, f->if_range, f->etag, f->file.bytes[f->part], &f->from, &f->to);
        if (f->to - f->from > BODY_MAX)
                return open_large(f, tx);
        f->body = malloc((size_t)(f->to - f->from) + 1);
        return f->body ? file_bytes(tx, &f->file, f->part, f->from, f->to, f->body) : -ENOMEM;
}

static void answer(struct fetch *f)
{
        bool is_document = f->file.kind == ATTACHMENT_DOCUMENT && f->part == FILE_SHOWN;
        struct http_shown shown = { .etag = f->etag, .name = is_document ? "document.pdf" : f->part == FILE_ORIGINAL ? "original" : NULL,
                                    .title = f->title, .from = f->from, .all = f->file.bytes[f->part] };
        struct http_file file = { .fd = f->fd, .len = f->to - f->from, .name = "file" };
        bool large = f->fd >= 0;

        f->fd = -1; /* the answer's now */
        f->call.answer(f->call.net, f->call.ticket,
                       &(struct http_answer){ .status = f->status, .shown = &shown,
                                              .content_type = f->part == FILE_THUMB ? "image/jpeg" : f->part == FILE_ORIGINAL ? "application/octet-stream" : f->file.type,
                                              .file = large ? &file : NULL, .body = large || !f->body ? NULL : (const char *)f->body,
                                              .body_len = large || !f->body ? 0 : (size_t)(f->to - f->from) });
}

static int record_run(struct job *job, struct tx *tx)
{
        return audit_add(tx, &CONTAINER_OF(job, struct fetch, job)->audit);
}

static void record_done(struct job *job, int result)
{
        _cleanup_(fetch_freep) struct fetch *f = CONTAINER_OF(job, struct fetch, job);

        if (result < 0) {
                fail(&f->call, result);
                return;
        }
        record_learn(f->school->record, &f->audit);
        answer(f);
}

static void open_done(struct job *job, int result)
{
        _cleanup_(fetch_freep) struct fetch *f = CONTAINER_OF(job, struct fetch, job);

        if (result < 0) {
                fail(&f->call, result);
                return;
        }
        f->audit = (struct audit){ .deed = DEED_FILE, .saw = true, .actor = f->viewer.person, .thread = f->file.thread, .seq = f->file.seq, .n = f->id };
        if (f->part == FILE_THUMB || f->status == 304 || f->file.seq == 0 || record_knows(f->school->record, &f->audit)) {
                answer(f);
                return;
        }
        f->job = (struct job){ .run = record_run, .done = record_done };
        result = store_write(f->school->store, &f->job);
        if (result < 0)
                fail(&f->call, result);
        else
                (void)TAKE(f);
}

void http_file_get(struct school *school, const struct http_call *call)
{
        const char *file = http_query_part(call->query, "file"), *as = http_query_part(call->query, "as");
        static const char *const parts[] = { [FILE_SHOWN] = "shown", [FILE_THUMB] = "thumb", [FILE_ORIGINAL] = "original" };
        struct fetch *f;
        int64_t id = 0;
        int part = 0, r;

        while (as && part < FILE_PARTS && strcmp(as, parts[part]) != 0)
                part++;
        if (part == FILE_PARTS) {
                http_fail(call, ERROR_INVALID, "as", REASON_WORD);
                return;
        }
        if (file && parse_int(file, 1, ID_MAX, &id) < 0) {
                http_fail(call, ERROR_INVALID, "file", REASON_RANGE);
                return;
        }
        f = calloc(1, sizeof(*f));
        if (!f) {
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
                return;
        }
        *f = (struct fetch){ .job = { .run = open_run, .done = open_done }, .school = school, .call = *call, .token = *call->token, .id = id,
                             .part = (enum file_part)part, .fd = -1 };
        range_copy(f->range, sizeof(f->range), call->range);
        range_copy(f->known, sizeof(f->known), call->known);
        range_copy(f->if_range, sizeof(f->if_range), call->if_range);
        f->call.token = f->call.device = NULL;
        f->call.query = f->call.range = f->call.if_range = f->call.trip = NULL;
        r = store_read(school->store, &f->job);
        if (r < 0) {
                fail(call, r);
                fetch_free(f);
        }
}
