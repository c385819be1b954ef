#include "chat/phrase/list.h"
#include "chat/versions/preview.h"
#include "cmd/call.h"

int cmd_preview(struct call *call, struct tx *tx)
{
        const struct preview_args *args = &call->args.preview;
        struct preview_draft draft = { .thread = args->thread, .person = call->viewer.person, .body = args->body ?: "", .language = args->language,
                                       .offered = call->offered };
        struct preview_shape preview = { 0 };
        int r;

        if (args->phrase) {
                draft.phrase = phrase_find(args->phrase);
                if (!draft.phrase)
                        return call_refuse(call, ERROR_INVALID, "phrase", REASON_WORD);
        }
        r = preview_make(tx, &call->arena, &draft, &preview);
        return r < 0 ? r : call_answer(call, &shape_preview, &preview);
}
