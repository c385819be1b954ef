/* cmd/own.h: what correct and withdraw share: it must be one's own message, still there. */
#pragma once

#include "cmd/call.h"

/* Loads a message the caller may see. -ENOENT; or refused: not theirs, or withdrawn. ret in the call's arena. */
int own_message(struct call *call, struct tx *tx, int64_t thread, int64_t seq, struct message_shape **ret);

/* Answers with the message as it is now. */
int answer_message(struct call *call, struct tx *tx, int64_t thread, int64_t seq);
