/* cmd/http_speech.c: a message said aloud, for who cannot read it.
 *
 * A reader looks whether they may see it, and opens its text; the writer puts on record that they hear it, once an hour, as for reading; a worker says it (../speech).
 * A phrase of the list that a person has spoken in that language is heard in that voice instead: a person who speaks the language is understood better than any
 * program, and for some languages there is no program. Only where the text is just what was spoken.
 * Words of the app, and what somebody is about to send, come with the call: they are nobody's yet, and on no record.
 * What came out is sent and kept by nobody here. The row of who waits is bounded, for all together and for each person, so that nobody's telephone talks all others
 * into silence.
 */
#include "base/arena.h"
#include "base/log.h"
#include "base/parse.h"
#include "chat/audit/audit.h"
#include "chat/message.h"
#include "chat/phrase/recording.h"
#include "chat/rights/rights.h"
#include "cmd/http.h"
#include "cmd/range.h"
#include "cmd/record.h"
#include "cmd/sound.h"
#include "proto/command.h"
#include "secret/secret.h"
#include "speech/speech.h"
#include "store/store.h"
#include "work/work.h"

#include <errno.h>

enum { ARENA_CAP = 2 * 1024 * 1024 + RECORDING_ARENA, PERSON_MAX = 3, RETRY_MS = 1000, ETAG_MAX = 96 };

struct hearing {
        struct job job;
        struct task task;
        struct school *school;
        struct hearing *before, **after; /* among those of the school; after NULL: not among them */
        struct http_call call;
        struct token_hash token;
        int64_t thread, seq, version;
        enum error_reason wrong; /* with the address that came */
        char etag[ETAG_MAX];
        bool is_known;           /* the browser has it */
        int64_t person;
        char range[RANGE_MAX], if_range[RANGE_ETAG], known[ETAG_MAX];
        struct arena arena;
        struct recording recording; /* id 0: nobody spoke it */
        const char *text, *language;
        char *words[2];          /* what came with the call: text and language; NULL: it is a message */
        int result;
        char *sound;
        size_t len;
};

static void hearing_free(struct hearing *h)
{
        if (!h)
                return;
        if (h->after) {
                *h->after = h->before;
                if (h->before)
                        h->before->after = h->after;
        }
        for (size_t i = 0; i < ELEMENTS(h->words); i++)
                free(h->words[i]);
        arena_done(&h->arena);
        free(h->sound);
        free(h);
}
DEFINE_CLEANUP(struct hearing *, hearing_free)

static void fail(const struct hearing *h, int result)
{
        struct problem problem = { .code = ERROR_UNAVAILABLE, .reason = REASON_BUSY, .retry_ms = RETRY_MS };

        switch (result) {
        case -ENOKEY:
                problem = PROBLEM(ERROR_SIGNED_OUT, NULL, REASON_NONE);
                break;
        case -EPERM:
                problem = PROBLEM(ERROR_FORBIDDEN, NULL, REASON_ROLE);
                break;
        case -EINVAL:
                problem = PROBLEM(ERROR_INVALID, h->thread == 0 ? "thread" : h->seq == 0 ? "seq" : "version", h->wrong);
                break;
        case -ENOENT:
        case -ENODATA: /* nothing in it that can be said: there is no sound of it */
        case -EKEYREVOKED:
                problem = PROBLEM(ERROR_NOT_FOUND, NULL, REASON_NONE);
                break;
        case -EBUSY:
        case -ESHUTDOWN:
        case -ECANCELED:
                break;
        default:
                log_error("speech", "a message could not be said aloud: error %d", -result);
        }
        http_problem(&h->call, &problem);
}

/* ---- what is to be said */

static const char *text_of(const struct message_shape *m, int64_t version, const char **language)
{
        if (version == 0) {
                *language = m->language;
                return m->body;
        }
        for (size_t i = 0; i < m->versions.n; i++)
                if (m->versions.items[i].n == version) {
                        *language = m->versions.items[i].language;
                        return m->versions.items[i].body;
                }
        return NULL;
}

