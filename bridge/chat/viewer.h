/* chat/viewer.h: whose eyes something is read with. */
#pragma once

#include "base/words.h"

#include <stdbool.h>
#include <stdint.h>

struct viewer {
        int64_t person;
        enum role role;
        bool family; /* of the family's side: sees no reading marks, answers and languages but their own */
};
