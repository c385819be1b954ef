#include "chat/versions/topic.h"
#include "cmd/call.h"

int cmd_topics(struct call *call, struct tx *tx)
{
        struct topics_shape topics = { 0 };
        int r;

        r = topic_list(tx, &call->arena, &topics);
        return r < 0 ? r : call_answer(call, &shape_topics, &topics);
}
