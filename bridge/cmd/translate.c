#include "cmd/translate.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "chat/event.h"
#include "cmd/publish.h"
#include "cmd/school.h"
#include "cmd/tell.h"
#include "cmd/translating.h"
#include "conf/conf.h"
#include "store/store.h"

#include <errno.h>

enum { ARENA_CAP = 16 * 1024 * 1024, SAVE_EVENTS = 1000, LAZY_EVENTS = 32, SAY_EVERY_MS = 60 * 60 * 1000 };

/* A job of the writer, or of a reader, of any of the kinds below. */
struct step {
        struct job job;
        struct school *school;
        struct arena a;
        struct event_list made;
        struct live_event *told;
        size_t told_n;

        int64_t since, most, until; /* a look */
        struct request *list;
        size_t n;

        struct { /* a taking: the machines as they were */
                struct pairs *pairs;
                int room;
        } machines[MACHINES_MAX];
        size_t machines_n;
        int64_t turn, patience_ms;
        const char *allowed;
        struct request_taken taken;
        bool took;
};

static void forget(struct step *step)
{
        event_list_done(&step->made);
        for (size_t i = 0; i < step->told_n; i++)
                live_event_done(&step->told[i]);
        free(TAKE(step->told));
        step->told_n = 0;
        step->took = false;
}

static void step_free(struct step *step)
{
        if (!step)
                return;
        forget(step);
        for (size_t i = 0; i < step->machines_n; i++)
                pairs_unref(step->machines[i].pairs);
        arena_done(&step->a);
        free(step);
}
DEFINE_CLEANUP(struct step *, step_free)

static void step_again(struct job *job)
{
        forget(CONTAINER_OF(job, struct step, job));
}

static struct step *step_new(struct school *school, int (*run)(struct job *, struct tx *), void (*done)(struct job *, int))
{
        struct step *step = calloc(1, sizeof(*step));

        if (!step)
                return NULL;
        step->job = (struct job){ .run = run, .again = step_again, .done = done };
        step->school = school;
        step->a = ARENA(ARENA_CAP);
        return step;
}

/* ---- what was asked when the program ended waits again */

static int begin_run(struct job *job, struct tx *tx)
{
        struct step *step = CONTAINER_OF(job, struct step, job);
        int r;

        r = request_seen(tx, &step->since);
        if (r >= 0 && step->since < 0) {
                r = event_last(tx, &step->since);
                if (r >= 0)
                        r = request_set_seen(tx, step->since);
        }
        return r < 0 ? r : request_reset(tx);
}

static void begin_done(struct job *job, int result)
{
        _cleanup_(step_freep) struct step *step = CONTAINER_OF(job, struct step, job);
        struct translation *t = step->school->translation;

        if (result < 0)
                return; /* the next tick tries again */
        t->begun = true;
        t->seen = t->saved = step->since;
        for (size_t i = 0; i < t->n; i++)
                machine_ask_pairs(step->school, &t->machines[i]);
        translate_wake(step->school);
}

static void begin(struct school *school)
{
        struct step *step = step_new(school, begin_run, begin_done);

        if (step && store_write(school->store, &step->job) < 0)
                step_free(step);
}

/* ---- looking for what is to be asked */

static int add_run(struct job *job, struct tx *tx)
{
        struct step *step = CONTAINER_OF(job, struct step, job);
        _cleanup_(arena_done) struct arena a = ARENA(ARENA_CAP);
        size_t added;
        int r;

        r = request_add(tx, &step->made, step->list, step->n, &added);
        if (r >= 0)
                r = request_set_seen(tx, step->until);
        return r < 0 ? r : tell_events(tx, &a, &step->made, &step->told, &step->told_n);
}

static void add_done(struct job *job, int result)
{
        _cleanup_(step_freep) struct step *step = CONTAINER_OF(job, struct step, job);
        struct school *school = step->school;
        struct translation *t = school->translation;

        t->looking = false;
        if (result < 0) {
                log_warning("translate", "what is to be asked could not be written down, trying again: error %d", -result);
                t->dirty = true;
                return; /* the next tick looks again */
        }
        t->seen = t->saved = step->until;
        publish(school, step->told, step->told_n);
        translate_take(school);
        translate_go_on(school);
}

static int look_run(struct job *job, struct tx *tx)
{
        struct step *step = CONTAINER_OF(job, struct step, job);

        return request_look(tx, &step->a, step->since, step->most, &step->until, &step->list, &step->n);
}

static void look(struct school *school);

