#include "chat/versions/glossary.h"
#include "cmd/call.h"

#include <errno.h>

int cmd_glossary_remove(struct call *call, struct tx *tx)
{
        int r = glossary_remove(tx, call->args.glossary_remove.term);

        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "term", REASON_NONE);
        return r < 0 ? r : call_answer(call, &shape_done, &(struct done_shape){});
}
