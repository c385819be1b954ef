#include "chat/member.h"
#include "chat/rights/reach.h"
#include "cmd/end.h"

#include <errno.h>

/* For who is there by the roster a guardian other than them is asked, where there is one; else what the family said to each other and to the school
 * before is the school's to open, and on record. Returns 1 where they were asked, 0 where nothing is left to ask. */
static int ask_family(struct call *call, struct tx *tx, const struct membership *them, const struct sight *by, int64_t first)
{
        const struct widen_args *args = &call->args.widen;
        struct consent draft = {
                .thread = args->thread,
                .kind = CONSENT_KIND_EARLIER,
                .person = args->person,
                .from_note = by->first_note,
                .asked_by = call->viewer.person,
        };
        struct consent_shape shape;
        struct consent now;
        int64_t id;
        int r;

        if (them->joined != JOINED_ROSTER || first >= them->first_seq)
                return 0;
        if (!sight_has_message(by, first))
                return call_refuse(call, ERROR_NOT_FOUND, "from_seq", REASON_NONE);
        r = consent_now(tx, &call->arena, args->thread, CONSENT_KIND_EARLIER, args->person, &now);
        if (r >= 0 && now.answer == CONSENT_ANSWER_YES && first >= now.from_seq)
                return 0; /* they came back; it was agreed before */
        if (r >= 0)
                return call_refuse(call, ERROR_CONFLICT, "person", now.answer ? REASON_AGREED : REASON_ALREADY_ASKED);
        if (r == -ENOENT)
                r = consent_has_another(tx, args->thread, args->person);
        if (r <= 0)
                return r;
        if (first > 1)
                draft.from_seq = first;
        else
                draft.reach = REACH_ALL;
        r = consent_ask(tx, &call->made, &draft, &id);
        if (r >= 0)
                r = consent_load(tx, &call->arena, id, &call->viewer, &shape);
        if (r >= 0)
                r = call_answer(call, &shape_joined_member, &(struct joined_member_shape){ .consent = &shape });
        return r < 0 ? r : 1;
}

int cmd_widen(struct call *call, struct tx *tx)
{
        const struct widen_args *args = &call->args.widen;
        struct member_shape member;
        struct membership them;
        struct consent consent;
        /* Who asks for themselves asks for what only the family can open: the mentor before, who saw it, may be gone. */
        static const struct sight all = { .first_seq = 1, .first_note = 1 };
        const struct sight *by = args->person == call->viewer.person && call->me.joined == JOINED_ROSTER ? &all : &call->me.sight;
        int64_t first = args->from_seq >= 0 ? args->from_seq : by->first_seq;
        int r;

        r = member_now(tx, args->thread, args->person, &them);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "person", REASON_NONE);
        if (r < 0)
                return r;
        r = agreed_for(call, tx, args->thread, args->person, &consent);
        /* "All" was what the asker saw: from_seq then says from where. */
        if (r > 0 && (consent.reach != REACH_ALL || first < consent.from_seq))
                return call_refuse(call, ERROR_CONFLICT, "person", REASON_AGREED);
        if (r < 0)
                return r;
        r = ask_family(call, tx, &them, by, first);
        if (r != 0)
                return r < 0 ? r : 0;
        r = member_widen(tx, &call->made, args->thread, args->person, first, by);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "from_seq", REASON_NONE);
        if (r >= 0)
                r = member_load(tx, &call->arena, them.id, &call->viewer, &member);
        return r < 0 ? r : call_answer(call, &shape_joined_member, &(struct joined_member_shape){ .member = &member });
}
