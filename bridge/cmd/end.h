/* cmd/end.h: what bring, extend and widen share: until when somebody is in a conversation, and what its family agreed to. */
#pragma once

#include "cmd/consent.h"

/* until: as given, -1: not. *ends_ms: when it ends, 0: it does not. Nobody gives another more time than they have themselves: refused
 * where it is later, and their own end where nothing was said. Refused too where it is past. */
int agree_end(struct call *call, int64_t until, int64_t *ends_ms);

/* What the family agreed to for somebody who is in the conversation on their yes. Returns 1, 0 where nobody was asked for them, or an
 * error. */
int agreed_for(struct call *call, struct tx *tx, int64_t thread, int64_t person, struct consent *ret);
