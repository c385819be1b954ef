/* chat/versions/held.h: a machine's version that waits for a person, because its message is about a topic that the school marks (topic.h). Inside a store job.
 *
 * It is sealed like a version, stands in no message as it is told, and is shown to those who may check it and to who sent the message. A person who finds
 * it right, or the sender who lets it go unchecked, makes a version of it; one who writes better words, a correction and a withdrawal drop it.
 */
#pragma once

#include "base/arena.h"
#include "chat/version.h"
#include "proto/shape.h"
#include "store/db.h"

struct event_list;

struct held_draft {
        int64_t thread, seq;
        enum topic topic;
        const char *language, *body, *engine;
};

/* The topic for which a machine's version of this text has to wait; TOPIC_NOT_GIVEN: it may be shown, also where the sender let it go. */
int held_topic(struct tx *tx, int64_t thread, int64_t seq, const char *text, const char *language, enum topic *ret);

int held_put(struct tx *tx, const struct held_draft *draft);

/* All of a message. */
int held_load(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, struct many_held_version *ret);

/* Makes versions of them: of that language, or of all (NULL). checked_by 0: nobody looked. -ENOENT: there is none; else what version_append() gives. */
int held_release(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq, const char *language, int64_t checked_by);

int held_drop(struct tx *tx, int64_t thread, int64_t seq, const char *language);
int held_forget(struct tx *tx, int64_t thread, int64_t seq);
