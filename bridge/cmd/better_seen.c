#include "chat/versions/better.h"
#include "cmd/call.h"

int cmd_better_seen(struct call *call, struct tx *tx)
{
        const struct better_seen_args *args = &call->args.better_seen;
        int r = better_seen(tx, &call->made, args->thread, call->viewer.person, args->seq);

        return r < 0 ? r : call_answer(call, &shape_done, &(struct done_shape){});
}
