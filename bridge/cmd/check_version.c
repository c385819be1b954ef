#include "chat/message.h"
#include "chat/version.h"
#include "chat/versions/held.h"
#include "cmd/call.h"
#include "cmd/own.h"

#include <errno.h>

int cmd_check_version(struct call *call, struct tx *tx)
{
        const struct check_version_args *args = &call->args.check_version;
        bool held = args->language[0];
        int r;

        if (held == (args->n > 0))
                return call_refuse(call, ERROR_INVALID, "n", held ? REASON_UNKNOWN_FIELD : REASON_MISSING);
        r = held ? held_release(tx, &call->made, args->thread, args->seq, args->language, call->viewer.person)
                 : version_check(tx, &call->made, args->thread, args->seq, args->n, call->viewer.person);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, held ? "language" : "n", REASON_NONE);
        if (r == -EPERM)
                return call_refuse(call, ERROR_CONFLICT, "n", REASON_OWN_WORDS);
        if (r == -EDQUOT)
                return call_refuse(call, ERROR_CONFLICT, "seq", REASON_TOO_MANY);
        return r < 0 ? r : answer_message(call, tx, args->thread, args->seq);
}
