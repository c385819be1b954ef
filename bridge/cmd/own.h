/* cmd/own.h: what verbs about a message share. */
#pragma once

#include "cmd/call.h"

/* Loads the message; refused where it was withdrawn. ret in the call's arena. */
int own_message(struct call *call, struct tx *tx, int64_t thread, int64_t seq, struct message_shape **ret);

/* Answers with the message as it is now. */
int answer_message(struct call *call, struct tx *tx, int64_t thread, int64_t seq);

/* Answers with where a message stands that was sent. again: it had been sent before, and nothing follows from it. */
int answer_sent(struct call *call, struct tx *tx, int64_t thread, bool again, const struct sent_shape *sent);
