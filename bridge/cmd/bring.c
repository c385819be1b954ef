#include "base/clock.h"
#include "chat/member.h"
#include "chat/person.h"
#include "cmd/consent.h"
#include "proto/rights.h"

#include <errno.h>

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
                                           .why = draft->why,
                                           .asked_by = draft->by },
                        &id);
        if (r < 0)
                return r;
        r = consent_load(tx, &call->arena, id, &shape);
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
        return 0;
}

int cmd_bring(struct call *call, struct tx *tx)
{
        const struct bring_args *args = &call->args.bring;
        struct member_draft draft;
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
        if (r < 0)
                return r;
        draft = (struct member_draft){
                .thread = args->thread,
                .person = args->person,
                .joined = JOINED_BROUGHT,
                /* Nobody opens to another what is closed to themselves. */
                .reach = args->reach == REACH_ALL && call->me.first_seq <= 1 ? REACH_ALL : REACH_NOW,
                .why = args->why,
                .by = call->viewer.person,
        };
        r = agree_with_family(call, tx, who.role, &draft);
        if (r != 0)
                return r < 0 ? r : 0;
        r = member_add(tx, &call->made, &draft, &id);
        if (r < 0)
                return r;
        r = member_load(tx, &call->arena, id, &call->viewer, &member);
        return r < 0 ? r : call_answer(call, &shape_joined_member, &(struct joined_member_shape){ .member = &member });
}
