/* cmd/daily.c: what a server does by itself: once a day it deletes what had its time; every ten seconds it looks whether somebody was
 * interrupted while erasing, and goes on with that. What it deleted leaves the log too, as soon as nobody reads from it. */
#include "cmd/daily.h"

#include "base/clock.h"
#include "base/log.h"
#include "chat/erase/erase.h"
#include "chat/erase/retention.h"
#include "cmd/publish.h"
#include "cmd/school.h"
#include "cmd/tell.h"
#include "conf/conf.h"
#include "store/store.h"

#include <errno.h>

enum { ARENA_CAP = 16 * 1024 * 1024, LOOK_MS = 10 * 1000 };

static const int64_t HOUR_MS = 3600LL * 1000;

enum what { SWEEP, RESUME, EMPTY_LOG };

struct chore {
        struct job job;
        struct school *school;
        enum what what;
        int64_t at_ms;
        struct retention_done done;
        struct live_event *told;
        size_t told_n;
};

static int chore_run(struct job *job, struct tx *tx)
{
        struct chore *chore = CONTAINER_OF(job, struct chore, job);
        _cleanup_(arena_done) struct arena a = ARENA(ARENA_CAP);
        _cleanup_(event_list_done) struct event_list made = { 0 };
        int64_t n;
        int r = 0;

        if (chore->what == SWEEP)
                r = retention_run(tx, &made, chore->school->conf, chore->at_ms, chore->at_ms, &chore->done);
        if (chore->what == RESUME)
                r = erase_resume(tx, &made, true, &n);
        return r < 0 ? r : tell_events(tx, &a, &made, &chore->told, &chore->told_n);
}

static void submit(struct school *school, enum what what, int64_t at_ms);

static void chore_done(struct job *job, int result)
{
        struct chore *chore = CONTAINER_OF(job, struct chore, job);

        if (result < 0) {
                log_error("daily", "what had its time could not be deleted: error %d", -result);
                for (size_t i = 0; i < chore->told_n; i++)
                        live_event_done(&chore->told[i]);
        } else {
                publish(chore->school, chore->told, chore->told_n);
                chore->school->log_left = job->log_left;
        }
        if (chore->done.change_key)
                log_warning("daily", "conversations were erased: change the school's key (ouderbrug key rotate --to FILE), it is not ours to change");
        if (result >= 0 && chore->done.more)
                submit(chore->school, SWEEP, chore->at_ms);
        free(chore->told);
        free(chore);
}

static void submit(struct school *school, enum what what, int64_t at_ms)
{
        struct chore *chore = calloc(1, sizeof(*chore));

        if (!chore)
                return;
        *chore = (struct chore){ .job = { .run = chore_run, .done = chore_done, .empties_log = true }, .school = school, .what = what, .at_ms = at_ms };
        if (store_write(school->store, &chore->job) < 0)
                free(chore);
}

/* On a reader. */
struct check {
        struct job job;
        struct school *school;
        bool unfinished;
};

static int check_run(struct job *job, struct tx *tx)
{
        return erase_is_unfinished(tx, &CONTAINER_OF(job, struct check, job)->unfinished);
}

static void check_done(struct job *job, int result)
{
        struct check *check = CONTAINER_OF(job, struct check, job);

        if (result >= 0 && check->unfinished)
                submit(check->school, RESUME, clock_now_ms());
        free(check);
}

static void look(struct school *school)
{
        struct check *check = calloc(1, sizeof(*check));

        if (!check)
                return;
        *check = (struct check){ .job = { .run = check_run, .done = check_done }, .school = school };
        if (store_read(school->store, &check->job) < 0)
                free(check);
}

void daily_tick(struct school *school)
{
        int64_t now = clock_now_ms(), day = now / (24 * HOUR_MS);

        if (now - school->looked_ms >= LOOK_MS || now < school->looked_ms) {
                school->looked_ms = now;
                look(school);
                if (school->log_left)
                        submit(school, EMPTY_LOG, now);
        }
        if (school->conf->retention_hour < 0 || school->daily_day == day || now / HOUR_MS % 24 != school->conf->retention_hour)
                return;
        school->daily_day = day;
        submit(school, SWEEP, now);
}
