#include "chat/member.h"
#include "chat/person.h"
#include "cmd/call.h"
#include "proto/rights.h"

#include <errno.h>

int cmd_bring(struct call *call, struct tx *tx)
{
        const struct bring_args *args = &call->args.bring;
        struct member_shape member;
        struct membership them;
        struct viewer who;
        int64_t id;
        int r;

        r = member_now(tx, args->thread, args->person, &them);
        if (r != -ENOENT)
                return r < 0 ? r : call_refuse(call, ERROR_CONFLICT, "person", REASON_ALREADY_IN);
        r = person_viewer(tx, args->person, &who);
        /* Who cannot be brought in is, for who asks, not there: else it would tell who else is of the school. */
        if (r == -ENOENT || (r >= 0 && right_may(RIGHT_brought, who.role) == MAY_no))
                return call_refuse(call, ERROR_NOT_FOUND, "person", REASON_NONE);
        if (r < 0)
                return r;
        r = member_add(tx, &call->made,
                       &(struct member_draft){ .thread = args->thread,
                                               .person = args->person,
                                               .joined = JOINED_BROUGHT,
                                               /* Nobody opens to another what is closed to themselves. */
                                               .reach = args->reach == REACH_ALL && call->me.first_seq <= 1 ? REACH_ALL : REACH_NOW,
                                               .why = args->why,
                                               .by = call->viewer.person },
                       &id);
        if (r < 0)
                return r;
        r = member_load(tx, &call->arena, id, &call->viewer, &member);
        return r < 0 ? r : call_answer(call, &shape_joined_member, &(struct joined_member_shape){ .member = &member });
}
