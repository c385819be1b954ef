/* cmd/dispatch.c: from a frame to a verb and from a result to those who hear of it.
 *
 * Before a verb runs: the frame is a command of the table with right fields, the session said hello, the rate limit has room, and the
 * table of rights allows it: a role that may never is refused at once, the rest is looked up in the verb's own transaction. After it
 * ran and was committed: the sender gets the answer, then everyone who may see it the events.
 *
 * Every command is put on record here and nowhere else. One that changes something (WRITE): in its own transaction. One that shows
 * something (READ): once an hour for each person and conversation, and again for older messages; its answer waits for that row, so what
 * was shown is always on record. typing (LOOP) leaves nothing. What was refused showed and changed nothing, and leaves nothing.
 */
#include "cmd/call.h"

#include "base/clock.h"
#include "base/log.h"
#include "chat/rights/rights.h"
#include "chat/rights/viewer.h"
#include "chat/signin/account.h"
#include "cmd/publish.h"
#include "cmd/record.h"
#include "cmd/signed_out.h"
#include "cmd/tell.h"
#include "conf/conf.h"

#include <errno.h>

enum {
        ARENA_CAP = 64 * 1024 * 1024,
        ANSWER_CAP = 16 * 1024 * 1024,
        PROBLEM_CAP = 4096,
        COST_OF_NONSENSE = 1,
        BYTES_A_TOKEN = 4096, /* a long frame is work before anybody knows what it says */
};

typedef int (*run_fn)(struct call *call, struct tx *tx);
typedef int (*now_fn)(struct call *call, struct session *session);

static const struct {
        run_fn run;
        now_fn now;
} verbs[] = {
#define VERB_READ(name) { .run = cmd_##name }
#define VERB_WRITE(name) { .run = cmd_##name }
#define VERB_LOOP(name) { .now = cmd_##name }
#define COMMAND(name, lane, cost, answer, doc) [COMMAND_##name] = VERB_##lane(name),
#define ARG(name, field, type, of, need, min, max, doc)
#define END(name)
#include "proto/commands.def"
#undef COMMAND
#undef ARG
#undef END
};

static void push_problem(struct session *session, int64_t ref, const struct problem *problem)
{
        _cleanup_(buf_done) struct buf out = BUF(PROBLEM_CAP);
        _cleanup_(frame_unrefp) struct frame *frame = NULL;

        problem_encode(&out, ref, problem);
        if (!buf_failed(&out))
                frame = frame_new(out.data, out.len);
        session_push(session, frame);
}

int call_answer(struct call *call, const struct shape *shape, const void *what)
{
        _cleanup_(buf_done) struct buf ok = BUF(ANSWER_CAP);
        _cleanup_(buf_done) struct buf item = BUF(ANSWER_CAP + 64);

        shape_encode(&ok, shape, what);
        if (buf_failed(&ok))
                return buf_failed(&ok);
        answer_encode(&item, call->args.ref, ok.data, ok.len);
        if (buf_failed(&item))
                return buf_failed(&item);
        frame_unref(call->answer);
        call->answer = frame_new(item.data, item.len);
        return call->answer ? 0 : -ENOMEM;
}

int call_shows(struct call *call, int64_t thread, int64_t seq)
{
        for (size_t i = 0; i < call->shown_n; i++)
                if (call->shown[i].thread == thread) {
                        if (seq < call->shown[i].seq)
                                call->shown[i].seq = seq;
                        call->shown[i].n++;
                        return 0;
                }
        call->shown = arena_grow(&call->arena, call->shown, call->shown_n, &call->shown_room, sizeof(*call->shown));
        if (!call->shown)
                return arena_failed(&call->arena);
        call->shown[call->shown_n++] = (struct audit){ .deed = call->audit.deed, .saw = true, .actor = call->viewer.person, .thread = thread, .seq = seq, .n = 1 };
        return 0;
}

int call_refuse(struct call *call, enum error_code code, const char *field, enum error_reason reason)
{
        call->problem = PROBLEM(code, field, reason);
        return -ECANCELED;
}

