#include "cmd/own.h"

#include "chat/message.h"
#include "chat/reply.h"

int own_message(struct call *call, struct tx *tx, int64_t thread, int64_t seq, struct message_shape **ret)
{
        struct message_shape *m;
        int r;

        r = message_load(tx, &call->arena, thread, seq, &m);
        if (r < 0)
                return r;
        if (m->withdrawn >= 0)
                return call_refuse(call, ERROR_CONFLICT, "seq", REASON_WITHDRAWN);
        *ret = m;
        return 0;
}

int answer_message(struct call *call, struct tx *tx, int64_t thread, int64_t seq)
{
        struct message_shape *m;
        int r;

        r = message_load(tx, &call->arena, thread, seq, &m);
        if (r < 0)
                return r;
        return call_answer(call, &shape_changed_message, &(struct changed_message_shape){ .message = m });
}

int answer_sent(struct call *call, struct tx *tx, int64_t thread, bool again, const struct sent_shape *sent)
{
        int r;

        if (!again && !call->viewer.family) {
                r = reply_school_spoke(tx, &call->made, thread);
                if (r < 0)
                        return r;
        }
        call->audit.seq = sent->seq;
        return call_answer(call, &shape_sent, sent);
}
