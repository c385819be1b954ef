#include "chat/note.h"
#include "cmd/own_note.h"

#include <errno.h>

int cmd_note_withdraw(struct call *call, struct tx *tx)
{
        const struct note_withdraw_args *args = &call->args.note_withdraw;
        int r;

        r = note_withdraw(tx, &call->made, args->note);
        if (r == -EALREADY)
                return call_refuse(call, ERROR_CONFLICT, "note", REASON_WITHDRAWN);
        return r < 0 ? r : answer_note(call, tx, args->note);
}
