#include "chat/note.h"
#include "cmd/call.h"

int cmd_note_read(struct call *call, struct tx *tx)
{
        const struct note_read_args *args = &call->args.note_read;
        struct note_mark_shape mark;
        int r;

        r = note_read(tx, &call->made, args->thread, call->viewer.person, &call->me, args->note, &mark.note, &mark.unread);
        return r < 0 ? r : call_answer(call, &shape_note_mark, &mark);
}
