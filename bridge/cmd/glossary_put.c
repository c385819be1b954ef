#include "chat/versions/glossary.h"
#include "cmd/call.h"

#include <errno.h>

int cmd_glossary_put(struct call *call, struct tx *tx)
{
        const struct glossary_put_args *args = &call->args.glossary_put;
        struct glossary_row row = {
                .id = args->term > 0 ? args->term : 0,
                .language = args->language,
                .words = args->words,
                .target = args->target_language,
                .instead = args->target_language[0] ? args->instead : NULL,
                .inflects = args->inflects > 0,
                .by = call->viewer.person,
        };
        struct changed_term_shape changed = { 0 };
        struct term_shape term;
        int64_t id;
        int r;

        /* What it is in another language needs the language, and the other way round. In the same language it is what is plainer: whoever writes is told. */
        if (args->target_language[0] && !args->instead)
                return call_refuse(call, ERROR_INVALID, "instead", REASON_MISSING);
        if (!args->target_language[0] && args->instead)
                return call_refuse(call, ERROR_INVALID, "target_language", REASON_MISSING);
        r = glossary_put(tx, &row, &id);
        if (r == -ENODATA)
                return call_refuse(call, ERROR_INVALID, "words", REASON_EMPTY);
        if (r == -EEXIST)
                return call_refuse(call, ERROR_CONFLICT, "words", REASON_TAKEN);
        if (r == -EDQUOT)
                return call_refuse(call, ERROR_CONFLICT, "words", REASON_TOO_MANY);
        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "term", REASON_NONE);
        if (r >= 0)
                r = glossary_get(tx, &call->arena, id, &term);
        if (r < 0)
                return r;
        changed.term = &term;
        return call_answer(call, &shape_changed_term, &changed);
}
