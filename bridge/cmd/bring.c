#include "base/clock.h"
#include "chat/member.h"
#include "chat/person.h"
#include "cmd/consent.h"
#include "cmd/end.h"
#include "proto/rights.h"

#include <errno.h>

/* How far back: no further than who brings them sees. */
static int agree_reach(struct call *call, struct member_draft *draft)
{
        const struct bring_args *args = &call->args.bring;
        const struct sight *own = &call->me.sight;

        if (args->from_seq >= 0 && args->reach != REACH_NOT_GIVEN)
                return call_refuse(call, ERROR_INVALID, "from_seq", REASON_UNKNOWN_FIELD);
        if (args->from_seq >= 0 && !sight_has_message(own, args->from_seq))
                return call_refuse(call, ERROR_NOT_FOUND, "from_seq", REASON_NONE);
        if (args->from_seq >= 0)
                draft->from_seq = args->from_seq;
        else
                draft->reach = args->reach ?: REACH_NOW;
        if (draft->reach == REACH_ALL && own->first_seq > 1)
                draft->from_seq = own->first_seq;
        draft->from_note = own->first_note;
        return 0;
}

/* Asks the family, instead of bringing in. */
static int ask(struct call *call, struct tx *tx, enum consent_kind kind, const struct member_draft *draft)
{
        struct consent_shape shape;
        int64_t id;
        int r;

        r = consent_ask(tx, &call->made,
                        &(struct consent){ .thread = draft->thread,
                                           .kind = kind,
                                           .person = draft->person,
                                           .reach = draft->reach,
                                           .from_seq = draft->from_seq,
                                           .from_note = draft->from_note,
                                           .until_ms = draft->ends_ms,
                                           .why = draft->why,
                                           .asked_by = draft->by },
                        &id);
        if (r < 0)
                return r;
        r = consent_load(tx, &call->arena, id, &call->viewer, &shape);
        return r < 0 ? r : call_answer(call, &shape_joined_member, &(struct joined_member_shape){ .consent = &shape });
}

/* Where the family is asked first: 1 where nothing is left to do, 0 where they agreed before: the person comes as was agreed then. */
static int agree_with_family(struct call *call, struct tx *tx, enum role role, struct member_draft *draft)
{
        enum consent_kind kind = consent_kind_of(role);
        struct consent consent;
        int r;

        if (!kind || !asks_first(call, kind))
                return 0;
        r = consent_now(tx, &call->arena, draft->thread, kind, draft->person, &consent);
        if (r == -ENOENT) {
                r = ask(call, tx, kind, draft);
                return r < 0 ? r : 1;
        }
        if (r < 0)
                return r;
        if (!consent.answer || (consent.until_ms > 0 && consent.until_ms <= clock_now_ms()))
                return call_refuse(call, ERROR_CONFLICT, "person", REASON_ALREADY_ASKED);
        draft->reach = consent.reach;
        draft->from_seq = consent.from_seq;
        draft->from_note = consent.from_note;
        if (consent.until_ms > 0 && (draft->ends_ms == 0 || draft->ends_ms > consent.until_ms))
                draft->ends_ms = consent.until_ms;
        return 0;
}

int cmd_bring(struct call *call, struct tx *tx)
{
        const struct bring_args *args = &call->args.bring;
        struct member_draft draft = {
                .thread = args->thread,
                .person = args->person,
                .joined = JOINED_BROUGHT,
                .why = args->why,
                .by = call->viewer.person,
        };
        struct member_shape member;
        struct membership them;
        struct viewer who;
        int64_t id;
        int r;

        r = member_now(tx, args->thread, args->person, &them);
        if (r != -ENOENT)
                return r < 0 ? r : call_refuse(call, ERROR_CONFLICT, "person", REASON_ALREADY_IN);
        r = person_viewer(tx, args->person, &who);
        /* Who cannot be brought in is, for who asks, not there: else it would tell who else is of the school. */
        if (r == -ENOENT || (r >= 0 && right_may(RIGHT_brought, who.role) == MAY_no))
                return call_refuse(call, ERROR_NOT_FOUND, "person", REASON_NONE);
        if (r >= 0)
                r = agree_reach(call, &draft);
        if (r >= 0)
                r = agree_end(call, args->until, &draft.ends_ms);
        if (r < 0)
                return r;
        r = agree_with_family(call, tx, who.role, &draft);
        if (r != 0)
                return r < 0 ? r : 0;
        r = member_add(tx, &call->made, &draft, &id);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "from_seq", REASON_NONE);
        if (r < 0)
                return r;
        r = member_load(tx, &call->arena, id, &call->viewer, &member);
        return r < 0 ? r : call_answer(call, &shape_joined_member, &(struct joined_member_shape){ .member = &member });
}
