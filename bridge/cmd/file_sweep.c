#include "cmd/file_sweep.h"

#include "base/clock.h"
#include "base/log.h"
#include "chat/file.h"
#include "cmd/school.h"
#include "store/store.h"

enum { EVERY_MS = 10 * 1000 };

static const int64_t UNSENT_MS = 24LL * 3600 * 1000;

struct sweep {
        struct job job;
        struct school *school;
        bool more;
};

static int sweep_run(struct job *job, struct tx *tx)
{
        return file_sweep(tx, clock_now_ms() - UNSENT_MS, &CONTAINER_OF(job, struct sweep, job)->more);
}

static void sweep_done(struct job *job, int result);

static void go(struct school *school)
{
        struct sweep *sweep = calloc(1, sizeof(*sweep));

        if (!sweep)
                return;
        *sweep = (struct sweep){ .job = { .run = sweep_run, .done = sweep_done }, .school = school };
        if (store_write(school->store, &sweep->job) < 0)
                free(sweep);
        else
                school->files_sweeping = true;
}

/* One job deletes little, so that nobody waits behind it. */
static void sweep_done(struct job *job, int result)
{
        struct sweep *sweep = CONTAINER_OF(job, struct sweep, job);
        struct school *school = sweep->school;

        school->files_sweeping = false;
        if (result < 0)
                log_error("files", "what was withdrawn could not be swept: error %d", -result);
        else if (sweep->more)
                go(school);
        free(sweep);
}

void file_sweep_tick(struct school *school)
{
        int64_t now = clock_mono_ms();

        if (school->files_sweeping || (school->files_looked_ms > 0 && now - school->files_looked_ms < EVERY_MS))
                return;
        school->files_looked_ms = now;
        go(school);
}
