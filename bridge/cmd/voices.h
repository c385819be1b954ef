/* cmd/voices.h: for send and version, inside the job. */
#pragma once

#include "cmd/call.h"

/* Voice messages are kept only where the family's consent to that stands at this moment: refuses where one of these uploads is one and it does not.
 * What is no upload of theirs is left to file_attach(). Returns 0, what call_refuse() gave, or a store error. */
int may_keep_voices(struct call *call, struct tx *tx, int64_t thread, const int64_t *files, size_t n);
