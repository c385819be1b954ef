/* cmd/http_session.c: signing in and out over HTTP.
 *
 * A link's secret comes in a body, never in an address; what goes out is a cookie. The full sign-in will be more routes here
 * that end in the same session_start().
 */
#include "base/arena.h"
#include "base/clock.h"
#include "chat/account.h"
#include "chat/person.h"
#include "chat/rights.h"
#include "chat/schoolrow.h"
#include "cmd/http.h"
#include "conf/conf.h"
#include "live/hub.h"
#include "proto/command.h"
#include "secret/secret.h"
#include "store/store.h"

#include <errno.h>

enum { DAY_MS = 24 * 3600 * 1000, ANSWER_CAP = 64 * 1024, SIGN_IN_BURST = 200, SIGN_IN_PER_SECOND = 50 };

struct visit {
        struct job job;
        struct school *school;
        struct http_call call;
        bool has_token;
        struct token_hash token;  /* of the cookie that came */
        struct token_hash link;   /* post: of the link's secret */
        int64_t until;            /* post */
        char secret[SECRET_TEXT + 1]; /* post: the new session's */
        struct buf body;
};

static void visit_free(struct visit *visit)
{
        if (!visit)
                return;
        buf_done(&visit->body);
        free(visit);
}
DEFINE_CLEANUP(struct visit *, visit_free)

static int describe(struct tx *tx, int64_t person, struct buf *out)
{
        _cleanup_(arena_done) struct arena a = ARENA(ANSWER_CAP);
        struct viewer viewer = { .person = person, .family = true };
        struct person_shape me;
        struct school_shape school;
        int r;

        r = person_load(tx, &a, person, &viewer, &me);
        if (r >= 0)
                r = school_load(tx, &a, &school, NULL);
        if (r < 0)
                return r;
        shape_encode(out, &shape_session, &(struct session_shape){ .person = &me, .school = &school });
        return buf_failed(out);
}

static int get_run(struct job *job, struct tx *tx)
{
        struct visit *visit = CONTAINER_OF(job, struct visit, job);
        struct viewer viewer;
        int r;

        r = rights_session(tx, RIGHT_session_get, &visit->token, &viewer);
        return r < 0 ? r : describe(tx, viewer.person, &visit->body);
}

static int post_run(struct job *job, struct tx *tx)
{
        struct visit *visit = CONTAINER_OF(job, struct visit, job);
        struct token_hash hash;
        int64_t person;
        int r;

        r = link_use(tx, &visit->link, &person);
        if (r < 0)
                return r;
        secret_make(visit->secret);
        secret_hash(visit->secret, SECRET_TEXT, &hash);
        r = session_start(tx, &hash, person, visit->until);
        return r < 0 ? r : describe(tx, person, &visit->body);
}

static int delete_run(struct job *job, struct tx *tx)
{
        return session_end(tx, &CONTAINER_OF(job, struct visit, job)->token);
}

static void fail(const struct http_call *call, int result, enum error_code gone, enum error_reason reason)
{
        if (result == -ENOENT)
                http_fail(call, gone, NULL, reason);
        else
                http_fail(call, ERROR_UNAVAILABLE, NULL, result == -EBUSY ? REASON_BUSY : REASON_STORE);
}

static void get_done(struct job *job, int result)
{
        _cleanup_(visit_freep) struct visit *visit = CONTAINER_OF(job, struct visit, job);

        if (result < 0)
                fail(&visit->call, result, ERROR_SIGNED_OUT, REASON_NONE);
        else
                visit->call.answer(visit->call.net, visit->call.ticket,
                                   &(struct http_answer){ .status = 200,
                                                          .content_type = "application/json",
                                                          .body = buf_str(&visit->body),
                                                          .body_len = visit->body.len });
}

static void post_done(struct job *job, int result)
{
        _cleanup_(visit_freep) struct visit *visit = CONTAINER_OF(job, struct visit, job);

        if (result < 0)
                fail(&visit->call, result, ERROR_SIGNED_OUT, REASON_LINK);
        else
                visit->call.answer(visit->call.net, visit->call.ticket,
                                   &(struct http_answer){ .status = 200,
                                                          .content_type = "application/json",
                                                          .body = buf_str(&visit->body),
                                                          .body_len = visit->body.len,
                                                          .cookie = visit->secret });
}

static void delete_done(struct job *job, int result)
{
        _cleanup_(visit_freep) struct visit *visit = CONTAINER_OF(job, struct visit, job);

        if (result < 0)
                fail(&visit->call, result, ERROR_SIGNED_OUT, REASON_NONE);
        else
                visit->call.answer(visit->call.net, visit->call.ticket, &(struct http_answer){ .status = 204, .clear_cookie = true });
        if (result >= 0)
                hub_sign_out(visit->school->hub, &visit->token);
}

static struct visit *visit_new(struct school *school, const struct http_call *call, int (*run)(struct job *, struct tx *), void (*done)(struct job *, int))
{
        struct visit *visit = calloc(1, sizeof(*visit));

        if (!visit)
                return NULL;
        visit->job = (struct job){ .run = run, .done = done };
        visit->school = school;
        visit->call = *call;
        visit->body = BUF(ANSWER_CAP);
        if (call->token)
                visit->token = *call->token;
        /* These are the caller's and gone when it returns. */
        visit->call.token = NULL;
        visit->call.body = NULL;
        return visit;
}

static void submit(struct visit *visit, int r)
{
        if (r >= 0)
                return;
        fail(&visit->call, r, ERROR_UNAVAILABLE, REASON_BUSY);
        visit_free(visit);
}

void http_session_get(struct school *school, const struct http_call *call)
{
        struct visit *visit = call->token ? visit_new(school, call, get_run, get_done) : NULL;

        if (!call->token)
                http_fail(call, ERROR_SIGNED_OUT, NULL, REASON_NONE);
        else if (!visit)
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
        else
                submit(visit, store_read(school->store, &visit->job));
}

void http_session_delete(struct school *school, const struct http_call *call)
{
        struct visit *visit = call->token ? visit_new(school, call, delete_run, delete_done) : NULL;

        if (!call->token)
                http_fail(call, ERROR_SIGNED_OUT, NULL, REASON_NONE);
        else if (!visit)
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
        else
                submit(visit, store_write(school->store, &visit->job));
}

void http_session_post(struct school *school, const struct http_call *call)
{
        static const char *const keys[] = { "link" };
        _cleanup_free_ char *link = NULL;
        struct problem problem = { 0 };
        struct visit *visit;
        int r;

        problem.retry_ms = limit_take(&school->sign_in, clock_mono_ms(), SIGN_IN_BURST, SIGN_IN_PER_SECOND, 1);
        if (problem.retry_ms > 0) {
                problem.code = ERROR_RATE_LIMITED;
                http_problem(call, &problem);
                return;
        }
        r = strings_decode(call->body, call->body_len, keys, ELEMENTS(keys), &link, &problem);
        if (r == -EBADMSG) {
                http_problem(call, &problem);
                return;
        }
        visit = r < 0 ? NULL : visit_new(school, call, post_run, post_done);
        if (!visit) {
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
                return;
        }
        secret_hash(link, strlen(link), &visit->link);
        visit->until = clock_now_ms() + (int64_t)school->conf->session_days * DAY_MS;
        submit(visit, store_write(school->store, &visit->job));
}
