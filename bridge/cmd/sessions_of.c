#include "chat/person.h"
#include "chat/signin/account.h"
#include "cmd/call.h"

#include <errno.h>

int cmd_sessions_of(struct call *call, struct tx *tx)
{
        struct session_list_shape list;
        struct session_row here;
        struct viewer viewer;
        int r;

        r = person_viewer(tx, call->args.sessions_of.person, &viewer);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "person", REASON_NONE);
        if (r >= 0)
                r = session_get(tx, &call->token, &here);
        if (r >= 0)
                r = session_list(tx, &call->arena, call->args.sessions_of.person, here.id, &list.sessions);
        return r < 0 ? r : call_answer(call, &shape_session_list, &list);
}