static void look_done(struct job *job, int result)
{
        _cleanup_(step_freep) struct step *step = CONTAINER_OF(job, struct step, job);
        struct school *school = step->school;
        struct translation *t = school->translation;

        if (result < 0) {
                t->looking = false;
                t->dirty = true;
                return;
        }
        if (step->until - step->since >= step->most)
                t->dirty = true;
        if (step->n > 0 || step->until - t->saved >= SAVE_EVENTS) {
                step->job = (struct job){ .run = add_run, .again = step_again, .done = add_done };
                if (store_write(school->store, &step->job) >= 0) {
                        step = NULL;
                        return;
                }
                t->dirty = true;
        } else {
                t->seen = step->until;
        }
        t->looking = false;
        translate_go_on(school);
}

/* Whether an engine could take something now. */
static bool has_room(const struct translation *t)
{
        int64_t now = clock_mono_ms();

        for (size_t i = 0; i < t->n; i++)
                if (t->machines[i].pairs && breaker_room(&t->machines[i].breaker, now, MACHINE_THREADS - t->machines[i].under_way) > 0)
                        return true;
        return false;
}

static void look(struct school *school)
{
        struct translation *t = school->translation;
        struct step *step;

        if (!t->begun || t->looking || !t->dirty)
                return;
        step = step_new(school, look_run, look_done);
        if (!step)
                return;
        step->since = t->seen;
        step->most = has_room(t) ? REQUEST_EVENTS : LAZY_EVENTS;
        if (store_read(school->store, &step->job) < 0) {
                step_free(step);
                return;
        }
        t->looking = true;
        t->dirty = false;
}

void translate_go_on(struct school *school)
{
        if (has_room(school->translation))
                look(school);
}

void translate_wake(struct school *school)
{
        if (!school->translation)
                return;
        school->translation->dirty = true;
        translate_go_on(school);
}

/* ---- taking */

/* Which of the machines: the first that can; where it was tried before and there is another, the next after that one, for it may be this text that the first
 * cannot do. Writer thread, on its copy. */
static int route(void *arg, const char *from, const char *to, int64_t tries)
{
        struct step *step = arg;
        size_t can[MACHINES_MAX], n = 0;
        bool may_come = false;

        if (!pairs_allowed(step->allowed, from, to))
                return -ENOTSUP;
        for (size_t i = 0; i < step->machines_n; i++) {
                if (!step->machines[i].pairs) {
                        may_come = true;
                } else if (pairs_find(step->machines[i].pairs, from, to)) {
                        if (step->machines[i].room > 0)
                                can[n++] = i;
                        may_come = true;
                }
        }
        return n > 0 ? (int)can[(size_t)tries % n] : may_come ? -EAGAIN : -ENOTSUP;
}

static int take_run(struct job *job, struct tx *tx)
{
        struct step *step = CONTAINER_OF(job, struct step, job);
        int64_t turn = step->turn;
        int r;

        r = request_take(tx, &step->a, &step->made, route, step, step->patience_ms, &turn, &step->taken);
        if (r < 0)
                return r;
        step->turn = turn;
        step->took = r > 0;
        return tell_events(tx, &step->a, &step->made, &step->told, &step->told_n);
}

static void hand_over(struct step *step)
{
        struct school *school = step->school;
        struct machine *m = &school->translation->machines[step->taken.route];
        struct asking *asking = calloc(1, sizeof(*asking));

        if (!asking) {
                school->translation->stray = true;
                return;
        }
        asking->school = school;
        asking->machine = m;
        asking->a = step->a;
        step->a = ARENA(0);
        asking->taken = step->taken;
        asking->pairs = pairs_ref(step->machines[step->taken.route].pairs);
        asking->pair = pairs_find(asking->pairs, asking->taken.from, asking->taken.request.language);
        school->translation->asked++;
        asking_begin(asking);
}

static void take_done(struct job *job, int result)
{
        _cleanup_(step_freep) struct step *step = CONTAINER_OF(job, struct step, job);
        struct translation *t = step->school->translation;

        t->taking = false;
        if (result < 0) {
                log_warning("translate", "what waits could not be taken, trying again: error %d", -result);
                return;
        }
        t->turn = step->turn;
        publish(step->school, step->told, step->told_n);
        /* By what a machine had a moment ago something may have failed that it gained meanwhile. */
        for (size_t i = 0; i < step->machines_n; i++)
                if (step->machines[i].pairs != t->machines[i].pairs)
                        translate_gained(step->school, &t->machines[i], pairs_ref(step->machines[i].pairs));
        if (step->took) {
                hand_over(step);
                translate_take(step->school);
        }
}

