#include "chat/person.h"
#include "chat/schoolrow.h"
#include "cmd/call.h"

int cmd_roll(struct call *call, struct tx *tx)
{
        struct roll_list_shape list;
        int r;

        r = person_find_any(tx, &call->arena, call->args.roll.query, &list.entries);
        if (r < 0)
                return r;
        r = school_counts(tx, &list);
        return r < 0 ? r : call_answer(call, &shape_roll_list, &list);
}
