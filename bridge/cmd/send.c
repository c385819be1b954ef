#include "chat/message.h"
#include "chat/person.h"
#include "cmd/call.h"
#include "cmd/own.h"
#include "cmd/voices.h"

#include <errno.h>

int cmd_send(struct call *call, struct tx *tx)
{
        const struct send_args *args = &call->args.send;
        struct message_draft draft = {
                .thread = args->thread,
                .sender = call->viewer.person,
                .client_id = args->client_id.id,
                .body = args->body ?: "",
                .files = args->files.items,
                .files_n = args->files.n,
                .folded = call->folded,
                .language = args->language,
                .direction = args->direction,
                .keep = &call->arena,
        };
        struct sent_shape sent;
        int r;

        if (!args->body && args->files.n == 0)
                return call_refuse(call, ERROR_INVALID, "body", REASON_MISSING);
        r = may_keep_voices(call, tx, args->thread, args->files.items, args->files.n);
        if (r < 0)
                return r;
        if (!args->language[0]) {
                draft.language_own = true;
                r = person_language(tx, &call->arena, call->viewer.person, &draft.language);
                if (r < 0)
                        return r;
        }
        if (!draft.direction)
                draft.direction = text_direction(draft.body, draft.language);

        r = message_append(tx, &call->made, &draft, &sent);
        if (r == -EEXIST)
                return call_refuse(call, ERROR_CONFLICT, "client_id", REASON_OTHER_CONTENT);
        if (r == -ENXIO)
                return call_refuse(call, ERROR_NOT_FOUND, "files", REASON_NONE);
        if (r < 0)
                return r;
        return answer_sent(call, tx, args->thread, r > 0, &sent);
}
