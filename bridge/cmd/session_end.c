#include "chat/signin/account.h"
#include "cmd/call.h"

#include <errno.h>

int cmd_session_end(struct call *call, struct tx *tx)
{
        struct session_list_shape list;
        struct session_row here;
        int64_t session = call->args.session_end.session;
        int r;

        r = session_get(tx, &call->token, &here);
        if (r < 0)
                return r;
        r = session > 0 ? session_end_one(tx, call->viewer.person, session) : sessions_end_of(tx, call->viewer.person, here.id);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "session", REASON_NONE);
        if (r >= 0)
                r = session_list(tx, &call->arena, call->viewer.person, here.id, &list.sessions);
        call->ends_sessions = true;
        return r < 0 ? r : call_answer(call, &shape_session_list, &list);
}
