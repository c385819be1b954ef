/* cmd/translate_ask.c: one request at an engine, on its thread, and what becomes of the answer. */
#include "base/clock.h"
#include "base/log.h"
#include "chat/event.h"
#include "cmd/publish.h"
#include "cmd/school.h"
#include "cmd/tell.h"
#include "cmd/translating.h"
#include "conf/conf.h"
#include "store/store.h"
#include "text/protect.h"
#include "text/text.h"
#include "translate/gate.h"
#include "translate/message.h"

#include <errno.h>

enum { ARENA_CAP = 16 * 1024 * 1024, WAIT_MAX_MS = 60 * 60 * 1000 };

/* ---- how a machine is */

bool machine_learn(struct machine *m, const struct engine_answer *answer, bool of_text)
{
        switch (answer->result) {
        case ENGINE_DONE:
        case ENGINE_PAIR:
        case ENGINE_REFUSED:
                if (!of_text && m->text_failed) {
                        breaker_nothing(&m->breaker);
                        break;
                }
                m->text_failed = false;
                if (breaker_good(&m->breaker))
                        log_info("translate", "%s answers again", engine_name(m->engine));
                break;
        case ENGINE_FAILED:
        case ENGINE_BUSY:
                m->text_failed = m->text_failed || of_text;
                if (breaker_bad(&m->breaker, clock_mono_ms(), (int64_t)answer->retry_after_s * 1000))
                        log_warning("translate", "%s is left alone for a while: %s (status %d)", engine_name(m->engine), answer->why, answer->status);
                break;
        case ENGINE_STOPPED:
                breaker_nothing(&m->breaker);
                break;
        }
        return breaker_is_open(&m->breaker);
}

/* ---- what it can do */

struct listing {
        struct task task;
        struct school *school;
        struct machine *machine;
        struct engine_answer answer;
        struct pairs *pairs;
};

static void listing_run(struct task *task, atomic_bool *stopping)
{
        struct listing *listing = CONTAINER_OF(task, struct listing, task);

        listing->answer = engine_pairs(listing->machine->engine, stopping, &listing->pairs);
}

static void listing_done(struct task *task)
{
        struct listing *listing = CONTAINER_OF(task, struct listing, task);
        struct machine *m = listing->machine;

        m->pairs_asked = false;
        m->under_way--;
        machine_learn(m, &listing->answer, false);
        if (listing->pairs) {
                struct pairs *before = m->pairs;

                m->pairs = TAKE(listing->pairs);
                m->pairs_due_ms = clock_mono_ms() + (int64_t)(listing->school->conf->translate_list_s * 1000);
                translate_gained(listing->school, m, before);
                translate_take(listing->school);
        }
        free(listing);
}

void machine_ask_pairs(struct school *school, struct machine *m)
{
        int64_t now = clock_mono_ms();
        struct listing *listing;

        if (m->pairs_asked || now < m->pairs_due_ms || breaker_room(&m->breaker, now, MACHINE_THREADS - m->under_way) <= 0)
                return;
        listing = calloc(1, sizeof(*listing));
        if (!listing)
                return;
        listing->task = (struct task){ .run = listing_run, .done = listing_done };
        listing->school = school;
        listing->machine = m;
        if (work_give(m->work, &listing->task) < 0) {
                free(listing);
                return;
        }
        breaker_gave(&m->breaker);
        m->pairs_asked = true;
        m->under_way++;
}

/* ---- what becomes of an answer */

struct result {
        struct job job;
        struct asking *asking;
        int64_t due_ms;
        bool counts;
        struct event_list made;
        struct live_event *told;
        size_t told_n;
        enum { KEEP, SAME, FAIL, AGAIN } what;
        int kept;
};

static void forget(struct result *result)
{
        event_list_done(&result->made);
        for (size_t i = 0; i < result->told_n; i++)
                live_event_done(&result->told[i]);
        free(TAKE(result->told));
        result->told_n = 0;
}

static void result_again(struct job *job)
{
        forget(CONTAINER_OF(job, struct result, job));
}

static int result_run(struct job *job, struct tx *tx)
{
        struct result *result = CONTAINER_OF(job, struct result, job);
        const struct asking *asking = result->asking;
        const struct request *request = &asking->taken.request;
        _cleanup_(arena_done) struct arena a = ARENA(ARENA_CAP);
        int r = 0;

        switch (result->what) {
        case KEEP:
                r = request_done(tx, &result->made, request, asking->body, engine_name(asking->machine->engine));
                break;
        case SAME:
                r = request_same(tx, request);
                break;
        case FAIL:
                r = request_failed(tx, &result->made, request, asking->reason);
                break;
        case AGAIN:
                r = request_again(tx, request, result->due_ms, result->counts);
                break;
        }
        if (r < 0)
                return r;
        result->kept = r;
        return tell_events(tx, &a, &result->made, &result->told, &result->told_n);
}

static void count(struct translation *t, const struct result *result)
{
        switch (result->what) {
        case KEEP:
                t->done += result->kept;
                t->dropped += !result->kept;
                break;
        case SAME:
                t->dropped++;
                break;
        case FAIL:
                t->failed++;
                log_debug("translate", "not shown: %s", word_text(&words_request_reason, (int)result->asking->reason));
                break;
        case AGAIN:
                t->again++;
                break;
        }
}

static void result_done(struct job *job, int r)
{
        struct result *result = CONTAINER_OF(job, struct result, job);
        struct school *school = result->asking->school;

        if (r < 0) {
                log_warning("translate", "an answer could not be kept, asking again: error %d", -r);
                school->translation->stray = true;
        } else {
                count(school->translation, result);
                publish(school, result->told, result->told_n);
                translate_take(school);
                translate_go_on(school);
        }
        forget(result);
        asking_free(result->asking);
        free(result);
}

