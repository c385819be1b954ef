#include "chat/member.h"
#include "chat/message.h"
#include "chat/reply.h"
#include "cmd/call.h"
#include "cmd/own.h"

#include <errno.h>

/* A person's version is shown before the school's phrase and a machine's, so it is not for anyone to put words into another's mouth: those of
 * the school may translate what is said, a family what they said themselves. */
static int may_translate(struct call *call, struct tx *tx, int64_t thread, int64_t seq)
{
        struct message_shape *m;
        int r;

        if (!call->viewer.family)
                return 0;
        r = message_load(tx, &call->arena, thread, seq, &m);
        if (r < 0)
                return r;
        return m->sender == call->viewer.person ? 0 : call_refuse(call, ERROR_FORBIDDEN, "seq", REASON_NOT_SENDER);
}

int cmd_version(struct call *call, struct tx *tx)
{
        const struct version_args *args = &call->args.version;
        struct membership me;
        int r;

        r = member_sees(tx, args->thread, call->viewer.person, args->seq, &me);
        if (r >= 0)
                r = may_translate(call, tx, args->thread, args->seq);
        if (r < 0)
                return r;
        r = version_append(tx, &call->made,
                           &(struct version_draft){ .thread = args->thread,
                                                    .seq = args->seq,
                                                    .author = call->viewer.person,
                                                    .body = args->body,
                                                    .language = args->language,
                                                    .direction = args->direction ?: text_direction(args->body, args->language),
                                                    .origin = ORIGIN_PERSON });
        if (r == -ENODATA)
                return call_refuse(call, ERROR_CONFLICT, "seq", REASON_WITHDRAWN);
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
