#include "chat/member.h"
#include "chat/reply.h"
#include "cmd/call.h"

int cmd_handled(struct call *call, struct tx *tx)
{
        int64_t thread = call->args.handled.thread;
        struct membership me;
        int r;

        r = member_now(tx, thread, call->viewer.person, &me);
        if (r < 0)
                return r;
        r = reply_handled(tx, &call->made, thread);
        return r < 0 ? r : call_answer(call, &shape_done, &(struct done_shape){});
}
