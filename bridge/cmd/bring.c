#include "chat/member.h"
#include "chat/person.h"
#include "cmd/call.h"

#include <errno.h>

int cmd_bring(struct call *call, struct tx *tx)
{
        const struct bring_args *args = &call->args.bring;
        struct member_shape member;
        struct membership me;
        struct viewer who;
        int64_t id;
        int r;

        r = member_now(tx, args->thread, call->viewer.person, &me);
        if (r < 0)
                return r;
        r = person_viewer(tx, args->person, &who);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "person", REASON_NONE);
        if (r < 0)
                return r;
        /* Families come in by the roster, and the administrator reads no conversations. */
        if (who.family || who.role == ROLE_ADMINISTRATOR)
                return call_refuse(call, ERROR_FORBIDDEN, "person", REASON_ROLE);
        r = member_add(tx, &call->made,
                       &(struct member_draft){ .thread = args->thread,
                                               .person = args->person,
                                               .joined = JOINED_BROUGHT,
                                               /* Nobody opens to another what is closed to themselves. */
                                               .reach = args->reach == REACH_ALL && me.first_seq <= 1 ? REACH_ALL : REACH_NOW,
                                               .why = args->why,
                                               .by = call->viewer.person },
                       &id);
        if (r == -EALREADY)
                return call_refuse(call, ERROR_CONFLICT, "person", REASON_ALREADY_IN);
        if (r < 0)
                return r;
        r = member_load(tx, &call->arena, id, &call->viewer, &member);
        return r < 0 ? r : call_answer(call, &shape_joined_member, &(struct joined_member_shape){ .member = &member });
}
