#include "chat/note.h"
#include "chat/person.h"
#include "cmd/own_note.h"

#include <errno.h>

int cmd_note(struct call *call, struct tx *tx)
{
        const struct note_args *args = &call->args.note;
        const char *language = args->language;
        int64_t id;
        int r = 0;

        if (!language[0])
                r = person_language(tx, &call->arena, call->viewer.person, &language);
        if (r < 0)
                return r;
        r = note_add(tx, &call->made,
                     &(struct note_draft){ .thread = args->thread,
                                           .author = call->viewer.person,
                                           .level = args->level,
                                           .client_id = args->client_id.id,
                                           .body = args->body,
                                           .language = language,
                                           .direction = args->direction ?: text_direction(args->body, language) },
                     &id);
        if (r == -EEXIST)
                return call_refuse(call, ERROR_CONFLICT, "client_id", REASON_OTHER_CONTENT);
        return r < 0 ? r : answer_note(call, tx, id);
}
