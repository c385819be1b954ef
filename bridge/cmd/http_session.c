/* cmd/http_session.c: who is signed in, out again, and the operator's links.
 *
 * A link's secret comes in a body, never in an address; what goes out is a cookie. Invitations and PINs: http_pin.c.
 */
#include "base/clock.h"
#include "chat/rights/rights.h"
#include "cmd/visit.h"
#include "proto/command.h"

#include <errno.h>

enum { SIGN_IN_BURST = 200, SIGN_IN_PER_SECOND = 50 };

struct link_visit {
        struct visit visit;
        struct token_hash link;
};

static int get_run(struct visit *visit, struct tx *tx)
{
        struct viewer viewer;
        int r;

        r = rights_session(tx, RIGHT_session_get, &visit->token, &viewer);
        return r < 0 ? r : visit_describe(visit, tx, viewer.person);
}

static int delete_run(struct visit *visit, struct tx *tx)
{
        return visit_sign_out(visit, tx);
}

static int post_run(struct visit *visit, struct tx *tx)
{
        struct link_visit *link = CONTAINER_OF(visit, struct link_visit, visit);
        int64_t person;
        int r;

        r = link_use(tx, &link->link, &person);
        return r < 0 ? r : visit_sign_in(visit, tx, person, 0, SIGN_IN_LINK);
}

void http_session_get(struct school *school, const struct http_call *call)
{
        struct visit *visit = visit_new(school, call, sizeof(*visit));

        if (!visit)
                return;
        visit->run = get_run;
        visit_read(visit);
}

void http_session_delete(struct school *school, const struct http_call *call)
{
        struct visit *visit = visit_new(school, call, sizeof(*visit));

        if (!visit)
                return;
        visit->run = delete_run;
        visit_write(visit);
}

/* By link, or by password: the members say which. */
enum { LINK, NAME, PASSWORD, CODE, WAYS };

static void sign_in_by_link(struct school *school, const struct http_call *call, const char *secret)
{
        struct link_visit *visit = visit_new(school, call, sizeof(*visit));

        if (!visit)
                return;
        secret_hash(secret, strlen(secret), &visit->link);
        visit->visit.run = post_run;
        visit->visit.reason = REASON_LINK;
        visit->visit.counts = true;
        visit_write(&visit->visit);
}

void http_session_post(struct school *school, const struct http_call *call)
{
        static const char *const keys[WAYS] = { "?link", "?name", "?password", "?code" };
        char *in[WAYS] = { NULL };
        struct problem problem = { 0 };
        int r;

        if (visit_must_wait(school, call))
                return;
        problem.retry_ms = limit_take(&school->sign_in, clock_mono_ms(), SIGN_IN_BURST, SIGN_IN_PER_SECOND, 1);
        if (problem.retry_ms > 0) {
                problem.code = ERROR_RATE_LIMITED;
                http_problem(call, &problem);
                return;
        }
        r = strings_decode(call->body, call->body_len, keys, ELEMENTS(keys), in, &problem);
        if (r < 0) {
                visit_refuse(call, r, &problem);
                return;
        }
        if (in[NAME] || in[PASSWORD] || in[CODE]) {
                http_password_sign_in(school, call, in);
                return;
        }
        if (in[LINK])
                sign_in_by_link(school, call, in[LINK]);
        else
                http_fail(call, ERROR_INVALID, "link", REASON_MISSING);
        free(in[LINK]);
}
