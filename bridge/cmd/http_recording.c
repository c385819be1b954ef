/* cmd/http_recording.c: a phrase of the list, spoken by a person: recorded here, and heard.
 *
 * It comes in as a voice message does (cmd/upload.h), made anew by the caged tool. No family is asked: it is the speaker's own voice, of a sentence that
 * names nobody. The writer looks again whether they may, puts it in the place of the one before, and on record.
 */
#include "chat/audit/audit.h"
#include "chat/phrase/recording.h"
#include "chat/rights/rights.h"
#include "cmd/range.h"
#include "cmd/sound.h"
#include "cmd/upload.h"

#include <errno.h>
#include <unistd.h>

/* Which is meant, by the query. What is not: in *field, static. */
static enum error_reason read_address(const char *query, const struct phrase **p, const struct phrase_language **l, const char **field)
{
        const char *phrase = http_query_part(query, "phrase"), *language = http_query_part(query, "language");

        *field = "phrase";
        if (!phrase)
                return REASON_MISSING;
        *p = phrase_find(phrase);
        if (!*p)
                return REASON_WORD;
        *field = "language";
        if (!language)
                return REASON_MISSING;
        *l = phrase_language(language);
        return *l ? REASON_NONE : REASON_WORD;
}

/* ---- recording */

struct speaking {
        struct upload upload;
        const struct phrase *phrase;
        const struct phrase_language *language;
};

static int may_record(struct upload *upload, struct tx *tx)
{
        int r = rights_session(tx, RIGHT_recording_post, &upload->token, &upload->viewer);

        return r == -ENOENT ? -ESRCH : r;
}

/* On the writer. */
static int keep_run(struct job *job, struct tx *tx)
{
        struct upload *upload = CONTAINER_OF(job, struct upload, job);
        const struct speaking *speaking = CONTAINER_OF(upload, struct speaking, upload);
        uint64_t n = upload->made.bytes[MEDIA_SHOWN];
        _cleanup_free_ unsigned char *sound = n <= RECORDING_BYTES ? malloc((size_t)n + 1) : NULL;
        struct audit audit = { .deed = DEED_RECORDED };
        int r;

        r = may_record(upload, tx);
        if (r < 0)
                return r;
        if (!sound)
                return n <= RECORDING_BYTES ? -ENOMEM : -ERANGE;
        if (pread(upload->made.fd[MEDIA_SHOWN], sound, (size_t)n, 0) != (ssize_t)n)
                return -EIO;
        r = recording_put(tx,
                          &(struct recording_draft){ .phrase = speaking->phrase, .language = speaking->language, .person = upload->viewer.person,
                                                     .sound = sound, .n = (size_t)n, .room_max = (int64_t)upload->school->conf->files_max_bytes },
                          &audit.n);
        audit.actor = upload->viewer.person;
        return r < 0 ? r : audit_add(tx, &audit);
}

static void keep_done(struct job *job, int result)
{
        struct upload *upload = CONTAINER_OF(job, struct upload, job);

        if (result < 0) {
                upload_refuse_error(upload, result);
        } else if (!upload->answered) {
                upload->answered = true;
                upload->call.answer(upload->call.net, upload->call.ticket, &(struct http_answer){ .status = 204 });
        }
        upload_unref(upload);
}

static void keep(struct upload *upload)
{
        upload_submit(upload, keep_run, keep_done, store_write);
}

static const struct upload_plan plan = { .size = sizeof(struct speaking), .voice = true, .voice_s = RECORDING_S, .look = may_record, .keep = keep };

static void *begin(struct school *school, const struct http_call *call, uint64_t length)
{
        struct upload *upload = upload_begin(school, call, length, &plan);
        struct speaking *speaking;

        if (!upload)
                return NULL;
        speaking = CONTAINER_OF(upload, struct speaking, upload);
        upload->wrong = read_address(call->query, &speaking->phrase, &speaking->language, &upload->field);
        if (upload->wrong == REASON_NONE && !recording_may_be(speaking->phrase, speaking->language)) {
                upload->wrong = REASON_RANGE;
                upload->field = "phrase";
        }
        return upload_go(upload);
}

const struct http_stream http_recording_post = { .begin = begin, .piece = upload_piece, .end = upload_end };

/* ---- hearing */

struct listening {
        struct job job;
        struct http_call call;
        struct token_hash token;
        const struct phrase *phrase;
        const struct phrase_language *language;
        char range[RANGE_MAX], known[RANGE_ETAG + 8], if_range[RANGE_ETAG], etag[RANGE_ETAG];
        struct arena arena;
        struct recording recording;
};

static void listening_free(struct listening *l)
{
        if (!l)
                return;
        arena_done(&l->arena);
        free(l);
}
DEFINE_CLEANUP(struct listening *, listening_free)

/* On a reader. */
static int open_run(struct job *job, struct tx *tx)
{
        struct listening *l = CONTAINER_OF(job, struct listening, job);
        struct viewer viewer;
        int r;

        r = rights_session(tx, RIGHT_recording_get, &l->token, &viewer);
        if (r < 0)
                return r == -ENOENT ? -ESRCH : r;
        return recording_open(tx, &l->arena, l->phrase, l->language, &l->recording);
}

static void open_done(struct job *job, int result)
{
        _cleanup_(listening_freep) struct listening *l = CONTAINER_OF(job, struct listening, job);

        if (result < 0)
                http_fail(&l->call, result == -ENOENT ? ERROR_NOT_FOUND : result == -ESRCH ? ERROR_SIGNED_OUT : result == -EPERM ? ERROR_FORBIDDEN : ERROR_UNAVAILABLE,
                          NULL, result == -EPERM ? REASON_ROLE : result == -ENOENT || result == -ESRCH ? REASON_NONE : REASON_BUSY);
        else
                sound_answer(&l->call, &l->recording, l->known, l->range, l->if_range);
}

void http_recording_get(struct school *school, const struct http_call *call)
{
        const struct phrase_language *language;
        const struct phrase *phrase;
        enum error_reason wrong;
        struct listening *l;
        const char *field;

        wrong = read_address(call->query, &phrase, &language, &field);
        if (wrong != REASON_NONE) {
                http_fail(call, ERROR_INVALID, field, (int)wrong);
                return;
        }
        l = calloc(1, sizeof(*l));
        if (!l) {
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
                return;
        }
        *l = (struct listening){ .job = { .run = open_run, .done = open_done }, .call = *call, .token = *call->token, .phrase = phrase, .language = language,
                                 .arena = ARENA(RECORDING_ARENA) };
        l->call.token = l->call.device = NULL;
        l->call.query = l->call.range = l->call.if_range = l->call.trip = l->call.known = NULL;
        range_copy(l->range, sizeof(l->range), call->range);
        range_copy(l->known, sizeof(l->known), call->known);
        range_copy(l->if_range, sizeof(l->if_range), call->if_range);
        if (store_read(school->store, &l->job) < 0) {
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
                listening_free(l);
        }
}
