#include "chat/versions/glossary.h"
#include "cmd/call.h"

int cmd_glossary(struct call *call, struct tx *tx)
{
        struct glossary_shape list = { 0 };
        int r;

        r = glossary_list(tx, &call->arena, &list.terms);
        return r < 0 ? r : call_answer(call, &shape_glossary, &list);
}
