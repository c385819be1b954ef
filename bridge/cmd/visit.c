#include "cmd/visit.h"

#include "base/arena.h"
#include "base/clock.h"
#include "chat/audit/audit.h"
#include "chat/person.h"
#include "chat/schoolrow.h"
#include "chat/signin/device.h"
#include "cmd/record.h"
#include "cmd/signed_out.h"
#include "conf/conf.h"
#include "live/tries.h"

#include <errno.h>

enum { DAY_MS = 24 * 3600 * 1000, ANSWER_CAP = 64 * 1024, ROW_MAX = 200 };

static void visit_free(struct visit *visit)
{
        if (!visit)
                return;
        if (visit->free)
                visit->free(visit);
        buf_done(&visit->body);
        free(visit);
}

void *visit_new(struct school *school, const struct http_call *call, size_t size)
{
        struct visit *visit = calloc(1, size);

        if (!visit) {
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
                return NULL;
        }
        visit->school = school;
        visit->call = *call;
        visit->body = BUF(ANSWER_CAP);
        visit->gone = ERROR_SIGNED_OUT;
        visit->has_token = call->token;
        if (call->token)
                visit->token = *call->token;
        visit->has_device = call->device;
        if (call->device)
                visit->device = *call->device;
        visit->call.token = visit->call.device = NULL;
        visit->call.body = NULL;
        return visit;
}

void count_failed(struct school *school, const struct http_call *call)
{
        tries_failed(school->tries, &call->from, clock_mono_ms());
        record_failed(school->record);
}

static void refuse(struct visit *visit, int result)
{
        if (visit->counts && (result == -ENOENT || visit->problem.code == ERROR_SIGNED_OUT))
                count_failed(visit->school, &visit->call);
        if (result >= 0)
                http_problem(&visit->call, &visit->problem);
        else if (result == -ENOENT)
                http_fail(&visit->call, (int)visit->gone, NULL, (int)visit->reason);
        else if (result == -EPERM)
                http_fail(&visit->call, ERROR_FORBIDDEN, NULL, REASON_ROLE);
        else
                http_fail(&visit->call, ERROR_UNAVAILABLE, NULL, result == -EBUSY || result == -ESHUTDOWN ? REASON_BUSY : REASON_STORE);
}

/* Answers, and lets go of it. */
static void finish(struct visit *visit, int result)
{
        if (result < 0 || visit->problem.code != ERROR_NONE) {
                refuse(visit, result);
        } else {
                visit->call.answer(visit->call.net, visit->call.ticket,
                                   &(struct http_answer){ .status = visit->body.len > 0 ? 200 : 204,
                                                          .content_type = visit->body.len > 0 ? "application/json" : NULL,
                                                          .body = buf_str(&visit->body),
                                                          .body_len = visit->body.len,
                                                          .cookie = *visit->session ? visit->session : NULL,
                                                          .device_cookie = *visit->device_secret ? visit->device_secret : NULL,
                                                          .clear_cookie = visit->clears_session });
                if (visit->ends_sessions)
                        signed_out_look(visit->school);
        }
        visit_free(visit);
}

static int job_run(struct job *job, struct tx *tx)
{
        struct visit *visit = CONTAINER_OF(job, struct visit, job);

        return visit->run(visit, tx);
}

static void job_done(struct job *job, int result)
{
        finish(CONTAINER_OF(job, struct visit, job), result);
}

void visit_read(struct visit *visit)
{
        int r;

        visit->job = (struct job){ .run = job_run, .done = job_done };
        r = store_read(visit->school->store, &visit->job);
        if (r < 0)
                finish(visit, r);
}

void visit_write(struct visit *visit)
{
        int r;

        visit->job = (struct job){ .run = job_run, .done = job_done };
        r = store_write(visit->school->store, &visit->job);
        if (r < 0)
                finish(visit, r);
}

/* ---- one at a time */

static void next_turn(struct school *school);

