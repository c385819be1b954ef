/* cmd/http_invitation.c: what an invitation asks, before it is used. To look at it does not use it up: a preview of the link, or a second
 * look, costs nothing.
 */
#include "base/arena.h"
#include "chat/person.h"
#include "chat/schoolrow.h"
#include "cmd/opened.h"
#include "cmd/visit.h"
#include "proto/command.h"

#include <errno.h>

enum { ANSWER_CAP = 64 * 1024 };

struct look_visit {
        struct visit visit;
        struct token_hash opened_with;
};

static int look_run(struct visit *visit, struct tx *tx)
{
        struct look_visit *look = CONTAINER_OF(visit, struct look_visit, visit);
        _cleanup_(arena_done) struct arena a = ARENA(ANSWER_CAP);
        struct invitation_asks_shape asks = { 0 };
        struct invitation invitation;
        struct school_shape school;
        struct person_shape person;
        int r;

        r = invitation_look(tx, &look->opened_with, &invitation);
        if (r >= 0)
                r = person_load(tx, &a, invitation.person, NULL, &person);
        if (r >= 0)
                r = school_load(tx, &a, &school, NULL);
        if (r < 0)
                return r;
        asks = (struct invitation_asks_shape){
                .proof = invitation.proof, .name = person.name, .role = person.role, .language = person.language, .school = &school,
        };
        shape_encode(&visit->body, &shape_invitation_asks, &asks);
        return buf_failed(&visit->body);
}

void http_invitation_post(struct school *school, const struct http_call *call)
{
        static const char *const keys[] = { "secret" };
        _cleanup_free_ char *secret = NULL;
        struct token_hash opened_with;
        struct problem problem = { 0 };
        struct look_visit *visit;
        int r;

        if (visit_must_wait(school, call))
                return;
        r = strings_decode(call->body, call->body_len, keys, ELEMENTS(keys), &secret, &problem);
        if (r < 0) {
                visit_refuse(call, r, &problem);
                return;
        }
        if (!opened_with_read(school, call, secret, &opened_with))
                return;
        visit = visit_new(school, call, sizeof(*visit));
        if (!visit)
                return;
        visit->opened_with = opened_with;
        visit->visit.run = look_run;
        visit->visit.reason = REASON_INVITATION;
        visit->visit.counts = true;
        visit_read(&visit->visit);
}
