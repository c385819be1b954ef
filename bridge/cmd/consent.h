/* cmd/consent.h: what the verbs about consent share. Inside the transaction. */
#pragma once

#include "chat/rights/consent.h"
#include "cmd/call.h"

/* The question that a command names, of its thread; refused where there is none. ret->why in the call's arena. */
int named_consent(struct call *call, struct tx *tx, int64_t thread, int64_t id, struct consent *ret);

/* A time that was given must lie ahead; refused where not. *ret: 0 where none was given. */
int ahead(struct call *call, int64_t until, int64_t *ret);

/* Answers with it as it is now. */
int answer_consent(struct call *call, struct tx *tx, int64_t id);

/* Writes down what the family said. Refused where it has been answered or ended, or where who would come is not there any more. */
int take_answer(struct call *call, struct tx *tx, const struct consent *consent, const struct consent_said *said);

/* Whether a family is asked, by the school's settings, before somebody comes in for whom this would be asked. */
bool asks_first(const struct call *call, enum consent_kind kind);
