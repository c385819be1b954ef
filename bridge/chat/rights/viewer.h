/* chat/rights/viewer.h: whose eyes something is read with. */
#pragma once

#include "base/words.h"
#include "proto/rights.h"

#include <stdbool.h>
#include <stdint.h>

struct viewer {
        int64_t person;
        enum role role;
        bool family; /* of the family's side of a conversation */
        int64_t from_ms; /* in the conversation that is meant: from_ms of their sight (base/sight.h); 0: all is open */
        bool marks;  /* sees how far others have read, what they answered and what they read in (the right of that name); else only their own */
};

static inline struct viewer viewer_of(int64_t person, enum role role)
{
        return (struct viewer){ .person = person, .role = role, .family = role_is_family(role), .marks = right_may(RIGHT_marks, role) == MAY_yes };
}
