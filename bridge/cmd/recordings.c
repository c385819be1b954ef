#include "chat/phrase/recording.h"
#include "cmd/call.h"

int cmd_recordings(struct call *call, struct tx *tx)
{
        const char *tag = call->args.recordings.language;
        const struct phrase_language *l = tag[0] ? phrase_language(tag) : NULL;
        struct recordings_shape list = { .recordings = { .given = true } };
        int r = 0;

        /* In a language that the list has not there is none. */
        if (!tag[0] || l)
                r = recording_list(tx, &call->arena, l, !call->viewer.family, &list.recordings);
        return r < 0 ? r : call_answer(call, &shape_recordings, &list);
}
