/* chat/phrase/fill.h: phrases in the languages of those who read a conversation, inside a store job. */
#pragma once

#include "base/arena.h"
#include "chat/phrase/say.h"
#include "chat/version.h"
#include "store/db.h"

#include <stdint.h>

struct event_list;
struct version_draft;

/* The versions that a phrase has from the beginning: in every language that is read in the conversation now, and in the list's own; not in
 * `original`, which it is written in. All of it in the arena. Returns 0 or an error. */
int phrase_versions(struct tx *tx, struct arena *a, int64_t thread, const struct phrase_said *said, const struct phrase_language *original,
                    struct version_draft **ret, size_t *n);

/* Somebody who reads this language came into a conversation, or reads it from now on: the newest phrases of it get a version in it, where they have
 * none and were not written again since. */
int phrase_catch_up(struct tx *tx, struct event_list *made, int64_t thread, const char *language);

/* The same for all conversations that somebody is in. */
int phrase_catch_up_person(struct tx *tx, struct event_list *made, int64_t person);
