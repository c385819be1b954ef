#include "chat/event.h"
#include "chat/thread.h"
#include "cmd/call.h"

int cmd_thread(struct call *call, struct tx *tx)
{
        struct thread_shape thread;
        struct thread_state_shape state = { .thread = &thread };
        int r;

        r = event_last(tx, &state.at);
        if (r < 0)
                return r;
        r = thread_load(tx, &call->arena, call->args.thread.thread, &call->viewer, &thread);
        return r < 0 ? r : call_answer(call, &shape_thread_state, &state);
}
