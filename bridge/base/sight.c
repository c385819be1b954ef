#include "base/sight.h"

bool sight_is_over(const struct sight *sight, int64_t now_ms)
{
        return sight->ends_ms > 0 && sight->ends_ms <= now_ms;
}

bool sight_has_message(const struct sight *sight, int64_t seq)
{
        return seq >= sight->first_seq;
}

bool sight_has_note(const struct sight *sight, int64_t note, unsigned level, bool own)
{
        if (sight->levels == 0 || note < sight->first_note)
                return false;
        return own || (sight->levels & level) != 0;
}
