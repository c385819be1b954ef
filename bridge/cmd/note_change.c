#include "chat/note.h"
#include "cmd/own_note.h"

#include <errno.h>

int cmd_note_change(struct call *call, struct tx *tx)
{
        const struct note_change_args *args = &call->args.note_change;
        int r;

        r = note_change(tx, &call->made, args->note, args->body);
        if (r == -ENODATA)
                return call_refuse(call, ERROR_CONFLICT, "note", REASON_WITHDRAWN);
        return r < 0 ? r : answer_note(call, tx, args->note);
}
