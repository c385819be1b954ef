#include "chat/message.h"
#include "chat/reply.h"
#include "chat/version.h"
#include "cmd/call.h"
#include "cmd/own.h"

#include <errno.h>

int cmd_correct(struct call *call, struct tx *tx)
{
        const struct correct_args *args = &call->args.correct;
        struct message_shape *m;
        int r;

        r = own_message(call, tx, args->thread, args->seq, &m);
        if (r < 0)
                return r;
        r = version_append(tx, &call->made,
                           &(struct version_draft){ .thread = args->thread,
                                                    .seq = args->seq,
                                                    .author = call->viewer.person,
                                                    .body = args->body,
                                                    .folded = call->folded,
                                                    .language = m->language,
                                                    .direction = text_direction(args->body, m->language),
                                                    .origin = ORIGIN_CORRECTION });
        if (r == -EDQUOT)
                return call_refuse(call, ERROR_CONFLICT, "seq", REASON_TOO_MANY);
        if (r < 0)
                return r;
        if (!call->viewer.family) {
                r = reply_school_spoke(tx, &call->made, args->thread);
                if (r < 0)
                        return r;
        }
        return answer_message(call, tx, args->thread, args->seq);
}
