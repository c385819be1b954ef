#include "chat/audit/reader.h"
#include "cmd/call.h"

int cmd_readers(struct call *call, struct tx *tx)
{
        struct reader_list_shape list;
        int r;

        r = reader_load_all(tx, &call->arena, call->args.readers.thread, &call->viewer, &list.readers);
        return r < 0 ? r : call_answer(call, &shape_reader_list, &list);
}
