#include "cmd/consent.h"

#include <errno.h>

int cmd_consent_give(struct call *call, struct tx *tx)
{
        const struct consent_give_args *args = &call->args.consent_give;
        const struct consent_said said = { .answer = CONSENT_ANSWER_YES, .by = call->viewer.person, .language = args->language, .words = args->words };
        const struct consent draft = { .thread = args->thread, .kind = CONSENT_KIND_VOICE, .asked_by = call->viewer.person };
        struct consent consent;
        int64_t id;
        int r;

        r = consent_now(tx, &call->arena, args->thread, CONSENT_KIND_VOICE, 0, &consent);
        if (r == -ENOENT) {
                r = consent_ask(tx, &call->made, &draft, &id);
                if (r >= 0)
                        r = consent_get(tx, &call->arena, args->thread, id, &consent);
        } else if (r >= 0 && consent.answer) {
                return call_refuse(call, ERROR_CONFLICT, NULL, REASON_ANSWERED);
        }
        if (r >= 0)
                r = take_answer(call, tx, &consent, &said);
        return r < 0 ? r : answer_consent(call, tx, consent.id);
}
