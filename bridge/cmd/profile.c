#include "chat/member.h"
#include "chat/person.h"
#include "cmd/call.h"

int cmd_profile(struct call *call, struct tx *tx)
{
        const struct profile_args *args = &call->args.profile;
        struct person_shape before, me;
        bool language, balance;
        int r;

        r = person_load(tx, &call->arena, call->viewer.person, &call->viewer, &before);
        if (r < 0)
                return r;
        language = *args->language && strcmp(before.language, args->language) != 0;
        balance = args->balance && before.balance != args->balance;
        /* A language that is chosen again is a choice all the same: the roster leaves it alone. */
        if (*args->language)
                r = person_choose_language(tx, call->viewer.person, args->language);
        if (r >= 0 && balance)
                r = person_choose_balance(tx, call->viewer.person, args->balance);
        /* An event for each conversation they are in or were in: only where something changed. */
        if (r >= 0 && (language || balance))
                r = member_tell_everywhere(tx, &call->made, call->viewer.person);
        if (r >= 0)
                r = person_load(tx, &call->arena, call->viewer.person, &call->viewer, &me);
        return r < 0 ? r : call_answer(call, &shape_me, &(struct me_shape){ .person = &me });
}
