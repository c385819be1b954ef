#include "cmd/consent_over.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "chat/event.h"
#include "chat/rights/consent.h"
#include "cmd/publish.h"
#include "cmd/school.h"
#include "cmd/tell.h"
#include "store/store.h"

enum { OVER_ARENA = 16 * 1024 * 1024, LOOK_EVERY_MS = 2000 };

struct over {
        struct job job;
        struct school *school;
        struct event_list made;
        struct live_event *told;
        size_t told_n;
        bool more;
};

static void forget(struct over *over)
{
        event_list_done(&over->made);
        for (size_t i = 0; i < over->told_n; i++)
                live_event_done(&over->told[i]);
        free(TAKE(over->told));
        over->told_n = 0;
}

static int over_run(struct job *job, struct tx *tx)
{
        _cleanup_(arena_done) struct arena a = ARENA(OVER_ARENA);
        struct over *over = CONTAINER_OF(job, struct over, job);
        int r;

        r = consent_end_over(tx, &a, &over->made, &over->more);
        return r < 0 ? r : tell_events(tx, &a, &over->made, &over->told, &over->told_n);
}

static void over_again(struct job *job)
{
        forget(CONTAINER_OF(job, struct over, job));
}

static void over_done(struct job *job, int result)
{
        struct over *over = CONTAINER_OF(job, struct over, job);

        over->school->consent_looking = false;
        if (result < 0)
                log_warning("consent", "consents whose time is over could not be ended, trying again: error %d", -result);
        else
                publish(over->school, over->told, over->told_n);
        if (over->more)
                over->school->consent_looked_ms = 0;
        forget(over);
        free(over);
}

void consent_over_tick(struct school *school)
{
        struct over *over;

        if (school->consent_looking || clock_mono_ms() - school->consent_looked_ms < LOOK_EVERY_MS)
                return;
        over = calloc(1, sizeof(*over));
        if (!over)
                return;
        *over = (struct over){ .job = { .run = over_run, .again = over_again, .done = over_done }, .school = school };
        school->consent_looked_ms = clock_mono_ms();
        if (store_write(school->store, &over->job) < 0)
                free(over);
        else
                school->consent_looking = true;
}
