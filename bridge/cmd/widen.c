#include "chat/member.h"
#include "chat/reach.h"
#include "cmd/end.h"

#include <errno.h>

int cmd_widen(struct call *call, struct tx *tx)
{
        const struct widen_args *args = &call->args.widen;
        struct member_shape member;
        struct membership them;
        struct consent consent;
        int64_t first = args->from_seq >= 0 ? args->from_seq : call->me.first_seq;
        int r;

        r = member_now(tx, args->thread, args->person, &them);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "person", REASON_NONE);
        if (r < 0)
                return r;
        r = agreed_for(call, tx, args->thread, args->person, &consent);
        /* "All" was what the asker saw: from_seq then says from where. */
        if (r > 0 && (consent.reach != REACH_ALL || first < consent.from_seq))
                return call_refuse(call, ERROR_CONFLICT, "person", REASON_AGREED);
        if (r < 0)
                return r;
        r = member_widen(tx, &call->made, args->thread, args->person, first, &call->me.sight);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "from_seq", REASON_NONE);
        if (r >= 0)
                r = member_load(tx, &call->arena, them.id, &call->viewer, &member);
        return r < 0 ? r : call_answer(call, &shape_joined_member, &(struct joined_member_shape){ .member = &member });
}