/* When a request is tried again that failed for the n-th time: four times later each time. */
static int64_t wait_ms(const struct conf *conf, int64_t tries)
{
        double wait = conf->translate_wait_s * 1000;

        for (int64_t i = 1; i < tries && wait < WAIT_MAX_MS; i++)
                wait *= 4;
        return wait < WAIT_MAX_MS ? (int64_t)wait : WAIT_MAX_MS;
}

static void decide(struct result *result, bool left_alone)
{
        struct asking *asking = result->asking;
        int64_t now = clock_now_ms();

        switch (asking->answer.result) {
        case ENGINE_DONE:
                result->what = asking->reason ? FAIL : strcmp(asking->body, asking->taken.text) == 0 ? SAME : KEEP;
                break;
        case ENGINE_PAIR:
                asking->reason = MISSED_PAIR;
                result->what = FAIL;
                break;
        case ENGINE_REFUSED:
                asking->reason = MISSED_REFUSED;
                result->what = FAIL;
                break;
        case ENGINE_FAILED:
                /* Is it the engine, or this text? While it is left alone nothing is held against a text. */
                result->counts = !left_alone;
                if (result->counts && asking->taken.request.tries >= MACHINE_TRIES) {
                        asking->reason = MISSED_ENGINE;
                        result->what = FAIL;
                        break;
                }
                result->what = AGAIN;
                result->due_ms = left_alone ? now : now + wait_ms(asking->school->conf, asking->taken.request.tries);
                break;
        case ENGINE_BUSY:
        case ENGINE_STOPPED:
                result->what = AGAIN;
                result->due_ms = now;
                break;
        }
}

/* ---- asking */

void asking_free(struct asking *asking)
{
        if (!asking)
                return;
        pairs_unref(asking->pairs);
        arena_done(&asking->a);
        free(asking->body);
        free(asking);
}

static enum request_reason reason_of(enum gate gate)
{
        return (enum request_reason)word_value(&words_request_reason, word_text(&words_gate, (int)gate));
}

/* Puts the protected words back, and lets the gates look at it. Sets body, or the reason. */
static int look_at(struct asking *asking, const struct protected *safe, const char *answer)
{
        const struct request_taken *taken = &asking->taken;
        struct gate_question question = { .source = safe->text, .source_language = taken->from, .target_language = taken->request.language,
                                          .tokens = (const char *const *)safe->tokens, .tokens_n = safe->n };
        _cleanup_free_ char *plain = NULL, *restored = NULL;
        enum gate gate = GATE_EMPTY;
        int r;

        if (*answer) {
                r = text_restore(safe, answer, &plain, &restored);
                if (r == -EBADMSG) {
                        asking->reason = MISSED_PLACEHOLDER;
                        return 0;
                }
                question.answer = plain;
                if (r >= 0)
                        r = gate_check(&question, &gate);
                if (r < 0)
                        return r;
        }
        asking->reason = reason_of(gate);
        return gate ? 0 : text_body(restored, strlen(restored), TEXT_BYTES_MAX, &asking->body);
}

static void asking_run(struct task *task, atomic_bool *stopping)
{
        struct asking *asking = CONTAINER_OF(task, struct asking, task);
        const struct request_taken *taken = &asking->taken;
        int timeout_ms = (int)(asking->school->conf->translate_timeout_s * 1000);
        _cleanup_(protected_done) struct protected safe = { 0 };
        _cleanup_free_ char *answer = NULL;

        if (!*taken->text) { /* files only */
                asking->body = strdup("");
                asking->answer = (struct engine_answer){ .result = asking->body ? ENGINE_DONE : ENGINE_STOPPED };
                return;
        }
        asking->answer = (struct engine_answer){ .result = ENGINE_REFUSED, .why = "the text cannot be looked at" };
        if (text_protect(taken->text, taken->terms, taken->terms_n, &safe) < 0)
                return;
        asking->answer = message_translate(asking->machine->engine, asking->pair, safe.text, timeout_ms, stopping, &answer);
        if (asking->answer.result == ENGINE_DONE && look_at(asking, &safe, answer) < 0)
                asking->answer = (struct engine_answer){ .result = ENGINE_REFUSED, .why = "the answer cannot be looked at" };
}

static void asking_done(struct task *task)
{
        struct asking *asking = CONTAINER_OF(task, struct asking, task);
        struct school *school = asking->school;
        struct machine *m = asking->machine;
        struct result *result = calloc(1, sizeof(*result));
        bool left_alone;

        m->under_way--;
        left_alone = machine_learn(m, &asking->answer, true);
        /* Perhaps it has the pair no more: LibreTranslate says 400 then, or 500. */
        if (asking->answer.result == ENGINE_REFUSED || asking->answer.status == 500)
                m->pairs_due_ms = 0;
        if (!result) {
                school->translation->stray = true;
                asking_free(asking);
                return;
        }
        result->job = (struct job){ .run = result_run, .again = result_again, .done = result_done };
        result->asking = asking;
        decide(result, left_alone);
        if (store_write(school->store, &result->job) < 0) {
                school->translation->stray = true;
                asking_free(asking);
                free(result);
        }
}

void asking_begin(struct asking *asking)
{
        struct machine *m = asking->machine;

        asking->task = (struct task){ .run = asking_run, .done = asking_done };
        if (!asking->pair || work_give(m->work, &asking->task) < 0) {
                asking->school->translation->stray = true;
                asking_free(asking);
                return;
        }
        breaker_gave(&m->breaker);
        m->under_way++;
}