/* Forgets what run() left for the loop. */
static void forget(struct call *call)
{
        call->problem = (struct problem){ 0 };
        arena_done(&call->arena);
        call->shown = NULL;
        call->shown_n = call->shown_room = 0;
        frame_unref(TAKE(call->answer));
        event_list_done(&call->made);
        for (size_t i = 0; i < call->told_n; i++)
                live_event_done(&call->told[i]);
        free(TAKE(call->told));
        call->told_n = 0;
}

void call_free(struct call *call)
{
        if (!call)
                return;
        command_args_done(&call->args);
        free(call->folded);
        free(call->offered);
        forget(call);
        for (size_t i = 0; i < call->missed_n; i++)
                frame_unref(call->missed[i]);
        free(call->missed);
        free(call);
}

/* A connection lives for days: with each command it is asked anew whether its session still holds and whose it is. -ESTALE: the
 * person has another role than the connection was opened with. */
static int signed_in(struct call *call, struct tx *tx)
{
        struct session_row row;
        int r;

        r = session_get(tx, &call->token, &row);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_SIGNED_OUT, NULL, REASON_NONE);
        if (r < 0)
                return r;
        if (call->args.command != COMMAND_hello && row.viewer.role != call->viewer.role)
                return -ESTALE;
        call->viewer = row.viewer;
        call->stale = command_spec(call->args.command)->lane == LANE_WRITE && session_is_stale(&row);
        return 0;
}

/* The one place where a right is asked for a command. */
static int allowed(struct call *call, struct tx *tx)
{
        int r = rights_check(tx, &call->viewer, &call->args, &call->me);

        call->viewer.from_ms = r >= 0 ? call->me.sight.from_ms : 0;
        switch (r) {
        case -EPERM:
                return call_refuse(call, ERROR_FORBIDDEN, NULL, REASON_ROLE);
        case -EACCES:
                return call_refuse(call, ERROR_FORBIDDEN, right_spec(right_of_command(call->args.command))->note > 0 ? "note" : "seq", REASON_NOT_SENDER);
        case -ECHRNG:
                return call_refuse(call, ERROR_FORBIDDEN, "person", REASON_ROLE);
        case -EXDEV:
                return call_refuse(call, ERROR_FORBIDDEN, "person", REASON_OTHER_MENTOR);
        default:
                return r;
        }
}


/* What the fields of a command say of it. */
static struct audit audit_of(const struct command_args *args)
{
        const struct command_spec *spec = command_spec(args->command);
        struct audit audit = { .deed = spec->name, .saw = command_record(args->command) == RECORD_SHOWN };
        const struct {
                const char *name;
                int64_t *to;
        } fields[] = { { "thread", &audit.thread }, { "seq", &audit.seq }, { "person", &audit.person }, { "pupil", &audit.pupil } };

        for (size_t i = 0; i < spec->args_n; i++)
                for (size_t f = 0; f < ELEMENTS(fields); f++)
                        if ((spec->args[i].type == ARG_ID || spec->args[i].type == ARG_INT) && strcmp(spec->args[i].name, fields[f].name) == 0)
                                memcpy(fields[f].to, (const char *)args + spec->args[i].offset, sizeof(int64_t));
        return audit;
}

/* On the writer or a reader. */
static int call_run(struct job *job, struct tx *tx)
{
        struct call *call = CONTAINER_OF(job, struct call, job);
        int r;

        r = signed_in(call, tx);
        if (r >= 0)
                r = allowed(call, tx);
        if (r < 0)
                return r;
        r = verbs[call->args.command].run(call, tx);
        if (r < 0)
                return r;
        call->audit.actor = call->viewer.person;
        if (command_spec(call->args.command)->lane == LANE_WRITE && !call->on_record) {
                r = audit_add(tx, &call->audit);
                if (r < 0)
                        return r;
        }
        if (call->stale) {
                r = session_saw(tx, &call->token);
                if (r < 0 && r != -ENOENT) /* it may have been ended just now, by this very command */
                        return r;
        }
        return tell_events(tx, &call->arena, &call->made, &call->told, &call->told_n);
}

