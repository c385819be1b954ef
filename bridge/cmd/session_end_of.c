#include "chat/person.h"
#include "chat/signin/account.h"
#include "cmd/call.h"

#include <errno.h>

int cmd_session_end_of(struct call *call, struct tx *tx)
{
        struct session_list_shape list;
        struct session_row here;
        int64_t person = call->args.session_end_of.person, session = call->args.session_end_of.session;
        struct viewer viewer;
        int r;

        r = person_viewer(tx, person, &viewer);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "person", REASON_NONE);
        if (r >= 0)
                r = session_get(tx, &call->token, &here);
        if (r >= 0)
                r = session > 0 ? session_end_one(tx, person, session) : sessions_end_of(tx, person, 0);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "session", REASON_NONE);
        if (r >= 0)
                r = session_list(tx, &call->arena, person, here.id, &list.sessions);
        call->ends_sessions = true;
        return r < 0 ? r : call_answer(call, &shape_session_list, &list);
}
