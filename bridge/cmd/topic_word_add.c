#include "chat/versions/topic.h"
#include "cmd/call.h"

#include <errno.h>

int cmd_topic_word_add(struct call *call, struct tx *tx)
{
        const struct topic_word_add_args *args = &call->args.topic_word_add;
        int r = topic_word_add(tx, args->topic, args->language, args->words);

        if (r == -ENODATA)
                return call_refuse(call, ERROR_INVALID, "words", REASON_EMPTY);
        if (r == -EDQUOT)
                return call_refuse(call, ERROR_CONFLICT, "words", REASON_TOO_MANY);
        return r < 0 ? r : cmd_topics(call, tx);
}
