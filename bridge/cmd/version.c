#include "chat/message.h"
#include "chat/reply.h"
#include "chat/version.h"
#include "cmd/call.h"
#include "cmd/own.h"
#include "cmd/voices.h"

#include <errno.h>

int cmd_version(struct call *call, struct tx *tx)
{
        const struct version_args *args = &call->args.version;
        int r;

        if (!args->body && args->file < 0)
                return call_refuse(call, ERROR_INVALID, "body", REASON_MISSING);
        r = args->file < 0 ? 0 : may_keep_voices(call, tx, args->thread, &args->file, 1);
        if (r < 0)
                return r;
        r = version_append(tx, &call->made,
                           &(struct version_draft){ .thread = args->thread,
                                                    .seq = args->seq,
                                                    .author = call->viewer.person,
                                                    .body = args->body ?: "",
                                                    .file = args->file < 0 ? 0 : args->file,
                                                    .folded = call->folded,
                                                    .language = args->language,
                                                    .direction = args->direction ?: text_direction(args->body ?: "", args->language),
                                                    .origin = ORIGIN_PERSON });
        if (r == -ENODATA)
                return call_refuse(call, ERROR_CONFLICT, "seq", REASON_WITHDRAWN);
        if (r == -ENXIO)
                return call_refuse(call, ERROR_NOT_FOUND, "file", REASON_NONE);
        if (r == -EDQUOT)
                return call_refuse(call, ERROR_CONFLICT, "seq", REASON_TOO_MANY);
        if (r < 0)
                return r;
        if (!call->viewer.family) {
                r = reply_school_spoke(tx, &call->made, args->thread);
                if (r < 0)
                        return r;
        }
        return answer_message(call, tx, args->thread, args->seq);
}