/* On a reader. */
static int look(struct job *job, struct tx *tx)
{
        struct hearing *h = CONTAINER_OF(job, struct hearing, job);
        struct command_args args = { .command = COMMAND_history, .history = { .thread = h->thread } };
        struct membership me = { 0 };
        struct message_shape *m;
        struct viewer viewer;
        int r;

        r = rights_session(tx, RIGHT_speech_get, &h->token, &viewer);
        if (r == -ENOENT)
                return -ENOKEY;
        if (r >= 0 && h->wrong != REASON_NONE)
                r = -EINVAL;
        /* Who may read it may hear it. */
        if (r >= 0)
                r = rights_check(tx, &viewer, &args, &me);
        if (r >= 0)
                r = message_load(tx, &h->arena, h->thread, h->seq, &m);
        if (r >= 0 && !sight_has_message(&me.sight, h->seq))
                r = -ENOENT;
        if (r < 0)
                return r;
        h->person = viewer.person;
        h->text = text_of(m, h->version, &h->language);
        if (!h->text)
                return -ENOENT;
        if (m->phrase)
                r = recording_of_text(tx, &h->arena, h->thread, h->seq, h->text, h->language, &h->recording);
        if (r < 0 && r != -ENOENT)
                return r;
        return h->recording.id > 0 || speech_speaks(h->school->speech, h->language) ? 0 : -ENOENT;
}

/* On a reader. */
static int look_who(struct job *job, struct tx *tx)
{
        struct hearing *h = CONTAINER_OF(job, struct hearing, job);
        struct viewer viewer;
        int r;

        r = rights_session(tx, RIGHT_speech_post, &h->token, &viewer);
        if (r < 0)
                return r == -ENOENT ? -ENOKEY : r;
        h->person = viewer.person;
        return speech_speaks(h->school->speech, h->language) ? 0 : -ENOENT;
}

/* ---- saying it */

/* On a worker. */
static void say(struct task *task, atomic_bool *stopping)
{
        struct hearing *h = CONTAINER_OF(task, struct hearing, task);

        h->result = atomic_load(stopping) ? -ECANCELED : speech_say(h->school->speech, h->text, h->language, stopping, &h->sound, &h->len);
}

static void said(struct task *task)
{
        _cleanup_(hearing_freep) struct hearing *h = CONTAINER_OF(task, struct hearing, task);

        if (h->result < 0)
                fail(h, h->result);
        else
                h->call.answer(h->call.net, h->call.ticket,
                               &(struct http_answer){ .status = 200, .content_type = "audio/mpeg", .body = h->sound, .body_len = h->len, .etag = h->words[0] ? NULL : h->etag });
}

static void is_on_record(struct hearing *hearing)
{
        _cleanup_(hearing_freep) struct hearing *h = hearing;
        int r;

        if (h->recording.id > 0) {
                sound_answer(&h->call, &h->recording, h->known, h->range, h->if_range);
                return;
        }
        if (h->is_known) {
                h->call.answer(h->call.net, h->call.ticket, &(struct http_answer){ .status = 304, .etag = h->etag });
                return;
        }
        h->task = (struct task){ .run = say, .done = said };
        r = work_give(h->school->saying, &h->task);
        if (r < 0)
                fail(h, r);
        else
                (void)TAKE(h);
}

/* ---- on record */

static struct audit audit_of(const struct hearing *h)
{
        return (struct audit){ .deed = DEED_HEARD, .saw = true, .actor = h->person, .thread = h->thread, .seq = h->seq, .n = 1 };
}

/* On the writer. */
static int record_run(struct job *job, struct tx *tx)
{
        struct audit audit = audit_of(CONTAINER_OF(job, struct hearing, job));

        return audit_add(tx, &audit);
}

static void record_again(_unused_ struct job *job)
{
}

static void recorded(struct job *job, int result)
{
        struct hearing *h = CONTAINER_OF(job, struct hearing, job);
        struct audit audit = audit_of(h);

        if (result < 0) {
                fail(h, result);
                hearing_free(h);
                return;
        }
        record_learn(h->school->record, &audit);
        is_on_record(h);
}

/* ---- its turn */

/* How many of this person's wait. */
static int waiting_of(const struct school *school, int64_t person)
{
        int n = 0;

        for (const struct hearing *h = school->hearings; h; h = h->before)
                n += h->person == person;
        return n;
}

