#include "chat/signin/account.h"
#include "cmd/call.h"

int cmd_sessions(struct call *call, struct tx *tx)
{
        struct session_list_shape list;
        struct session_row here;
        int r;

        r = session_get(tx, &call->token, &here);
        if (r >= 0)
                r = session_list(tx, &call->arena, call->viewer.person, here.id, &list.sessions);
        return r < 0 ? r : call_answer(call, &shape_session_list, &list);
}
