#include "cmd/consent.h"

#include "base/clock.h"
#include "conf/conf.h"

#include <errno.h>

int named_consent(struct call *call, struct tx *tx, int64_t thread, int64_t id, struct consent *ret)
{
        int r = consent_get(tx, &call->arena, thread, id, ret);

        if (r >= 0)
                call->audit.person = ret->person;
        return r == -ENOENT ? call_refuse(call, ERROR_NOT_FOUND, "consent", REASON_NONE) : r;
}

int ahead(struct call *call, int64_t until, int64_t *ret)
{
        if (until >= 0 && until <= clock_now_ms())
                return call_refuse(call, ERROR_INVALID, "until", REASON_RANGE);
        *ret = until >= 0 ? until : 0;
        return 0;
}

int answer_consent(struct call *call, struct tx *tx, int64_t id)
{
        struct consent_shape consent;
        int r;

        call->audit.n = id;
        r = consent_load(tx, &call->arena, id, &call->viewer, &consent);
        return r < 0 ? r : call_answer(call, &shape_consent_now, &(struct consent_now_shape){ .consent = &consent });
}

int take_answer(struct call *call, struct tx *tx, const struct consent *consent, const struct consent_said *said)
{
        int r;

        if (consent->answer || consent->ended || (consent->until_ms > 0 && consent->until_ms <= clock_now_ms()))
                return call_refuse(call, ERROR_CONFLICT, "consent", REASON_ANSWERED);
        if (said->answer == CONSENT_ANSWER_SOMEONE_ELSE && (consent->person == 0 || consent->kind == CONSENT_KIND_EARLIER))
                return call_refuse(call, ERROR_INVALID, "says", REASON_WORD);
        /* What was said before somebody came is not theirs to open. */
        if (consent->kind == CONSENT_KIND_EARLIER && said->by == consent->person)
                return call_refuse(call, ERROR_CONFLICT, "consent", REASON_OWN_QUESTION);
        r = consent_answer(tx, &call->made, consent, said);
        return r == -ESRCH ? call_refuse(call, ERROR_CONFLICT, "consent", REASON_GONE) : r;
}

bool asks_first(const struct call *call, enum consent_kind kind)
{
        const struct conf *conf = call->school->conf;

        switch (kind) {
        case CONSENT_KIND_COACH:
                return conf->consent_coach != 0;
        case CONSENT_KIND_KEY_PERSON:
                return conf->consent_key_person != 0;
        case CONSENT_KIND_INTERPRETER:
                return conf->consent_interpreter != 0;
        default:
                return kind == CONSENT_KIND_PARTNER && conf->consent_partner != 0;
        }
}