static void join_row(struct hearing *h)
{
        struct school *school = h->school;

        h->before = school->hearings;
        h->after = &school->hearings;
        if (h->before)
                h->before->after = &h->before;
        school->hearings = h;
}

static void looked(struct job *job, int result)
{
        _cleanup_(hearing_freep) struct hearing *h = CONTAINER_OF(job, struct hearing, job);
        struct audit audit = audit_of(h);

        if (result >= 0 && waiting_of(h->school, h->person) >= PERSON_MAX)
                result = -EBUSY;
        if (result < 0) {
                fail(h, result);
                return;
        }
        join_row(h);
        if (h->words[0] || record_knows(h->school->record, &audit)) {
                is_on_record(TAKE(h));
                return;
        }
        h->job = (struct job){ .run = record_run, .again = record_again, .done = recorded };
        result = store_write(h->school->store, &h->job);
        if (result < 0)
                fail(h, result);
        else
                (void)TAKE(h);
}

/* ---- the call */

static enum error_reason read_number(const char *query, const char *name, int64_t min, bool must, int64_t *ret)
{
        const char *part = http_query_part(query, name);

        if (!part)
                return must ? REASON_MISSING : REASON_NONE;
        return parse_int(part, min, ID_MAX, ret) < 0 ? REASON_RANGE : REASON_NONE;
}

static enum error_reason read_address(struct hearing *h, const char *query)
{
        enum error_reason wrong = read_number(query, "thread", 1, true, &h->thread);

        if (wrong == REASON_NONE)
                wrong = read_number(query, "seq", 1, true, &h->seq);
        if (wrong == REASON_NONE)
                wrong = read_number(query, "version", 0, false, &h->version);
        return wrong;
}

/* What was said of a text is the same sound as long as the programs are the same: its numbers say which it is. */
static void name_it(struct hearing *h, const char *known)
{
        snprintf(h->etag, sizeof(h->etag), "\"1.%lld.%lld.%lld\"", (long long)h->thread, (long long)h->seq, (long long)h->version);
        h->is_known = known && strstr(known, h->etag);
}

void http_speech_get(struct school *school, const struct http_call *call)
{
        struct hearing *h;
        int r;

        h = calloc(1, sizeof(*h));
        if (!h) {
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
                return;
        }
        *h = (struct hearing){ .job = { .run = look, .done = looked }, .school = school, .call = *call, .token = *call->token, .arena = ARENA(ARENA_CAP) };
        h->wrong = read_address(h, call->query);
        name_it(h, call->known);
        range_copy(h->range, sizeof(h->range), call->range);
        range_copy(h->if_range, sizeof(h->if_range), call->if_range);
        range_copy(h->known, sizeof(h->known), call->known);
        /* These are the caller's and gone when it returns. */
        h->call.token = h->call.device = NULL;
        h->call.body = h->call.query = h->call.trip = h->call.known = h->call.range = h->call.if_range = NULL;
        r = store_read(school->store, &h->job);
        if (r < 0) {
                fail(h, r);
                hearing_free(h);
        }
}

void http_speech_post(struct school *school, const struct http_call *call)
{
        static const char *const fields[] = { "text", "language" };
        _cleanup_(hearing_freep) struct hearing *h = NULL;
        struct problem problem = { 0 };
        int r;

        h = calloc(1, sizeof(*h));
        if (!h) {
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
                return;
        }
        *h = (struct hearing){ .job = { .run = look_who, .done = looked }, .school = school, .call = *call, .token = *call->token, .arena = ARENA(0) };
        r = strings_decode(call->body, call->body_len, fields, ELEMENTS(fields), h->words, &problem);
        if (r == -EBADMSG) {
                http_problem(call, &problem);
                return;
        }
        h->text = h->words[0];
        h->language = h->words[1];
        h->call.token = h->call.device = NULL;
        h->call.body = h->call.query = h->call.trip = h->call.known = h->call.range = h->call.if_range = NULL;
        if (r >= 0)
                r = store_read(school->store, &h->job);
        if (r < 0)
                fail(h, r);
        else
                (void)TAKE(h);
}
