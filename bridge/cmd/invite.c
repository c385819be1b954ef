#include "chat/rights/family.h"
#include "cmd/call.h"
#include "cmd/invited.h"

#include <errno.h>

int cmd_invite(struct call *call, struct tx *tx)
{
        struct invitation_list_shape made;
        int r;

        r = invited_all(call->school, tx, &call->arena, &call->args.invite.person, 1, call->viewer.person, &made);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "person", REASON_NONE);
        return r < 0 ? r : call_answer(call, &shape_invitation_list, &made);
}
