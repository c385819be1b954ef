#include "chat/person.h"
#include "cmd/call.h"

int cmd_people(struct call *call, struct tx *tx)
{
        const struct people_args *args = &call->args.people;
        struct person_list_shape list;
        int r;

        r = person_find_school(tx, &call->arena, args->query, args->language[0] ? args->language : NULL, &list.people);
        return r < 0 ? r : call_answer(call, &shape_person_list, &list);
}
