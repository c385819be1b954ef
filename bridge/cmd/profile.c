#include "chat/member.h"
#include "chat/person.h"
#include "cmd/call.h"

int cmd_profile(struct call *call, struct tx *tx)
{
        const char *language = call->args.profile.language, *before;
        struct person_shape me;
        int r;

        r = person_language(tx, &call->arena, call->viewer.person, &before);
        if (r >= 0)
                r = person_choose_language(tx, call->viewer.person, language);
        /* An event for each conversation they are in or were in: only where something changed. */
        if (r >= 0 && strcmp(before, language) != 0)
                r = member_tell_everywhere(tx, &call->made, call->viewer.person);
        if (r < 0)
                return r;
        r = person_load(tx, &call->arena, call->viewer.person, &call->viewer, &me);
        return r < 0 ? r : call_answer(call, &shape_me, &(struct me_shape){ .person = &me });
}
