#include "chat/versions/topic.h"
#include "cmd/call.h"

#include <errno.h>

int cmd_topic_word_remove(struct call *call, struct tx *tx)
{
        int r = topic_word_remove(tx, call->args.topic_word_remove.word);

        if (r == -ENOENT)
                return call_refuse(call, ERROR_NOT_FOUND, "word", REASON_NONE);
        return r < 0 ? r : cmd_topics(call, tx);
}