/* What a verb did not put in words itself. */
static void explain(struct call *call, int result)
{
        if (call->problem.code != ERROR_NONE)
                return;
        switch (result) {
        case -ENOENT:
        case -EKEYREVOKED: /* it was erased */
                call->problem = PROBLEM(ERROR_NOT_FOUND, NULL, REASON_NONE);
                break;
        case -EBUSY:
                call->problem = PROBLEM(ERROR_UNAVAILABLE, NULL, REASON_BUSY);
                call->problem.retry_ms = 1000;
                break;
        default:
                log_error("dispatch", "%s failed: error %d", command_spec(call->args.command)->name, -result);
                call->problem = PROBLEM(ERROR_UNAVAILABLE, NULL, REASON_STORE);
                call->problem.retry_ms = 1000;
        }
}

/* On the writer, where the group begins anew. */
static void call_again(struct job *job)
{
        forget(CONTAINER_OF(job, struct call, job));
}

static void refuse(struct call *call, struct session *session, int result)
{
        if (!session)
                return;
        if (result == -ESTALE) {
                session_close(session, CLOSE_RESUME);
                return;
        }
        explain(call, result);
        if (call->args.command == COMMAND_hello)
                session_set_unanswered(session);
        push_problem(session, call->args.ref, &call->problem);
        if (call->problem.code == ERROR_SIGNED_OUT)
                session_close(session, CLOSE_SIGNED_OUT);
}

/* Takes the call. */
static void hand_over(struct call *gone)
{
        _cleanup_(call_freep) struct call *call = gone;
        struct session *session = session_find(call->school->hub, call->ticket);

        if (session && call->args.command == COMMAND_hello) {
                if (!hello_enter(call, session))
                        (void)TAKE(call);
                return;
        }
        if (session)
                session_push(session, call->answer);
        publish(call->school, call->told, call->told_n);
        if (call->ends_sessions)
                signed_out_look(call->school);
}

/* The rows of what a call shows. */
static const struct audit *rows_of(const struct call *call, size_t *n)
{
        *n = call->shown_n > 0 ? call->shown_n : 1;
        return call->shown_n > 0 ? call->shown : &call->audit;
}

static bool all_on_record(const struct call *call)
{
        const struct audit *rows;
        size_t n;

        rows = rows_of(call, &n);
        for (size_t i = 0; i < n; i++)
                if (!record_knows(call->school->record, &rows[i]))
                        return false;
        return true;
}

/* On the writer: what a reader gathered is put on record before it is shown. */
static int record_run(struct job *job, struct tx *tx)
{
        const struct audit *rows;
        size_t n;
        int r = 0;

        rows = rows_of(CONTAINER_OF(job, struct call, job), &n);
        for (size_t i = 0; r >= 0 && i < n; i++)
                r = audit_add(tx, &rows[i]);
        return r;
}

static void record_again(_unused_ struct job *job)
{
}

static void record_done(struct job *job, int result)
{
        _cleanup_(call_freep) struct call *call = CONTAINER_OF(job, struct call, job);
        const struct audit *rows;
        size_t n;

        if (result < 0) {
                refuse(call, session_find(call->school->hub, call->ticket), result);
                return;
        }
        rows = rows_of(call, &n);
        for (size_t i = 0; i < n; i++)
                record_learn(call->school->record, &rows[i]);
        hand_over(TAKE(call));
}

/* On the loop, after the commit. */
static void call_done(struct job *job, int result)
{
        _cleanup_(call_freep) struct call *call = CONTAINER_OF(job, struct call, job);
        struct session *session = session_find(call->school->hub, call->ticket);

        if (result < 0) {
                refuse(call, session, result);
                return;
        }
        if (command_spec(call->args.command)->lane == LANE_READ) {
                if (!session)
                        return;
                if (!all_on_record(call)) {
                        call->job = (struct job){ .run = record_run, .again = record_again, .done = record_done };
                        result = store_write(call->school->store, &call->job);
                        if (result < 0)
                                refuse(call, session, result);
                        else
                                (void)TAKE(call);
                        return;
                }
        } else if (call->audit.saw) {
                record_learn(call->school->record, &call->audit);
        }
        hand_over(TAKE(call));
}

int call_submit(struct call *call)
{
        struct store *store = call->school->store;

        call->job = (struct job){ .run = call_run, .again = call_again, .done = call_done };
        if (command_spec(call->args.command)->lane == LANE_WRITE)
                return store_write(store, &call->job);
        return store_read(store, &call->job);
}

