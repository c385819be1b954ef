/* cmd/own_note.h: what the commands that write staff notes share. */
#pragma once

#include "cmd/call.h"

/* Answers with the note as it is now. */
int answer_note(struct call *call, struct tx *tx, int64_t id);
