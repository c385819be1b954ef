#include "chat/rights/family.h"
#include "chat/signin/identity.h"
#include "cmd/call.h"
#include "cmd/invited.h"
#include "conf/conf.h"

#include <errno.h>

int cmd_invite(struct call *call, struct tx *tx)
{
        const struct invite_args *args = &call->args.invite;
        struct invitation_list_shape made;
        int r;

        /* With the invitation the provider's subject would be forgotten: that is said before, not found out at the next sign-in. */
        r = call->school->oidc && args->anyway <= 0 ? identity_is_only_way(tx, call->school->conf->oidc_issuer, args->person) : 0;
        if (r > 0)
                return call_refuse(call, ERROR_CONFLICT, "person", REASON_PROVIDER);
        if (r >= 0)
                r = invited_all(call->school, tx, &call->arena, &args->person, 1, call->viewer.person, &made);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "person", REASON_NONE);
        return r < 0 ? r : call_answer(call, &shape_invitation_list, &made);
}
