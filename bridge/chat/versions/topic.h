/* chat/versions/topic.h: topics that the school marks, so that what a machine says about them waits for a person. Inside a store job.
 *
 * A text is about a topic where one of its words stands in it, folded as for search (text/text.h); words with an asterisk behind are beginnings. That is
 * coarse on purpose: it holds a message too many rather than one too few, and the original goes out at once in any case.
 */
#pragma once

#include "base/arena.h"
#include "proto/shape.h"
#include "store/db.h"

enum { TOPIC_WORDS_MAX = 2000 };

/* The first topic that a text is about, of those that the school marks. *ret TOPIC_NOT_GIVEN: none. */
int topic_of(struct tx *tx, const char *text, const char *language, enum topic *ret);

/* All of it. */
int topic_list(struct tx *tx, struct arena *a, struct topics_shape *ret);

/* Marks a topic, or not any more. */
int topic_hold(struct tx *tx, enum topic topic, bool held);

/* Adds words; the same again changes nothing. -ENODATA: there is no word in them; -EDQUOT: there are TOPIC_WORDS_MAX. */
int topic_word_add(struct tx *tx, enum topic topic, const char *language, const char *words);

/* -ENOENT. */
int topic_word_remove(struct tx *tx, int64_t id);
