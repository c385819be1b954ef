#include "cmd/errand.h"

#include "base/clock.h"
#include "chat/audit/audit.h"
#include "chat/person.h"
#include "chat/schoolrow.h"
#include "chat/signin/account.h"
#include "chat/signin/attempt.h"
#include "cmd/signed_out.h"
#include "cmd/visit.h"
#include "conf/conf.h"
#include "proto/command.h"

#include <errno.h>

enum { DAY_MS = 24 * 3600 * 1000 };

static void wipe(char **s)
{
        if (*s)
                secret_wipe(*s, strlen(*s));
        freep(s);
        *s = NULL;
}

static void errand_free(struct errand *errand)
{
        if (!errand)
                return;
        for (size_t i = 0; i < ELEMENTS(errand->in); i++)
                wipe(&errand->in[i]);
        for (size_t i = 0; i < ELEMENTS(errand->text); i++)
                wipe(&errand->text[i]);
        secret_wipe(errand->body.data, errand->body.len);
        buf_done(&errand->body);
        buf_done(&errand->location);
        oidc_identity_done(&errand->identity);
        secret_wipe(errand, sizeof(*errand));
        free(errand);
}
DEFINE_CLEANUP(struct errand *, errand_free)

int errand_refuse(struct errand *errand, enum error_code code, const char *field, enum error_reason reason)
{
        errand->problem = PROBLEM(code, field, reason);
        return -ECANCELED;
}

int errand_viewer(struct errand *errand, struct tx *tx)
{
        int r = rights_session(tx, errand->plan->right, &errand->token, &errand->viewer);

        return r == -EPERM ? errand_refuse(errand, ERROR_FORBIDDEN, NULL, REASON_ROLE) : r;
}

int errand_sign_in(struct errand *errand, struct tx *tx, int64_t person, enum sign_in how)
{
        struct session_new new = { .person = person, .kind = errand->call.kind, .how = how };
        struct token_hash hash;
        int64_t r;

        secret_make(errand->secret);
        secret_hash(errand->secret, SECRET_TEXT, &hash);
        new.until_ms = clock_now_ms() + (int64_t)errand->school->conf->session_days * DAY_MS;
        r = session_start(tx, &hash, &new);
        return r < 0 ? (int)r : audit_add(tx, &(struct audit){ .actor = person, .deed = DEED_SIGN_IN });
}

int errand_end_sessions(struct errand *errand, struct tx *tx, int64_t person, const struct token_hash *but)
{
        struct session_row row = { .id = 0 };
        int r = but ? session_get(tx, but, &row) : 0;

        if (r < 0)
                return r;
        errand->ends_sessions = true;
        return sessions_end_of(tx, person, row.id);
}

int errand_describe(struct errand *errand, struct tx *tx, int64_t person)
{
        _cleanup_(arena_done) struct arena a = ARENA(ERRAND_BODY_CAP);
        struct viewer viewer;
        struct person_shape me;
        struct school_shape school;
        int r;

        r = person_viewer(tx, person, &viewer);
        if (r >= 0)
                r = person_load(tx, &a, person, &viewer, &me);
        if (r >= 0)
                r = school_load(tx, &a, &school, NULL);
        if (r < 0)
                return r;
        shape_encode(&errand->body, &shape_session, &(struct session_shape){ .person = &me, .school = &school });
        return buf_failed(&errand->body);
}

/* ---- attempts */

int errand_may_try(struct errand *errand, struct tx *tx)
{
        int64_t wait;
        int r = attempt_wait(tx, &errand->attempt, clock_now_ms(), &wait);

        if (r < 0 || wait == 0)
                return r;
        errand->problem = (struct problem){ .code = ERROR_RATE_LIMITED, .retry_ms = wait };
        return -ECANCELED;
}

int errand_wrong(struct errand *errand, struct tx *tx, enum error_code code, const char *field, enum error_reason reason)
{
        int64_t r = attempt_failed(tx, &errand->attempt, clock_now_ms(), (int64_t)(errand->school->conf->attempt_wait_s * 1000));

        errand->problem = PROBLEM(code, field, reason);
        errand->counts = true;
        return r < 0 ? (int)r : 0;
}

static void answer_problem(const struct errand *errand, int result)
{
        if (errand->counts)
                count_failed(errand->school, &errand->call);
        if (result == -ECANCELED)
                http_problem(&errand->call, &errand->problem);
        else if (result == -ENOENT)
                http_fail(&errand->call, ERROR_SIGNED_OUT, NULL, REASON_NONE);
        else
                http_fail(&errand->call, ERROR_UNAVAILABLE, NULL, result == -EBUSY || result == -ENOMEM ? REASON_BUSY : REASON_STORE);
}

