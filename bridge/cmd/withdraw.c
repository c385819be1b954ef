#include "chat/message.h"
#include "cmd/call.h"
#include "cmd/own.h"

int cmd_withdraw(struct call *call, struct tx *tx)
{
        const struct withdraw_args *args = &call->args.withdraw;
        struct message_shape *m;
        int r;

        r = own_message(call, tx, args->thread, args->seq, &m);
        if (r < 0)
                return r;
        r = message_withdraw(tx, &call->made, args->thread, args->seq);
        return r < 0 ? r : answer_message(call, tx, args->thread, args->seq);
}
