#include "chat/member.h"
#include "chat/person.h"
#include "cmd/consent.h"
#include "proto/rights.h"

#include <errno.h>

/* Who said it must be in the conversation and one who may answer for the family. */
static int a_guardian(struct call *call, struct tx *tx, int64_t thread, int64_t person)
{
        struct membership there;
        struct viewer who;
        int r;

        r = member_now(tx, thread, person, &there);
        if (r >= 0)
                r = person_viewer(tx, person, &who);
        if (r == -ENOENT || (r >= 0 && right_may(RIGHT_consent_answer, who.role) != MAY_in))
                return call_refuse(call, ERROR_NOT_FOUND, "said_by", REASON_NONE);
        return r;
}

int cmd_consent_record(struct call *call, struct tx *tx)
{
        const struct consent_record_args *args = &call->args.consent_record;
        struct consent consent;
        int r;

        r = named_consent(call, tx, args->thread, args->consent, &consent);
        if (r >= 0)
                r = a_guardian(call, tx, args->thread, args->said_by);
        if (r < 0)
                return r;
        if (consent.asked_by == call->viewer.person || consent.person == call->viewer.person)
                return call_refuse(call, ERROR_CONFLICT, "consent", REASON_OWN_QUESTION);
        if (consent.answer == CONSENT_ANSWER_YES && !consent.ended && args->says == CONSENT_ANSWER_NO)
                r = consent_end(tx, &call->made, &consent, CONSENT_END_WITHDRAWN, args->said_by, call->viewer.person);
        else
                r = take_answer(call, tx, &consent,
                                &(struct consent_said){ .answer = args->says,
                                                        .by = args->said_by,
                                                        .recorded_by = call->viewer.person,
                                                        .language = args->language });
        return r < 0 ? r : answer_consent(call, tx, consent.id);
}
