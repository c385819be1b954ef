#include "cmd/consent.h"

int cmd_consent_take_back(struct call *call, struct tx *tx)
{
        const struct consent_take_back_args *args = &call->args.consent_take_back;
        struct consent consent;
        int r;

        r = named_consent(call, tx, args->thread, args->consent, &consent);
        if (r < 0)
                return r;
        if (consent.answer || consent.ended)
                return call_refuse(call, ERROR_CONFLICT, "consent", REASON_ANSWERED);
        r = consent_end(tx, &call->made, &consent, CONSENT_END_TAKEN_BACK, call->viewer.person, 0);
        return r < 0 ? r : answer_consent(call, tx, consent.id);
}
