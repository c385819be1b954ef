/* cmd/daily.c: what a server does by itself once a day: deletes what had its time. */
#include "cmd/daily.h"

#include "base/clock.h"
#include "base/log.h"
#include "chat/erase/retention.h"
#include "cmd/publish.h"
#include "cmd/school.h"
#include "cmd/tell.h"
#include "conf/conf.h"
#include "store/store.h"

#include <errno.h>

enum { ARENA_CAP = 16 * 1024 * 1024 };

static const int64_t HOUR_MS = 3600LL * 1000;

struct sweep {
        struct job job;
        struct school *school;
        int64_t at_ms;
        bool more;
        struct live_event *told;
        size_t told_n;
};

static int sweep_run(struct job *job, struct tx *tx)
{
        struct sweep *sweep = CONTAINER_OF(job, struct sweep, job);
        _cleanup_(arena_done) struct arena a = ARENA(ARENA_CAP);
        _cleanup_(event_list_done) struct event_list made = { 0 };
        int r;

        r = retention_run(tx, &made, sweep->school->conf, sweep->at_ms, sweep->at_ms, &sweep->more);
        return r < 0 ? r : tell_events(tx, &a, &made, &sweep->told, &sweep->told_n);
}

static void submit(struct school *school, int64_t at_ms);

static void sweep_done(struct job *job, int result)
{
        struct sweep *sweep = CONTAINER_OF(job, struct sweep, job);

        if (result < 0)
                log_error("daily", "what had its time could not be deleted: error %d", -result);
        else
                publish(sweep->school, sweep->told, sweep->told_n);
        for (size_t i = 0; result < 0 && i < sweep->told_n; i++)
                live_event_done(&sweep->told[i]);
        if (result >= 0 && sweep->more)
                submit(sweep->school, sweep->at_ms);
        free(sweep->told);
        free(sweep);
}

static void submit(struct school *school, int64_t at_ms)
{
        struct sweep *sweep = calloc(1, sizeof(*sweep));

        if (!sweep)
                return;
        *sweep = (struct sweep){ .job = { .run = sweep_run, .done = sweep_done }, .school = school, .at_ms = at_ms };
        if (store_write(school->store, &sweep->job) < 0)
                free(sweep);
}

void daily_tick(struct school *school)
{
        int64_t now = clock_now_ms(), day = now / (24 * HOUR_MS);

        if (school->conf->retention_hour < 0 || school->daily_day == day || now / HOUR_MS % 24 != school->conf->retention_hour)
                return;
        school->daily_day = day;
        submit(school, now);
}
