/* cmd/http_upload.c: a photo, document or voice for a conversation, until it is a row that `send` can name (cmd/upload.h says how it comes in).
 *
 * On the media worker it is sealed in pieces, with a key of its own. The writer looks whether the family agrees to voices; then come the row, and the
 * pieces one a job. It is answered when all of that is on disk. What is interrupted on the way was never answered, and its rows are swept
 * (cmd/file_sweep.h).
 */
#include "base/parse.h"
#include "chat/file_made.h"
#include "chat/rights/consent.h"
#include "chat/rights/rights.h"
#include "cmd/upload.h"
#include "proto/command.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ANSWER_CAP = 16 * 1024 };

struct attaching {
        struct upload upload;   /* the files that were made hold sealed pieces once the worker is done */
        struct file_draft draft;
        int64_t id;
        enum file_part part;    /* the next piece */
        int64_t n;
        struct buf body;
};

static struct attaching *of_job(struct job *job)
{
        return CONTAINER_OF(CONTAINER_OF(job, struct upload, job), struct attaching, upload);
}

static void done(struct upload *upload)
{
        struct attaching *u = CONTAINER_OF(upload, struct attaching, upload);

        buf_done(&u->body);
        free(u->draft.name);
        secret_wipe(&u->draft.key, sizeof(u->draft.key));
}

/* ---- the writer: the row, and then its pieces */

/* Who they are, and whether they may send in this conversation. -ESRCH: nobody is signed in. */
static int look_who(struct upload *upload, struct tx *tx)
{
        struct attaching *u = CONTAINER_OF(upload, struct attaching, upload);
        struct command_args args = { .command = COMMAND_send, .send = { .thread = u->draft.thread } };
        struct membership me;
        int r;

        r = rights_session(tx, RIGHT_upload_post, &upload->token, &upload->viewer);
        if (r < 0)
                return r == -ENOENT ? -ESRCH : r;
        return rights_check(tx, &upload->viewer, &args, &me);
}

static void put_next(struct attaching *u);

static int answer_body(struct attaching *u, struct tx *tx)
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
        struct attaching *u = of_job(job);

        if (u->part == FILE_PARTS)
                return answer_body(u, tx);
        return file_made_put(tx, u->id, &u->draft, u->part, u->n, u->upload.made.fd[u->part], 0);
}

static void put_done(struct job *job, int result)
{
        struct attaching *u = of_job(job);

        if (result < 0) {
                upload_refuse_error(&u->upload, result);
        } else if (u->part < FILE_PARTS) {
                u->n++;
                put_next(u);
        } else if (!u->upload.answered) {
                u->upload.answered = true;
                u->upload.call.answer(u->upload.call.net, u->upload.call.ticket,
                               &(struct http_answer){ .status = 200, .content_type = "application/json", .body = buf_str(&u->body), .body_len = u->body.len });
        }
        upload_unref(&u->upload);
}

static void put_next(struct attaching *u)
{
        while (u->part < FILE_PARTS && (uint64_t)u->n * FILE_PIECE >= u->draft.bytes[u->part]) {
                u->part++;
                u->n = 0;
        }
        upload_submit(&u->upload, put_run, put_done, store_write);
}

static int add_run(struct job *job, struct tx *tx)
{
        struct attaching *u = of_job(job);
        int r;

        r = look_who(&u->upload, tx);
        if (r >= 0 && u->draft.kind == ATTACHMENT_VOICE) {
                r = consent_stands(tx, u->draft.thread, CONSENT_KIND_VOICE, 0);
                r = r == 0 ? -ENOKEY : r;
        }
        if (r < 0)
                return r;
        u->draft.person = u->upload.viewer.person;
        return file_add(tx, &u->draft, (int64_t)u->upload.school->conf->files_max_bytes, &u->id);
}

static void add_done(struct job *job, int result)
{
        struct attaching *u = of_job(job);

        if (result < 0)
                upload_refuse_error(&u->upload, result);
        else
                put_next(u);
        upload_unref(&u->upload);
}

/* ---- the media worker */

/* In place of the file of memory one with the same in sealed pieces. */
static int seal_part(struct attaching *u, enum file_part part)
{
        int from = u->upload.made.fd[part], to = memfd_create("sealed", MFD_CLOEXEC), r;

        if (to < 0)
                return -errno;
        u->upload.made.fd[part] = to;
        r = file_made_seal(&u->draft.key, part, from, u->upload.made.bytes[part], to);
        close(from);
        return r;
}

static int shape(struct upload *upload)
{
        struct attaching *u = CONTAINER_OF(upload, struct attaching, upload);
        int r = 0;

        for (int part = 0; r >= 0 && part < FILE_PARTS; part++)
                if (upload->made.fd[part] >= 0)
                        r = seal_part(u, (enum file_part)part);
        return r;
}

static void keep(struct upload *upload)
{
        struct attaching *u = CONTAINER_OF(upload, struct attaching, upload);
        _cleanup_free_ char *given = TAKE(u->draft.name);

        file_made_draft(&upload->made, given, &u->draft);
        upload_submit(upload, add_run, add_done, store_write);
}

static const struct upload_plan plan = { .size = sizeof(struct attaching), .look = look_who, .shape = shape, .keep = keep, .done = done };

static void *begin(struct school *school, const struct http_call *call, uint64_t length)
{
        const char *thread = http_query_part(call->query, "thread"), *name = call->file_name;
        struct upload *upload = upload_begin(school, call, length, &plan);
        struct attaching *u;

        if (!upload)
                return NULL;
        u = CONTAINER_OF(upload, struct attaching, upload);
        u->body = BUF(ANSWER_CAP);
        if (thread && parse_int(thread, 1, ID_MAX, &u->draft.thread) < 0)
                return upload_stop(upload, ERROR_INVALID, "thread", REASON_RANGE);
        if (call->file_name_bad || (name && strlen(name) > NAME_MAX_BYTES))
                return upload_stop(upload, ERROR_INVALID, "name", REASON_TOO_LONG);
        u->draft.name = name ? strdup(name) : NULL;
        secret_key_make(&u->draft.key);
        return upload_go(upload);
}

const struct http_stream http_upload_post = { .begin = begin, .piece = upload_piece, .end = upload_end };
