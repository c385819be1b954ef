#include "chat/rights/family.h"
#include "cmd/call.h"

int cmd_classes(struct call *call, struct tx *tx)
{
        struct class_list_shape list;
        int r;

        r = family_classes(tx, &call->arena, call->viewer.role == ROLE_ADMINISTRATOR ? 0 : call->viewer.person, &list.classes);
        return r < 0 ? r : call_answer(call, &shape_class_list, &list);
}
