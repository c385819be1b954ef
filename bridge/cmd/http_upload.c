/* cmd/http_upload.c: a photo, document or voice for a conversation, until it is a row that `send` can name (cmd/upload.h says how it comes in).
 *
 * On the media worker it is sealed in pieces, with a key of its own. The writer looks whether the family agrees to voices; then come the row, and the
 * pieces one a job. It is answered when all of that is on disk. What is interrupted on the way was never answered, and its rows are swept
 * (cmd/file_sweep.h).
 */
#include "base/parse.h"
#include "chat/rights/consent.h"
#include "chat/file.h"
#include "chat/rights/rights.h"
#include "cmd/upload.h"
#include "proto/command.h"
#include "text/text.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ANSWER_CAP = 16 * 1024 };

_Static_assert((int)MEDIA_PARTS == (int)FILE_PARTS && (int)MEDIA_ORIGINAL == (int)FILE_ORIGINAL, "one list of parts");
_Static_assert((int)MEDIA_PEAKS == (int)FILE_PEAKS, "as many peaks");

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
        _cleanup_free_ unsigned char *sealed = malloc(FILE_PIECE + AEAD_EXTRA);
        uint64_t start = (uint64_t)u->n * FILE_PIECE;
        size_t len;

        if (u->part == FILE_PARTS)
                return answer_body(u, tx);
        if (!sealed)
                return -ENOMEM;
        len = u->draft.bytes[u->part] - start < FILE_PIECE ? (size_t)(u->draft.bytes[u->part] - start) : FILE_PIECE;
        if (pread(u->upload.made.fd[u->part], sealed, len + AEAD_EXTRA, (off_t)(u->n * (FILE_PIECE + AEAD_EXTRA))) != (ssize_t)(len + AEAD_EXTRA))
                return -EIO;
        return file_piece_add(tx, u->id, u->part, u->n, sealed, len + AEAD_EXTRA);
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
static int seal_part(struct attaching *u, enum file_part part, unsigned char *bytes, unsigned char *sealed)
{
        int from = u->upload.made.fd[part], to = memfd_create("sealed", MFD_CLOEXEC);

        if (to < 0)
                return -errno;
        u->upload.made.fd[part] = to;
        for (uint64_t n = 0; n * FILE_PIECE < u->upload.made.bytes[part]; n++) {
                uint64_t rest = u->upload.made.bytes[part] - n * FILE_PIECE;
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

static int shape(struct upload *upload)
{
        struct attaching *u = CONTAINER_OF(upload, struct attaching, upload);
        _cleanup_free_ unsigned char *room = malloc(2 * FILE_PIECE + AEAD_EXTRA);
        int r = room ? 0 : -ENOMEM;

        for (int part = 0; r >= 0 && part < FILE_PARTS; part++)
                if (upload->made.fd[part] >= 0)
                        r = seal_part(u, (enum file_part)part, room, room + FILE_PIECE);
        return r;
}

/* The name of a document: what a person called it, without a folder, on one line, with the ending that it has now. */
static void tidy_name(struct attaching *u)
{
        _cleanup_free_ char *given = TAKE(u->draft.name);
        _cleanup_free_ char *name = NULL;
        char *last, *end;

        if (!given || u->upload.made.kind != MEDIA_DOCUMENT)
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

static void keep(struct upload *upload)
{
        struct attaching *u = CONTAINER_OF(upload, struct attaching, upload);
        static const enum attachment_kind kinds[] = { [MEDIA_PHOTO] = ATTACHMENT_PHOTO, [MEDIA_DOCUMENT] = ATTACHMENT_DOCUMENT, [MEDIA_VOICE] = ATTACHMENT_VOICE };
        const struct media_made *made = &upload->made;

        u->draft.kind = kinds[made->kind];
        u->draft.type = made->type;
        u->draft.width = made->width;
        u->draft.height = made->height;
        u->draft.duration_ms = made->duration_ms;
        u->draft.has_peaks = made->has_peaks;
        memcpy(u->draft.peaks, made->peaks, FILE_PEAKS);
        memcpy(u->draft.bytes, made->bytes, sizeof(u->draft.bytes));
        tidy_name(u);
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
