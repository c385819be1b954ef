#include "cmd/call.h"

#include <errno.h>

int cmd_typing(struct call *call, struct session *session)
{
        _cleanup_(buf_done) struct buf out = BUF(1024);
        _cleanup_(frame_unrefp) struct frame *frame = NULL;
        int64_t thread = call->args.typing.thread;

        event_encode(&out, &event_typing, 0, thread, &(struct typing_event_shape){ .person = call->viewer.person });
        if (buf_failed(&out))
                return buf_failed(&out);
        frame = frame_new(out.data, out.len);
        if (!frame)
                return -ENOMEM;
        hub_whisper(call->school->hub, thread, frame, session);
        return call_answer(call, &shape_done, &(struct done_shape){});
}
