#include "chat/event.h"
#include "chat/message.h"
#include "chat/reply.h"
#include "cmd/call.h"

int cmd_history(struct call *call, struct tx *tx)
{
        const struct history_args *args = &call->args.history;
        struct page_shape page = { .thread = args->thread, .replies = { .given = true } };
        int r;

        if (args->before >= 0 && args->after >= 0)
                return call_refuse(call, ERROR_INVALID, "after", REASON_UNKNOWN_FIELD);
        r = event_last(tx, &page.at);
        if (r < 0)
                return r;
        r = message_page(tx, &call->arena, args->thread, call->me.first_seq, args->before, args->after,
                         args->limit > 0 ? args->limit : HISTORY_USUAL, &page.messages, &page.more);
        if (r < 0)
                return r;
        call->audit.n = (int64_t)page.messages.n;
        call->audit.seq = page.messages.n > 0 ? page.messages.items[0].seq : 0;
        if (page.messages.n > 0)
                r = reply_load_range(tx, &call->arena, args->thread, page.messages.items[0].seq,
                                     page.messages.items[page.messages.n - 1].seq,
                                     call->viewer.marks ? 0 : call->viewer.person, &page.replies);
        return r < 0 ? r : call_answer(call, &shape_page, &page);
}
