/* cmd/own.h: what correct and withdraw share: the message must still be there. */
#pragma once

#include "cmd/call.h"

/* Loads the message; refused where it was withdrawn. ret in the call's arena. */
int own_message(struct call *call, struct tx *tx, int64_t thread, int64_t seq, struct message_shape **ret);

/* Answers with the message as it is now. */
int answer_message(struct call *call, struct tx *tx, int64_t thread, int64_t seq);
