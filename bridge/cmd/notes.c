#include "chat/event.h"
#include "chat/note.h"
#include "cmd/call.h"

int cmd_notes(struct call *call, struct tx *tx)
{
        const struct notes_args *args = &call->args.notes;
        struct note_page_shape page = { .thread = args->thread };
        int r;

        r = event_last(tx, &page.at);
        if (r < 0)
                return r;
        r = note_page(tx, &call->arena, args->thread, call->viewer.person, &call->me.sight, args->before,
                      args->limit > 0 ? args->limit : HISTORY_USUAL, &page.notes, &page.more);
        return r < 0 ? r : call_answer(call, &shape_note_page, &page);
}
