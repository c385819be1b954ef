/* cmd/translate_gain.c: what the machines offer now; and when one gains a pair of languages, what failed for want of it waits again. */
#include "base/buf.h"
#include "base/log.h"
#include "chat/event.h"
#include "cmd/publish.h"
#include "cmd/school.h"
#include "cmd/tell.h"
#include "cmd/translate.h"
#include "cmd/translating.h"
#include "conf/conf.h"
#include "store/store.h"

#include <errno.h>

enum { ARENA_CAP = 4 * 1024 * 1024, OFFERS_CAP = 64 * 1024 };

char *translate_offers(const struct school *school, const char *from)
{
        const struct translation *t = school->translation;
        _cleanup_(buf_done) struct buf out = BUF(OFFERS_CAP);

        for (size_t i = 0; t && i < t->n; i++) {
                const struct pairs *pairs = t->machines[i].pairs;

                for (size_t k = 0; pairs && !breaker_is_open(&t->machines[i].breaker) && k < pairs->n; k++)
                        if (language_same(pairs->list[k].from, from) && pairs_allowed(school->conf->translate_pairs, from, pairs->list[k].to))
                                buf_printf(&out, "%s ", pairs->list[k].to);
        }
        return buf_failed(&out) || out.len == 0 ? NULL : strdup(buf_str(&out));
}

/* A walk over what failed: a reader finds some, the writer lets them wait again, and on from there. First what failed for want of the pair; then what was
 * refused, where it is known what the machine had before: else each start of the program would ask again what it refuses for what it says. */
struct gain {
        struct job job;
        struct school *school;
        struct arena a;
        struct event_list made;
        struct live_event *told;
        size_t told_n;
        struct pairs *now, *before; /* before NULL: nobody knew */
        const char *allowed;
        bool refused, more;
        struct request after; /* up to here it was looked */
        struct request *list;
        size_t n;
};

static void forget(struct gain *gain)
{
        event_list_done(&gain->made);
        for (size_t i = 0; i < gain->told_n; i++)
                live_event_done(&gain->told[i]);
        free(TAKE(gain->told));
        gain->told_n = 0;
}

static void gain_free(struct gain *gain)
{
        forget(gain);
        pairs_unref(gain->now);
        pairs_unref(gain->before);
        arena_done(&gain->a);
        free(gain);
}

static void gain_again(struct job *job)
{
        forget(CONTAINER_OF(job, struct gain, job));
}

static bool gained(void *arg, const char *from, const char *to)
{
        const struct gain *gain = arg;

        return pairs_allowed(gain->allowed, from, to) && pairs_find(gain->now, from, to) && !pairs_find(gain->before, from, to);
}

static int find_run(struct job *job, struct tx *tx)
{
        struct gain *gain = CONTAINER_OF(job, struct gain, job);

        return request_find_gained(tx, &gain->a, gained, gain, gain->refused, &gain->after, &gain->list, &gain->n, &gain->more);
}

static int revive_run(struct job *job, struct tx *tx)
{
        struct gain *gain = CONTAINER_OF(job, struct gain, job);
        _cleanup_(arena_done) struct arena a = ARENA(ARENA_CAP);
        int r = request_revive(tx, &gain->made, gain->list, gain->n);

        return r < 0 ? r : tell_events(tx, &a, &gain->made, &gain->told, &gain->told_n);
}

static void find_done(struct job *job, int result);

/* Takes it. */
static void go_on(struct gain *gain)
{
        bool next = !gain->more && !gain->refused && gain->before;

        if (!gain->more && !next) {
                gain_free(gain);
                return;
        }
        if (next) {
                gain->refused = true;
                gain->after = (struct request){ 0 };
        }
        forget(gain);
        arena_done(&gain->a);
        gain->a = ARENA(ARENA_CAP);
        gain->job = (struct job){ .run = find_run, .again = gain_again, .done = find_done };
        if (store_read(gain->school->store, &gain->job) < 0)
                gain_free(gain);
}

static void revive_done(struct job *job, int result)
{
        struct gain *gain = CONTAINER_OF(job, struct gain, job);

        if (result < 0) {
                log_warning("translate", "what a machine can do by now was not asked again: error %d", -result);
                gain_free(gain);
                return;
        }
        publish(gain->school, gain->told, gain->told_n);
        translate_take(gain->school);
        go_on(gain);
}

static void find_done(struct job *job, int result)
{
        struct gain *gain = CONTAINER_OF(job, struct gain, job);

        if (result >= 0 && gain->n == 0) {
                go_on(gain);
                return;
        }
        gain->job = (struct job){ .run = revive_run, .again = gain_again, .done = revive_done };
        if (result < 0 || store_write(gain->school->store, &gain->job) < 0)
                gain_free(gain);
}

void translate_gained(struct school *school, const struct machine *m, struct pairs *before)
{
        struct gain *gain = calloc(1, sizeof(*gain));

        if (!gain) {
                pairs_unref(before);
                return;
        }
        gain->school = school;
        gain->a = ARENA(ARENA_CAP);
        gain->now = pairs_ref(m->pairs);
        gain->before = before;
        gain->allowed = school->conf->translate_pairs;
        gain->job = (struct job){ .run = find_run, .again = gain_again, .done = find_done };
        if (store_read(school->store, &gain->job) < 0)
                gain_free(gain);
}
