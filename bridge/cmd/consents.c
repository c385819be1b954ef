#include "chat/event.h"
#include "chat/rights/consent.h"
#include "cmd/call.h"

int cmd_consents(struct call *call, struct tx *tx)
{
        struct consent_list_shape list;
        int r;

        r = event_last(tx, &list.at);
        if (r >= 0)
                r = consent_load_all(tx, &call->arena, call->args.consents.thread, &call->viewer, true, &list.consents);
        return r < 0 ? r : call_answer(call, &shape_consent_list, &list);
}
