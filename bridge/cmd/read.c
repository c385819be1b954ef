#include "chat/member.h"
#include "cmd/call.h"

int cmd_read(struct call *call, struct tx *tx)
{
        const struct read_args *args = &call->args.read;
        struct mark_shape mark;
        int r;

        r = member_read(tx, &call->made, args->thread, call->viewer.person, &call->me, args->seq, &mark.read, &mark.unread);
        return r < 0 ? r : call_answer(call, &shape_mark, &mark);
}
