#include "chat/message.h"
#include "chat/person.h"
#include "chat/reply.h"
#include "cmd/call.h"

int cmd_answer(struct call *call, struct tx *tx)
{
        const struct answer_args *args = &call->args.answer;
        struct message_shape *m;
        struct person_shape sender;
        int r;

        r = message_load(tx, &call->arena, args->thread, args->seq, &m);
        if (r < 0)
                return r;
        r = person_load(tx, &call->arena, m->sender, &call->viewer, &sender);
        if (r < 0)
                return r;
        if (role_is_family(sender.role))
                return call_refuse(call, ERROR_CONFLICT, "seq", REASON_NOT_FROM_SCHOOL);
        if (m->withdrawn >= 0)
                return call_refuse(call, ERROR_CONFLICT, "seq", REASON_WITHDRAWN);
        r = reply_set(tx, &call->made, args->thread, args->seq, call->viewer.person, args->answer, 0);
        return r < 0 ? r : call_answer(call, &shape_done, &(struct done_shape){});
}
