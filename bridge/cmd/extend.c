#include "chat/member.h"
#include "chat/rights/reach.h"
#include "cmd/end.h"

#include <errno.h>

int cmd_extend(struct call *call, struct tx *tx)
{
        const struct extend_args *args = &call->args.extend;
        struct member_shape member;
        struct membership them;
        struct consent consent;
        int64_t ends_ms;
        int r;

        r = member_now(tx, args->thread, args->person, &them);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "person", REASON_NONE);
        if (r < 0)
                return r;
        if (them.joined != JOINED_BROUGHT)
                return call_refuse(call, ERROR_CONFLICT, "person", REASON_BY_ROSTER);
        if (args->person == call->viewer.person)
                return call_refuse(call, ERROR_CONFLICT, "person", REASON_OWN_TIME);
        r = agree_end(call, args->until, &ends_ms);
        if (r >= 0)
                r = agreed_for(call, tx, args->thread, args->person, &consent);
        if (r > 0 && consent.until_ms > 0 && (ends_ms == 0 || ends_ms > consent.until_ms))
                return call_refuse(call, ERROR_CONFLICT, "until", REASON_AGREED);
        if (r >= 0 && ends_ms != them.sight.ends_ms)
                r = member_set_end(tx, &call->made, args->thread, args->person, them.id, ends_ms);
        if (r >= 0)
                r = member_load(tx, &call->arena, them.id, &call->viewer, &member);
        return r < 0 ? r : call_answer(call, &shape_joined_member, &(struct joined_member_shape){ .member = &member });
}
