#include "chat/member.h"
#include "cmd/call.h"

#include <errno.h>

int cmd_take_out(struct call *call, struct tx *tx)
{
        const struct take_out_args *args = &call->args.take_out;
        struct member_shape member;
        struct membership them;
        int r;

        r = member_now(tx, args->thread, args->person, &them);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "person", REASON_NONE);
        if (r < 0)
                return r;
        if (them.joined != JOINED_BROUGHT)
                return call_refuse(call, ERROR_CONFLICT, "person", REASON_BY_ROSTER);
        r = member_end(tx, &call->made, args->thread, args->person, them.id);
        if (r < 0)
                return r;
        r = member_load(tx, &call->arena, them.id, &call->viewer, &member);
        return r < 0 ? r : call_answer(call, &shape_joined_member, &(struct joined_member_shape){ .member = &member });
}
