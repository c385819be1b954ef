#include "cmd/consent.h"

#include <errno.h>

int cmd_consent_ask(struct call *call, struct tx *tx)
{
        const struct consent_ask_args *args = &call->args.consent_ask;
        struct consent draft = { .thread = args->thread, .kind = args->kind, .why = args->why, .asked_by = call->viewer.person };
        int64_t id;
        int r;

        /* Who would come in is asked for by bring. */
        if (args->kind != CONSENT_KIND_MACHINE && args->kind != CONSENT_KIND_VOICE)
                return call_refuse(call, ERROR_INVALID, "kind", REASON_WORD);
        r = ahead(call, args->until, &draft.until_ms);
        if (r < 0)
                return r;
        r = consent_ask(tx, &call->made, &draft, &id);
        if (r == -EALREADY)
                return call_refuse(call, ERROR_CONFLICT, "kind", REASON_ALREADY_ASKED);
        return r < 0 ? r : answer_consent(call, tx, id);
}