void translate_take(struct school *school)
{
        struct translation *t = school->translation;
        int64_t now = clock_mono_ms();
        struct step *step;
        bool room = false;

        if (!t->begun || t->taking)
                return;
        step = step_new(school, take_run, take_done);
        if (!step)
                return;
        for (size_t i = 0; i < t->n; i++) {
                struct machine *m = &t->machines[i];

                step->machines[i].pairs = pairs_ref(m->pairs);
                step->machines[i].room = breaker_room(&m->breaker, now, MACHINE_THREADS - m->under_way);
                room = room || step->machines[i].room > 0;
        }
        step->machines_n = t->n;
        step->turn = t->turn;
        step->allowed = school->conf->translate_pairs;
        step->patience_ms = (int64_t)school->conf->translate_patience_s * 1000;
        if (!room || store_write(school->store, &step->job) < 0)
                step_free(step);
        else
                t->taking = true;
}

/* ---- beginning and end */

static int add_machine(struct school *school, const char *kind, const char *url, const char *key_file, void (*wake)(void *), void *wake_arg, char **why)
{
        const struct conf *conf = school->conf;
        struct translation *t = school->translation;
        struct machine *m = &t->machines[t->n];
        struct engine_settings settings = { .kind = kind, .url = url, .key_file = key_file, .ca_file = conf->translate_ca_file,
                                            .timeout_ms = (int)(conf->translate_timeout_s * 1000),
                                            .plain = conf->translate_plain ? PLAIN_ANYWHERE : PLAIN_PRIVATE };
        int r;

        if (!*kind)
                return 0;
        r = engine_new(&settings, &m->engine, why);
        if (r < 0)
                return r;
        t->n++;
        m->breaker.first_wait_ms = (int64_t)(conf->translate_wait_s * 1000);
        return work_new(MACHINE_THREADS, 2 * MACHINE_THREADS, wake, wake_arg, &m->work);
}

int translate_open(struct school *school, void (*wake)(void *), void *wake_arg, char **why)
{
        const struct conf *conf = school->conf;
        int r;

        if (!*conf->translate_kind && !*conf->translate_2_kind)
                return 0;
        if (!pairs_list_is_right(conf->translate_pairs)) {
                if (asprintf(why, "translate_pairs is no list like nl-ar nl-*: %s", conf->translate_pairs) < 0)
                        *why = NULL;
                return -EINVAL;
        }
        school->translation = calloc(1, sizeof(*school->translation));
        if (!school->translation)
                return -ENOMEM;
        r = add_machine(school, conf->translate_kind, conf->translate_url, conf->translate_key_file, wake, wake_arg, why);
        if (r >= 0)
                r = add_machine(school, conf->translate_2_kind, conf->translate_2_url, conf->translate_2_key_file, wake, wake_arg, why);
        if (r < 0)
                return r;
        begin(school);
        return 0;
}

/* How many, and nothing of whom or what. */
static void say(struct translation *t)
{
        if (t->asked + t->done + t->dropped + t->failed + t->again > 0)
                log_info("translate", "%lld asked, %lld done, %lld not wanted any more, %lld failed, %lld to be asked again", (long long)t->asked,
                         (long long)t->done, (long long)t->dropped, (long long)t->failed, (long long)t->again);
        t->asked = t->done = t->dropped = t->failed = t->again = 0;
        t->said_ms = clock_mono_ms();
}

static bool is_idle(const struct translation *t)
{
        for (size_t i = 0; i < t->n; i++)
                if (t->machines[i].under_way > 0)
                        return false;
        return true;
}

void translate_tick(struct school *school)
{
        struct translation *t = school->translation;

        if (!t)
                return;
        if (t->stray && !t->taking && !t->looking && is_idle(t))
                t->begun = t->stray = false;
        if (!t->begun) {
                begin(school);
                return;
        }
        for (size_t i = 0; i < t->n; i++)
                machine_ask_pairs(school, &t->machines[i]);
        look(school);
        translate_take(school);
        if (clock_mono_ms() - t->said_ms >= SAY_EVERY_MS)
                say(t);
}

void translate_drain(struct school *school)
{
        for (size_t i = 0; school->translation && i < school->translation->n; i++)
                work_drain(school->translation->machines[i].work);
}

void translate_stop(struct school *school)
{
        if (!school->translation)
                return;
        for (size_t i = 0; i < school->translation->n; i++)
                work_stop(school->translation->machines[i].work);
        translate_drain(school);
        say(school->translation);
}

void translate_free(struct school *school)
{
        struct translation *t = school->translation;

        if (!t)
                return;
        for (size_t i = 0; i < MACHINES_MAX; i++) {
                work_free(t->machines[i].work);
                engine_free(t->machines[i].engine);
                pairs_unref(t->machines[i].pairs);
        }
        free(t);
        school->translation = NULL;
}
