#include "cmd/consent.h"

#include <errno.h>

/* Who would come in is asked for by bring. */
static bool is_about_nobody(enum consent_kind kind)
{
        return kind == CONSENT_KIND_MACHINE || kind == CONSENT_KIND_VOICE || consent_is_move(kind);
}

int cmd_consent_ask(struct call *call, struct tx *tx)
{
        const struct consent_ask_args *args = &call->args.consent_ask;
        struct consent draft = { .thread = args->thread, .kind = args->kind, .why = args->why, .asked_by = call->viewer.person };
        int64_t id;
        int r;

        if (!is_about_nobody(args->kind))
                return call_refuse(call, ERROR_INVALID, "kind", REASON_WORD);
        /* Nobody lets go of something to they know not where. */
        if (consent_is_move(args->kind) && (!args->why || !args->why[0]))
                return call_refuse(call, ERROR_INVALID, "why", REASON_MISSING);
        r = ahead(call, args->until, &draft.until_ms);
        if (r < 0)
                return r;
        r = consent_ask(tx, &call->made, &draft, &id);
        if (r == -EALREADY)
                return call_refuse(call, ERROR_CONFLICT, "kind", REASON_ALREADY_ASKED);
        return r < 0 ? r : answer_consent(call, tx, id);
}
