#include "chat/event.h"
#include "chat/thread.h"
#include "cmd/call.h"

int cmd_threads(struct call *call, struct tx *tx)
{
        struct thread_list_shape list;
        int r;

        r = event_last(tx, &list.at);
        if (r < 0)
                return r;
        r = thread_load_all(tx, &call->arena, &call->viewer, &list.threads);
        return r < 0 ? r : call_answer(call, &shape_thread_list, &list);
}
