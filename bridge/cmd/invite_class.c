#include "chat/rights/family.h"
#include "cmd/call.h"
#include "cmd/invited.h"

#include <errno.h>

int cmd_invite_class(struct call *call, struct tx *tx)
{
        struct invitation_list_shape made;
        int64_t *people;
        size_t n;
        int r;

        r = family_waiting(tx, &call->arena, call->args.invite_class.class,
                           call->viewer.role == ROLE_ADMINISTRATOR ? 0 : call->viewer.person, &people, &n);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "class", REASON_NONE);
        if (r >= 0)
                r = invited_all(call->school, tx, &call->arena, people, n, call->viewer.person, &made);
        return r < 0 ? r : call_answer(call, &shape_invitation_list, &made);
}
