#include "chat/versions/held.h"
#include "cmd/call.h"

int cmd_held(struct call *call, struct tx *tx)
{
        const struct held_args *args = &call->args.held;
        struct held_shape held = { 0 };
        int r;

        r = held_load(tx, &call->arena, args->thread, args->seq, &held.versions);
        return r < 0 ? r : call_answer(call, &shape_held, &held);
}