static void answer(struct errand *errand)
{
        bool leaves = errand->location.len > 0;

        errand->call.answer(errand->call.net, errand->call.ticket,
                            &(struct http_answer){ .status = leaves ? 303 : errand->body.len > 0 ? 200 : 204,
                                                   .location = leaves ? buf_str(&errand->location) : NULL,
                                                   .trip_cookie = errand->trip_begins ? errand->trip_secret : errand->trip_ends ? "" : NULL,
                                                   .content_type = errand->body.len > 0 ? "application/json" : NULL,
                                                   .body = buf_str(&errand->body),
                                                   .body_len = errand->body.len,
                                                   .cookie = *errand->secret ? errand->secret : NULL });
        if (errand->ends_sessions)
                signed_out_look(errand->school);
}

/* Hands the errand on after a step. Owns it. */
static void go_on(struct errand *step_of, int result)
{
        _cleanup_(errand_freep) struct errand *errand = step_of;
        enum step_where where;
        /* A step may refuse and still keep what it wrote: a failure that was counted. */
        int r = result >= 0 && errand->problem.code != ERROR_NONE ? -ECANCELED : result;

        if (r >= 0) {
                where = errand->at < ERRAND_STEPS ? errand->plan->steps[errand->at].where : STEP_END;
                switch (where) {
                case STEP_END:
                        if (errand->plan->leave)
                                errand->plan->leave(errand, 0);
                        answer(errand);
                        return;
                case STEP_READ:
                        r = store_read(errand->school->store, &errand->job);
                        break;
                case STEP_WRITE:
                        r = store_write(errand->school->store, &errand->job);
                        break;
                case STEP_HASH:
                        r = work_give(errand->school->hashing, &errand->task);
                        break;
                case STEP_ASK:
                        r = work_give(errand->school->asking, &errand->task);
                        break;
                }
        }
        if (r >= 0) {
                errand = NULL; /* it is on its way */
        } else if (errand->plan->leave) {
                errand->plan->leave(errand, r);
                *errand->secret = '\0';
                answer(errand);
        } else {
                answer_problem(errand, r);
        }
}

static int run_step(struct errand *errand, struct tx *tx)
{
        return errand->plan->steps[errand->at].run(errand, tx);
}

static int job_run(struct job *job, struct tx *tx)
{
        return run_step(CONTAINER_OF(job, struct errand, job), tx);
}

static void job_done(struct job *job, int result)
{
        struct errand *errand = CONTAINER_OF(job, struct errand, job);

        errand->at++;
        go_on(errand, result);
}

static void task_run(struct task *task, atomic_bool *stopping)
{
        struct errand *errand = CONTAINER_OF(task, struct errand, task);

        errand->stopping = stopping;
        errand->task_result = run_step(errand, NULL);
}

static void task_done(struct task *task)
{
        struct errand *errand = CONTAINER_OF(task, struct errand, task);

        errand->at++;
        go_on(errand, errand->task_result);
}

void errand_forget(char *in[ERRAND_FIELDS])
{
        for (size_t i = 0; i < ERRAND_FIELDS; i++)
                wipe(&in[i]);
}

void errand_run_with(struct school *school, const struct http_call *call, const struct errand_plan *plan, char *in[ERRAND_FIELDS],
                     const struct token_hash *key)
{
        struct errand *errand = calloc(1, sizeof(*errand));
        int r;

        if (!errand) {
                errand_forget(in);
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
                return;
        }
        errand->job = (struct job){ .run = job_run, .done = job_done };
        errand->task = (struct task){ .run = task_run, .done = task_done };
        errand->plan = plan;
        errand->school = school;
        errand->call = *call;
        errand->body = BUF(ERRAND_BODY_CAP);
        errand->location = BUF(ERRAND_BODY_CAP);
        memcpy(errand->in, in, sizeof(errand->in));
        if (key)
                errand->key = *key;
        errand->has_token = call->token != NULL;
        if (call->token)
                errand->token = *call->token;
        r = plan->check ? plan->check(errand) : 0;
        /* These are the caller's and gone when it returns. */
        errand->call.token = errand->call.device = NULL;
        errand->call.body = errand->call.query = errand->call.trip = errand->call.known = NULL;
        go_on(errand, r);
}

bool errand_read(struct school *school, const struct http_call *call, const struct errand_plan *plan, char *in[ERRAND_FIELDS])
{
        struct problem problem = { 0 };
        size_t n = 0;
        int r = 0;

        if (visit_must_wait(school, call))
                return false;
        while (n < ERRAND_FIELDS && plan->fields[n])
                n++;
        if (n > 0)
                r = strings_decode(call->body, call->body_len, plan->fields, n, in, &problem);
        if (r < 0)
                visit_refuse(call, r, &problem);
        return r >= 0;
}

void errand_run(struct school *school, const struct http_call *call, const struct errand_plan *plan)
{
        char *in[ERRAND_FIELDS] = { NULL };

        if (errand_read(school, call, plan, in))
                errand_run_with(school, call, plan, in, NULL);
}
