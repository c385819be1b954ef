/* cmd/invited.h: making an invitation and putting it in words: for invite, invite_class and a second device. */
#pragma once

#include "base/arena.h"
#include "base/words.h"
#include "cmd/school.h"
#include "proto/shape.h"
#include "store/db.h"

/* Makes an invitation for a person of a proof, valid until until_ms. by 0: themselves. ret in the arena. -ENOENT: no such person. */
int invited_make(const struct school *school, struct tx *tx, struct arena *a, int64_t person, enum proof proof, int64_t by, int64_t until_ms,
                 struct invitation_shape *ret);

/* The same for each of n people, for as long as an invitation on paper is valid. ret in the arena. */
int invited_all(const struct school *school, struct tx *tx, struct arena *a, const int64_t *people, size_t n, int64_t by,
                struct invitation_list_shape *ret);