static void turn_done(struct job *job, int result)
{
        struct visit *visit = CONTAINER_OF(job, struct visit, job);
        struct school *school = visit->school;

        finish(visit, result);
        school->proof.taken = false;
        next_turn(school);
}

static int check_run(struct job *job, struct tx *tx)
{
        struct visit *visit = CONTAINER_OF(job, struct visit, job);

        return visit->check(visit, tx);
}

static void check_done(struct job *job, int result)
{
        struct visit *visit = CONTAINER_OF(job, struct visit, job);

        if (result >= 0) {
                visit->job = (struct job){ .run = job_run, .done = turn_done };
                result = store_write(visit->school->store, &visit->job);
        }
        if (result < 0)
                turn_done(job, result);
}

static void next_turn(struct school *school)
{
        while (!school->proof.taken && school->proof.first) {
                struct visit *visit = school->proof.first;
                int r;

                school->proof.first = visit->next;
                school->proof.waiting--;
                visit->job = (struct job){ .run = check_run, .done = check_done };
                r = store_read(school->store, &visit->job);
                if (r < 0)
                        finish(visit, r);
                else
                        school->proof.taken = true;
        }
}

void visit_prove(struct visit *visit)
{
        struct school *school = visit->school;

        if (school->proof.waiting >= ROW_MAX) {
                finish(visit, -EBUSY);
                return;
        }
        if (school->proof.first)
                school->proof.last->next = visit;
        else
                school->proof.first = visit;
        school->proof.last = visit;
        school->proof.waiting++;
        next_turn(school);
}

bool visit_must_wait(struct school *school, const struct http_call *call)
{
        int64_t wait = tries_wait(school->tries, &call->from, clock_mono_ms());

        if (wait > 0)
                http_problem(call, &(struct problem){ .code = ERROR_RATE_LIMITED, .retry_ms = wait });
        return wait > 0;
}

void visit_refuse(const struct http_call *call, int r, const struct problem *problem)
{
        if (r == -EBADMSG)
                http_problem(call, problem);
        else
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
}

/* ---- in run() */

int visit_describe(struct visit *visit, struct tx *tx, int64_t person)
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
        shape_encode(&visit->body, &shape_session, &(struct session_shape){ .person = &me, .school = &school });
        return buf_failed(&visit->body);
}

int visit_sign_in(struct visit *visit, struct tx *tx, int64_t person, int64_t device, enum sign_in how)
{
        struct session_new new = { .person = person, .device = device, .kind = visit->call.kind, .how = how };
        struct token_hash hash;
        int64_t r;

        new.until_ms = clock_now_ms() + (int64_t)visit->school->conf->session_days * DAY_MS;
        secret_make(visit->session);
        secret_hash(visit->session, SECRET_TEXT, &hash);
        r = session_start(tx, &hash, &new);
        if (r >= 0)
                r = audit_add(tx, &(struct audit){ .deed = DEED_SIGN_IN, .actor = person, .n = device });
        visit->ends_sessions = device > 0;
        return r < 0 ? (int)r : visit_describe(visit, tx, person);
}

int visit_sign_out(struct visit *visit, struct tx *tx)
{
        struct session_row row;
        int r;

        visit->clears_session = visit->ends_sessions = true;
        r = session_get(tx, &visit->token, &row);
        if (r >= 0)
                r = audit_add(tx, &(struct audit){ .deed = DEED_SIGN_OUT, .actor = row.viewer.person });
        return r < 0 && r != -ENOENT ? r : session_end(tx, &visit->token);
}

int64_t visit_device(struct visit *visit, struct tx *tx)
{
        struct token_hash hash;
        int64_t r = visit->has_device ? device_find(tx, &visit->device) : -ENOENT;

        if (r != -ENOENT)
                return r;
        secret_make(visit->device_secret);
        secret_hash(visit->device_secret, SECRET_TEXT, &hash);
        return device_add(tx, &hash);
}
