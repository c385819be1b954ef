/* base/sight.h: what somebody in a conversation may see of it, as numbers, and the one question whether a thing is among it.
 *
 * The log that a client resumes from (chat/event.h), the hub (live/hub.h) and every page that is read ask here, so they cannot
 * answer differently. Pure; any thread.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Of staff notes: who may read them, as a set. 0: none, as for everyone of the family's side. */
enum sight_level { SIGHT_STAFF = 1, SIGHT_CARE = 2 };

struct sight {
        int64_t first_seq;  /* messages from this number on */
        int64_t first_note; /* notes from this id on */
        int64_t ends_ms;    /* their time ends by itself then; 0: no end was agreed */
        int64_t from_ms;    /* why somebody was brought in or a family was asked before this moment stays closed, and who left and what ended; 0: nothing */
        unsigned levels;    /* of notes */
};

/* Their time is over, whether somebody wrote that down already or not. */
bool sight_is_over(const struct sight *sight, int64_t now_ms);

bool sight_has_message(const struct sight *sight, int64_t seq);

/* own: they wrote it themselves. What one wrote for others one still sees, but not from an earlier time in the conversation, and
 * not in a role that sees no notes. */
bool sight_has_note(const struct sight *sight, int64_t note, unsigned level, bool own);