/* Every frame is paid for, whatever becomes of it. Returns whether it was too much at once. */
static bool over_rate(const struct school *school, struct session *session, int cost, size_t n, struct problem *problem)
{
        float burst = (float)school->conf->rate_burst, price = (float)cost + (float)(n / BYTES_A_TOKEN);
        int64_t wait = limit_take(session_limit(session), clock_mono_ms(), burst, (float)school->conf->rate_per_second,
                                  price < burst ? price : burst);

        session_overran(session, wait > 0 ? n : 0);
        if (wait > 0)
                *problem = (struct problem){ .code = ERROR_RATE_LIMITED, .retry_ms = wait };
        return wait > 0;
}

/* What stands against this command before it runs; ERROR_NONE: nothing. */
static struct problem stands_against(const struct school *school, struct session *session, enum command command, size_t n)
{
        struct problem problem = { 0 };
        bool is_hello = command == COMMAND_hello;

        if (over_rate(school, session, command_spec(command)->cost, n, &problem))
                return problem;
        if (is_hello && session_state(session) != SESSION_NEW)
                return PROBLEM(ERROR_CONFLICT, NULL, REASON_ALREADY_IN);
        /* While its hello is looked up nobody knows who this is, so nothing is let through. */
        if (!is_hello && session_state(session) != SESSION_LIVE)
                return PROBLEM(ERROR_CONFLICT, NULL, REASON_HELLO_FIRST);
        if (!is_hello && right_may(right_of_command(command), session_role(session)) == MAY_no)
                return PROBLEM(ERROR_FORBIDDEN, NULL, REASON_ROLE);
        return problem;
}

/* On the loop there is no transaction: the hub knows what a session hears, from the same rows. */
static int allowed_now(const struct call *call, const struct session *session)
{
        const struct right_spec *spec = right_spec(right_of_command(call->args.command));
        int64_t thread;

        if (right_may(right_of_command(call->args.command), session_role(session)) == MAY_yes)
                return 0;
        memcpy(&thread, (const char *)&call->args + spec->thread, sizeof(thread));
        return session_hears(session, thread) ? 0 : -ENOENT;
}

static void start(struct school *school, struct session *session, struct command_args *args)
{
        _cleanup_(call_freep) struct call *call = NULL;
        int64_t ref = args->ref;
        bool is_hello = args->command == COMMAND_hello;
        int r;

        call = calloc(1, sizeof(*call));
        if (!call) {
                session_close(session, CLOSE_RESUME);
                return;
        }
        *call = (struct call){
                .school = school,
                .ticket = session_ticket_of(session),
                .token = *session_token(session),
                .viewer = viewer_of(session_person(session), session_role(session)),
                .args = *args,
                .arena = ARENA(ARENA_CAP),
        };
        *args = (struct command_args){ 0 };
        call->audit = audit_of(&call->args);
        call->audit.actor = call->viewer.person;
        if (command_spec(call->args.command)->lane == LANE_WRITE)
                call->on_record = call->audit.saw && record_knows(school->record, &call->audit);

        if (verbs[call->args.command].now) {
                r = allowed_now(call, session);
                if (r >= 0)
                        r = verbs[call->args.command].now(call, session);
                if (r >= 0)
                        session_push(session, call->answer);
        } else {
                if (is_hello)
                        session_set_asking(session);
                call_prepare(call);
                r = call_submit(call);
                if (r >= 0)
                        (void)TAKE(call);
        }
        if (r < 0) {
                explain(call, r);
                if (is_hello)
                        session_set_unanswered(session);
                push_problem(session, ref, &call->problem);
        }
}

void school_frame(struct school *school, struct session *session, const char *bytes, size_t n)
{
        struct command_args args = { 0 };
        struct problem problem = { 0 };
        int r;

        r = command_decode(bytes, n, &args, &problem);
        if (r < 0) {
                if (r == -ENOMEM)
                        problem = PROBLEM(ERROR_UNAVAILABLE, NULL, REASON_BUSY);
                (void)over_rate(school, session, COST_OF_NONSENSE, n, &problem);
                push_problem(session, args.ref, &problem);
                return;
        }
        problem = stands_against(school, session, args.command, n);
        if (problem.code != ERROR_NONE)
                push_problem(session, args.ref, &problem);
        else
                start(school, session, &args);
        command_args_done(&args);
}
