/* cmd/hello.c: a connection says who it is and what it saw last.
 *
 * The answer is read from a snapshot as of some event. Where little was missed, it is told as events; else the whole state.
 * Back on the loop the session goes live: hub_enter() adds what came since the snapshot.
 */
#include "base/clock.h"
#include "chat/member.h"
#include "chat/person.h"
#include "chat/schoolrow.h"
#include "chat/story.h"
#include "chat/thread.h"
#include "cmd/call.h"
#include "conf/conf.h"
#include "proto/rights.h"
#include "speech/speech.h"

#include <errno.h>

enum {
        RESUME_EVENTS_MAX = 20000, /* looked through */
        RESUME_TOLD_MAX = 500,     /* told; more than that is dearer than the state */
        HELLO_TRIES = 5,
        MISSED_CAP = 4 * 1024 * 1024,
};

static const struct interest *interest_in(const struct call *call, int64_t thread)
{
        for (size_t i = 0; i < call->in_n; i++)
                if (call->in[i].thread == thread)
                        return &call->in[i];
        return NULL;
}

static int load_interests(struct call *call, struct tx *tx)
{
        struct subscription *subscriptions;
        size_t n;
        int r;

        /* Who may open no conversation hears of none. */
        if (right_may(RIGHT_thread, call->viewer.role) == MAY_no)
                return 0;
        r = member_subscriptions(tx, &call->arena, call->viewer.person, &subscriptions, &n);
        if (r < 0)
                return r;
        call->in = arena_get(&call->arena, n * sizeof(*call->in));
        if (!call->in)
                return arena_failed(&call->arena);
        for (size_t i = 0; i < n; i++)
                call->in[i] = (struct interest){ subscriptions[i].thread, subscriptions[i].sight };
        call->in_n = n;
        return 0;
}

/* Whether this person hears of an event: they are in its thread, or it is about their own coming or leaving. */
static bool hears(const struct call *call, const struct event *e)
{
        const struct interest *in = interest_in(call, e->thread);

        if (e->kind == EVENT_MEMBER && e->person == call->viewer.person)
                return true;
        return in && event_is_for(e, &call->viewer, &in->sight);
}

static int tell_missed(struct call *call, struct tx *tx, const struct event *e, size_t *bytes)
{
        _cleanup_(buf_done) struct buf out = BUF(MISSED_CAP);
        const struct interest *in = interest_in(call, e->thread);
        int r;

        r = story_tell(tx, &call->arena, e, &call->viewer, in ? &in->sight : NULL, &out);
        if (r == -ENOENT)
                return 0;
        if (r < 0)
                return r;
        if (buf_failed(&out))
                return buf_failed(&out);
        call->missed[call->missed_n] = frame_new(out.data, out.len);
        if (!call->missed[call->missed_n])
                return -ENOMEM;
        call->missed_n++;
        *bytes += out.len;
        return 0;
}

static void forget_missed(struct call *call)
{
        for (size_t i = 0; i < call->missed_n; i++)
                frame_unref(call->missed[i]);
        call->missed_n = 0;
}

/* Gathers what was missed. 1: resumed; 0: too much, the whole state is told instead. */
static int resume(struct call *call, struct tx *tx, int64_t since)
{
        _cleanup_(event_list_done) struct event_list all = { 0 };
        size_t bytes = 0;
        int64_t begin;
        int r;

        r = event_log_begin(tx, &begin);
        if (r < 0)
                return r;
        if (since < begin)
                return 0;
        if (since > call->at || call->at - since > RESUME_EVENTS_MAX)
                return 0;
        r = event_since(tx, since, call->at, &all);
        if (r < 0)
                return r;
        call->missed = calloc(RESUME_TOLD_MAX, sizeof(struct frame *));
        if (!call->missed)
                return -ENOMEM;
        for (size_t i = 0; i < all.n; i++) {
                if (!hears(call, &all.items[i]))
                        continue;
                if (call->missed_n == RESUME_TOLD_MAX || bytes > call->school->conf->queue_max_bytes / 2) {
                        forget_missed(call);
                        return 0;
                }
                r = tell_missed(call, tx, &all.items[i], &bytes);
                if (r < 0)
                        return r;
        }
        return 1;
}

static bool same_log(const struct uuid_arg *given, const char *log)
{
        char text[UUID_TEXT + 1];

        if (!given->given)
                return false;
        uuid_write(&given->id, text);
        return strcmp(text, log) == 0;
}

int cmd_hello(struct call *call, struct tx *tx)
{
        const struct hello_args *args = &call->args.hello;
        struct school_shape school;
        struct person_shape me;
        struct welcome_shape welcome = { .now = clock_now_ms(), .school = &school, .me = &me };
        int r;

        r = event_last(tx, &call->at);
        if (r >= 0)
                r = load_interests(call, tx);
        if (r >= 0)
                r = school_load(tx, &call->arena, &school, &welcome.log);
        if (r >= 0)
                r = person_load(tx, &call->arena, call->viewer.person, &call->viewer, &me);
        if (r < 0)
                return r;

        if (args->since >= 0 && same_log(&args->log, welcome.log))
                r = resume(call, tx, args->since);
        if (r < 0)
                return r;
        if (call->school->speech) { /* it never changes */
                welcome.says.items = speech_languages(call->school->speech, &welcome.says.n);
                welcome.says.given = true;
        }
        welcome.mode = r > 0 ? SYNC_MODE_RESUMED : SYNC_MODE_FRESH;
        welcome.at = r > 0 ? args->since : call->at;
        welcome.threads.given = welcome.mode == SYNC_MODE_FRESH;
        if (welcome.mode == SYNC_MODE_FRESH && right_may(RIGHT_threads, call->viewer.role) != MAY_no) {
                r = thread_load_all(tx, &call->arena, &call->viewer, &welcome.threads);
                if (r < 0)
                        return r;
        }
        call->audit.n = (int64_t)call->in_n;
        return call_answer(call, &shape_welcome, &welcome);
}

/* Gathers it once more: so much happened meanwhile that the hub has forgotten where the snapshot was. */
static bool ask_again(struct call *call)
{
        forget_missed(call);
        free(TAKE(call->missed));
        frame_unref(TAKE(call->answer));
        arena_done(&call->arena);
        call->in = NULL;
        call->in_n = 0;
        return ++call->tries < HELLO_TRIES && call_submit(call) >= 0;
}

bool hello_enter(struct call *call, struct session *session)
{
        int r;

        if (!hub_reaches(call->school->hub, call->at)) {
                if (ask_again(call))
                        return false;
                session_close(session, CLOSE_RESUME);
                return true;
        }
        session_push(session, call->answer);
        for (size_t i = 0; i < call->missed_n; i++)
                session_push(session, call->missed[i]);
        if (session_state(session) == SESSION_CLOSING)
                return true;
        r = hub_enter(call->school->hub, session, call->viewer.person, call->viewer.role, call->in, call->in_n, call->at);
        if (r < 0)
                session_close(session, r == -EUSERS ? CLOSE_TOO_MANY : CLOSE_RESUME);
        return true;
}
