/* cmd/http_device.c: the people of a shared phone, before anybody is signed in, and who is forgotten on it. */
#include "base/arena.h"
#include "chat/schoolrow.h"
#include "chat/signin/device.h"
#include "cmd/visit.h"

#include <errno.h>

enum { ANSWER_CAP = 64 * 1024 };

static int get_run(struct visit *visit, struct tx *tx)
{
        _cleanup_(arena_done) struct arena a = ARENA(ANSWER_CAP);
        int64_t device = visit->has_device ? device_find(tx, &visit->device) : -ENOENT;
        struct device_people_shape answer = { .people = { .given = true } };
        struct school_shape school;
        int r;

        r = school_load(tx, &a, &school, NULL);
        if (r >= 0 && device > 0)
                r = profile_list(tx, &a, device, &answer.people);
        else if (r >= 0 && device != -ENOENT)
                r = (int)device;
        if (r < 0)
                return r;
        answer.school = &school;
        shape_encode(&visit->body, &shape_device_people, &answer);
        return buf_failed(&visit->body);
}

static int delete_run(struct visit *visit, struct tx *tx)
{
        struct session_row row;
        int64_t device;
        int r;

        r = session_get(tx, &visit->token, &row);
        if (r < 0)
                return r;
        device = visit->has_device ? device_find(tx, &visit->device) : -ENOENT;
        if (device < 0 && device != -ENOENT)
                return (int)device;
        if (device > 0)
                r = profile_remove(tx, device, row.viewer.person);
        return r < 0 ? r : visit_sign_out(visit, tx);
}

void http_device_get(struct school *school, const struct http_call *call)
{
        struct visit *visit = visit_new(school, call, sizeof(*visit));

        if (!visit)
                return;
        visit->run = get_run;
        visit_read(visit);
}

void http_device_delete(struct school *school, const struct http_call *call)
{
        struct visit *visit = visit_new(school, call, sizeof(*visit));

        if (!visit)
                return;
        visit->run = delete_run;
        visit_write(visit);
}
