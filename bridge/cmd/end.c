#include "cmd/end.h"

#include "base/clock.h"
#include "chat/person.h"

#include <errno.h>

int agree_end(struct call *call, int64_t until, int64_t *ends_ms)
{
        int64_t own = call->me.sight.ends_ms;

        if (until >= 0 && (until <= clock_now_ms() || (own > 0 && until > own)))
                return call_refuse(call, ERROR_INVALID, "until", REASON_RANGE);
        *ends_ms = until >= 0 ? until : own;
        return 0;
}

int agreed_for(struct call *call, struct tx *tx, int64_t thread, int64_t person, struct consent *ret)
{
        enum consent_kind kind;
        struct viewer who;
        int r;

        r = person_viewer(tx, person, &who);
        if (r < 0)
                return r == -ENOENT ? 0 : r;
        kind = consent_kind_of(who.role);
        if (!kind)
                return 0;
        r = consent_now(tx, &call->arena, thread, kind, person, ret);
        if (r < 0)
                return r == -ENOENT ? 0 : r;
        return ret->answer == CONSENT_ANSWER_YES;
}
