#include "chat/reply.h"
#include "cmd/call.h"

int cmd_handled(struct call *call, struct tx *tx)
{
        int64_t thread = call->args.handled.thread;
        int r;

        r = reply_handled(tx, &call->made, thread);
        return r < 0 ? r : call_answer(call, &shape_done, &(struct done_shape){});
}
