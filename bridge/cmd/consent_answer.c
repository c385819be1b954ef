#include "cmd/consent.h"

int cmd_consent_answer(struct call *call, struct tx *tx)
{
        const struct consent_answer_args *args = &call->args.consent_answer;
        struct consent consent;
        int r;

        r = named_consent(call, tx, args->thread, args->consent, &consent);
        if (r >= 0)
                r = take_answer(call, tx, &consent,
                                &(struct consent_said){ .answer = args->says, .by = call->viewer.person, .language = args->language, .words = args->words });
        return r < 0 ? r : answer_consent(call, tx, consent.id);
}
