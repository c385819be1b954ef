#include "chat/phrase/recording.h"
#include "cmd/call.h"

#include <errno.h>

int cmd_recording_withdraw(struct call *call, struct tx *tx)
{
        const struct recording_withdraw_args *args = &call->args.recording_withdraw;
        const struct phrase *p = phrase_find(args->phrase);
        const struct phrase_language *l = phrase_language(args->language);
        int r;

        if (!p)
                return call_refuse(call, ERROR_INVALID, "phrase", REASON_WORD);
        if (!l)
                return call_refuse(call, ERROR_INVALID, "language", REASON_WORD);
        r = recording_remove(tx, p, l);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "phrase", REASON_NONE);
        return r < 0 ? r : call_answer(call, &shape_done, &(struct done_shape){});
}
