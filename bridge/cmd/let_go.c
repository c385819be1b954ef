#include "chat/message.h"
#include "cmd/call.h"
#include "cmd/own.h"

#include <errno.h>

int cmd_let_go(struct call *call, struct tx *tx)
{
        const struct let_go_args *args = &call->args.let_go;
        int r = message_let_go(tx, &call->made, args->thread, args->seq);

        if (r == -ENODATA)
                return call_refuse(call, ERROR_CONFLICT, "seq", REASON_WITHDRAWN);
        if (r == -EDQUOT)
                return call_refuse(call, ERROR_CONFLICT, "seq", REASON_TOO_MANY);
        return r < 0 ? r : answer_message(call, tx, args->thread, args->seq);
}
