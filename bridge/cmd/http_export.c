/* cmd/http_export.c: a family's own data, as a zip to take along.
 *
 * A reader looks whose it is; the writer puts on record that it is taken; then a reader makes the zip in memory: what is sealed on disk does not
 * land there in the open. Few at once, because each is worth thousands of messages; who has no right to one uses nobody's turn up.
 */
#include "base/clock.h"
#include "base/log.h"
#include "chat/audit/audit.h"
#include "chat/export/export.h"
#include "chat/rights/rights.h"
#include "cmd/http.h"
#include "store/store.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BURST = 8, RUNNING_MAX = 2, BUSY_MS = 2000 };
static const float PER_SECOND = 0.5F;

struct taking {
        struct job job;
        struct school *school;
        struct http_call call;
        struct token_hash token;
        bool counts; /* among exports_running */
        int fd;
};

static void taking_free(struct taking *taking)
{
        if (!taking)
                return;
        if (taking->fd >= 0)
                close(taking->fd);
        if (taking->counts)
                taking->school->exports_running--;
        free(taking);
}
DEFINE_CLEANUP(struct taking *, taking_free)

static void fail(const struct http_call *call, int result)
{
        switch (result) {
        case -ENOENT:
                http_fail(call, ERROR_SIGNED_OUT, NULL, REASON_NONE);
                break;
        case -EPERM:
                http_fail(call, ERROR_FORBIDDEN, NULL, REASON_ROLE);
                break;
        default:
                if (result != -EBUSY)
                        log_error("export", "failed: error %d", -result);
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
        }
}

/* On a reader. */
static int make(struct job *job, struct tx *tx)
{
        struct taking *taking = CONTAINER_OF(job, struct taking, job);
        struct viewer viewer;
        int r;

        r = rights_session(tx, RIGHT_export_get, &taking->token, &viewer);
        if (r < 0)
                return r;
        taking->fd = memfd_create("export", MFD_CLOEXEC);
        if (taking->fd < 0)
                return -errno;
        return export_person(tx, viewer.person, taking->fd);
}

static void made(struct job *job, int result)
{
        _cleanup_(taking_freep) struct taking *taking = CONTAINER_OF(job, struct taking, job);
        struct http_file file = { .fd = taking->fd, .name = "ouderbrug.zip" };
        struct stat st;

        if (result >= 0 && fstat(taking->fd, &st) < 0)
                result = -errno;
        if (result < 0) {
                fail(&taking->call, result);
                return;
        }
        file.len = (uint64_t)st.st_size;
        taking->fd = -1; /* the answer's now */
        taking->call.answer(taking->call.net, taking->call.ticket,
                            &(struct http_answer){ .status = 200, .content_type = "application/zip", .file = &file });
}

/* On the writer. */
static int put_on_record(struct job *job, struct tx *tx)
{
        struct viewer viewer;
        int r;

        r = rights_session(tx, RIGHT_export_get, &CONTAINER_OF(job, struct taking, job)->token, &viewer);
        return r < 0 ? r : audit_add(tx, &(struct audit){ .deed = DEED_EXPORT, .saw = true, .actor = viewer.person, .person = viewer.person });
}

static void is_on_record(struct job *job, int result)
{
        _cleanup_(taking_freep) struct taking *taking = CONTAINER_OF(job, struct taking, job);

        taking->job = (struct job){ .run = make, .done = made };
        if (result >= 0)
                result = store_read(taking->school->store, &taking->job);
        if (result < 0)
                fail(&taking->call, result);
        else
                (void)TAKE(taking);
}

/* On a reader. */
static int look(struct job *job, struct tx *tx)
{
        struct viewer viewer;

        return rights_session(tx, RIGHT_export_get, &CONTAINER_OF(job, struct taking, job)->token, &viewer);
}

static void may_take(struct job *job, int result)
{
        _cleanup_(taking_freep) struct taking *taking = CONTAINER_OF(job, struct taking, job);
        struct problem problem = { .code = ERROR_RATE_LIMITED };
        struct school *school = taking->school;

        if (result < 0) {
                fail(&taking->call, result);
                return;
        }
        problem.retry_ms = school->exports_running >= RUNNING_MAX ? BUSY_MS
                                                                  : limit_take(&school->exports, clock_mono_ms(), BURST, PER_SECOND, 1);
        if (problem.retry_ms > 0) {
                http_problem(&taking->call, &problem);
                return;
        }
        taking->counts = true;
        school->exports_running++;
        taking->job = (struct job){ .run = put_on_record, .done = is_on_record };
        result = store_write(school->store, &taking->job);
        if (result < 0)
                fail(&taking->call, result);
        else
                (void)TAKE(taking);
}

void http_export_get(struct school *school, const struct http_call *call)
{
        struct taking *taking;
        int r;

        taking = calloc(1, sizeof(*taking));
        if (!taking) {
                http_fail(call, ERROR_UNAVAILABLE, NULL, REASON_BUSY);
                return;
        }
        *taking = (struct taking){ .job = { .run = look, .done = may_take }, .school = school, .call = *call, .token = *call->token, .fd = -1 };
        taking->call.token = NULL;
        taking->call.body = NULL;
        r = store_read(school->store, &taking->job);
        if (r < 0) {
                fail(&taking->call, r);
                taking_free(taking);
        }
}
