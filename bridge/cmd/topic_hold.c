#include "chat/versions/topic.h"
#include "cmd/call.h"

int cmd_topic_hold(struct call *call, struct tx *tx)
{
        int r = topic_hold(tx, call->args.topic_hold.topic, call->args.topic_hold.held);

        return r < 0 ? r : cmd_topics(call, tx);
}
